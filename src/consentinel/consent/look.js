// Looks at a consent dialog, in one call for each question. It reads and never acts: clicks are WebDriver's.
// Called with the name of a question and its arguments. ` >>> ` in a selector steps into an open shadow root.

function all(selector) {
  let roots = [document];
  const steps = selector.split('>>>').map((step) => step.trim());
  steps.forEach((step, number) => {
    const found = roots.flatMap((root) => [...root.querySelectorAll(step)]);
    roots = number < steps.length - 1 ? found.map((host) => host.shadowRoot).filter(Boolean) : found;
  });
  return roots;
}

function visible(element) {
  const shown = element.checkVisibility
    ? element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })
    : getComputedStyle(element).visibility === 'visible' && getComputedStyle(element).opacity !== '0';
  if (!shown) return false;
  const box = element.getBoundingClientRect();
  if (box.width > 0 && box.height > 0) return onPage(box);
  return [...element.children].some(visible); // a wrapper whose fixed or floating children show
}

function onPage(box) {
  const width = document.documentElement.scrollWidth;
  return box.right + scrollX > 0 && box.bottom + scrollY > 0 && box.left + scrollX < Math.max(width, innerWidth);
}

function anyVisible(selector) {
  return selector ? all(selector).some(visible) : false;
}

function parentOf(node) {
  return node.assignedSlot || node.parentNode || node.host || null;
}

function within(outer, node) {
  for (let at = node; at; at = parentOf(at)) if (at === outer) return true;
  return false;
}

function moving(element) {
  for (let at = element; at instanceof Element || at instanceof ShadowRoot; at = parentOf(at)) {
    const running = at.getAnimations && at instanceof Element ? at.getAnimations() : [];
    if (running.some((a) => a.playState === 'running' && a.effect?.getComputedTiming().endTime !== Infinity)) {
      return true;
    }
  }
  return false;
}

// The point that WebDriver will click: the middle of what shows of the first box (WebDriver, section 12.1).
function clickPoint(element) {
  const box = element.getClientRects()[0];
  if (!box) return null;
  const left = Math.max(0, box.left);
  const right = Math.min(innerWidth, box.right);
  const top = Math.max(0, box.top);
  const bottom = Math.min(innerHeight, box.bottom);
  return right > left && bottom > top ? [(left + right) / 2, (top + bottom) / 2] : null;
}

// A frame that is loaded when it comes into view holds nothing until then, and Chromium's driver never enters it.
function isToCome(frame) {
  return frame.loading === 'lazy' && !clickPoint(frame);
}

function topmost([x, y]) {
  let found = document.elementFromPoint(x, y);
  while (found && found.shadowRoot) {
    const deeper = found.shadowRoot.elementFromPoint(x, y);
    if (!deeper || deeper === found) break;
    found = deeper;
  }
  return found;
}

// Whether a click where `top` is topmost reaches the element. Text slotted into a button of a shadow root is reported
// as its host, which then stands for the button.
function reaches(element, top) {
  if (within(element, top)) return true;
  return Boolean(top && top.shadowRoot === element.getRootNode() && element.querySelector('slot'));
}

function describe(element) {
  const id = element.id ? `#${element.id}` : '';
  const text = (element.textContent || '').trim().replace(/\s+/g, ' ').slice(0, 30);
  return `<${element.localName}${id}>${text ? ` "${text}"` : ''}`;
}

// Why an element cannot be clicked, or '' when it can.
function obstacle(element) {
  const label = describe(element);
  if (element.disabled || element.getAttribute('aria-disabled') === 'true') return `${label} is disabled`;
  if (moving(element)) return `${label} is moving`;
  let point = clickPoint(element);
  if (!point || !reaches(element, topmost(point))) {
    element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
    point = clickPoint(element);
  }
  if (!point) return `${label} has no size`;
  const top = topmost(point);
  if (reaches(element, top)) return '';
  return `${label} is covered by ${top ? describe(top) : 'nothing that can be clicked'}`;
}

function firstOf(elements, selector) {
  const reasons = [];
  for (const element of elements) {
    const reason = obstacle(element);
    if (!reason) return { element, framed: top.length > 0 };
    reasons.push(reason);
  }
  return { reason: reasons[0] || `nothing visible matches ${selector}` };
}

// The elements under a node, through open shadow roots.
function deep(root) {
  return [...root.querySelectorAll('*')].flatMap((e) => (e.shadowRoot ? [e, ...deep(e.shadowRoot)] : [e]));
}

function labelOf(element) {
  const root = element.getRootNode();
  const ids = (element.getAttribute('aria-labelledby') || '').split(/\s+/).filter(Boolean);
  const named = ids.map((id) => root.getElementById(id)?.textContent).filter(Boolean).join(' ');
  const labelled = [...(element.labels || [])].map((label) => label.textContent).find((text) => text.trim());
  return named || element.getAttribute('aria-label') || labelled || '';
}

function nameOf(element) {
  const text = labelOf(element) || element.closest('label, li, tr')?.textContent;
  return (text || element.value || '').trim().replace(/\s+/g, ' ').slice(0, 80);
}

function stateOf(element) {
  if ('checked' in element) return element.indeterminate ? null : element.checked;
  const told = element.getAttribute('aria-checked') ?? element.getAttribute('aria-pressed');
  return told === 'true' ? true : told === 'false' ? false : null;
}

