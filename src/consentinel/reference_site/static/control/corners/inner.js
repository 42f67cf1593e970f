/* The worker of a worker. */
onmessage = ({ data }) => fetch(data).finally(() => postMessage("fetched"));
