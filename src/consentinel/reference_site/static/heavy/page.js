/* What makes a page as heavy as a real one: 300 requests to forty hosts. See reference_site/heavy.py. */
(() => {
  "use strict";

  if (location.hostname.startsWith("help.")) return; // the shop alone

  const HOSTS = 40;
  const SCRIPTS = 36; // besides the two tag managers and their eleven each
  const TAGS = 11;
  const PICTURES = 150;
  const FRAMES = 25; // with a script and a picture each
  const DATA = 13;
  const TIMERS = 1000;
  const LATEST = 30_000; // ms after which the last of these is due

  const port = location.port ? `:${location.port}` : "";
  const at = (number, path, scheme = "https") => `${scheme}://p${(number % HOSTS) + 1}.partner.localhost${port}${path}`;
  const each = (count, act) => { for (let n = 0; n < count; n += 1) act(n); };

  const script = (src, tags) => {
    const element = Object.assign(document.createElement("script"), { src, async: false });
    if (tags) element.dataset.tags = tags.join(" ");
    document.head.append(element);
  };
  each(2, (n) => {
    const tags = [];
    each(TAGS, (tag) => tags.push(at(n * TAGS + tag, `/scripts/tag-${n}-${tag}.js`)));
    script(at(n, `/manager-${n}.js`), tags);
  });
  each(SCRIPTS, (n) => script(at(n, `/scripts/${n}.js`)));

  const crowd = document.createElement("div");
  crowd.style.cssText = "height:1px;overflow:hidden";
  const put = (name, properties) => crowd.append(Object.assign(document.createElement(name), properties));
  each(PICTURES, (n) => put("img", { src: at(n, `/pictures/${n}.png`), alt: "" }));
  each(FRAMES, (n) => put("iframe", { src: at(n, `/frames/${n}`), title: `Part ${n}` }));
  put("video", { src: at(6, "/film.wav"), muted: true, autoplay: true, loop: true });
  document.body.append(crowd);

  const ask = (url) => fetch(url).then((answer) => answer.json()).catch(() => {});
  each(DATA, (n) => ask(at(n, `/data/${n}.json`)));
  let ticks = 0;
  each(TIMERS, (n) => setTimeout(() => { ticks += 1; }, ((n + 1) * LATEST) / TIMERS));
  setInterval(() => ask(at(2, "/poll")), 1000);
  new EventSource(at(3, "/events"));
  new WebSocket(at(4, "/socket", "wss"));
  if (navigator.serviceWorker) navigator.serviceWorker.register("/offline/worker.js").catch(() => {});
})();
