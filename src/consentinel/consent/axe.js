// Runs axe-core on parts of a dialog. Follows look.js and controls.js; `AXE` is the library's text, put in its place.
// The page keeps its own `axe`, and its timers, which the harness owns, are not asked: axe's own run as microtasks.
const [selector, containers, options] = arguments;
const outer = containers.map((one) => all(one).filter(visible)).find((found) => found.length) || [];
const parts = selector ? inFront(selector, containers) : outer;
if (!parts.length) return null;
const former = Object.getOwnPropertyDescriptor(window, 'axe');
const setTimeout = (act, delay, ...more) => { if (!(delay > 100)) Promise.resolve().then(() => act(...more)); return 1; };
const clearTimeout = () => {};
const define = undefined;
const module = undefined;
delete window.axe;
/*AXE*/
const mine = window.axe;
delete window.axe;
if (former) Object.defineProperty(window, 'axe', former);

const criteria = (tags) => tags.map((tag) => /^wcag(\d)(\d)(\d+)$/.exec(tag)).filter(Boolean).map((found) => found.slice(1).join('.'));
const brief = (rules) => rules.flatMap(({ id, help, tags, nodes }) => nodes.map((node) => ({
  rule: id,
  help,
  criteria: criteria(tags),
  element: [node.target].flat(2).slice(-1)[0],
  html: node.html.replace(/\s+/g, ' ').slice(0, 120),
  data: [...node.any, ...node.all, ...node.none].map((check) => check.data).filter((data) => data && typeof data === 'object')[0] || null,
})));
return mine.run({ include: parts }, options).then(({ violations, incomplete }) => ({ broken: brief(violations), unclear: brief(incomplete) }));
