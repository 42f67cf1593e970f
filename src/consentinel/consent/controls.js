// The controls of a consent dialog: what they are called, whether they are on, and what a visitor clicks to turn them.
// Follows look.js and answers.js in the same script.

const SLIDER = 'input[type=range]';
const SWITCH = `input[type=checkbox], [role=switch], [role=checkbox], [role=menuitemcheckbox], ${SLIDER}`;
const RADIO = 'input[type=radio], [role=radio]';

// The list that an element is, or whose line it is.
const listOf = (element) => element.closest('select');

const isControl = (element) => element instanceof Element && element.matches(`${SWITCH}, ${RADIO}`);

const once = (elements) => [...new Set(elements.filter((element) => element instanceof Element))];

// What a visitor sees in place of a control that is transparent, clipped, off the page or without size.
function standIns(control) {
  const root = control.getRootNode();
  const ids = (control.getAttribute('aria-labelledby') || '').split(/\s+/).filter(Boolean);
  return once([...(control.labels || []), control.closest('label'), ...ids.map((id) => root.getElementById(id))]);
}

// Whether a control is left as a dot for those who cannot see, as design systems clip it: nobody aims at that.
function isDot(element) {
  const box = element.getBoundingClientRect();
  return isControl(element) && box.width <= 1 && box.height <= 1;
}

// Whether a visitor sees the element, or what stands in for it where it is a control.
function canBeSeen(element) {
  if (element.matches('select option')) return canBeSeen(listOf(element));
  if (visible(element) && !(isDot(element) && standIns(element).length)) return true;
  if (!isControl(element)) return false;
  return standIns(element).some(visible) || Boolean(element.parentElement && isBare(element.parentElement));
}

// Whether an element shows and holds one control and no text: a toggle that is drawn around its input.
function isBare(element) {
  return visible(element) && !element.textContent.trim() && element.querySelectorAll(`${SWITCH}, ${RADIO}`).length === 1;
}

// What can be clicked to turn a control, what shows first.
function handles(element) {
  if (!isControl(element)) return [element];
  const shown = [element, ...standIns(element)].filter(visible);
  return once([...shown, element, element.parentElement]);
}

function firstOf(elements, selector) {
  if (stillLoads()) return { reason: 'the page still loads' };
  const reasons = [];
  for (const element of elements) {
    if (element.matches('select option')) {
      const reason = element.disabled ? `${describe(element)} is disabled` : obstacle(listOf(element));
      if (!reason) return { element, line: true };
      reasons.push(reason);
      continue;
    }
    const reason = obstacle(element);
    if (!reason) return { element, offset: [0, 0], framed: top.length > 0 };
    const offset = element.localName === 'label' ? beside(element) : null;
    if (offset) return { element, offset, framed: top.length > 0 };
    reasons.push(reason);
  }
  return { reason: reasons[0] || `nothing visible matches ${selector}` };
}

// How far from its middle a label can be clicked that holds a link there; null where nowhere.
function beside(label) {
  const middle = clickPoint(label);
  const box = label.getClientRects()[0];
  if (!middle || moving(label)) return null;
  for (const x of [box.left + 3, box.right - 3]) {
    if (x > 0 && x < innerWidth && reaches(label, topmost([x, middle[1]]))) return [Math.round(x - middle[0]), 0];
  }
  return null;
}

// The elements under a node, through open shadow roots.
function deep(root) {
  return [...root.querySelectorAll('*')].flatMap((e) => (e.shadowRoot ? [e, ...deep(e.shadowRoot)] : [e]));
}

const BOLD = 'strong, b, h1, h2, h3, h4, h5, h6';
const WORDY = 60;

// The words of a label without those of a list that it holds and those that say how its switch stands, with those that a
// component has slotted into it.
function wordsOf(label) {
  const states = [...label.querySelectorAll('*')].filter((e) => !e.childElementCount && STANDING.test(e.textContent.trim()));
  const others = [...label.querySelectorAll('select')];
  const without = (words, text) => words.slice(0, words.lastIndexOf(text)) + words.slice(words.lastIndexOf(text) + text.length);
  const whole = others.reduce((words, { textContent }) => without(words, textContent), label.textContent);
  // A state stands behind the name: "<b>On</b> this page" has none.
  const ends = (words, { textContent }) => words.trim().length > textContent.trim().length && words.trim().endsWith(textContent.trim());
  const own = states.reverse().reduce((words, e) => (ends(words, e) ? without(words, e.textContent) : words), whole);
  const slotted = [...label.querySelectorAll('slot')].flatMap((slot) => slot.assignedNodes());
  return [own, ...slotted.map((node) => node.textContent)].join(' ').trim();
}

