// Talks to DuckDuckGo's autoconsent, which follows this text in the same script. It is told to do nothing of itself.
// Its messages are kept on the window of the frame, for the questions that are asked of it afterwards.

if (!window.consentinelAutoconsent) {
  const kept = (window.consentinelAutoconsent = { popup: '', manager: '', result: null, failed: false, nothing: false });
  window.autoconsentSendMessage = (message) => {
    if (message.type === 'cmpDetected') kept.manager = message.cmp;
    if (message.type === 'popupFound') kept.popup = message.cmp;
    if (message.type === 'optInResult' || message.type === 'optOutResult') kept.result = message.result;
    if (message.type === 'report') {
      kept.nothing = message.state.lifecycle === 'nothingDetected';
      kept.failed = /Failed$/.test(message.state.lifecycle);
    }
    return Promise.resolve();
  };
}
