/* Runs against its page's policy, of which the browser makes a report when it sees fit. */
globalThis.reported = true;
