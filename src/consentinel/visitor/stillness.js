// Notes what moves in a document from its beginning: animations of what an element's place or size is made of, and styles
// that a script changes step by step. Colours and opacity are no motion (WCAG 2.2, "motion animation").
() => {
  const MOVES = /^(transform|translate|scale|rotate|cssOffset|offset[A-Z]|top|right|bottom|left|inset|margin|padding|width|height|blockSize|inlineSize|min[A-Z]|max[A-Z]|grid|flex|gap|fontSize|lineHeight|clip)/;
  const LEAST_MS = 50; // a shorter animation shows as one step
  const STEPS = 5; // values of one property, set by a script, that make a motion
  const BY_SCRIPT = ['transform', 'translate', 'scale', 'rotate', 'top', 'right', 'bottom', 'left', 'margin', 'width', 'height', 'maxHeight'];
  const OWN = ['offset', 'computedOffset', 'easing', 'composite'];
  const seen = globalThis.consentinelMoves = new Map(); // element -> what moves it
  const add = (element, what) => seen.set(element, (seen.get(element) || new Set()).add(what));

  function note(animation) {
    const { effect, timeline } = animation;
    const target = effect?.target;
    if (!target || effect.pseudoElement || timeline !== document.timeline) return;
    const { activeDuration } = effect.getComputedTiming();
    if (activeDuration < LEAST_MS) return;
    const values = {};
    const frames = effect.getKeyframes();
    for (const frame of frames) {
      for (const [name, value] of Object.entries(frame)) {
        if (!OWN.includes(name) && MOVES.test(name)) (values[name] ||= new Set()).add(String(value));
      }
    }
    const moved = Object.keys(values).filter((name) => values[name].size > 1 || frames.length < 2);
    const lasts = activeDuration === Infinity ? 'without an end' : `for ${Math.round(activeDuration)} ms`;
    if (moved.length) add(target, `an animation of ${moved.join(' and ')} ${lasts}`);
  }

  const steps = new WeakMap();
  function stepped(element) {
    const known = steps.get(element) || {};
    steps.set(element, known);
    for (const name of BY_SCRIPT) {
      const value = element.style?.[name];
      if (value) (known[name] ||= new Set()).add(value);
      if (known[name]?.size === STEPS) add(element, `a script that changes ${name} step by step`);
    }
  }

  const changes = new MutationObserver((records) => records.forEach(({ target }) => stepped(target)));
  const roots = new WeakSet();
  const begun = ({ target }) => (target.getAnimations?.() || []).forEach(note);
  function watch(root) {
    roots.add(root);
    root.addEventListener('animationstart', begun, true);
    root.addEventListener('transitionrun', begun, true);
    changes.observe(root, { subtree: true, attributes: true, attributeFilter: ['style'] });
  }
  function look(root) {
    root.getAnimations().forEach(note);
    for (const { shadowRoot } of root.querySelectorAll('*')) {
      if (!shadowRoot) continue;
      if (!roots.has(shadowRoot)) watch(shadowRoot);
      look(shadowRoot);
    }
  }
  function frame() {
    look(document);
    requestAnimationFrame(frame);
  }
  watch(document);
  frame();
}
