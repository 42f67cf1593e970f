// Looks at a consent dialog, in one call for each question. It reads and never acts: clicks are WebDriver's.
// Called with the name of a question and its arguments. ` >>> ` in a selector steps into an open shadow root, ` || `
// stands between alternatives.

function all(selector) {
  return selector.split('||').flatMap(each);
}

function each(selector) {
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
  const inside = () => [...element.children, ...(element.shadowRoot?.children || [])];
  if (!shown) return getComputedStyle(element).display === 'contents' && inside().some(visible); // it has no box of its own
  if (clipped(element)) return false;
  const box = element.getBoundingClientRect();
  if (box.width > 0 && box.height > 0) return onPage(box) && !isStuckOutside(element, box) && !isConcealed(element, box);
  return inside().some(visible); // a wrapper whose fixed or floating children show
}

function onPage(box) {
  const width = document.documentElement.scrollWidth;
  return box.right + scrollX > 0 && box.bottom + scrollY > 0 && box.left + scrollX < Math.max(width, innerWidth);
}

// Whether something that shows nothing of what it holds holds the element, as a part that is folded to no height does.
function clipped(element) {
  let position = getComputedStyle(element).position;
  for (let at = parentOf(element); at; at = parentOf(at)) {
    if (!(at instanceof HTMLElement)) continue;
    if (position === 'fixed' || at === document.body) return false; // what the body hides, the window scrolls
    const style = getComputedStyle(at);
    if (position === 'absolute' && style.position === 'static') continue;
    if ((at.offsetHeight === 0 || at.offsetWidth === 0) && style.overflow !== 'visible' && style.display !== 'contents') return true;
    position = style.position;
  }
  return false;
}

// Whether an element lies beyond the window in a part of the page that stays where it is: no scrolling ever shows it.
function isStuckOutside(element, box) {
  if (box.top < innerHeight && box.bottom > 0 && box.left < innerWidth) return false;
  for (let at = element; at; at = parentOf(at)) {
    if (!(at instanceof Element) || getComputedStyle(at).position !== 'fixed') continue;
    const whole = at.getBoundingClientRect();
    const isEmpty = whole.width === 0 || whole.height === 0;
    return !isEmpty && !movesWithPage(at) && (whole.top >= innerHeight || whole.bottom <= 0 || whole.left >= innerWidth);
  }
  return false;
}

// Whether nothing of an element shows where it lies, as its shape is cut away, or as the page lies in front of it. Only
// what is styled so is looked at: a point of the window tells what is there, and not whether something covers it for a while.
function isConcealed(element, box) {
  let isCut = false;
  let isBehind = false;
  for (let at = element; at; at = parentOf(at)) {
    if (!(at instanceof Element)) continue;
    const style = getComputedStyle(at);
    isCut ||= style.clipPath !== 'none' || style.clip !== 'auto';
    isBehind ||= Number(style.zIndex) < 0;
  }
  if (!isCut && !isBehind) return false;
  const root = element.getRootNode();
  const layers = pointsOf(box).map(([x, y]) => root.elementsFromPoint(x, y));
  const shows = (found) => found.some((one) => within(element, one));
  return layers.length > 0 && !layers.some((found) => shows(isBehind ? found.slice(0, 1) : found));
}

// Points all over what lies in the window of a box.
function pointsOf({ left, right, top, bottom }) {
  const [west, east] = [Math.max(0, left), Math.min(innerWidth, right)];
  const [north, south] = [Math.max(0, top), Math.min(innerHeight, bottom)];
  const parts = west < east && north < south ? [0.05, 0.25, 0.5, 0.75, 0.95] : [];
  return parts.flatMap((x) => parts.map((y) => [west + x * (east - west), north + y * (south - north)]));
}

// Whether something around an element that is fixed makes it scroll with the page after all.
function movesWithPage(element) {
  for (let at = parentOf(element); at; at = parentOf(at)) {
    if (!(at instanceof Element)) continue;
    const style = getComputedStyle(at);
    if ([style.transform, style.perspective, style.filter].some((one) => one && one !== 'none')) return true;
  }
  return false;
}

function anyVisible(selector) {
  return selector ? all(selector).some(visible) : false;
}