// The title of a label that explains itself further on: what it sets in bold or before a colon, else its first part.
function titleOf(label) {
  const whole = wordsOf(label);
  const bold = label.querySelector(BOLD)?.textContent.trim();
  if (bold && whole.startsWith(bold) && !/^\s*\p{Ll}/u.test(whole.slice(bold.length))) return bold;
  const before = whole.match(/^([^:]{9,}):\s+\p{Lu}/u); // "Cookies: statistics" names its kind first
  if (before) return before[1];
  const first = [...label.childNodes].find((node) => node.textContent.trim());
  return whole.length > WORDY && first instanceof Element && first.textContent.trim() !== whole ? titleOf(first) : whole;
}

function labelOf(element) {
  const root = element.getRootNode();
  const ids = (element.getAttribute('aria-labelledby') || '').split(/\s+/).filter(Boolean);
  const named = ids.map((id) => root.getElementById(id)?.textContent).filter(Boolean).join(' ');
  const labelled = [...(element.labels || [])].map(titleOf).find((text) => text && (element.matches(RADIO) || !STANDING.test(text)));
  return named || element.getAttribute('aria-label') || labelled || '';
}

const inShort = (text) => (text || '').trim().replace(/\s+/g, ' ').slice(0, 80);

// The name of the question that a radio button answers, '' where none is told.
function groupOf(radio) {
  const group = radio.closest('[role=radiogroup], [role=group], fieldset');
  const legend = group?.querySelector('legend');
  return group ? inShort((legend && titleOf(legend)) || labelOf(group)) : '';
}

function nameOf(element) {
  if (element.matches('select option')) return nameOf(listOf(element));
  const group = element.matches(RADIO) ? groupOf(element) : '';
  const text = group || labelOf(element) || element.closest('label, li, tr')?.textContent;
  return inShort(text || element.value);
}

// The one line of a list that allows, or refuses, as its words or its value say; undefined where that is not told.
function lineThat(list, allows) {
  const says = (line, pattern) => pattern.test(line.label.trim()) || pattern.test(line.value);
  const refusing = [...list.options].filter((line) => says(line, NEGATIVE));
  const allowing = [...list.options].filter((line) => says(line, POSITIVE) && !refusing.includes(line));
  return refusing.length === 1 && allowing.length === 1 ? (allows ? allowing : refusing)[0] : undefined;
}

// Whether a slider stands at its end, which allows most; null between its ends.
function atEnd(slider) {
  const [value, least, most] = [slider.value, slider.min || 0, slider.max || 100].map(Number);
  return value === most ? true : value === least ? false : null;
}

function stateOf(element) {
  if (element.matches('select option')) return element.selected;
  if (element.matches('select')) return [true, false].find((allows) => lineThat(element, allows)?.selected) ?? null;
  if (element.matches('input[type=checkbox], input[type=radio]')) return element.indeterminate ? null : element.checked;
  if (element.matches(SLIDER)) return atEnd(element);
  const told = element.getAttribute('aria-checked') ?? element.getAttribute('aria-pressed');
  return told === 'true' ? true : told === 'false' ? false : null;
}

const isDisabled = (element) => Boolean(element.disabled || listOf(element)?.disabled || element.getAttribute('aria-disabled') === 'true');

// The state that all of some controls have, null where they differ.
function common(states) {
  return states.length && states.every((state) => state === states[0]) ? states[0] : null;
}

// The controls that a selector finds: those that can be seen, where any can.
function controlsOf(selector) {
  const found = all(selector).filter((e) => e.type !== 'hidden');
  const seen = found.filter(canBeSeen);
  return seen.length ? seen : found;
}

function single(controls) {
  const label = nameOf(controls[0]);
  const locked = controls.every(isDisabled);
  return { label, on: common(controls.map(stateOf)), locked, refuses: optsOut(label) };
}

