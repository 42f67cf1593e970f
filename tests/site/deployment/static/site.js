// What every one of these sites does with a choice: it loads what was granted, and nothing else.
// A manager calls site.apply(granted categories, or null while the visitor has not chosen); a withdrawal reloads the
// page, unless the manager sees to that itself.
(() => {
  const running = new Set();
  const manners = new Set(site.manners);
  const at = (category, path) => `https://${site.hosts[category]}:${site.port}${path}`;

  function script(source) {
    const element = document.createElement('script');
    element.src = source;
    document.head.append(element);
  }

  const start = {
    analytics: () => script(at('analytics', '/tag.js')),
    advertising: () => script(at('advertising', '/tag.js')),
    social: () => {
      const slot = document.getElementById('share');
      if (!slot) return;
      const frame = document.createElement('iframe');
      frame.className = 'share-button';
      frame.src = at('social', '/button');
      slot.replaceChildren(frame);
    },
  };

  function run(category) {
    if (running.has(category)) return;
    running.add(category);
    start[category]();
  }

  // A site that shows its other pages in the document that is there already.
  async function turnPage(event) {
    const link = event.target.closest('a[href]');
    if (!link || link.origin !== location.origin) return;
    event.preventDefault();
    const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), 'text/html');
    history.pushState(null, '', link.href);
    document.title = page.title;
    const [main, next] = [document.querySelector('main'), page.querySelector('main')];
    main.dataset.page = next.dataset.page;
    next.querySelector('#banner-slot').replaceWith(main.querySelector('#banner-slot'));
    main.replaceChildren(...next.childNodes);
    if (running.delete('social')) run('social');
  }

  const OWN = { analytics: '_count', advertising: '_banner' };
  const holds = (category) => document.cookie.includes(`${OWN[category]}=`);

  // What a withdrawal leaves no reason for is removed.
  function remove(category) {
    if (category !== site.leak && holds(category)) document.cookie = `${OWN[category]}=; path=/; max-age=0; secure; samesite=lax`;
  }

  // The defects that come with a choice.
  function misread(granted) {
    const grant = (category) => { if (!granted.includes(category)) granted.push(category); };
    if (manners.has('social-kept')) grant('social');
    if (manners.has('analytics-kept')) grant('analytics');
    if (manners.has('withdrawal-ignored')) {
      // The name of the tab outlives the page, and what a manager removes with a withdrawal.
      if (granted.includes('analytics')) window.name = 'counted';
      else if (window.name === 'counted' || holds('analytics')) grant('analytics');
    }
    if (manners.has('wrong-category') && granted.includes('analytics')) grant('advertising');
    if (manners.has('undeclared-choice')) document.cookie = `shop_seen=${granted.length}; path=/; max-age=86400; secure; samesite=lax`;
  }

  let last = '';
  site.apply = (choice, reloads = true) => {
    const granted = (choice || []).filter((category) => category in start);
    if (choice) misread(granted);
    if (JSON.stringify([choice, granted]) === last) return;
    last = JSON.stringify([choice, granted]);
    if (reloads && [...running].some((category) => !granted.includes(category) && category !== site.leak)) {
      location.reload();
      return;
    }
    if (choice && document.readyState === 'complete' && manners.has('reloading')) {
      location.reload();
      return;
    }
    if (choice && manners.has('looping')) {
      if (document.readyState === 'complete') location.reload();
      else addEventListener('load', () => setTimeout(() => location.reload(), 30));
      return;
    }
    if (choice) Object.keys(OWN).filter((category) => !granted.includes(category)).forEach(remove);
    granted.forEach(run);
    if (choice) document.documentElement.dataset.granted = [...granted].sort().join(' ');
  };

  // Loads a manager's script, at once or as late as some sites do.
  site.load = (source, then, module = false) => {
    const go = () => {
      const element = document.createElement('script');
      element.src = source;
      if (module) element.type = 'module';
      element.addEventListener('load', then);
      document.head.append(element);
    };
    if (manners.has('late')) setTimeout(go, 2500);
    else go();
  };

  if (manners.has('choice-forgotten')) {
    const above = location.hostname.split('.').map((_, at, labels) => `; domain=${labels.slice(at).join('.')}`);
    for (const pair of document.cookie.split('; ')) {
      const name = pair.split('=')[0];
      if (name.startsWith('_') || name === 'csrftoken') continue; // without the token no choice is taken at all
      for (const domain of ['', ...above]) document.cookie = `${name}=; path=/; max-age=0${domain}`;
    }
    localStorage.clear();
  }
  if (manners.has('single-page')) addEventListener('click', turnPage);
  if (manners.has('analytics-before')) {
    site.leak = 'analytics';
    document.addEventListener('DOMContentLoaded', () => run('analytics'));
  }
})();
