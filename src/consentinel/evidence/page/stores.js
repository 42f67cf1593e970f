// Notes what is done to local and session storage, by whatever means: methods, properties, `Object.assign`, `delete`.
// A property of a Storage is set without any function of a page's: only a Proxy in its place can tell.
(kit, notes, secret) => {
  "use strict";
  const { note, OWN, of } = notes;
  const { apply, native, wrap, wrapGetterAround, getter, method, describe, define, disguise, tried, construct } = kit;
  const { get: read, set: write, defineProperty: defineOn, deleteProperty: remove } = Reflect;
  const make = Object.create;
  if (!of("Storage")) return;
  const length = getter(of("Storage"), "length");
  const held = method(Storage.prototype.getItem);
  const known = new WeakMap(); // a Storage, or the Proxy in its place -> { real, shown, kind }
  const said = (entry, operation, name, value, own) => {
    try { note(entry.kind, operation, name, value, null, own); } catch { /* the store itself decides what happens */ }
  };
  const shown = (real, kind) => {
    const found = native.known(known, real);
    if (found) return found.shown;
    const entry = { __proto__: null, real, kind, shown: null };
    entry.shown = new Proxy(real, {
      __proto__: null,
      get: (target, key, receiver) =>
        key === secret ? entry : read(target, key, receiver === entry.shown ? target : receiver),
      set: (target, key, value, receiver) => {
        if (receiver !== entry.shown) return write(target, key, value, receiver);
        const kept = typeof key === "symbol" ? value : `${value}`;
        const done = write(target, key, kept, target);
        // Chromium stores nothing under the name of a method: it replaces the method.
        if (done && typeof key === "string" && held(target, key) === kept) said(entry, "set", key, kept, OWN.trap);
        return done;
      },
      defineProperty: (target, key, descriptor) => {
        const done = defineOn(target, key, descriptor);
        if (done && typeof key === "string") said(entry, "set", key, descriptor.value, OWN.trap);
        return done;
      },
      deleteProperty: (target, key) => {
        const done = remove(target, key);
        if (done && typeof key === "string") said(entry, "delete", key, "", OWN.trap);
        return done;
      },
    });
    native.learn(known, real, entry);
    native.learn(known, entry.shown, entry);
    return entry.shown;
  };
  // What a method is called on: a Storage of another realm's is in the place of a real one as well.
  const entryOf = (self) => {
    const found = native.known(known, self);
    if (found || typeof self !== "object" || self === null) return found;
    try {
      length(self);
      return { __proto__: null, real: self, kind: "local_storage" };
    } catch {
      try { return self[secret]; } catch { return undefined; }
    }
  };
  const real = (self) => {
    const entry = entryOf(self);
    return entry ? entry.real : self;
  };
  for (const name of ["localStorage", "sessionStorage"]) {
    const kind = name === "localStorage" ? "local_storage" : "session_storage";
    wrapGetterAround(globalThis, name, (original, self) => {
      const storage = apply(original, self, []);
      return storage ? shown(storage, kind) : storage;
    });
  }
  const operations = { __proto__: null, setItem: "set", removeItem: "delete", clear: "clear" };
  for (const name of ["setItem", "removeItem", "clear", "getItem", "key"]) {
    wrap(of("Storage"), name, (original, self, args) => {
      const entry = entryOf(self);
      if (!entry) return apply(original, self, args);
      const operation = operations[name];
      const result = apply(original, entry.real, args);
      if (operation) said(entry, operation, operation === "clear" ? "" : args[0], operation === "set" ? args[1] : "", OWN.stored);
      return result;
    });
  }
  wrapGetterAround(of("Storage"), "length", (original, self) => apply(original, real(self), []));

  // ---- events about a store name the store
  wrapGetterAround(of("StorageEvent"), "storageArea", (original, self) => {
    const storage = apply(original, self, []);
    const entry = storage && native.known(known, storage);
    return entry ? entry.shown : storage;
  });
  const withArea = tried((args) => {
    const options = args[1];
    const area = options && options.storageArea;
    if (area && real(area) !== area) {
      args[1] = define(make(options), "storageArea", { __proto__: null, value: real(area) });
    }
  });
  const original = globalThis.StorageEvent;
  const event = new Proxy(original, { __proto__: null, construct: (target, args, newTarget) => {
    withArea(args);
    return construct(target, args, newTarget === event ? target : newTarget);
  } });
  disguise(event, original);
  original.prototype.constructor = event;
  define(globalThis, "StorageEvent", { ...describe(globalThis, "StorageEvent"), value: event });
  wrap(of("StorageEvent"), "initStorageEvent", (initialise, self, args) => {
    if (args.length > 7) args[7] = real(args[7]);
    return apply(initialise, self, args);
  });
}
