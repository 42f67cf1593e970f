// Runs in every frame before the page's own scripts. It notes who writes what, and owns the page's timers and clock,
// so that page time can run ahead of wall time. It changes no result that a page can see, save the time.
(channel, handle) => {
  "use strict";
  if (Object.prototype.hasOwnProperty.call(globalThis, handle)) return;

  // ---- natives, kept before a page can replace them
  const native = {
    setTimeout: globalThis.setTimeout.bind(globalThis),
    clearTimeout: globalThis.clearTimeout.bind(globalThis),
    Date: globalThis.Date,
    now: globalThis.Date.now.bind(globalThis.Date),
    perf: globalThis.performance.now.bind(globalThis.performance),
    Error: globalThis.Error,
    stringify: JSON.stringify.bind(JSON),
    queueMicrotask: globalThis.queueMicrotask.bind(globalThis),
  };
  let shift = 0; // the visitor's clock minus the device's, in ms
  let busy = 0;

  // ---- wrapping: a wrapper has the name, the length and the text of what it wraps
  const disguised = new WeakMap();
  const nativeToString = Function.prototype.toString;
  const wrap = (owner, name, make) => {
    const found = owner && Object.getOwnPropertyDescriptor(owner, name);
    if (!found || typeof found.value !== "function") return;
    const original = found.value;
    const wrapper = { [name](...args) { return make(original, this, args); } }[name];
    Object.defineProperty(wrapper, "length", { value: original.length, configurable: true });
    disguised.set(wrapper, original);
    Object.defineProperty(owner, name, { ...found, value: wrapper });
  };
  wrap(Function.prototype, "toString", (original, self, args) =>
    Reflect.apply(original, disguised.get(self) || self, args));

  // Some consent managers hide from robots; a visitor is none.
  const robot = Object.getOwnPropertyDescriptor(Navigator.prototype, "webdriver");
  if (robot && robot.get && navigator.webdriver) {
    const get = Object.getOwnPropertyDescriptor({ get webdriver() { return false; } }, "webdriver").get;
    disguised.set(get, robot.get);
    Object.defineProperty(Navigator.prototype, "webdriver", { ...robot, get });
  }

  // ---- notes
  // The innermost frames are this script's own. Firefox gives them the document's address, so they are cut by number.
  const OWN = { setter: 3, wrapped: 4, noted: 5 };
  const stack = (own) => {
    const limit = native.Error.stackTraceLimit;
    native.Error.stackTraceLimit = 30;
    const text = String(new native.Error().stack || "");
    native.Error.stackTraceLimit = limit;
    const lines = text.split("\n");
    if (/^Error\b/.test(lines[0])) lines.shift();
    return lines.slice(own).join("\n").slice(0, 4000);
  };
  const text = (value) => {
    try { return typeof value === "string" ? value : String(value); } catch { return ""; }
  };
  // A document without an address of its own stores where the one that holds it does.
  const address = () => {
    let holder = globalThis;
    try {
      while (!String(holder.location.href).startsWith("http") && holder.parent !== holder) holder = holder.parent;
      return String(holder.location.href);
    } catch { return String(location.href); }
  };
  // The notes of one task leave together, when it ends.
  let notes = [];
  const hand = () => {
    const told = notes;
    notes = [];
    try {
      channel(told);
    } catch { /* the frame is going away: the browser's own record still has the request */ }
  };
  const note = (kind, operation, name, value, more, own = OWN.noted) => {
    try {
      notes[notes.length] = { kind, operation, name: text(name).slice(0, 512), value: text(value).slice(0, 16384),
        stack: stack(own), frame: address().slice(0, 2048), at: native.now(), ...more };
      if (notes.length === 1) native.queueMicrotask(hand);
    } catch { /* a value that cannot be read: the call itself decides what happens */ }
  };
  const during = (promise) => {
    busy += 1;
    const done = () => { busy -= 1; };
    Promise.resolve(promise).then(done, done);
    return promise;
  };

  // ---- who writes what
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
  if (cookie && cookie.set) {
    const set = { set cookie(value) { note("cookie", "set", "", value, {}, OWN.setter); cookie.set.call(this, value); } };
    const setter = Object.getOwnPropertyDescriptor(set, "cookie").set;
    disguised.set(setter, cookie.set);
    Object.defineProperty(Document.prototype, "cookie", { ...cookie, set: setter });
  }
  const noted = (owner, name, tell, isBusy) => wrap(owner, name, (original, self, args) => {
    try { tell(self, args); } catch { /* a hostile argument: the call itself decides what happens */ }
    const result = Reflect.apply(original, self, args);
    return isBusy ? during(result) : result;
  });
  const of = (name) => globalThis[name] && globalThis[name].prototype;
  if (globalThis.CookieStore) {
    noted(of("CookieStore"), "set", (_, [first, second]) => typeof first === "object"
      ? note("cookie", "set", first.name, first.value, { expires: first.expires, domain: first.domain })
      : note("cookie", "set", first, second), true);
    noted(of("CookieStore"), "delete", (_, [first]) =>
      note("cookie", "delete", typeof first === "object" ? first.name : first, ""), true);
  }
  const area = (storage) => {
    try { return storage === globalThis.sessionStorage ? "session_storage" : "local_storage"; }
    catch { return "local_storage"; }
  };
  noted(of("Storage"), "setItem", (self, [key, value]) => note(area(self), "set", key, value));
  noted(of("Storage"), "removeItem", (self, [key]) => note(area(self), "delete", key, ""));
  noted(of("Storage"), "clear", (self) => note(area(self), "clear", "", ""));
  const isOpen = (request) => {
    busy += 1;
    const done = () => { busy -= 1; };
    request.addEventListener("success", done, { once: true });
    request.addEventListener("error", done, { once: true });
    request.addEventListener("blocked", done, { once: true });
    return request;
  };
  wrap(of("IDBFactory"), "open", (original, self, args) => {
    const request = Reflect.apply(original, self, args);
    request.addEventListener("upgradeneeded", () => note("indexed_db", "set", args[0], "", {}, OWN.setter), { once: true });
    return isOpen(request);
  });
  for (const method of ["put", "add", "delete", "clear"]) {
    wrap(of("IDBObjectStore"), method, (original, self, args) => {
      note("indexed_db", method === "put" || method === "add" ? "set" : method, self.transaction.db.name, self.name,
        {}, OWN.wrapped);
      return isOpen(Reflect.apply(original, self, args));
    });
  }
  noted(of("CacheStorage"), "open", (_, [name]) => note("cache", "open", name, ""), true);
  noted(of("CacheStorage"), "delete", (_, [name]) => note("cache", "delete", name, ""), true);
  for (const method of ["put", "add", "addAll"]) {
    noted(of("Cache"), method, (_, [what]) => note("cache", "set", "", (what && what.url) || what), true);
  }
  // A service worker is known by its scope, which is its script's folder unless the page says otherwise.
  const scope = (url, options) => options && options.scope !== undefined
    ? new URL(options.scope, document.baseURI) : new URL("./", new URL(url, document.baseURI));
  noted(of("ServiceWorkerContainer"), "register", (_, [url, options]) =>
    note("service_worker", "set", scope(url, options).pathname, url), true);
  noted(of("Navigator"), "sendBeacon", (_, [url, body]) =>
    note("request", "beacon", new URL(url, location.href).href, typeof body === "string" ? body : ""));
  noted(globalThis, "fetch", (_, [what]) =>
    note("request", "fetch", new URL((what && what.url) || what, location.href).href, ""), true);
  noted(of("XMLHttpRequest"), "open", (_, [, url]) => note("request", "xhr", new URL(url, location.href).href, ""));
  // Elements that fetch: Firefox tells of no script that made one, Chromium not of every one.
  const fetching = { HTMLScriptElement: "src", HTMLImageElement: "src", HTMLIFrameElement: "src", HTMLLinkElement: "href",
    HTMLMediaElement: "src", HTMLSourceElement: "src", HTMLEmbedElement: "src", HTMLObjectElement: "data",
    HTMLAnchorElement: "href" }; // a link, once it is followed
  const element = (self, url, own) => {
    try { note("request", "element", new URL(url, document.baseURI).href, self.localName, {}, own); } catch { /* no address */ }
  };
  for (const [name, attribute] of Object.entries(fetching)) {
    const found = of(name) && Object.getOwnPropertyDescriptor(of(name), attribute);
    if (!found || !found.set) continue;
    const set = { set [attribute](value) { element(this, value, OWN.wrapped); found.set.call(this, value); } };
    const setter = Object.getOwnPropertyDescriptor(set, attribute).set;
    disguised.set(setter, found.set);
    Object.defineProperty(of(name), attribute, { ...found, set: setter });
  }
  noted(of("Element"), "setAttribute", (self, [name, value]) => {
    const attribute = String(name).toLowerCase();
    const isFetching = Object.entries(fetching).some(([kind, one]) => one === attribute && self instanceof globalThis[kind]);
    if (isFetching) element(self, value, OWN.noted + 1);
  });
  // Who starts a worker, or waits for the page's end, sends what no script of the page is seen sending.
  for (const name of ["Worker", "SharedWorker"]) {
    const original = globalThis[name];
    if (!original) continue;
    const wrapper = new Proxy(original, { construct: (target, args, newTarget) => {
      note("request", "worker", text(args[0]), "", {}, OWN.setter);
      return Reflect.construct(target, args, newTarget === wrapper ? target : newTarget);
    } });
    disguised.set(wrapper, original);
    original.prototype.constructor = wrapper;
    globalThis[name] = wrapper;
  }
  const ends = new Set(["pagehide", "beforeunload", "unload", "visibilitychange"]);
  noted(of("EventTarget"), "addEventListener", (_, [type]) => {
    if (ends.has(type)) note("request", "leaving", type, "");
  });

  // ---- the clock
  const ShiftedDate = new Proxy(native.Date, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length ? args : [native.now() + shift], newTarget),
    apply: () => new native.Date(native.now() + shift).toString(),
    get: (target, key, receiver) => key === "now" ? dateNow : Reflect.get(target, key, receiver),
  });
  const dateNow = { now: () => native.now() + shift }.now;
  disguised.set(dateNow, native.Date.now);
  disguised.set(ShiftedDate, native.Date);
  native.Date.prototype.constructor = ShiftedDate;
  globalThis.Date = ShiftedDate;
  let moved = 0; // page time won over wall time since this document began, in ms
  wrap(Performance.prototype, "now", (original, self, args) => Reflect.apply(original, self, args) + moved);

  // ---- the timers
  const clock = () => native.perf() + moved;
  const timers = new Map();
  const fired = new WeakMap(); // handler -> how often it ran while page time ran ahead
  const run = (timer) => {
    if (timer.every === null) timers.delete(timer.id);
    else { timer.due = Math.max(timer.due, clock() - timer.every) + timer.every; arm(timer); }
    Reflect.apply(timer.handler, globalThis, timer.args);
  };
  let startNative = null;
  const arm = (timer) => {
    timer.real = startNative(() => { if (timers.has(timer.id)) run(timer); }, Math.max(0, timer.due - clock()));
    if (timer.id === undefined) timer.id = timer.real;
  };
  const later = (repeats) => (original, self, args) => {
    const [handler, delay, ...rest] = args;
    if (typeof handler !== "function") return Reflect.apply(original, self, args); // text: evaluated by the page's own rules
    const wait = Math.max(repeats ? 1 : 0, Number(delay) || 0);
    const timer = { handler, args: rest, due: clock() + wait, every: repeats ? wait : null };
    arm(timer);
    timers.set(timer.id, timer);
    return timer.id;
  };
  const never = (original, self, args) => {
    const timer = timers.get(args[0]);
    if (!timer) return Reflect.apply(original, self, args);
    timers.delete(timer.id);
    native.clearTimeout(timer.real);
  };
  startNative = native.setTimeout;
  wrap(globalThis, "setTimeout", later(false));
  wrap(globalThis, "setInterval", later(true));
  wrap(globalThis, "clearTimeout", never);
  wrap(globalThis, "clearInterval", never);

  const nextDue = () => {
    let first = null;
    for (const timer of timers.values()) if (first === null || timer.due < first.due) first = timer;
    return first;
  };
  const breath = () => new Promise((resolve) => native.setTimeout(() => native.setTimeout(resolve, 0), 0));
  // Run timers in order until `by` ms of page time have passed or a handler ran that might have started something:
  // handlers that ran three times before are pollers, and are run through.
  const advance = async (by) => {
    const start = clock();
    const end = start + by;
    for (;;) {
      const timer = nextDue();
      if (!timer || timer.due > end || by <= 0) break;
      const jump = timer.due - clock();
      if (jump > 0) { moved += jump; shift += jump; }
      native.clearTimeout(timer.real);
      const times = (fired.get(timer.handler) || 0) + 1;
      fired.set(timer.handler, times);
      try { run(timer); } catch (error) { globalThis.reportError && globalThis.reportError(error); }
      await breath();
      if (times <= 3 || times % 200 === 0) break;
    }
    const rest = end - clock();
    const timer = nextDue();
    if (rest > 0 && (!timer || timer.due > end)) { moved += rest; shift += rest; }
    if (by <= 0) await breath();
    const next = nextDue();
    return native.stringify({ moved: clock() - start, next: next && Math.max(0, next.due - clock()), busy,
      ready: document.readyState });
  };
  const control = Object.freeze({ advance, since: (ms) => { shift = ms; } });
  Object.defineProperty(globalThis, handle, { value: control, enumerable: false, configurable: false, writable: false });
}
