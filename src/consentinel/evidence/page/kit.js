// What the other scripts of this folder work with, taken before a page can replace it: a page that has put something
// of its own in the place of `Array.prototype.push` must not decide what is noted.
() => {
  "use strict";
  const { apply, construct } = Reflect;
  const { defineProperty: define, getOwnPropertyDescriptor: describe } = Object;
  const method = Function.prototype.bind.bind(Function.prototype.call); // a method -> a function of its owner first
  const getter = (owner, name) => {
    const found = owner && describe(owner, name);
    return found && found.get ? method(found.get) : () => undefined;
  };
  const native = {
    Date, Error, Promise, URL, WeakRef,
    Channel: globalThis.MessageChannel,
    post: method(MessagePort.prototype.postMessage),
    size: Math.clz32,
    floor: Math.floor,
    answered: getter(globalThis.Response && Response.prototype, "url"),
    setTimeout: setTimeout.bind(globalThis),
    clearTimeout: clearTimeout.bind(globalThis),
    now: Date.now.bind(Date),
    perf: performance.now.bind(performance),
    stringify: JSON.stringify.bind(JSON),
    queueMicrotask: queueMicrotask.bind(globalThis),
    evaluate: globalThis.eval,
    reportError: globalThis.reportError && globalThis.reportError.bind(globalThis),
    slice: method(String.prototype.slice),
    indexOf: method(String.prototype.indexOf),
    lower: method(String.prototype.toLowerCase),
    has: method(Object.prototype.hasOwnProperty),
    isAbove: method(Object.prototype.isPrototypeOf),
    then: method(Promise.prototype.then),
    listen: method(EventTarget.prototype.addEventListener),
    known: method(WeakMap.prototype.get),
    learn: method(WeakMap.prototype.set),
    held: method(WeakRef.prototype.deref),
    href: getter(URL.prototype, "href"),
    pathname: getter(URL.prototype, "pathname"),
    base: getter(Node.prototype, "baseURI"),
    readiness: getter(Document.prototype, "readyState"),
    parent: getter(globalThis, "parent"),
    target: getter(Event.prototype, "target"),
    isKept: getter(globalThis.PageTransitionEvent && PageTransitionEvent.prototype, "persisted"),
    source: getter(HTMLScriptElement.prototype, "src"),
    loading: { __proto__: null, img: getter(HTMLImageElement.prototype, "loading"),
      iframe: getter(HTMLIFrameElement.prototype, "loading") },
    Sight: globalThis.IntersectionObserver,
    look: method(IntersectionObserver.prototype.observe),
    lookAway: method(IntersectionObserver.prototype.unobserve),
    state: getter(XMLHttpRequest.prototype, "readyState"),
    header: method(XMLHttpRequest.prototype.getResponseHeader),
    seen: getter(IntersectionObserverEntry.prototype, "target"),
    isNear: getter(IntersectionObserverEntry.prototype, "isIntersecting"),
  };
  const push = (list, value) =>
    define(list, list.length, { __proto__: null, value, writable: true, enumerable: true, configurable: true });

  // A wrapper has the name, the length and the text of what it wraps.
  const disguised = new WeakMap();
  const disguise = (wrapper, original) => native.learn(disguised, wrapper, original);
  const wrap = (owner, name, make) => {
    const found = owner && describe(owner, name);
    if (!found || typeof found.value !== "function") return;
    const original = found.value;
    const wrapper = { [name](...args) { return make(original, this, args); } }[name];
    define(wrapper, "length", { value: original.length, configurable: true });
    disguise(wrapper, original);
    define(owner, name, { ...found, value: wrapper });
  };
  // What is told may come from hostile objects: the call itself decides what happens.
  const tried = (tell) => (first, second) => { try { tell(first, second); } catch { /* see above */ } };
  // The accessor itself is called by `make`, which gets it, its owner and, of a setter, the value.
  const wrapAround = (owner, name, which, make) => {
    const found = owner && describe(owner, name);
    if (!found || !found[which]) return;
    const original = found[which];
    const wrapper = describe(which === "set"
      ? { set [name](value) { make(original, this, value); } }
      : { get [name]() { return make(original, this); } }, name)[which];
    disguise(wrapper, original);
    define(owner, name, { ...found, [which]: wrapper });
  };
  const wrapGetterAround = (owner, name, make) => wrapAround(owner, name, "get", make);
  const wrapSetterAround = (owner, name, make) => wrapAround(owner, name, "set", make);
  const wrapAccessor = (owner, name, which, tell) => {
    const said = tried(tell);
    wrapAround(owner, name, which, which === "set"
      ? (original, self, value) => { said(self, value); apply(original, self, [value]); }
      : (original, self) => { said(self); return apply(original, self, []); });
  };
  const wrapGetter = (owner, name, tell) => wrapAccessor(owner, name, "get", tell);
  const wrapSetter = (owner, name, tell) => wrapAccessor(owner, name, "set", tell);
  const wrapConstructor = (name, tell, keep = () => {}) => {
    const original = globalThis[name];
    if (!original) return;
    const [said, kept] = [tried(tell), tried(keep)];
    const wrapper = new Proxy(original, { construct: (target, args, newTarget) => {
      said(args);
      const made = construct(target, args, newTarget === wrapper ? target : newTarget);
      kept(made, args);
      return made;
    } });
    disguise(wrapper, original);
    original.prototype.constructor = wrapper;
    globalThis[name] = wrapper;
  };
  wrap(Function.prototype, "toString", (original, self, args) =>
    apply(original, native.known(disguised, self) || self, args));

  // Some consent managers hide from robots; a visitor is none.
  const robot = describe(Navigator.prototype, "webdriver");
  if (robot && robot.get && navigator.webdriver) {
    const { get } = describe({ get webdriver() { return false; } }, "webdriver");
    disguise(get, robot.get);
    define(Navigator.prototype, "webdriver", { ...robot, get });
  }

  // Whether an element waits until the visitor scrolls there.
  const isLazy = (element) => {
    const loading = native.loading[element.localName];
    return loading !== undefined && loading(element) === "lazy";
  };

  let busy = 0; // what was begun and has not ended, but for what is in `open`
  const open = { __proto__: null }; // number -> address of what was begun, where it has one
  let numbers = 0;
  let openings = 0; // how many these are
  let heard = null; // who waits for an end
  const ended = () => { if (heard) heard(); };
  const begin = () => { busy += 1; };
  const end = () => {
    busy -= 1;
    ended();
  };
  const during = (promise, address) => {
    if (typeof address !== "string") {
      begin();
      native.then(promise, end, end);
      return promise;
    }
    const number = numbers += 1;
    open[number] = native.slice(address, 0, 512);
    openings += 1;
    const over = () => {
      if (!(number in open)) return;
      delete open[number];
      openings -= 1;
      ended();
    };
    native.then(promise, over, over);
    return promise;
  };
  const time = { __proto__: null, shift: 0 }; // the visitor's clock minus the device's, in ms
  const addresses = () => { // in one text: a page may decide what becomes of a list
    let told = "";
    for (const number in open) told += `${open[number]}\n`;
    return told;
  };
  // Firefox gives no answer to a page that was kept for the way back when it came: what the page had asked for on being
  // left, say, ends neither then nor later.
  if ("mozInnerScreenX" in globalThis) {
    native.listen(globalThis, "pageshow", (event) => {
      if (!event.isTrusted || !native.isKept(event)) return;
      for (const number in open) delete open[number];
      openings = 0;
      ended();
    });
  }
  const waits = () => busy + openings;
  // Until no more is going on than `level`, or `limit` ms of wall time have passed.
  const until = (level, limit) => new native.Promise((resolve) => {
    const look = () => {
      if (waits() > level) return;
      heard = null;
      resolve();
    };
    heard = look;
    native.setTimeout(() => { heard = null; resolve(); }, limit);
    look();
  });
  // ---- what scripts have done, by kind, operation and name: what was done often is nothing new
  const done = { __proto__: null };
  let news = 0;
  const kindOf = (what) => { // without its numbers: those of pictures or rounds count up
    let kind = "";
    for (let n = 0; n < what.length; n += 1) if (!(what[n] >= "0" && what[n] <= "9")) kind += what[n];
    return kind;
  };
  // What stands before a sign, or the beginning of it: 512 characters at most.
  const before = (value, sign) => {
    const at = native.indexOf(value, sign);
    return native.slice(value, 0, at < 0 || at > 512 ? 512 : at);
  };
  const act = (what) => {
    const kind = kindOf(what);
    done[kind] = (done[kind] || 0) + 1;
    if (done[kind] <= 3) news += 1;
  };
  return { apply, construct, define, describe, method, getter, native, push, disguise, wrap, wrapGetter, wrapSetter,
    wrapGetterAround, wrapSetterAround, wrapConstructor, tried, time, isLazy, begin, end, during, busy: () => busy,
    addresses, waits, until, act, kindOf, before, news: () => news };
}
