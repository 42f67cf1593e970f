  // IAB Europe's framework: what the page's API says at once, by the string of the choice.
  function told() {
    let said = {};
    window.__tcfapi?.("addEventListener", 2, ({ tcString }) => { said = { gdpr: 1, gdpr_consent: tcString }; });
    return said;
  }
