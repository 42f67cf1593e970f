// Knows which timers come again and again from one place of a script. While the harness looks they wait for page time,
// or a page that polls would never be quiet between two looks.
(kit) => {
  "use strict";
  const { native } = kit;
  const OFTEN = 3; // runs from one place, after which another one is nothing new
  const MOST = 100; // rounds with a request from one place, after which they are let run once a second while one looks
  const SPARSE = 1000; // ms of page time between those
  const LEASE = 5000; // ms of wall time for which a look holds; the harness says when it is over, unless it has died
  const ran = { __proto__: null }; // place -> how often a timer that was set there has run
  let rounds = { __proto__: null }; // place -> how many of these runs have sent something, in this look
  let until = 0;
  let thinned = 0; // runs that were put off because of MOST

  // Timers of one place and about one delay are one poller's.
  const place = (wait) => {
    const kept = [];
    const change = (name, value) => {
      const found = kit.describe(native.Error, name); // a page's own idea of what a stack looks like
      if (!found || !found.configurable) return; // it may freeze them
      kit.push(kept, [name, found]);
      kit.define(native.Error, name, { __proto__: null, value, writable: true, configurable: true });
    };
    try {
      change("prepareStackTrace", undefined);
      change("stackTraceLimit", 8);
      return `${native.slice(`${new native.Error().stack || ""}`, 0, 2000)} ${native.size(wait)}`;
    } catch { return ""; } finally {
      for (let n = 0; n < kept.length; n += 1) kit.define(native.Error, kept[n][0], kept[n][1]);
    }
  };
  const isOften = (timer) => ran[timer.place] > OFTEN;
  return {
    __proto__: null,
    place,
    isOften,
    ran: (timer) => { ran[timer.place] = (ran[timer.place] || 0) + 1; },
    asked: (timer) => { rounds[timer.place] = (rounds[timer.place] || 0) + 1; },
    // How long such a timer waits: as asked for, or longer where its place has sent so much that more would tell nothing.
    wait: (place, asked) => {
      if (!(rounds[place] > MOST) || asked >= SPARSE || native.perf() > until) return asked;
      thinned += 1;
      return SPARSE;
    },
    thinned: () => thinned,
    // Whether this timer waits for page time to move on.
    holds: (timer) => native.perf() < until && isOften(timer),
    hold: () => { until = native.perf() + LEASE; },
    release: () => {
      until = 0;
      thinned = 0;
      rounds = { __proto__: null };
    },
  };
}
