/* The frame in the middle hands on what the inner one reports. */
window.addEventListener("message", ({ data }) => parent.postMessage(data, "*"));
