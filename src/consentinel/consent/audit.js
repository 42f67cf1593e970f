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

Object.assign(questions, {
  // Of each button by its name: whether it shows in the front layer, and why it cannot be clicked where it cannot.
  buttons(named, containers) {
    return Object.entries(named).map(([name, selector]) => {
      const found = scrolledTo(selector, containers);
      if (found.length) return { name, label: inShort(found[0].textContent), shows: true, reason: whyLost(found) };
      const beside = all(selector).some(isDrawn);
      return { name, label: '', shows: false, reason: beside ? 'it lies outside what can be scrolled to' : 'it does not show' };
    });
  },

  // Which buttons have the keyboard, and whether it is in the front layer at all.
  keyboard(named, containers) {
    const at = keyboardAt();
    const outer = containers.map((one) => all(one).filter(visible)).find((found) => found.length) || [];
    const names = Object.entries(named).filter(([, selector]) => all(selector).includes(at)).map(([name]) => name);
    return { names, inside: outer.some((one) => within(one, at)) };
  },
});
