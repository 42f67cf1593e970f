// Notes what a page's APIs of the industry say of the visitor's choice, and what the browser says for the visitor.
// It listens as a page's own scripts do, also by the stub that stands in for an API which has not come yet.
(kit, notes) => {
  "use strict";
  const { native, push, tried } = kit;
  const bind = kit.method(Function.prototype.bind);
  const quiet = (listener) => bind(listener, null); // its text is that of native code
  const flag = (value) => value === true || value === 1 ? true : value === false || value === 0 ? false : null;
  const word = (value) => typeof value === "string" ? native.slice(value, 0, 12000) : "";
  const said = { __proto__: null };
  const tell = (api, told) => {
    const text = native.stringify(told);
    if (said[api] === text) return; // a stub hands its listeners on to the API, which has one of ours already
    said[api] = text;
    notes.note("page", "consent string", api, text, null, 0);
  };
  const tcf = quiet(tried((data) => {
    if (typeof data !== "object" || data === null) return;
    tell("tcf", { __proto__: null, text: word(data.tcString), event: native.slice(word(data.eventStatus), 0, 40),
      applies: flag(data.gdprApplies) });
  }));
  const gpp = quiet(tried((data) => {
    const ping = data && data.pingData;
    if (typeof ping !== "object" || ping === null) return;
    const sections = ping.applicableSections;
    const applies = sections && sections.length > 0 ? sections[0] !== 0 && sections[0] !== -1 : null;
    tell("gpp", { __proto__: null, text: word(ping.gppString), event: native.slice(word(data.eventName), 0, 40), applies });
  }));
  const listened = [];
  const isNew = (api) => {
    for (let n = 0; n < listened.length; n += 1) if (listened[n] === api) return false;
    if (listened.length < 8) push(listened, api);
    return listened.length < 8;
  };
  const look = tried(() => {
    const [first, second] = [globalThis.__tcfapi, globalThis.__gpp];
    if (typeof first === "function" && isNew(first)) first("addEventListener", 2, tcf);
    if (typeof second === "function" && isNew(second)) second("addEventListener", gpp);
  });
  native.listen(document, "readystatechange", () => look());
  native.listen(globalThis, "load", () => look());

  const { globalPrivacyControl: gpc, doNotTrack: dnt } = navigator;
  if (gpc === true || dnt === "1") {
    notes.note("page", "privacy preference", "", native.stringify({ __proto__: null, gpc: flag(gpc),
      dnt: typeof dnt === "string" ? dnt : null }), null, 0);
  }
  return look;
}
