// Owns what a page puts off in other ways than by a timer: to its next picture, to an idle moment, to the end of an
// animation.
(kit, ahead) => { // how much page time has been won over wall time, in ms
  "use strict";
  const { apply, native, wrap, push, begin, end, describe, method, getter } = kit;
  const SOON = 1000; // ms of wall time, after which the browser seems to show no picture of this document
  const IN_A_ROW = 4; // callbacks that are waited for in one stretch of page time: some pages draw for ever

  const isRenderedAhead = getter(Document.prototype, "prerendering"); // the browser calls back when it is shown
  const isUnseen = () => isRenderedAhead(document) === true;

  // Counts among what goes on until it is over, or the browser has taken too long for it.
  const awaited = (giveUp) => {
    let isOpen = true;
    const over = () => {
      if (isOpen) end();
      isOpen = false;
    };
    begin();
    native.setTimeout(() => {
      if (isOpen) giveUp();
      over();
    }, SOON);
    return over;
  };

  // ---- what the browser calls back for soon
  const callbacks = (name, cancel, adapt) => {
    const ask = globalThis[name].bind(globalThis);
    const asked = new WeakMap(); // handler -> how often it was asked for
    const pending = { __proto__: null }; // id -> what ends the wait for it
    let left = IN_A_ROW;
    let answers = true; // whether the browser has called lately
    const isSilent = () => { answers = false; };
    const isOwed = () => {
      for (const id in pending) return true;
      return false;
    };
    wrap(globalThis, name, (original, self, args) => {
      const handler = args[0];
      if (typeof handler !== "function") return apply(original, self, args);
      const times = (native.known(asked, handler) || 0) + 1;
      native.learn(asked, handler, times);
      const isAwaited = answers && !isUnseen() && left > 0 && times <= 3;
      if (isAwaited) left -= 1;
      const over = isAwaited ? awaited(isSilent) : () => {};
      args[0] = (value) => {
        answers = true;
        delete pending[id];
        try { apply(handler, undefined, [adapt(value)]); } finally { over(); }
      };
      const id = apply(original, self, args);
      pending[id] = over;
      return id;
    });
    wrap(globalThis, cancel, (original, self, args) => {
      const over = pending[args[0]];
      delete pending[args[0]];
      if (over) over();
      return apply(original, self, args);
    });
    return {
      __proto__: null,
      renew: () => { left = IN_A_ROW; },
      // The browser calls in order: when it calls us, it has called all who asked before.
      next: (isNeeded) => !answers || isUnseen() || !(isNeeded || isOwed()) ? null : new native.Promise((resolve) => {
        let isOpen = true;
        ask(() => { isOpen = false; resolve(); });
        native.setTimeout(() => { answers = answers && !isOpen; resolve(); }, SOON);
      }),
    };
  };
  const pictures = callbacks("requestAnimationFrame", "cancelAnimationFrame", (at) => at + ahead());
  const idle = callbacks("requestIdleCallback", "cancelIdleCallback", (deadline) => deadline);

  // ---- animations, those of styles included
  const trees = []; // references to the shadow trees: a document does not list what is animated in them
  wrap(Element.prototype, "attachShadow", (original, self, args) => {
    const tree = apply(original, self, args);
    push(trees, new native.WeakRef(tree));
    return tree;
  });
  const all = method(Document.prototype.getAnimations);
  const allOf = method(ShadowRoot.prototype.getAnimations);
  const timeline = getter(Document.prototype, "timeline");
  const computed = method(AnimationEffect.prototype.getComputedTiming);
  const of = { __proto__: null };
  for (const name of ["playState", "timeline", "effect", "playbackRate", "currentTime"]) {
    of[name] = getter(Animation.prototype, name);
  }
  const setTime = method(describe(Animation.prototype, "currentTime").set);
  const running = () => {
    const found = [];
    const look = (animations) => {
      for (let n = 0; n < animations.length; n += 1) {
        const animation = animations[n];
        if (of.playState(animation) !== "running" || !of.effect(animation)) continue;
        if (of.timeline(animation) !== timeline(document)) continue; // it goes by something else than time
        const rate = of.playbackRate(animation);
        const now = of.currentTime(animation);
        const left = rate > 0 ? (computed(of.effect(animation)).endTime - now) / rate : now / -rate;
        if (left > 0 && left < Infinity) push(found, { __proto__: null, animation, rate, now, left });
      }
    };
    look(all(document));
    for (let n = 0; n < trees.length; n += 1) {
      const tree = native.held(trees[n]);
      if (tree) look(allOf(tree));
    }
    return found;
  };

  return {
    __proto__: null,
    // A task that the browser has been given, and does when it sees fit.
    soon: (promise) => {
      const over = awaited(() => {});
      native.then(promise, over, over);
      return promise;
    },
    // How far the next end of an animation is away, in ms.
    due: () => {
      let first = null;
      const found = running();
      for (let n = 0; n < found.length; n += 1) if (first === null || found[n].left < first) first = found[n].left;
      return first;
    },
    // Let the animations run as far ahead as the clock went, and the browser call whom it owes a call.
    follow: async (by) => {
      pictures.renew();
      idle.renew();
      let hasEnded = false;
      const found = by > 0 ? running() : [];
      for (let n = 0; n < found.length; n += 1) {
        const { animation, rate, now, left } = found[n];
        setTime(animation, now + (by < left ? by : left) * rate);
        hasEnded = hasEnded || by >= left;
      }
      await pictures.next(hasEnded);
      await idle.next(false);
    },
  };
}
