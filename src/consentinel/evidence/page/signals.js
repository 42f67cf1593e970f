// Notes what a page tells its tags about consent: the commands that Google's consent mode takes from window.dataLayer.
// Tag managers put a push of their own into the place of the array's, so both the array and its push are accessors.
(kit, notes) => {
  "use strict";
  const { apply, native, push, define, describe, disguise, tried } = kit;
  const OWN = 6; // the innermost frames are the harness's: stack and note, tell, taken and what tries it, the push
  const kindOf = kit.method(Object.prototype.toString);
  const isArray = Array.isArray;
  const PURPOSES = ["ad_storage", "analytics_storage", "ad_user_data", "ad_personalization"];
  const plain = (value) => typeof value === "string" ? native.slice(value, 0, 40) : typeof value === "number" ? value : null;
  const tell = (command, works) => {
    const said = command[2];
    const told = { __proto__: null, works };
    for (let n = 0; n < PURPOSES.length; n += 1) told[PURPOSES[n]] = plain(said[PURPOSES[n]]);
    told.wait = plain(said.wait_for_update);
    told.regions = [];
    const regions = isArray(said.region) ? said.region : [];
    for (let n = 0; n < regions.length && n < 300; n += 1) push(told.regions, plain(regions[n]));
    notes.note("page", "consent command", plain(command[1]), native.stringify(told), null, OWN);
  };
  const noted = new WeakSet();
  const isNoted = kit.method(WeakSet.prototype.has);
  const keep = kit.method(WeakSet.prototype.add);
  const taken = tried((item) => {
    if (typeof item !== "object" || item === null || isNoted(noted, item)) return;
    const works = kindOf(item) === "[object Arguments]";
    if (!works && !isArray(item)) return;
    if (item[0] !== "consent" || typeof item[1] !== "string" || typeof item[2] !== "object" || !item[2]) return;
    keep(noted, item); // a tag manager hands on what its own push was given
    tell(item, works);
  });

  const watched = new WeakSet();
  const watch = tried((layer) => {
    if (!isArray(layer) || isNoted(watched, layer)) return;
    keep(watched, layer);
    for (let n = 0; n < layer.length; n += 1) taken(layer[n]);
    let original = layer.push;
    let wrapper;
    const wrapped = () => {
      const inner = original;
      if (typeof inner !== "function") return inner;
      const made = { push(...items) {
        for (let n = 0; n < items.length; n += 1) taken(items[n]);
        return apply(inner, this, items);
      } }.push;
      define(made, "length", { __proto__: null, value: inner.length, configurable: true });
      disguise(made, inner);
      return made;
    };
    wrapper = wrapped();
    define(layer, "push", { __proto__: null, configurable: true, enumerable: false,
      get: () => wrapper,
      set: (value) => { if (value !== wrapper) { original = value; wrapper = wrapped(); } } });
  });

  if (describe(globalThis, "dataLayer")) return;
  let layer;
  define(globalThis, "dataLayer", { __proto__: null, configurable: true, enumerable: true,
    get: () => layer,
    set: (value) => { layer = value; watch(value); } });
}
