// Finds what may be a consent dialog, for drafting a profile; follows buttons.js in the same script. It names elements by
// selectors that steps into open shadow roots, and reads and never acts.

const MODAL = 'dialog, [role=dialog], [role=alertdialog], [aria-modal=true]';
const SPEAKS = new RegExp(
  [
    'cookie|consent|privacy|tracking|traceur|vie privée|confidentialité|datenschutz|einwilligung|galletas|galetes|privacidad',
    'kakor|informasjonskaps|evästee|tietosuoja|ciasteczk|prywatno|soukrom|súkrom|piškot|kolači|privatno|slapuk|sīkdat|privāt',
    'küpsis|sütik|süti|adatvéd|confidențial|çerez|gizlilik|vafrak|бисквит|колачић|куки|приватн|конфиденц|персональн|απόρρητο',
    'privatsphäre|personvern|privatliv|integritet|yksityisy|zasebnost|privatum|privaatsus|persónuvernd|pribatutasun|preifatrwydd',
    'cwci|fianán|vidakuzi|koekie|faragha|колачињ|құпия|کوکی|حریم خصوصی|رازداری|ქუქი|კონფიდენც|քուքի|գաղտնի|məxfilik|কুকি|குக்கீ|కుకీ',
    'كوكيز|ملفات تعريف الارتباط|الخصوصية|עוגיות|פרטיות|クッキー|プライバシー|쿠키|개인정보|隐私|隱私|कुकी|คุกกี้|quyền riêng tư|privasi|kuki',
  ].join('|'),
  'i',
);
const NAMING = [
  'name', 'data-role', 'data-action', 'data-category', 'data-name', 'data-testid', 'data-test-id', 'data-test', 'data-tid', 'data-hook', 'data-qa',
  'data-cy', 'data-cc', 'value', 'aria-label', 'role',
];
const LONGEST = 4000;
const ANSWERS = 6; // links of a dialog that is answered by links
const LINE = 'details, li, tr';
const MOST_LINES = 3; // of a list that says yes or no, with one that asks to choose; those of languages have more
const BRIEF = 1000; // letters of a page that does nothing but ask

// What a person reads in an element, through shadow roots and slots, but for what `isLeftOut` says.
function textOf(node, isLeftOut = () => false) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType === Node.ELEMENT_NODE && (node.matches('style, script, template, noscript') || isLeftOut(node))) return '';
  const slotted = node.localName === 'slot' ? node.assignedNodes() : [];
  const inside = node.shadowRoot ? node.shadowRoot.childNodes : slotted.length ? slotted : node.childNodes;
  return [...inside].map((child) => textOf(child, isLeftOut)).join(' ');
}

const TEXTS = new Map();

// The same, read once for each question: a large page has thousands of links in a few places.
function wordsIn(element) {
  if (!TEXTS.has(element)) TEXTS.set(element, textOf(element));
  return TEXTS.get(element);
}

const short = (text, most = 80) => text.trim().replace(/\s+/g, ' ').slice(0, most);

// What the pictures in an element stand for.
const picturesIn = (element) => [...element.querySelectorAll('img[alt]')].map((e) => e.alt).join(' ');

function spoken(element) {
  return short(labelOf(element) || textOf(element) || element.value || element.alt || picturesIn(element) || element.title || '');
}

// Whether a button is a heading: it says what the part is called that it unfolds, or holds the switch of that part.
const isHeading = (button) =>
  button.closest('h1, h2, h3, h4, h5, h6, [role=heading]') || button.querySelector(`${SWITCH}, ${RADIO}`) || unfoldsBy(button);

const unfoldsBy = (button) => button.matches('[aria-expanded]') && /\p{L}{3}/u.test(textOf(button)); // not by a sign, such as "+"

// The first words of an element, but for what is among `apart`.
function heading(element, apart = []) {
  if (element.nodeType === Node.TEXT_NODE) return short(element.data);
  if (element.nodeType !== Node.ELEMENT_NODE || element.matches('style, script, template') || apart.includes(element)) return '';
  if (element.matches('button') && !isHeading(element)) return '';
  const slotted = element.localName === 'slot' ? element.assignedNodes() : [];
  for (const child of slotted.length ? slotted : (element.shadowRoot || element).childNodes) {
    const found = heading(child, apart);
    if (found) return found;
  }
  return '';
}

