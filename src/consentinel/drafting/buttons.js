// The buttons of what may be a consent dialog, and links, pictures and words that answer like one; follows look.js and
// controls.js in the same script, before dialogs.js. It reads and never acts.

const CLICKABLE = 'button, [role=button], [role=link], input[type=button], input[type=submit], input[type=image], summary, a';
const POINTED = 60; // letters of what nothing but the pointer shows to be a button

function leaves(link) {
  return link.localName === 'a' && link.href && link.href.split('#')[0] !== location.href.split('#')[0] && !/^javascript:/i.test(link.href);
}

// The form of a button that does nothing else than send this one answer.
function answerForm(element) {
  const form = element.matches('button, input[type=submit]') ? element.form : null;
  const asks = form && [...form.elements].some((e) => e !== element && e.type !== 'hidden');
  return form && form.method === 'post' && !asks ? form : null;
}

// Whether a button is one of two that stand side by side, each in a form of its own: one grants, one refuses.
function isOffered(element) {
  const form = answerForm(element);
  const others = form ? [...form.parentNode.querySelectorAll(':scope > form')] : [];
  const answers = others.filter((other) => [...other.elements].some((e) => answerForm(e) === other));
  return answers.length === 2 && answers.every((other) => other.querySelector('input[type=hidden]'));
}

const isPressed = (element) => element.hasAttribute('aria-pressed') || isOffered(element);

// What holds the two buttons of a pair.
const pairOf = (element) => (isOffered(element) ? element.form.parentNode : element.parentNode);

// Whether an element is a button by nothing but its pointer, such as a `span` with a listener: a few words in a dialog.
function isPointed(element) {
  const words = element.childElementCount < 3 ? element.textContent.trim() : '';
  if (!words || words.length > POINTED || element.closest(`${CLICKABLE}, ${SWITCH}, ${RADIO}, label, select`)) return false;
  const points = (e) => e instanceof Element && getComputedStyle(e).cursor === 'pointer';
  if (!points(element) || points(parentOf(element)) || element.querySelector(`${CLICKABLE}, ${SWITCH}, ${RADIO}`)) return false;
  const box = boxOf(element);
  return Boolean(box && box !== element && SPEAKS.test(textOf(box)));
}

// The two buttons of a banner that stand in a form each, as frameworks make them: one accepts, the other refuses.
function sendersOf(elements) {
  const offered = elements.filter((e) => e.matches(CLICKABLE) && isOffered(e) && visible(e));
  return offered.filter((e) => offered.filter((other) => boxOf(other) === boxOf(e)).length === 2);
}

// A tab is none: it shows a part of the dialog, whatever it is called. Nor is what answers for one category.
function seenButtons(elements) {
  const near = (e) => !leaves(e) || e.origin === location.origin;
  const plain = elements.filter((e) => e.matches(CLICKABLE) && !e.matches(`[role=tab], ${SWITCH}, ${RADIO}`) && !isPressed(e) && near(e) && visible(e));
  return [...plain, ...elements.filter((e) => isPointed(e) && visible(e))];
}

const LINKS = 'a, button, [role=button], [role=link], input[type=button], input[type=submit]';

const NOWHERE = /^(#|javascript:\s*(void\W*0?\W*)?;?)$/i;

// A selector of a link or a button. An address that leads nowhere, as `#` does, is that of many links, if not on this page.
function selectorOfLink(element) {
  const href = element.getRootNode() === document && element.getAttribute('href');
  const byAddress = href && !NOWHERE.test(href) && `a[href="${CSS.escape(href)}"]`;
  const isTold = byAddress && (leaves(element) || /^#!?\//.test(href) || document.querySelectorAll(byAddress).length === 1);
  return isTold && !(element.id && lasting(element.id)) ? byAddress : selectorOf(element);
}

// The links and buttons of the page; `places` are selectors of what holds dialogs.
questions.links = (places) => {
  const dialogs = [MODAL, ...places].flatMap(all);
  return deep(document.documentElement).filter((e) => e.matches(LINKS) && spoken(e)).map((e) => ({
    text: spoken(e),
    selector: selectorOfLink(e),
    inside: dialogs.some((dialog) => within(dialog, e)),
    shown: visible(e),
    download: e.hasAttribute('download'),
    leaves: Boolean(leaves(e)),
    away: Boolean(leaves(e)) && e.origin !== location.origin,
    path: e.href && e.origin === location.origin ? e.pathname + e.search + (/^#!?\/./.test(e.hash || '') ? e.hash : '') : '',
  }));
};
