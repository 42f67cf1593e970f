// Owns the page's timers and clock, so that page time can run ahead of wall time. A page sees nothing but the time.
(kit, watchMotion, wall, arrivals, handle) => {
  "use strict";
  const { apply, native, wrap, define, disguise, time } = kit;
  let moved = 0; // page time won over wall time since this document began, in ms
  const motion = watchMotion(kit, () => moved);

  // ---- the clock
  const dateNow = { now: () => native.now() + time.shift }.now;
  const ShiftedDate = new Proxy(native.Date, {
    construct: (target, args, newTarget) =>
      kit.construct(target, args.length ? args : [native.now() + time.shift], newTarget),
    apply: () => `${new native.Date(native.now() + time.shift)}`,
    get: (target, key, receiver) => key === "now" ? dateNow : Reflect.get(target, key, receiver),
  });
  disguise(dateNow, native.Date.now);
  disguise(ShiftedDate, native.Date);
  native.Date.prototype.constructor = ShiftedDate;
  globalThis.Date = ShiftedDate;
  wrap(Performance.prototype, "now", (original, self, args) => apply(original, self, args) + moved);

  // ---- the timers
  const clock = () => native.perf() + moved;
  const timers = { __proto__: null };
  const fired = new WeakMap(); // handler -> how often it ran while page time ran ahead
  let startNative = null;
  const arm = (timer) => {
    timer.real = startNative(() => { if (timers[timer.id] === timer) run(timer); }, timer.due > clock() ? timer.due - clock() : 0);
    if (timer.id === undefined) timer.id = timer.real;
  };
  const run = (timer) => {
    if (timer.every === null) delete timers[timer.id];
    else {
      const late = clock() - timer.every;
      timer.due = (late > timer.due ? late : timer.due) + timer.every;
      arm(timer);
    }
    apply(timer.handler, globalThis, timer.args);
  };
  const start = (handler, delay, args, repeats) => {
    const wait = delay > 0 ? delay : 0;
    const timer = { __proto__: null, handler, args, due: clock() + wait, every: repeats ? wait || 1 : null, id: undefined };
    arm(timer);
    timers[timer.id] = timer;
    return timer.id;
  };
  const later = (repeats) => (original, self, args) => {
    if (!args.length) return apply(original, self, args);
    const rest = [];
    for (let n = 2; n < args.length; n += 1) kit.push(rest, args[n]);
    // A text is evaluated in the page's own scope, if its policy allows that at all.
    const handler = typeof args[0] === "function" ? args[0] : () => (0, native.evaluate)(`${args[0]}`);
    return start(handler, +args[1] || 0, rest, repeats);
  };
  const cancel = (id) => {
    const timer = timers[id];
    delete timers[id];
    if (timer) native.clearTimeout(timer.real);
    return timer;
  };
  const never = (original, self, args) => cancel(args[0]) ? undefined : apply(original, self, args);
  startNative = native.setTimeout;
  wrap(globalThis, "setTimeout", later(false));
  wrap(globalThis, "setInterval", later(true));
  wrap(globalThis, "clearTimeout", never);
  wrap(globalThis, "clearInterval", never);
  // A task with a delay waits for a timer.
  wrap(globalThis.Scheduler && Scheduler.prototype, "postTask", (original, self, args) => {
    const options = args[1];
    const signal = options && options.signal;
    const wait = options ? +options.delay : 0;
    if (!(wait > 0) || (signal && signal.aborted)) return motion.soon(apply(original, self, args));
    const task = [args[0], { __proto__: null, priority: options.priority, signal }];
    return new native.Promise((resolve, reject) => {
      const id = start(() => resolve(apply(original, self, task)), wait, [], false);
      const given = () => { if (cancel(id)) reject(signal.reason); };
      if (signal) native.listen(signal, "abort", given);
    });
  });

  const nextDue = () => {
    let first = null;
    for (const id in timers) if (first === null || timers[id].due < first.due) first = timers[id];
    return first;
  };
  const breath = () =>
    new native.Promise((resolve) => native.setTimeout(() => native.setTimeout(resolve, 0), 0));
  const jump = (by) => {
    if (!(by > 0)) return;
    moved += by;
    time.shift += by;
  };
  const sooner = (one, other) => one === null || (other !== null && other < one) ? other : one;
  // Run timers in order until `by` ms of page time have passed or a handler ran that might have started something:
  // handlers that ran three times before are pollers, and are run through.
  const advance = async (by) => {
    const begun = clock();
    const won = moved;
    const ends = by > 0 ? motion.due() : null; // of an animation, which is let run no further than to its end
    const end = begun + (ends !== null && ends < by ? ends : by);
    for (;;) {
      const timer = nextDue();
      if (!timer || timer.due > end || by <= 0) break;
      jump(timer.due - clock());
      native.clearTimeout(timer.real);
      const times = (native.known(fired, timer.handler) || 0) + 1;
      native.learn(fired, timer.handler, times);
      try { run(timer); } catch (error) { if (native.reportError) native.reportError(error); }
      await breath();
      if (times <= 3 || times % 200 === 0) break;
    }
    const timer = nextDue();
    if (!timer || timer.due > end) jump(end - clock());
    if (by > 0) await motion.follow(moved - won);
    else await breath();
    const next = nextDue();
    const wait = next && next.due - clock();
    return native.stringify({ __proto__: null, moved: clock() - begun, busy: kit.busy() + arrivals.count(),
      ready: native.readiness(document), next: sooner(next && (wait > 0 ? wait : 0), motion.due()),
      refresh: wall.refresh(), workers: wall.workers() });
  };
  const control = Object.freeze({ advance, since: (ms) => { time.shift = ms; } });
  define(globalThis, handle, { value: control, enumerable: false, configurable: false, writable: false });
}