// Names that a build has made up change with the next build, and those that a script has made up with the next page.
const MADE_UP = /\d{3}|[a-z]\d+[a-z]{2}|^(css|sc|jss|svelte|emotion)-/i;
const lasting = (name) => /^[a-z_][\w-]{0,40}$/i.test(name) && !MADE_UP.test(name);

// styled-components gives each part a class that begins so, and one that changes with its style.
const STYLED = /^sc-/;
const STYLE = /^[a-z]{5,7}$/i;

// The classes of an element that stay.
function lastingClasses(element) {
  const names = [...element.classList];
  const isStyled = names.some((name) => STYLED.test(name));
  return names.filter((name) => lasting(name) && !STATE.test(name) && !(isStyled && STYLE.test(name)));
}

// Classes that say how a part stands at the moment.
const STATE = /^(?:is-|has-|.*--)?(?:on|off|active|inactive|checked|unchecked|selected|enabled|disabled|open|opened|closed|expanded|collapsed)$/i;

function marks(element) {
  const found = element.id && lasting(element.id) ? [`#${CSS.escape(element.id)}`] : [];
  const named = NAMING.filter((name) => lasting(element.getAttribute(name) || ''));
  found.push(...named.map((name) => `${element.localName}[${name}=${element.getAttribute(name)}]`));
  const path = element.localName === 'a' && element.getAttribute('href');
  if (path && /^\/[\w/-]{1,60}$/.test(path) && !/\d{3}/.test(path)) found.push(`a[href="${path}"]`);
  found.push(...lastingClasses(element).map((name) => `${element.localName}.${CSS.escape(name)}`));
  return [...found, element.localName];
}

// A selector of an element inside its document or shadow root.
function selectorInRoot(element) {
  const root = element.getRootNode();
  const isAlone = (selector) => root.querySelectorAll(selector).length === 1;
  const own = marks(element);
  const plain = element.localName.includes('-') || root instanceof ShadowRoot ? own : own.slice(0, -1);
  const alone = plain.find(isAlone);
  if (alone) return alone;
  const parent = element.parentElement;
  if (!parent) return own[0];
  const above = parent === document.body ? 'body' : selectorInRoot(parent);
  const number = [...parent.children].filter((e) => e.localName === element.localName).indexOf(element) + 1;
  return own.map((mark) => `${above} > ${mark}`).find(isAlone) || `${above} > ${element.localName}:nth-of-type(${number})`;
}

function selectorOf(element) {
  const root = element.getRootNode();
  const inside = selectorInRoot(element);
  return root instanceof ShadowRoot ? `${selectorOf(root.host)} >>> ${inside}` : inside;
}

const floats = (element) => element.matches(MODAL) || ['fixed', 'sticky'].includes(getComputedStyle(element).position);

// The dialog that an element may be part of: a modal, what floats over the page, the least that speaks of consent, or
// all that a frame shows, or a page with hardly a word beside the question.
function boxOf(element) {
  const above = [];
  for (let at = parentOf(element); at; at = parentOf(at)) if (at instanceof Element) above.push(at);
  const says = (at) => SPEAKS.test(wordsIn(at).slice(0, LONGEST)) && wordsIn(at).length < LONGEST;
  // A column that holds one button is no dialog, though the button's own name speaks of cookies.
  const saysMore = (at) => says(at) && (SPEAKS.test(textOf(at, isButton)) || deep(at).filter((e) => e.matches(CLICKABLE)).length > 1);
  const isButton = (node) => node === element || node.matches(CLICKABLE);
  const apart = above.filter((at) => !['body', 'html', 'main', 'form'].includes(at.localName));
  const isBrief = () => wordsIn(document.body).length < BRIEF && !document.querySelector(`${SWITCH}, ${RADIO}`);
  const asks = says(document.body) && (window !== top || isBrief());
  const whole = asks && (window !== top ? document.body : above.find((at) => isWhole(at) && says(at)));
  return above.find(floats) || above.find((at) => isSettings(at) && says(at)) || apart.find(saysMore) || whole || apart.find(says) || null;
}

