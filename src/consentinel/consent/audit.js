// What a dialog is for who uses the keyboard or a narrow screen. Follows look.js and controls.js in the same script.

// The element with the keyboard, through open shadow roots.
function keyboardAt() {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
}

// Why a visitor cannot get at any of some elements, '' where they can; a disabled button is no lost one.
function whyLost(elements) {
  const reasons = elements.flatMap(handles).map((element) => (isDisabled(element) ? '' : obstacle(element)));
  return reasons.every(Boolean) ? reasons[0] : '';
}

const isDrawn = (element) => element.checkVisibility() && element.getClientRects().length > 0;

// What a selector finds in the front layer, also where that has been scrolled past it.
function scrolledTo(selector, containers) {
  const found = inFront(selector, containers);
  if (found.length) return found;
  all(selector).filter(isDrawn).forEach((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
  return inFront(selector, containers);
}

// Whether the keyboard is on one of what some selectors find, or inside it, as in a button of a web component.
const isHeld = (selectors, at) => selectors.some((one) => all(one).some((found) => within(found, at)));

// Whether an element is a radio button of the same group as one that some selectors find.
function isGrouped(selectors, at) {
  if (!at?.matches?.(RADIO)) return false;
  const group = at.closest('[role=radiogroup]');
  const isOfGroup = (one) => (group ? group.contains(one) : Boolean(at.name) && one.name === at.name && one.form === at.form);
  return selectors.some((one) => all(one).some((found) => found.matches(RADIO) && isOfGroup(found)));
}

const LIVE = '[role=alert], [role=status], [role=log], [role=alertdialog], [aria-live=polite], [aria-live=assertive], output';
const PARTS = '[role], dialog, section, aside, form, nav, header, footer, main, [aria-label], [aria-labelledby]';

// The elements around one, itself included, that are inside the page's body.
function around(element) {
  const found = [];
  for (let at = element; at && at !== document.body; at = parentOf(at)) if (at instanceof Element) found.push(at);
  return found;
}

// The first element whose own text a screen reader says, links that only skip to a place on the page left out.
function firstSaid(root) {
  for (const node of root.childNodes) {
    if (node instanceof Text && node.data.trim()) return root instanceof ShadowRoot ? root.host : root;
    const isSaid = node instanceof HTMLElement && !node.matches('script, style, template, noscript, a[href^="#"], [aria-hidden=true]');
    if (!isSaid || !node.checkVisibility({ checkVisibilityCSS: true })) continue;
    const found = (node.shadowRoot && firstSaid(node.shadowRoot)) || firstSaid(node);
    if (found) return found;
    if (node.matches('button, input, select, img[alt]:not([alt=""])')) return node;
  }
  return null;
}

// How much what lies behind an element of a dialog is hidden: 'whole', 'unclear' behind a picture, or 'none'.
function veil(element, outer) {
  let opacity = 1;
  let hides = 'none';
  for (let at = element; at; at = parentOf(at)) {
    if (!(at instanceof Element)) continue;
    const style = getComputedStyle(at);
    opacity *= Number(style.opacity);
    if (at === document.body || !within(outer, at)) break;
    const color = style.backgroundColor;
    if (!/^(rgba|transparent)/.test(color) && !color.includes('/')) hides = 'whole';
    else if (style.backgroundImage !== 'none' && hides === 'none') hides = 'unclear';
    if (at === outer) break;
  }
  return opacity < 0.95 ? 'none' : hides;
}

Object.assign(questions, {
  // Whether the keyboard is on what a selector finds, also in open shadow roots.
  focused(selector) {
    return isHeld([selector], keyboardAt());
  },

  // What has the keyboard, in words, where the browser clicks it for no key by itself; '' for anything else.
  unclicked() {
    const at = keyboardAt();
    if (!at || at.matches('button, input, select, textarea, summary, a[href], area[href]')) return '';
    const kind = at.matches('a, area') ? 'a link without an address' : `a <${at.localName}> that is no button`;
    const label = inShort(at.textContent);
    return label ? `"${label}", ${kind}` : kind;
  },

  // What of a switch has the keyboard, as a list of one word. `chosen` is what is to be pressed, `sides` what allows and
  // what refuses: the Tab key comes to one radio button of a group.
  held(chosen, sides) {
    const at = keyboardAt();
    if (isGrouped(chosen ? [chosen, ...sides] : sides, at)) return ['radio'];
    const lines = sides.flatMap(all).map(listOf).filter(Boolean);
    if (lines.includes(at) || (at?.localName === 'select' && chosen && all(chosen).includes(at))) return ['list'];
    const parts = chosen ? all(chosen).flatMap((one) => (isControl(one) ? [one, ...standIns(one)] : [one])) : [];
    return [parts.some((one) => within(one, at)) ? 'switch' : ''];
  },

  // Of each button by its name: whether it shows in the front layer, and why it cannot be clicked where it cannot.
  buttons(named, containers) {
    return Object.entries(named).map(([name, selector]) => {
      const found = scrolledTo(selector, containers);
      const label = inShort(found[0]?.textContent);
      if (found.length && found.every(isDisabled)) return { name, label, shows: false, reason: '' };
      if (found.length) return { name, label, shows: true, reason: whyLost(found) };
      const beside = all(selector).some(isDrawn);
      return { name, label: '', shows: false, reason: beside ? 'it lies outside what can be scrolled to' : 'it does not show' };
    });
  },

  // What a visitor sees of the element with the keyboard, which is outside the dialog: 'inside' where it is in the
  // dialog, 'none' where no element has it or it shows nowhere, 'away' while it is outside the window, 'seen', 'covered'
  // where the dialog hides all of it, or 'unclear' where what hides it may let it shine through.
  covered(containers) {
    const at = keyboardAt();
    const outer = containers.flatMap(all).filter(visible);
    if (!at || at === document.body || at.localName === 'iframe') return { seen: 'none' };
    if (outer.some((one) => within(one, at) || within(at, one))) return { seen: 'inside' };
    if (!at.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) || clipped(at)) return { seen: 'none' };
    const box = at.getBoundingClientRect();
    if (!box.width || !box.height) return { seen: 'none' };
    const told = { label: describe(at), place: deep(document).indexOf(at) };
    const hits = pointsOf(box).map(topmost);
    if (!hits.length) return { ...told, seen: 'away' };
    const over = hits.map((hit) => outer.find((one) => hit && within(one, hit)));
    if (!over.every(Boolean)) return { ...told, seen: 'seen' };
    const veils = hits.map((hit, number) => veil(hit, over[number]));
    const seen = veils.includes('none') ? 'seen' : veils.includes('unclear') ? 'unclear' : 'covered';
    return { ...told, seen, by: describe(over[0]) };
  },

  // By what a screen reader hears of the front layer, but for roles and names: the `parts` are whose roles are to be asked
  // for, those around the layer and its buttons.
  heard(containers, buttons) {
    const outer = containers.map((one) => all(one).filter(visible)).find((found) => found.length);
    if (!outer) return null;
    const held = buttons.flatMap(all).filter((one) => outer.some((place) => within(place, one)) && visible(one));
    const whole = [...new Set([...held, ...outer].flatMap(around))];
    const holds = (one) => outer.some((place) => within(one, place)) || held.some((button) => within(one, button));
    const parts = whole.filter((one) => one.matches(PARTS) && !held.includes(one) && holds(one));
    const first = firstSaid(document.body);
    const ways = [];
    if (whole.some((one) => one.matches(LIVE))) ways.push('it is a live region');
    if (outer.some((one) => within(one, keyboardAt()))) ways.push('it has the keyboard');
    if (first && outer.some((one) => within(one, first))) ways.push('it is the first that the page says');
    return { parts: parts.slice(0, 12), ways, hidden: outer.every((one) => around(one).some((at) => at.getAttribute('aria-hidden') === 'true')) };
  },

  // Which buttons have the keyboard, and whether it is in the front layer at all.
  keyboard(named, containers) {
    const at = keyboardAt();
    const outer = containers.map((one) => all(one).filter(visible)).find((found) => found.length) || [];
    const names = Object.entries(named).filter(([, selector]) => isHeld([selector], at)).map(([name]) => name);
    return { names, inside: outer.some((one) => within(one, at)) };
  },
});
