"""Clean shops that measure how their pages do, and tell it: numbers that differ with each load, and no visitors."""

from __future__ import annotations

from tests.strangers.manners.shop import CDN, SHOP, Answer, Asked, Shop

MEASURES = """const measured = (() => {
  const shifts = [], longest = [];
  const watch = (type, kept) => {
    try {
      new PerformanceObserver((list) => kept.push(...list.getEntries())).observe({ type, buffered: true });
    } catch (error) { kept.length = 0; }
  };
  watch("layout-shift", shifts);
  watch("largest-contentful-paint", longest);
  return () => {
    const [navigation] = performance.getEntriesByType("navigation");
    const paints = performance.getEntriesByType("paint").map((one) => [one.name, one.startTime]);
    const resources = performance.getEntriesByType("resource");
    const took = resources.map((one) => one.duration);
    const { rtt, downlink } = navigator.connection || {};
    return {
      ...navigation.toJSON(), ...Object.fromEntries(paints), name: location.pathname, serverTiming: undefined,
      firstPaint: (paints[0] || [])[1], cls: shifts.reduce((sum, one) => sum + one.value, 0),
      lcp: (longest.at(-1) || {}).startTime || 0, mean: took.reduce((sum, one) => sum + one, 0) / (took.length || 1),
      share: performance.now() / (navigation.duration || 1), resources: resources.map((one) => one.toJSON()),
      timeOrigin: performance.timeOrigin, sent: Date.now(), heap: (performance.memory || {}).usedJSHeapSize,
      scrolled: scrollY / 3, wide: innerWidth, high: innerHeight, ratio: devicePixelRatio, rtt, downlink,
      trace: Math.random().toString(36).slice(2, 10),
    };
  };
})();"""


class Measures(Shop):
    """Tells itself how each page does, once it stands and on leaving, as services for the experience of visitors do."""

    late = f"""{MEASURES}
const tell = () => navigator.sendBeacon("/rum", JSON.stringify(measured()));
addEventListener("load", () => setTimeout(tell, 300));
addEventListener("pagehide", tell);"""

    def answer(self, asked: Asked) -> Answer | None:
        return Answer(status=204) if asked.host == SHOP and asked.path == "/rum" else None


class MeasuredByPartner(Shop):
    """A partner is told the same by the address of a picture, which nobody keeps."""

    partners = (CDN,)
    late = f"""{MEASURES}
addEventListener("load", () => setTimeout(() => {{
  const said = Object.entries(measured()).filter(([, value]) => typeof value === "number");
  new Image().src = `http://{CDN}:[[port]]/rum.gif?${{new URLSearchParams(said)}}`;
  new Image().src = `http://{CDN}:[[port]]/all.gif?t=${{said.map((one) => one.join(":")).join("~")}}`;
}}, 300));"""

    def answer(self, asked: Asked) -> Answer | None:
        return Answer(status=204) if asked.host == CDN else None


class TracedUntilLeft(Shop):
    """A partner is told of each load of a page with a number of its own: at once, later, and when the page is left."""

    partners = (CDN,)
    late = f"""const trace = crypto.randomUUID();
const traced = (part) => navigator.sendBeacon("http://{CDN}:[[port]]/traces", JSON.stringify({{ trace, part }}));
traced(1);
setTimeout(traced, 1000, 2);
addEventListener("pagehide", () => traced(3));"""

    def answer(self, asked: Asked) -> Answer | None:
        return Answer(status=204) if asked.host == CDN else None