const isWhole = (box) => ['body', 'main', 'form'].includes(box.localName) && !isSettings(box);

// Whether an element is a form of switches, which belong together: a question may speak of cookies by itself.
function isSettings(element) {
  if (element.localName !== 'form' || element.querySelector('main, nav, header, footer')) return false;
  return Boolean(element.querySelector(`${SWITCH}, ${RADIO}`));
}

// The radio buttons of which one can be chosen, this one among them.
function radiosWith(radio) {
  if (!radio.matches(RADIO)) return [];
  const group = radio.closest('[role=radiogroup]');
  const named = radio.name && [...(radio.form || radio.getRootNode()).querySelectorAll('input[type=radio]')];
  return named ? named.filter((other) => other.name === radio.name) : group ? [...group.querySelectorAll(RADIO)] : [radio];
}

// Which of two radio buttons it is: the one that grants or the one that refuses; '' where it is none of a pair.
function wayOf(control) {
  const radios = radiosWith(control);
  const named = (e) => short(labelOf(e) || (e.localName === 'input' ? '' : e.textContent)); // else a part with that role
  const says = (words) => radios.filter((e) => words.test(named(e)) || (!named(e) && words.test(e.value || '')));
  const refusals = says(NEGATIVE);
  const grants = says(POSITIVE).filter((e) => !refusals.includes(e)); // "Ich akzeptiere nicht"
  if (radios.length !== 2 || (grants.length !== 1 && refusals.length !== 1)) return '';
  const refuses = refusals.length === 1 ? refusals[0] === control : grants[0] !== control;
  return refuses ? 'refuse' : 'grant';
}

// The largest part of a dialog that holds this control and no other; the buttons of a pair stand together. The only
// control of a dialog has the line of a list to itself, where it stands in one.
function rowOf(control, controls, box) {
  const pressed = (other) => isPressed(other) && isPressed(control) && pairOf(other) === pairOf(control);
  const pairs = (other) => pressed(other) || radiosWith(control).includes(other);
  const others = controls.filter((other) => other !== control && !pairs(other));
  let row = control;
  for (let up = parentOf(control); up && up !== box && !others.some((other) => within(up, other)); up = parentOf(up)) {
    if (up instanceof Element) row = up;
    if (!others.length && row.matches(LINE) && heading(row)) break;
  }
  return row;
}

// The language that an element says it is written in, empty where nothing says so.
function languageOf(element) {
  for (let at = element; at; at = parentOf(at)) if (at instanceof Element && at.lang) return at.lang;
  return '';
}

// The name of a control that no other of these has: "Consent" before each purpose names none of them.
const namedAlone = (control, controls) => {
  const own = short(labelOf(control));
  return controls.some((other) => other !== control && !other.matches(RADIO) && short(labelOf(other)) === own) ? '' : own;
};

function asSwitch(control, row, controls) {
  const isRadio = control.matches(RADIO);
  const isPaired = controls.some((other) => other !== control && pairOf(other) === pairOf(control));
  const pressed = isOffered(control) || (isPressed(control) && isPaired);
  const own = isRadio ? groupOf(control) : pressed ? '' : namedAlone(control, controls);
  const apart = radiosWith(control).flatMap(standIns); // "Yes" and "No" may stand before the question
  const label = own || heading(row, apart) || (pressed || isRadio ? '' : short(labelOf(control)));
  const way = wayOf(control);
  return {
    selector: selectorOf(control),
    label,
    way,
    inverted: !isRadio && optsOut(label),
    name: spoken(control),
    seat: selectorOf(handles(control).find(visible) || control),
    language: languageOf(control),
    pressed,
    on: way !== 'refuse' && stateOf(control),
    locked: Boolean(control.disabled || control.getAttribute('aria-disabled') === 'true'),
    drawn: !visible(control), // by its label or what holds it
  };
}

