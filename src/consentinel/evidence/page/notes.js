// Notes who writes what and who sends what. It changes no result that a page can see.
(kit, wall, arrivals, channel) => {
  "use strict";
  const { apply, native, push, wrap, wrapGetter, wrapSetter, wrapConstructor, tried, begin, end, during, before } = kit;

  // The innermost frames are this script's own. Firefox gives them the document's address, so they are cut by number.
  const OWN = { setter: 6, noted: 6, built: 5, around: 6, trap: 4, stored: 5, wrapped: 4 };
  const stack = (own) => {
    try {
      const limit = native.Error.stackTraceLimit;
      const told = kit.describe(native.Error, "prepareStackTrace"); // a page's own idea of what a stack looks like
      if (told) native.Error.prepareStackTrace = undefined;
      native.Error.stackTraceLimit = 30;
      const text = `${new native.Error().stack || ""}`;
      native.Error.stackTraceLimit = limit;
      if (told) kit.define(native.Error, "prepareStackTrace", told);
      let from = 0;
      for (let cut = own + (native.slice(text, 0, 5) === "Error" ? 1 : 0); cut > 0; cut -= 1) {
        const line = native.indexOf(text, "\n", from);
        if (line < 0) return "";
        from = line + 1;
      }
      return native.slice(text, from, from + 4000);
    } catch { return ""; } // a page that tampers with its stacks hides who wrote, not that it was written
  };
  const text = (value) => {
    try { return typeof value === "string" ? value : `${value}`; } catch { return ""; }
  };
  // A document without an address of its own stores where the one that holds it does.
  const address = () => {
    let holder = globalThis;
    try {
      for (;;) {
        const above = native.parent(holder);
        if (native.slice(holder.location.href, 0, 4) === "http" || above === holder) return holder.location.href;
        holder = above;
      }
    } catch { return location.href; }
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
    const at = native.now();
    push(notes, { __proto__: null, kind, operation, name: native.slice(text(name), 0, 512),
      value: native.slice(text(value), 0, 16384), stack: stack(own), frame: native.slice(address(), 0, 2048), at, ...more });
    if (notes.length === 1) native.queueMicrotask(hand);
    kit.act(`${kind} ${operation} ${before(text(name), "?")} ${kind === "cookie" ? before(text(value), "=") : ""}`);
  };
  const noted = (owner, name, tell, isBusy) => {
    const said = tried(tell);
    wrap(owner, name, (original, self, args) => {
      said(self, args);
      const result = apply(original, self, args);
      if (!isBusy) return result;
      const whence = typeof isBusy === "function" ? isBusy(self, args) : null; // the address, or a list of some
      if (typeof whence !== "object" || !whence || !whence.length) return during(result, whence);
      for (let n = 0; n < whence.length; n += 1) during(result, whence[n]);
      return result;
    });
  };
  const of = (name) => globalThis[name] && globalThis[name].prototype;
  const full = (url) => native.href(new native.URL(url, native.base(document)));
  const target = (args) => (args[0] && args[0].url) || args[0]; // of a function that takes an address or a request
  const asked = (_, args) => {
    try { return full(target(args)); } catch { return null; }
  };
  const allAsked = (_, args) => {
    const found = [];
    try {
      for (let n = 0; n < args[0].length; n += 1) push(found, full(target([args[0][n]])));
      return found;
    } catch { return null; }
  };

  // ---- stores
  const once = { __proto__: null, once: true };
  const isOpen = (request) => {
    let isOver = false;
    const over = () => { // one that is blocked may succeed later
      if (!isOver) end();
      isOver = true;
    };
    begin();
    native.listen(request, "success", over, once);
    native.listen(request, "error", over, once);
    native.listen(request, "blocked", over, once);
    return request;
  };
  wrap(of("IDBFactory"), "open", (original, self, args) => {
    const request = apply(original, self, args);
    native.listen(request, "upgradeneeded", () => note("indexed_db", "set", args[0], "", null, 3), once);
    return isOpen(request);
  });
  const dropped = tried((args) => note("indexed_db", "drop", args[0], ""));
  wrap(of("IDBFactory"), "deleteDatabase", (original, self, args) => {
    dropped(args);
    return isOpen(apply(original, self, args));
  });
  for (const name of ["put", "add", "delete", "clear"]) {
    const operation = name === "put" || name === "add" ? "set" : name;
    const said = tried((self) => note("indexed_db", operation, self.transaction.db.name, self.name, null, OWN.noted));
    wrap(of("IDBObjectStore"), name, (original, self, args) => {
      said(self);
      return isOpen(apply(original, self, args));
    });
  }
  noted(of("CacheStorage"), "open", (_, args) => note("cache", "open", args[0], ""), true);
  noted(of("CacheStorage"), "delete", (_, args) => note("cache", "delete", args[0], ""), true);
  for (const name of ["put", "add", "addAll"]) {
    noted(of("Cache"), name, (_, args) => note("cache", "set", "", target(args)), name === "addAll" ? allAsked : asked);
  }
  // Files of the origin's own file system, by the folders that lead there. What they hold shows when they are read.
  const places = new WeakMap(); // a handle of a folder or a file -> its path
  const folder = (self) => native.known(places, self) || "";
  for (const [name, end] of [["getFileHandle", ""], ["getDirectoryHandle", "/"]]) {
    wrap(of("FileSystemDirectoryHandle"), name, (original, self, args) => {
      const result = apply(original, self, args);
      try {
        const path = `${folder(self)}${args[0]}${end}`;
        if (args[1] && args[1].create) note("file", "open", path, "", null, OWN.wrapped);
        native.then(result, (handle) => native.learn(places, handle, path), () => {});
      } catch { /* the call itself decides what happens */ }
      return during(result);
    });
  }
  noted(of("FileSystemDirectoryHandle"), "removeEntry", (self, args) =>
    note("file", "delete", `${folder(self)}${args[0]}`, ""), true);
  noted(of("FileSystemFileHandle"), "createWritable", (self) =>
    note("file", "open", folder(self) || self.name, ""), true);
  noted(of("FileSystemWritableFileStream"), "close", () => {}, true);
  // A service worker is known by its scope, which is its script's folder unless the page says otherwise.
  const scope = (url, options) => native.pathname(options && options.scope !== undefined
    ? new native.URL(options.scope, native.base(document)) : new native.URL("./", full(url)));
  noted(of("ServiceWorkerContainer"), "register", (self, args) => {
    note("service_worker", "set", scope(args[0], args[1]), args[0]);
    wall.hire(self, full(args[0]));
  }, asked);

  // ---- senders
  noted(of("Navigator"), "sendBeacon", (_, args) =>
    note("request", "beacon", full(args[0]), typeof args[1] === "string" ? args[1] : ""));
  noted(globalThis, "fetch", (_, args) => note("request", "fetch", full(target(args)), ""), asked);
  // What is called back when an answer has come runs later than the wire has it.
  const awaited = new WeakMap(); // request -> what ends the wait
  const addresses = new WeakMap(); // request -> the address that it was opened for
  const over = (self) => {
    const ended = native.known(awaited, self);
    if (ended) ended();
  };
  const isChannel = (self) => { // it stays open for as long as the page wants it
    const type = native.state(self) > 1 && native.header(self, "content-type");
    return type && native.indexOf(native.lower(type), "text/event-stream") === 0;
  };
  noted(of("XMLHttpRequest"), "open", (self, args) => {
    native.learn(addresses, self, full(args[1]));
    note("request", "xhr", full(args[1]), "");
    over(self); // opening it anew gives the former up, without an event
  });
  wrap(of("XMLHttpRequest"), "send", (original, self, args) => {
    over(self);
    during(new native.Promise((resolve) => {
      const ended = () => resolve();
      native.learn(awaited, self, ended);
      native.listen(self, "loadend", ended);
      native.listen(self, "readystatechange", () => { if (isChannel(self)) ended(); });
    }), native.known(addresses, self));
    try {
      return apply(original, self, args);
    } catch (error) {
      over(self); // it was not sent, or was waited for in vain
      throw error;
    }
  });
  for (const name of ["arrayBuffer", "blob", "bytes", "formData", "json", "text"]) {
    noted(of("Response"), name, () => {}, (self) => {
      try { return native.answered(self); } catch { return null; }
    });
  }
  const reads = (self) => note("request", "body", self.url, "");
  wrapGetter(of("Response"), "body", reads);
  noted(of("Response"), "clone", reads);
  // Elements that fetch: Firefox tells of no script that made one, Chromium not of every one.
  const fetching = { HTMLScriptElement: "src", HTMLImageElement: "src", HTMLIFrameElement: "src", HTMLLinkElement: "href",
    HTMLMediaElement: "src", HTMLSourceElement: "src", HTMLEmbedElement: "src", HTMLObjectElement: "data",
    HTMLAnchorElement: "href" }; // a link, once it is followed
  const element = (self, url, own) => {
    try {
      const address = full(url);
      note("request", "element", address, self.localName, null, own);
      arrivals.expect(self, address);
      defer(self, address);
    } catch { /* no address */ }
  };
  // What waits until the visitor scrolls there is not about to be sent. Engines fetch ahead: Chromium for 1,250 pixels,
  // Firefox for 600.
  const near = "mozInnerScreenX" in globalThis ? "620px" : "1280px";
  const deferred = new WeakMap();
  const sight = new native.Sight((entries) => {
    for (let n = 0; n < entries.length; n += 1) {
      const self = native.seen(entries[n]);
      native.lookAway(sight, self);
      if (!native.isNear(entries[n])) note("request", "deferred", native.known(deferred, self), "", null, 0);
    }
  }, { __proto__: null, rootMargin: near });
  const defer = (self, url) => {
    if (!kit.isLazy(self)) return;
    native.learn(deferred, self, url);
    native.look(sight, self);
  };
  const kinds = [];
  for (const [name, attribute] of Object.entries(fetching)) {
    if (of(name)) push(kinds, { __proto__: null, prototype: of(name), attribute });
    wrapSetter(of(name), attribute, (self, value) => element(self, value, OWN.setter + 1));
  }
  noted(of("Element"), "setAttribute", (self, args) => {
    const attribute = native.lower(`${args[0]}`);
    for (let n = 0; n < kinds.length; n += 1) {
      if (kinds[n].attribute === attribute && native.isAbove(kinds[n].prototype, self)) element(self, args[1], OWN.noted + 1);
    }
  });
  // That a script has run: Chromium's own word of the end of its answer can go missing.
  const ran = (event) => {
    if (!event.isTrusted) return;
    try {
      const source = native.source(native.target(event));
      if (source) note("request", "ran", source, "", null, 3);
    } catch { /* no script */ }
  };
  native.listen(document, "load", ran, true);
  native.listen(document, "error", ran, true);
  // Who starts a worker, or waits for the page's end, sends what no script of the page is seen sending.
  const worker = (args) => note("request", "worker", text(args[0]), "", null, OWN.built);
  const employ = (made, args) => wall.hire(made, full(args[0]));
  wrapConstructor("Worker", worker, employ);
  wrapConstructor("SharedWorker", worker, employ);
  noted(of("Worker"), "terminate", (self) => wall.dismiss(self));
  const ends = { __proto__: null, pagehide: true, beforeunload: true, unload: true, visibilitychange: true };
  noted(of("EventTarget"), "addEventListener", (_, args) => {
    if (ends[args[0]]) note("request", "leaving", args[0], "");
  });
  for (const name of Object.keys(ends)) {
    const leaves = (_, value) => { if (value) note("request", "leaving", name, "", null, OWN.setter); };
    wrapSetter(globalThis, `on${name}`, leaves);
    wrapSetter(Document.prototype, `on${name}`, leaves);
  }
  // The harness cancels what a page asks by a box of the browser's own, a choice that is to be confirmed included.
  noted(globalThis, "confirm", (_, args) => note("page", "box", args[0], ""));
  // What goes by UDP passes no proxy.
  wrapConstructor("WebTransport", (args) => note("request", "channel", full(args[0]), "", null, OWN.built));
  wrapConstructor("RTCPeerConnection", (args) => {
    const servers = (args[0] && args[0].iceServers) || [];
    for (let n = 0; n < servers.length; n += 1) {
      note("request", "channel", text(servers[n].urls || servers[n].url), "", null, OWN.built);
    }
  });
  return { __proto__: null, note, text, OWN, noted, of };
}
