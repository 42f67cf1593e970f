// Finds what unfolds a part of the page in which something is hidden, such as a menu; follows look.js and controls.js in
// the same script. It reads and never acts.

const NAMING_CONTROLS = ['aria-controls', 'popovertarget', 'commandfor'];

// What unfolds the part of the page that hides an element; null where nothing is known to.
function unfolderOf(element) {
  for (let at = element; at && at !== document.body; at = parentOf(at)) {
    if (!(at instanceof Element)) continue;
    const summary = at.matches('details:not([open])') ? at.querySelector(':scope > summary') : null;
    if (summary && summary !== element && visible(summary)) return summary;
    if (visible(at)) continue;
    const named = at.id ? NAMING_CONTROLS.map((name) => `[${name}="${CSS.escape(at.id)}"]`).join() : '';
    const controls = named ? [...at.getRootNode().querySelectorAll(named)] : [];
    const beside = at === element || !at.parentNode ? [] : [...at.parentNode.children].filter((e) => e.matches('[aria-expanded=false]'));
    const control = [...controls, ...beside].find((e) => !within(at, e) && visible(e));
    if (control) return control;
  }
  return null;
}

// What to click to unfold the menu that holds what a selector finds, or why there is nothing.
questions.unfolding = (selector) => {
  const found = all(selector);
  const hiding = found.some(visible) ? [] : found.map(unfolderOf).filter(Boolean);
  return hiding.length ? firstOf(hiding, selector) : { reason: `nothing unfolds what holds ${selector}` };
};