// What stands among the rows of switches and has none itself.
function bareRows(rows, controls) {
  const beside = new Set(rows.flatMap((row) => [...(row.parentNode?.children || [])]));
  const bare = [...beside].filter((e) => visible(e) && !controls.some((control) => within(e, control)));
  return bare.filter((e) => !e.matches(CLICKABLE) && heading(e)).map((e) => ({ selector: selectorOf(e), label: heading(e) }));
}

function seenControls(elements) {
  const pressed = (e) => (e.matches(CLICKABLE) && isPressed(e)) || (e.matches('[aria-pressed], [aria-checked]') && !e.role);
  const answers = (e) => e.matches('select') && e.options.length <= MOST_LINES && lineThat(e, true) && lineThat(e, false);
  return elements.filter((e) => (e.matches(SWITCH) || (e.matches(RADIO) && wayOf(e)) || pressed(e) || answers(e)) && canBeSeen(e));
}

function asButton(element) {
  const box = element.getBoundingClientRect();
  const unfolds = element.matches('summary, [aria-expanded]');
  const folded = element.matches('details:not([open]) > summary, [aria-expanded=false]');
  return { selector: selectorOf(element), name: spoken(element), leaves: Boolean(leaves(element)), unfolds, folded, area: box.width * box.height };
}

// One of several radio buttons of which each allows more than the one before.
const asAnswer = (radio) => ({ selector: selectorOf(radio), name: short(labelOf(radio) || textOf(radio) || radio.value || '') });

function asLayer(box, controls, buttons) {
  const mine = controls.filter((control) => within(box, control));
  const rows = mine.map((control) => rowOf(control, mine, box));
  return {
    selector: selectorOf(box),
    words: short(textOf(box, (e) => !isWhole(box) && !visible(e)), LONGEST),
    speaks: SPEAKS.test(textOf(box)),
    whole: window === top && isWhole(box),
    floats: window !== top || floats(box),
    language: languageOf(box),
    buttons: buttons.map(asButton),
    away: deep(box).filter((e) => leaves(e) && e.origin !== location.origin && visible(e)).map(asButton),
    switches: mine.map((control, number) => asSwitch(control, rows[number], mine)),
    bare: bareRows(rows, mine),
    levels: deep(box).filter((e) => e.matches(RADIO) && canBeSeen(e) && radiosWith(e).length > 2 && !isDisabled(e)).map(asAnswer),
    tabs: deep(box).filter((e) => e.matches('[role=tab]') && visible(e)).map(asButton),
  };
}

// Every visible layer of this document that holds buttons, with what it holds.
questions.layers = () => {
  const elements = deep(document.documentElement);
  const controls = seenControls(elements).filter((e) => !isOffered(e));
  const buttons = [...seenButtons(elements), ...sendersOf(elements)];
  const boxes = new Set([...buttons.filter((e) => !leaves(e)), ...controls].map(boxOf).filter(Boolean));
  const depthOf = (box) => [...boxes].filter((other) => other !== box && within(other, box)).length;
  return [...boxes].map((box) => ({ ...asLayer(box, controls, buttons.filter((e) => boxOf(e) === box)), depth: depthOf(box) }));
};

// The layers that hold nothing but links to other pages of the site, such as one that accepts and one that refuses.
questions.linked = () => {
  const links = deep(document.documentElement).filter((e) => leaves(e) && e.origin === location.origin && visible(e));
  const boxes = new Set(links.map(boxOf).filter(Boolean));
  return [...boxes].map((box) => asLayer(box, [], links.filter((e) => within(box, e)))).filter((layer) => layer.buttons.length <= ANSWERS);
};

// The places of switches that no layer holds, one a form: the least element with all of them, and a button if there is one.
questions.places = () => {
  const elements = deep(document.documentElement);
  const controls = seenControls(elements).filter((e) => isOffered(e) || !boxOf(e));
  const buttons = seenButtons(elements).filter((e) => !leaves(e));
  const formOf = (e) => (isOffered(e) ? null : e.closest('form'));
  const forms = new Set(controls.map(formOf));
  return [...forms].flatMap((form) => {
    const mine = controls.filter((e) => formOf(e) === form);
    let at = parentOf(mine[0]);
    const acts = mine.every(isOffered);
    const holds = (e) => e instanceof Element && mine.every((one) => within(e, one)) && (acts || buttons.some((one) => within(e, one)));
    while (at && at !== form && !holds(at)) at = parentOf(at);
    if (!(at instanceof Element) || ['body', 'html'].includes(at.localName)) return [];
    return [asLayer(at, mine, buttons.filter((e) => within(at, e)))];
  });
};