function control(element) {
  const disabled = element.disabled || element.getAttribute('aria-disabled') === 'true';
  return { label: nameOf(element), on: stateOf(element), locked: Boolean(disabled) };
}

function pair(grants, refusals) {
  const granted = grants.length > 0 && grants.every((button) => stateOf(button) === true);
  const refused = refusals.length > 0 && refusals.every((button) => stateOf(button) === true);
  const locked = [...grants, ...refusals].every((button) => button.disabled);
  return { label: nameOf(grants[0] || refusals[0]), on: granted ? true : refused ? false : null, locked };
}

// What a selector finds inside the foremost container that shows; anywhere, where there is no container.
function inFront(selector, containers) {
  if (!containers.length) return all(selector).filter(visible);
  const front = containers.map((container) => all(container).filter(visible)).find((found) => found.length) || [];
  return all(selector).filter((element) => visible(element) && front.some((outer) => within(outer, element)));
}

const questions = {
  // What shows at this moment, by name, and which document is asked; `buttons` must be in the foremost container.
  shows(selectors, buttons, containers) {
    const shows = {};
    for (const [name, selector] of Object.entries(selectors)) shows[name] = anyVisible(selector);
    for (const [name, selector] of Object.entries(buttons)) shows[name] = inFront(selector, containers).length > 0;
    const loaded = performance.getEntriesByType('navigation')[0]?.loadEventEnd || 0;
    const age = loaded ? performance.now() - loaded : 0;
    return { shows, origin: performance.timeOrigin, age };
  },

  // How many elements of the document a selector finds, visible or not; a list, which is true however few.
  count(selector) {
    return [all(selector).length];
  },

  // The element to click for a selector, inside the foremost container, or the reason why there is none.
  target(selector, containers) {
    const found = inFront(selector, containers);
    const elsewhere = found.length ? null : all(selector).find(visible);
    if (elsewhere) return { reason: `${describe(elsewhere)} is outside the dialog` };
    return firstOf(found, selector);
  },

  // How much a button shows: its area in px², its letters' size in px, and how far it is from transparent.
  weight(selector, containers) {
    const element = inFront(selector, containers)[0];
    if (!element) return {};
    const box = element.getBoundingClientRect();
    let opacity = 1;
    for (let at = element; at; at = parentOf(at)) if (at instanceof Element) opacity *= Number(getComputedStyle(at).opacity);
    return { area: box.width * box.height, letters: parseFloat(getComputedStyle(element).fontSize), opacity };
  },

  // Whether the keyboard is on what a selector finds, also in open shadow roots.
  focused(selector) {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return all(selector).includes(at);
  },

  // The iframe that holds the dialog.
  frame(selector) {
    const element = all(selector).find(visible);
    return element ? { element } : { reason: `the frame ${selector} does not show` };
  },

  // What to click to turn a checkbox or switch: itself, else the label that stands in for it.
  knob(selector) {
    const found = all(selector)[0];
    if (!found) return { reason: `nothing matches ${selector}` };
    return firstOf([found, ...(found.labels || []), found.parentElement].filter(Boolean), selector);
  },

  // Each category's switch, by category; a category whose switch is not there is left out.
  switches(categories) {
    const read = {};
    for (const [category, how] of Object.entries(categories)) {
      const locked = how.locked ? all(how.locked) : [];
      const single = how.control ? all(how.control).find((e) => e.type !== 'hidden') : undefined;
      const grants = how.grant ? all(how.grant) : [];
      const refusals = how.refuse ? all(how.refuse) : [];
      if (single) read[category] = control(single);
      else if (grants.length || refusals.length) read[category] = pair(grants, refusals);
      else if (locked.length) read[category] = { label: nameOf(locked[0]), on: true, locked: true };
      if (locked.length) read[category].locked = true;
    }
    return read;
  },

  // Labels of the switches inside a dialog that none of the known selectors finds.
  others(dialog, known) {
    const outer = all(dialog).filter(visible);
    const mine = new Set(known.flatMap(all));
    const found = new Set(outer.flatMap((e) => [...deep(e), ...(e.shadowRoot ? deep(e.shadowRoot) : [])]));
    return [...found]
      .filter((e) => e.matches('input[type=checkbox], [role=switch], [role=checkbox]') && !mine.has(e))
      .map(nameOf);
  },

  // The manager's own names of the switches in a dialog, with their labels, by the selector that `{key}` stands in.
  keys(dialog, template, aside) {
    const apart = new Set(aside.flatMap(all));
    const names = ({ id, name, value }) => {
      const ends = id.split('-').map((_, number, parts) => parts.slice(number).join('-'));
      return [value, name, ...ends].filter((text) => /^[\w.-]+$/.test(text || ''));
    };
    const fits = (element, key) => element.matches(template.split('{key}').join(CSS.escape(key)));
    return all(dialog).flatMap((outer) => [...outer.querySelectorAll('input[type=checkbox], [role=switch]')]).filter((e) => !apart.has(e)).flatMap((e) => {
      const key = names({ id: e.id, name: e.name, value: e.value }).find((text) => fits(e, text));
      return key ? [{ key, label: nameOf(e), locked: Boolean(e.disabled) }] : [];
    });
  },
};
