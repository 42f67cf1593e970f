// Looks into every part of the preferences: tabs, what unfolds, lists of vendors. Follows controls.js in the same script.

const FOLDED = '[role=tab]:not([aria-selected=true]), details:not([open]) > summary, [aria-expanded=false]';
const PLAIN = 'button, [role=button], a';
const FURTHER = new RegExp([
  'legitimate interest', 'intérêts? légitime', 'berechtigte[ns]? interess', 'legittim', 'leg[ií]tim', 'gerechtvaardigd',
  'uzasadnion', 'berättigat intress', 'legitim interess', 'vendor', 'supplier', 'partner', 'partenaire', 'fournisseur',
  'anbieter', 'fornitor', 'proveedor', 'leverancier', 'dostawc', 'leverantör', 'leverandør', 'third part(y|ies)',
].join('|'), 'i');
const ACTS = new RegExp([
  'accept', 'allow', 'agree', 'consent to', 'reject', 'refus', 'deny', 'declin', 'save', 'confirm', 'object', 'autoris',
  'akzept', 'zustimm', 'erlaub', 'ablehn', 'widersprech', 'speicher', 'acept', 'accett', 'rechaz', 'rifiut', 'guardar',
  'salva', 'weiger', 'toestaan', 'opslaan', 'aceit', 'rejeit', 'recus', 'godkänn', 'avvis', 'neka', 'spara', 'odrzu', 'zapisz',
].join('|'), 'i');
const words = (element) => inShort(labelOf(element) || element.innerText || element.textContent);

function leadsFurther(element) {
  if (element.matches(FOLDED)) return true;
  const leaves = element.localName === 'a' && element.href && element.href.split('#')[0] !== location.href.split('#')[0];
  return element.matches(PLAIN) && !leaves && FURTHER.test(words(element)) && !ACTS.test(words(element));
}

// Whether a control says that something is allowed: a switch that is on, or the positive one of some radio buttons.
function isTicked(element) {
  if (!isControl(element) || isDisabled(element) || stateOf(element) !== true) return false;
  const says = [inShort(labelOf(element)), element.value || ''];
  return !element.matches(RADIO) || (says.some((text) => POSITIVE.test(text)) && !NEGATIVE.test(says[0]));
}

Object.assign(questions, {
  // The switches of a dialog that are on, seen or not, without those that the known selectors find.
  ticked(dialog, known) {
    const mine = new Set(known.flatMap(all));
    const found = inDialog(dialog).filter((e) => isTicked(e) && !mine.has(e));
    return found.map((element) => {
      const label = nameOf(element);
      return { element, label, seen: canBeSeen(element), telling: FURTHER.test(label), refuses: optsOut(label) };
    });
  },

  // What shows further parts of a dialog when it is clicked, without what the selectors in `apart` find.
  openers(dialog, named, apart) {
    const chosen = new Set(named.flatMap(all));
    const others = new Set(apart.flatMap(all));
    const found = inDialog(dialog).filter((e) => chosen.has(e) || (leadsFurther(e) && !others.has(e) && !isControl(e)));
    return found.filter(visible).map((element) => ({ element, label: words(element), telling: FURTHER.test(words(element)) }));
  },

  // What of a dialog a click on a tab changes.
  sight(dialog) {
    const seen = inDialog(dialog).filter(visible);
    const told = (e) => ['aria-selected', 'aria-expanded', 'open', 'class'].map((name) => e.getAttribute(name)).join();
    return `${seen.length} ${seen.map(told).join(';')}`;
  },
});
