// Notes what scripts do to cookies, and whether the browser took it: `document.cookie` is read back at once.
(kit, dates, notes) => {
  "use strict";
  const { note, text, OWN, noted, of } = notes;
  const { apply, native, tried, getter, method, wrap, wrapSetterAround, during, time } = kit;
  const cookies = getter(Document.prototype, "cookie");
  const trim = method(String.prototype.trim);
  // Whether what was assigned shows afterwards. A browser that refuses a cookie says nothing.
  const shows = (assigned, before, after) => {
    const end = native.indexOf(assigned, ";");
    const first = end < 0 ? assigned : native.slice(assigned, 0, end);
    const equals = native.indexOf(first, "=");
    const name = trim(native.slice(first, 0, equals < 0 ? 0 : equals));
    const value = trim(native.slice(first, equals + 1));
    const all = `; ${after}; `;
    if (native.indexOf(all, name ? `; ${name}=${value}; ` : `; ${value}; `) >= 0) return true;
    return after !== before && name !== "" && native.indexOf(all, `; ${name}=`) >= 0;
  };
  const said = tried((value, shown) => note("cookie", "set", "", value, { __proto__: null, shown }, OWN.around));
  wrapSetterAround(Document.prototype, "cookie", (original, self, given) => {
    const value = dates.ofCookie(typeof given === "string" ? given : `${given}`);
    let before = "";
    try { before = cookies(self); } catch { /* the assignment will say so */ }
    apply(original, self, [value]);
    let shown = true;
    try { shown = shows(value, before, cookies(self)); } catch { /* what cannot be read back is believed */ }
    said(value, shown);
  });

  // ---- the cookie store
  const named = (args) => typeof args[0] === "object" && args[0] !== null ? args[0] : null;
  const inBrowserTime = (options) => {
    const { expires } = options;
    return expires === null || expires === undefined ? options : { ...options, expires: expires - time.shift };
  };
  const stored = tried((options, args) => options
    ? note("cookie", "set", options.name, options.value,
      { __proto__: null, expires: options.expires, domain: options.domain }, OWN.noted)
    : note("cookie", "set", args[0], args[1], null, OWN.noted));
  wrap(of("CookieStore"), "set", (original, self, args) => {
    const given = named(args);
    const options = given && inBrowserTime(given);
    stored(options, args);
    const promise = apply(original, self, options ? [options] : args);
    const [name, domain] = [text(options ? options.name : args[0]), options ? options.domain : null];
    native.then(promise, () => {}, () => note("cookie", "refused", name, "", { __proto__: null, domain }, 0));
    return during(promise);
  });
  noted(of("CookieStore"), "delete", (_, args) => {
    const options = named(args);
    note("cookie", "delete", options ? options.name : args[0], "", { __proto__: null, domain: options && options.domain });
  }, true);
}
