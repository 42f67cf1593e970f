// Owns what a page puts off in other ways than by a timer: to its next picture, to an idle moment, to the end of an
// animation.
(kit) => {
  "use strict";
  const { apply, native, wrap, push, begin, end, describe, method, getter } = kit;
  const SOON = 1000; // ms of wall time, after which the browser seems to show no picture of this document
  const IN_A_ROW = 4; // callbacks that are waited for in one stretch of page time: some pages draw for ever
  let ahead = 0; // page time won over wall time, in ms

  // ---- what the browser calls back for soon
  const callbacks = (name, cancel, adapt) => {
    if (!globalThis[name]) return { __proto__: null, renew: () => {}, next: () => null };
    const ask = globalThis[name].bind(globalThis);
    const asked = new WeakMap(); // handler -> how often it was asked for
    const pending = { __proto__: null }; // id -> what strikes it off
    let count = 0;
    let left = IN_A_ROW;
    let answers = true; // whether the browser has called lately
    wrap(globalThis, name, (original, self, args) => {
      const handler = args[0];
      if (typeof handler !== "function") return apply(original, self, args);
      const times = (native.known(asked, handler) || 0) + 1;
      native.learn(asked, handler, times);
      let isAwaited = answers && left > 0 && times <= 3;
      const over = () => {
        if (isAwaited) end();
        isAwaited = false;
      };
      if (isAwaited) {
        left -= 1;
        begin();
        native.setTimeout(() => {
          answers = answers && !isAwaited;
          over();
        }, SOON);
      }
      const strike = () => {
        if (!pending[id]) return;
        delete pending[id];
        count -= 1;
      };
      args[0] = (value) => {
        answers = true;
        strike();
        try { apply(handler, undefined, [adapt(value)]); } finally { over(); }
      };
      const id = apply(original, self, args);
      pending[id] = () => { strike(); over(); };
      count += 1;
      return id;
    });
    wrap(globalThis, cancel, (original, self, args) => {
      const struck = pending[args[0]];
      if (struck) struck();
      return apply(original, self, args);
    });
    return {
      __proto__: null,
      renew: () => { left = IN_A_ROW; },
      // The browser calls in order: when it calls us, it has called all who asked before.
      next: (isNeeded) => !answers || !(count || isNeeded) ? null : new native.Promise((resolve) => {
        let isOpen = true;
        ask(() => { isOpen = false; resolve(); });
        native.setTimeout(() => { answers = answers && !isOpen; resolve(); }, SOON);
      }),
    };
  };
  const pictures = callbacks("requestAnimationFrame", "cancelAnimationFrame", (at) => at + ahead);
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
      let isOpen = true;
      const over = () => {
        if (isOpen) end();
        isOpen = false;
      };
      begin();
      native.then(promise, over, over);
      native.setTimeout(over, SOON);
      return promise;
    },
    // How far the next end of an animation is away, in ms.
    due: () => {
      let first = null;
      const found = running();
      for (let n = 0; n < found.length; n += 1) if (first === null || found[n].left < first) first = found[n].left;
      return first;
    },
    jump: (by) => { ahead += by; },
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
