export const ahead = true;