// Whether something of the page moves that will come to rest.
questions.moves = () => document.getAnimations().some((one) => one.playState === 'running' && one.effect?.getComputedTiming().endTime !== Infinity);

// The least element that holds all of these.
questions.around = (selectors) => {
  const [first, ...others] = selectors.map((selector) => all(selector)[0]).filter(Boolean);
  let at = first;
  while (at && !(at instanceof Element && others.every((other) => within(at, other)))) at = parentOf(at);
  return at ? selectorOf(at) : '';
};

// The `details` that hold all of these, while they are unfolded; '' where none do.
questions.unfoldable = (selectors) => {
  const [first, ...others] = selectors.map((selector) => all(selector)[0]).filter(Boolean);
  const details = first && first.closest('details');
  return details && others.every((other) => within(details, other)) ? `${selectorOf(details)}[open]` : '';
};

// What each of these selectors finds is called, where it can be seen.
questions.named = (selectors) => Object.fromEntries(
  selectors.map((selector) => [selector, all(selector).find(canBeSeen)]).filter(([, e]) => e).map(([selector, e]) => [selector, spoken(e)]),
);

// Whether a selector finds, inside a place that shows, something that holds one of these parts.
questions.recurs = (selector, place, parts) => {
  const places = all(place).filter(visible);
  const held = parts.flatMap(all);
  return all(selector).some((e) => places.some((at) => at !== e && within(at, e)) && held.some((part) => within(e, part)));
};

const KNOWN = `${SWITCH}, ${RADIO}, select, option, input, textarea, summary, [role=tab], [aria-expanded]`;
const DRAWN = /toggle|switch|slider|knob/i;
const TELLS = /^(class|aria-|data-|title$|checked$|src$|style$)/;
const NEAR = 3; // levels around a knob that may show how it stands

// What looks like a switch and nothing says that it is one: it takes clicks, or is named so by its class.
function knobsOf(box) {
  const points = (e) => e instanceof Element && getComputedStyle(e).cursor === 'pointer';
  const free = deep(box).filter((e) => visible(e) && !e.closest(KNOWN) && !leaves(e) && !e.querySelector(KNOWN) && !e.control);
  const clickable = free.filter((e) => e.matches(CLICKABLE) || (points(e) && !points(parentOf(e))));
  const named = free.filter((e) => DRAWN.test(`${e.localName} ${e.getAttribute('class')}`));
  const found = [...clickable, ...named.filter((e) => !clickable.some((one) => within(one, e) || within(e, one)))];
  return found.filter((e) => !found.some((other) => other !== e && within(other, e)));
}

questions.knobs = (place) => {
  const box = all(place).find(visible);
  const knobs = box ? knobsOf(box) : [];
  const rows = knobs.map((knob) => rowOf(knob, knobs, box));
  return knobs.map((knob, number) => ({
    selector: selectorOf(knob),
    name: spoken(knob),
    label: heading(rows[number], [knob]) || spoken(knob),
    language: languageOf(knob),
  }));
};

// How a knob looks, and what is around and in it: by a selector of each part, what its attributes say.
questions.looks = (selector) => {
  const knob = all(selector)[0];
  if (!knob) return {};
  const around = [];
  for (let at = parentOf(knob); at instanceof Element && around.length < NEAR; at = parentOf(at)) around.push(at);
  const says = (e) => [...e.attributes].filter((one) => TELLS.test(one.name)).flatMap(({ name, value }) => (
    name === 'class' ? value.split(/\s+/).filter(Boolean).map((one) => `.${CSS.escape(one)}`) : [`[${name}="${CSS.escape(value)}"]`]));
  return Object.fromEntries([knob, ...around, ...deep(knob)].map((e) => [selectorOf(e), says(e)]));
};

const WRITTEN = 'input[type=email], input[type=text], input[type=tel], input:not([type]), textarea';

