// Owns the page's timers and clock, so that page time can run ahead of wall time. A page sees nothing but the time.
(kit, watchMotion, wall, arrivals, pollers, look, handle) => {
  "use strict";
  const { apply, native, wrap, define, disguise, time } = kit;
  const HOLD = 250; // ms of wall time after which a timer that is held asks again whether it is
  const ANSWERS = 250; // ms of wall time that an answer to a poller's request may take before the harness waits for it
  const BESIDE = 5; // answers that are not waited for before the next timer of a poller's
  const TURNS = 8; // waits of an answer's, one after the other
  const SPELL = 1000; // ms of wall time after which the harness is told how far page time has come
  let moved = 0; // page time won over wall time since this document began, in ms
  const motion = watchMotion(kit, () => moved);

  // ---- the clock
  const dateNow = { now: () => native.now() + native.floor(time.shift) }.now;
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
  let startNative = null;
  const arm = (timer) => {
    timer.real = startNative(() => come(timer), timer.due > clock() ? timer.due - clock() : 0);
    if (timer.id === undefined) timer.id = timer.real;
  };
  const come = (timer) => {
    if (timers[timer.id] !== timer) return;
    timer.isHeld = pollers.holds(timer);
    if (timer.isHeld) timer.real = startNative(() => come(timer), HOLD);
    else run(timer);
  };
  const run = (timer) => {
    pollers.ran(timer);
    if (timer.every === null) delete timers[timer.id];
    else {
      const late = clock() - timer.every;
      timer.due = (late > timer.due ? late : timer.due) + pollers.wait(timer.place, timer.every);
      arm(timer);
    }
    apply(timer.handler, globalThis, timer.args);
  };
  const start = (handler, delay, args, repeats) => {
    const asked = delay > 0 ? delay : 0;
    const place = pollers.place(asked);
    const due = clock() + pollers.wait(place, asked);
    const timer = { __proto__: null, handler, args, place, due, every: repeats ? asked || 1 : null, id: undefined };
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

  const nextDue = (isMeant) => {
    let first = null;
    for (const id in timers) {
      const timer = timers[id];
      if ((first === null || timer.due < first.due) && (!isMeant || isMeant(timer))) first = timer;
    }
    return first;
  };
  const isNew = (timer) => !pollers.isOften(timer);
  const breath = () =>
    new native.Promise((resolve) => native.setTimeout(() => native.setTimeout(resolve, 0), 0));
  // The same without the 4 ms that browsers add to timers in timers: enough where a poller has run.
  let channel = null;
  let passed = null;
  const pause = () => {
    if (!channel) {
      channel = new native.Channel();
      channel.port1.onmessage = () => passed();
    }
    return new native.Promise((resolve) => {
      passed = resolve;
      native.post(channel.port2, 0);
    });
  };
  const jump = (by) => {
    if (!(by > 0)) return;
    moved += by;
    time.shift += by;
  };
  const sooner = (one, other) => one === null || (other !== null && other < one) ? other : one;
  // Until no more than `level` is going on, as far as that comes soon: an answer, its body, and what follows.
  const answered = async (level) => {
    for (let turns = 0; turns < TURNS && kit.waits() > level; turns += 1) {
      await kit.until(level, ANSWERS);
      await pause();
    }
    return kit.waits() <= level;
  };
  // Run a timer; whether nothing new was done. Pollers' requests are let run beside each other, as far as browsers do.
  const runs = async (timer, level, held) => {
    const isPoller = pollers.isOften(timer);
    const waits = kit.waits();
    jump(timer.due - clock());
    native.clearTimeout(timer.real);
    try { run(timer); } catch (error) { if (native.reportError) native.reportError(error); }
    if (!isPoller) {
      await breath();
      return false;
    }
    await pause();
    if (kit.waits() > waits) pollers.asked(timer);
    return held === "all" || answered(level + BESIDE);
  };
  // Run timers in order until `by` ms of page time have passed, or a handler ran that may have started something.
  // `held` says what is held back on purpose: no answer, some or all. Where some are, nobody knows when elements call
  // back: they are not expected to. Where all are, no answer is waited for here.
  const advance = async (by, held) => {
    pollers.hold();
    look(); // an API of consent may have come meanwhile
    const begun = clock();
    const won = moved;
    const started = native.perf();
    const ends = by > 0 ? motion.due() : null; // of an animation, which is let run no further than to its end
    const end = begun + (ends !== null && ends < by ? ends : by);
    const level = kit.waits();
    const news = kit.news();
    let isQuiet = by > 0;
    while (isQuiet) {
      const timer = nextDue();
      if (timer && timer.due <= end) isQuiet = await runs(timer, level, held);
      else if (kit.waits() > level && held !== "all") isQuiet = await answered(level); // it may set the next timer
      else break;
      isQuiet = isQuiet && kit.news() === news && native.perf() - started < SPELL;
    }
    if (isQuiet) jump(end - clock());
    if (by > 0) await motion.follow(moved - won);
    else await breath();
    const next = nextDue(isNew);
    const wait = next && next.due - clock();
    return native.stringify({ __proto__: null, moved: clock() - begun, busy: kit.busy() + (held === "none" ? arrivals.count() : 0),
      open: kit.addresses(), ready: native.readiness(document),
      next: sooner(next && (wait > 0 ? wait : 0), motion.due()), polls: nextDue(pollers.isOften) !== null,
      thinned: pollers.thinned(), refresh: wall.refresh(), workers: wall.workers() });
  };
  // The look is over: pollers go by the wall clock again.
  const release = () => {
    pollers.release();
    for (const id in timers) {
      const timer = timers[id];
      if (!timer.isHeld) continue;
      native.clearTimeout(timer.real);
      come(timer);
    }
  };
  const control = Object.freeze({ advance, release, since: (ms) => { time.shift = ms; } });
  define(globalThis, handle, { value: control, enumerable: false, configurable: false, writable: false });
}