function pair(grants, refusals) {
  const buttons = [...grants, ...refusals];
  const granted = grants.length > 0 && grants.every((button) => stateOf(button) === true);
  const refused = refusals.length > 0 && refusals.every((button) => stateOf(button) === true);
  const told = buttons.some((button) => stateOf(button) !== null);
  const on = told ? (granted ? true : refused ? false : null) : byOffer(grants, refusals);
  const unset = told && on === null && !buttons.some((button) => stateOf(button) === true); // a form may demand an answer
  return { label: nameOf(grants[0] || refusals[0]), on, unset, locked: buttons.every(isDisabled) || (told && isFixed(on, grants, refusals)) };
}

// Whether what would change the state is there and disabled, as beside an allowance that nobody can take back.
function isFixed(on, grants, refusals) {
  const others = on === true ? refusals : on === false ? grants : [];
  return others.length > 0 && others.every(isDisabled);
}

// The state of two plain buttons, of which the one for the present state is missing, hidden or disabled.
function byOffer(grants, refusals) {
  const offered = (buttons) => buttons.some((button) => canBeSeen(button) && !isDisabled(button));
  return offered(grants) === offered(refusals) ? null : offered(refusals);
}

// The state that elements of the profile's own choice show: the one is there while it is on, the other while it is off.
function byMarks(how) {
  if (how.on && anyVisible(how.on)) return true;
  if (how.off && anyVisible(how.off)) return false;
  return how.on && how.off ? null : Boolean(how.off);
}

function readSwitch(how) {
  const locked = how.locked ? all(how.locked) : [];
  const controls = how.control ? controlsOf(how.control) : [];
  const grants = how.grant ? all(how.grant) : [];
  const refusals = how.refuse ? all(how.refuse) : [];
  let read;
  if (controls.length) read = single(controls);
  else if (grants.length || refusals.length) read = pair(grants, refusals);
  else if (locked.length) read = { label: nameOf(locked[0]), on: true, locked: true };
  if (!read) return null;
  if (locked.length) read.locked = true;
  if (how.on || how.off) read.on = byMarks(how);
  if (how.inverted && read.on !== null) read.on = !read.on;
  return read;
}

function inDialog(dialog) {
  const outer = all(dialog).filter(visible);
  return [...new Set(outer.flatMap((e) => [...deep(e), ...(e.shadowRoot ? deep(e.shadowRoot) : [])]))];
}

Object.assign(questions, {
  // What shows in these places says, as far as it stands in the page and not in a control.
  says(places) {
    const shown = places.flatMap(inDialog).filter(visible);
    const own = (e) => [...e.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data.trim());
    return shown.flatMap(own).join(' ');
  },

  // An element that was found before, if it can be clicked.
  reach(element) {
    return firstOf([element], 'it');
  },

  // What to click to turn the first control that is not as wanted: itself, else what stands in for it.
  knob(selector, wanted) {
    const found = controlsOf(selector);
    if (!found.length) return { reason: `nothing matches ${selector}` };
    const control = found.find((e) => stateOf(e) !== wanted) || found[0];
    if (control.matches(SLIDER)) return { ...firstOf([control], selector), end: wanted };
    if (!control.matches('select')) return firstOf(handles(control), selector);
    const line = lineThat(control, wanted);
    return line ? firstOf([line], selector) : { reason: `${describe(control)} does not tell which of its lines allows` };
  },

  // How many of the controls that a selector finds are not as wanted.
  differing(selector, wanted) {
    return controlsOf(selector).filter((e) => stateOf(e) !== wanted).length;
  },

  // Each category's switch, by category; a category whose switch is not there is left out.
  switches(categories) {
    const read = Object.entries(categories).map(([category, how]) => [category, readSwitch(how)]);
    return Object.fromEntries(read.filter(([, how]) => how));
  },

  // Labels of the switches that can be seen inside a dialog and that none of the known selectors finds.
  others(dialog, known) {
    const mine = new Set(known.flatMap(all));
    return inDialog(dialog).filter((e) => e.matches(SWITCH) && canBeSeen(e) && !mine.has(e)).map(nameOf);
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
});
