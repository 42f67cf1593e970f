/* A worker that pages share. */
onconnect = ({ ports: [port] }) => {
  port.onmessage = ({ data }) => fetch(data).finally(() => port.postMessage("fetched"));
};