// The layer that takes the clicks meant for these buttons of a dialog, or that lies over all of a page that shows none of
// them; a list, empty where nothing does.
questions.overlay = (parts, content) => {
  const shown = parts.flatMap(all).filter(visible);
  const over = (e) => {
    const point = clickPoint(e);
    const found = point && topmost(point);
    return found && !reaches(e, found) ? layerOf(found) : null;
  };
  const holds = (layer) => [...all(content), ...shown].filter(visible).some((one) => within(layer, one) || within(one, layer));
  const layers = shown.length ? shown.map(over) : layersOnTop();
  const foremost = layers[Math.floor(layers.length / 2)];
  const isSomething = shown.length || all(content).some(visible);
  if (!isSomething || !layers.every(Boolean) || !foremost || holds(foremost)) return [];
  const inside = deep(foremost);
  const frame = [foremost, ...inside].find((e) => e.localName === 'iframe' && visible(e) && !isToCome(e));
  const named = { selector: selectorOf(foremost), label: describe(foremost), frame: frame ? selectorOf(frame) : '' };
  return [{ ...named, ...asQuestion(foremost, inside) }];
};

const asQuestion = (whole, inside) => ({
  speaks: SPEAKS.test(textOf(whole)),
  language: languageOf(document.documentElement),
  writes: inside.some((e) => e.matches(WRITTEN) && visible(e)),
  buttons: seenButtons(inside).map(asButton),
});

// What a document asks that is a frame's, and lies over the page.
questions.asks = () => asQuestion(document.body, deep(document.documentElement));

// What shows although no script can read it, as in a closed shadow root: its host takes clicks far from where it lies.
questions.sealed = () => {
  const all = pointsOf({ left: 0, right: innerWidth, top: 0, bottom: innerHeight });
  const within = ({ left, right, top, bottom }, [x, y]) => x >= left && x <= right && y >= top && y <= bottom;
  const found = all.map((point) => [topmost(point), point]).find(([e, point]) => (
    e instanceof HTMLElement && !e.shadowRoot && !e.childElementCount && ![...e.getClientRects()].some((box) => within(box, point))));
  return found ? [describe(found[0])] : [];
};

// The frames that show, each with its selector.
questions.frames = () =>
  deep(document.documentElement)
    .filter((e) => e.localName === 'iframe' && visible(e) && !isToCome(e))
    .map((element) => ({ element, selector: selectorOf(element) }));

const FEW = 60; // letters that a page says itself which shows nothing but a frame
const MOST_OF = 0.6;

// The address of the frame that is all of a page, as its largest part; a list, empty where the page is one of its own. A
// frame that stays where it is lies over a page, as a dialog does.
questions.framed = () => {
  const shown = [...document.querySelectorAll('iframe, frame')].filter((e) => e.localName === 'frame' || (visible(e) && !layerOf(e)));
  const areaOf = (e) => e.clientWidth * e.clientHeight;
  const [largest] = shown.sort((a, b) => areaOf(b) - areaOf(a));
  const isFrameset = document.body?.localName === 'frameset';
  const isWholly = largest && areaOf(largest) > MOST_OF * innerWidth * innerHeight && short(document.body.innerText, LONGEST).length < FEW;
  return largest && (isFrameset || isWholly) && /^https?:/.test(largest.src) ? [largest.src] : [];
};

const LIVE = '[role=alert], [role=status], [aria-live], output';
const MOST_SEEN = 2000;

function withWords() {
  return deep(document.body).filter((e) => visible(e) && textOf(e).trim());
}

// Everything that shows and says something, with the document's own identity.
questions.seen = () => ({ elements: withWords().slice(0, MOST_SEEN), origin: performance.timeOrigin });

// What says something now and did not before, first what is announced to those who cannot see it; '' for nothing.
questions.news = (before) => {
  const old = new Set(before);
  const found = withWords().filter((e) => !old.has(e));
  const whole = found.filter((e) => !found.some((other) => other !== e && within(other, e)));
  const announced = whole.find((e) => e.matches(LIVE) || e.querySelector(LIVE));
  const news = announced || whole[0];
  return news ? selectorOf(news) : '';
};
