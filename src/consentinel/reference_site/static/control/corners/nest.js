/* A worker that has a worker of its own do it. */
const inner = new Worker("/corners/files/inner.js");
inner.onmessage = () => postMessage("fetched");
onmessage = ({ data }) => inner.postMessage(data);
