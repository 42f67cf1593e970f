/* Opens channels that no HTTP proxy passes on. */
(async () => {
  "use strict";
  const connection = new RTCPeerConnection({ iceServers: [{ urls: "stun:guest.localhost:3478" }] });
  connection.createDataChannel("corner");
  connection.setLocalDescription(await connection.createOffer());
})();