// Which part of an element shows while what holds it is not scrolled: 1 is all. What is scrolled is put back at once.
// The page itself does not count: a whole banner may stand further down.
function partInSight(element) {
  const holders = [];
  for (let at = element; at; at = parentOf(at)) {
    if (!(at instanceof Element) || at === document.body || at === document.documentElement) continue;
    if (at !== element && getComputedStyle(at).overflow !== 'visible') holders.push(at);
    if (getComputedStyle(at).position === 'fixed') break;
  }
  const stood = holders.map((one) => [one.scrollLeft, one.scrollTop]);
  for (const one of holders) one.scrollTo({ left: 0, top: 0, behavior: 'instant' });
  const boxes = [element, ...holders].map((one) => one.getBoundingClientRect());
  holders.forEach((one, number) => one.scrollTo({ left: stood[number][0], top: stood[number][1], behavior: 'instant' }));
  const most = (edge) => Math.max(...boxes.map((box) => box[edge]));
  const least = (edge) => Math.min(...boxes.map((box) => box[edge]));
  const shown = Math.max(0, least('right') - most('left')) * Math.max(0, least('bottom') - most('top'));
  return shown / (boxes[0].width * boxes[0].height || 1);
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

// Whether something of its own inside an element takes the click: a link in a label opens a page and turns no switch.
function interrupts(element, top) {
  for (let at = top; at && at !== element; at = parentOf(at)) {
    if (element.localName === 'label' && at instanceof Element && at.matches('a[href], button, summary')) return true;
  }
  return false;
}

// Whether a click where `top` is topmost reaches the element. Text slotted into a button of a shadow root is reported
// as its host, which then stands for the button.
function reaches(element, top) {
  if (within(element, top)) return !interrupts(element, top);
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
  if (!point) return `${label} ${element.getClientRects().length ? 'lies outside what can be scrolled to' : 'has no size'}`;
  const top = topmost(point);
  if (reaches(element, top)) return '';
  return `${label} is covered by ${top ? describe(top) : 'nothing that can be clicked'}`;
}

// The outermost part around an element that stays where it is while the page scrolls.
function layerOf(element) {
  let found = null;
  for (let at = element; at; at = parentOf(at)) {
    if (at instanceof Element && getComputedStyle(at).position === 'fixed') found = at;
  }
  return found;
}

// The foremost layer at each of some points all over the window, none where that is the page itself.
function layersOnTop() {
  const whole = { left: 0, right: innerWidth, top: 0, bottom: innerHeight };
  return pointsOf(whole).map((point) => layerOf(topmost(point)));
}

// How long ago the document loaded, in ms. One whose load has no end, for a picture that moves, counts as loaded in time.
const OVERDUE = 5000;

function age() {
  const entry = performance.getEntriesByType('navigation')[0];
  const parsed = entry?.domContentLoadedEventEnd;
  const loaded = entry?.loadEventEnd || (parsed ? parsed + OVERDUE : Infinity);
  return Math.max(0, performance.now() - loaded);
}

// A page may take clicks only once it has loaded.
function stillLoads() {
  return document.readyState !== 'complete' && age() === 0;
}

// What a selector finds inside the foremost container that shows; anywhere, where there is no container. Switches that
// unfold in a banner have their buttons in the banner: what holds the foremost container is looked through after it.
function inFront(selector, containers) {
  const found = all(selector).filter(canBeSeen);
  if (!containers.length) return found;
  const [front = [], ...behind] = containers.map((one) => all(one).filter(visible)).filter((shown) => shown.length);
  const around = behind.flat().filter((outer) => front.some((inner) => within(outer, inner)));
  const held = (places) => found.filter((element) => places.some((outer) => within(outer, element)));
  const foremost = held(front);
  return foremost.length ? foremost : held(around);
}

const questions = {
  // What shows at this moment, by name, and which document is asked; `buttons` must be in the foremost container.
  shows(selectors, buttons, containers) {
    const shows = {};
    for (const [name, selector] of Object.entries(selectors)) shows[name] = anyVisible(selector);
    for (const [name, selector] of Object.entries(buttons)) shows[name] = inFront(selector, containers).length > 0;
    return { shows, origin: performance.timeOrigin, age: age() };
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
    return firstOf(found.flatMap(handles), selector);
  },

  // What shows of a selector and has unfolded something, which a click would fold again; a list, empty for nothing.
  unfolded(selector) {
    return all(selector).filter((e) => e.matches('[aria-expanded=true], details[open] > summary') && visible(e)).map(describe);
  },

  // Whether a selector matches anything at all, seen or not.
  exists(selector) {
    return all(selector).length > 0;
  },

  // How much a button shows: its area in px², its letters' size in px, how far it is from transparent, and what part of
  // it shows before anybody scrolls the layer that holds it.
  weight(selector, containers) {
    const element = inFront(selector, containers)[0];
    if (!element) return {};
    const box = element.getBoundingClientRect();
    let opacity = 1;
    for (let at = element; at; at = parentOf(at)) if (at instanceof Element) opacity *= Number(getComputedStyle(at).opacity);
    const letters = parseFloat(getComputedStyle(element).fontSize);
    return { area: box.width * box.height, letters, opacity, 'part in sight': partInSight(element) };
  },

  // What lies over the page's content and the whole window, such as a question for the visitor's age, and is no dialog of
  // these; a list, empty where nothing does.
  over(content, dialogs) {
    const shown = all(content).filter(visible);
    const apart = [...shown, ...dialogs.flatMap(all).filter(visible)];
    const layers = layersOnTop();
    const isOver = (layer) => layer && !apart.some((one) => within(layer, one) || within(one, layer));
    return shown.length && layers.every(isOver) ? [describe(layers[Math.floor(layers.length / 2)])] : [];
  },

  // The iframe that holds the dialog.
  frame(selector) {
    const element = all(selector).find(visible);
    return element ? { element } : { reason: `the frame ${selector} does not show` };
  },
};
