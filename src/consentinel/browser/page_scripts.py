"""Scripts with which a visitor points at things or empties stores, in a sandbox that no script of the page sees."""

from __future__ import annotations

# A link with a fragment leads to a place on this page, unless the very address with this fragment is asked for: a
# single-page site may show another page there. Servers may write a session into the path: `/tea;jsessionid=1F`,
# `/(S(1f))/tea`. Two pictures are waited for, so that the pointer meets what shows.
LINK = """async (url) => {
  const page = (address) => address.split("#")[0];
  const isOwnPlace = (a) => a.hash && page(a.href) === page(location.href);
  const isHere = (a) => isOwnPlace(a) && (a.href !== url || a.href === location.href);
  const base = document.querySelector("base[target]");
  const isForHere = (a) => /^_(self|top|parent)$|^$/i.test((a.hasAttribute("target") ? a : base ?? a).target);
  const leads = (a) => isForHere(a) && !a.download && a.checkVisibility() && !isHere(a);
  const links = Array.from(document.links).filter(leads);
  const plain = (path) => path.replace(/;[^/]*|\\/\\([A-Z]\\([^/]*\\)\\)/g, "");
  const link = links.find((a) => a.href === url) || links.find((a) => a.origin + a.pathname === url)
    || links.find((a) => a.origin + plain(a.pathname) === url);
  if (!link) return null;
  const box = () => link.getClientRects()[0];
  const isSeen = (at) => at.top >= 0 && at.left >= 0 && at.bottom <= innerHeight && at.right <= innerWidth;
  if (box() && !isSeen(box())) link.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
  await new Promise((done) => {
    setTimeout(done, 500);
    requestAnimationFrame(() => requestAnimationFrame(done));
  });
  const { left, right, top, bottom } = box() ?? { left: -1, right: -1, top: -1, bottom: -1 };
  const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return [link, Boolean(hit && link.contains(hit))];
}"""

CLICK = "(link) => link.click()"

LET_GO = "globalThis.isLetGo ??= !addEventListener('unload', () => {})"

# The first that nothing covers, of the first ten that show.
SHOWN = """async () => {
  const shown = (%s).filter((element) => element.checkVisibility() && element.getClientRects().length).slice(0, 10);
  const isMet = (element) => {
    element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    const { left, right, top, bottom } = element.getClientRects()[0];
    return element.contains(element.getRootNode().elementFromPoint((left + right) / 2, (top + bottom) / 2));
  };
  const found = shown.find(isMet) ?? null;
  await new Promise((done) => {
    setTimeout(done, 500);
    requestAnimationFrame(() => requestAnimationFrame(done));
  });
  return found;
}"""

# Chromium's BiDi fetches a channel's values from the page one by one. Navigation loses the values that still wait; a
# page that is left at once loses all of them. A console message leaves the page when it is written. No page can see
# one, and its objects have no prototype, so that no page can change their JSON.
SPEAKING = """() => {
  const say = console.debug.bind(console), json = JSON.stringify.bind(JSON);
  const line = (note) => json({ __proto__: null, ...note });
  const channel = (notes) => {
    let lines = "";
    for (let n = 0; n < notes.length; n += 1) lines += (n ? "\\n" : "") + line(notes[n]);
    say(%(channel)s, lines);
  };
  return (%(function)s)(channel);
}"""

EMPTIED = {
    "local_storage": "localStorage.clear()",
    "indexed_db": """indexedDB.databases().then((all) => Promise.all(all.map(({name}) => new Promise((done) => {
  const deleting = indexedDB.deleteDatabase(name);
  deleting.onsuccess = deleting.onerror = deleting.onblocked = done;
}))).then(() => "")""",
}
"""What empties a store that goes with the cookies in every browser's settings; an open database goes with its page."""
