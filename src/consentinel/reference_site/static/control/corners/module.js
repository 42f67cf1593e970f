export const corner = true;
