// Notes what a page tells the tags of Meta, TikTok and Microsoft about consent, by the commands of their own. It looks
// for a tag after each change of the document: a name of ours on the window would make a page believe that the tag is
// there. What a tag's queue holds by then was told before the tag itself has come.
(kit, notes) => {
  "use strict";
  const { apply, native, define, disguise, tried } = kit;
  const OWN = 6; // the innermost frames are the harness's: stack and note, tell, the reader and what tries it, the call
  const isArray = Array.isArray;
  const [isKept, keep] = [kit.method(WeakSet.prototype.has), kit.method(WeakSet.prototype.add)];
  const watched = new WeakSet();
  const word = (value) => value === "granted" || value === "denied" ? value : null;
  const tell = (maker, name, ad, analytics) => {
    const told = { __proto__: null, works: true, maker, ad_storage: ad, analytics_storage: analytics };
    notes.note("page", "consent command", name, native.stringify(told), null, OWN);
  };

  const meta = tried((said) => {
    if (said[0] !== "consent" || (said[1] !== "grant" && said[1] !== "revoke")) return;
    tell("meta", said[1], said[1] === "grant" ? "granted" : "denied", null);
  });
  const clarity = tried((said) => {
    if (said[0] === "consent") tell("clarity", "consent", null, said[1] === false ? "denied" : "granted");
    const states = said[0] === "consentv2" ? said[1] : null;
    if (typeof states !== "object" || states === null) return;
    tell("clarity", "consentv2", word(states.ad_Storage), word(states.analytics_Storage));
  });
  const uet = tried((said) => {
    if (said[0] !== "consent" || (said[1] !== "default" && said[1] !== "update")) return;
    if (typeof said[2] === "object" && said[2] !== null) tell("microsoft", said[1], word(said[2].ad_storage), null);
  });
  const TIKTOK = { __proto__: null, grantConsent: "granted", revokeConsent: "denied", holdConsent: "denied" };
  const tiktok = tried((name) => { if (TIKTOK[name]) tell("tiktok", name, TIKTOK[name], null); });

  // A method, or a property that is to hold a function, whose calls are noted from now on.
  const listen = (owner, name, note) => {
    let [original, wrapper] = [owner[name], undefined];
    const renew = () => {
      const inner = original;
      if (typeof inner !== "function") { wrapper = inner; return; }
      wrapper = { [name](...said) { note(said); return apply(inner, this, said); } }[name];
      define(wrapper, "length", { __proto__: null, value: inner.length, configurable: true });
      disguise(wrapper, inner);
      keep(watched, wrapper);
    };
    renew();
    define(owner, name, { __proto__: null, configurable: true, enumerable: true, get: () => wrapper,
      set: (value) => { if (value !== wrapper) { original = value; renew(); } } });
  };
  // A queue of calls, each with its arguments as one entry.
  const queue = (list, note) => {
    if (!isArray(list)) return;
    for (let n = 0; n < list.length; n += 1) note(list[n]);
    listen(list, "push", (entries) => { for (let n = 0; n < entries.length; n += 1) note(entries[n]); });
  };
  const isNew = (tag) => {
    if ((typeof tag !== "function" && typeof tag !== "object") || tag === null || isKept(watched, tag)) return false;
    keep(watched, tag);
    return true;
  };

  const look = tried(() => {
    const { fbq, uetq, ttq } = globalThis;
    if (typeof fbq === "function" && isNew(fbq)) {
      queue(fbq.queue, meta);
      listen(fbq, "callMethod", meta); // what the queue held comes here once more, when the tag has come
    }
    if (typeof globalThis.clarity === "function" && isNew(globalThis.clarity)) {
      const held = globalThis.clarity.q;
      for (let n = 0; isArray(held) && n < held.length; n += 1) clarity(held[n]);
      listen(globalThis, "clarity", clarity);
      globalThis.clarity.q = held;
    }
    if (isNew(uetq) && typeof uetq.push === "function") {
      for (let n = 0; isArray(uetq) && n < uetq.length; n += 1) uet([uetq[n], uetq[n + 1], uetq[n + 2]]);
      listen(uetq, "push", uet);
    }
    if (isNew(ttq)) {
      for (let n = 0; isArray(ttq) && n < ttq.length; n += 1) if (isArray(ttq[n])) tiktok(ttq[n][0]);
      for (const name in TIKTOK) if (typeof ttq[name] === "function") listen(ttq, name, () => tiktok(name));
    }
  });
  new MutationObserver(() => look()).observe(document, { __proto__: null, childList: true, subtree: true });
  return look;
}
