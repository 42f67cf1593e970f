"""Shops with one fault in what they store, restore or keep too long."""

from __future__ import annotations

import secrets

from tests.strangers.manners.breach import IDENTIFIER, Breach
from tests.strangers.manners.shop import SHOP, Answer, Asked


class InDatabase(Breach):
    """Keeps an identifier in a database of the browser."""

    broken = "visitors"
    late = """const open = indexedDB.open("visitors", 1);
open.onupgradeneeded = () => open.result.createObjectStore("ids");
open.onsuccess = () => {
  open.result.transaction("ids", "readwrite").objectStore("ids").put(Math.random(), "id");
};"""


class InCache(Breach):
    """Keeps an identifier in the cache of scripts."""

    broken = "visitor-cache"
    late = """caches.open("visitor-cache").then((kept) => kept.put("/id", new Response(String(Math.random()))));"""


class ByCookieStore(Breach):
    """Sets the analytics cookie by the newer interface, where there is one."""

    broken = "_ga"
    late = """const uid = `GA1.1.${Math.floor(Math.random() * 1e9)}.1`;
if (window.cookieStore) cookieStore.set({name: "_ga", value: uid, expires: Date.now() + 9e9});
else document.cookie = `_ga=${uid}; path=/; max-age=9000000`;"""


class ByServer(Breach):
    """A picture of its own sets the analytics cookie by its answer, after a refusal too."""

    broken = "_ga"
    tail = '<img src="/px.gif" alt="" width="1" height="1">'
    seen_in = "every_page or (allowing_allowed and optional)"

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and asked.path == "/px.gif":
            value = asked.cookies.get("_ga", f"GA1.1.{secrets.randbelow(10**9)}.7")
            return Answer("", "image/gif", headers=[("Set-Cookie", f"_ga={value}; Path=/; Max-Age=31536000")])
        return None


class ForTenYears(Breach):
    """Keeps the analytics cookie for ten years."""

    broken = "_ga"
    seen_in = "every_item_has_a_bounded"

    def answer(self, asked: Asked) -> Answer | None:
        if asked.path == "/tag.js":
            body = "document.cookie = `_ga=GA1.1.${Math.floor(Math.random() * 1e9)}.5; path=/; max-age=315360000`;"
            return Answer(body, "text/javascript")
        return None


class ByEntityTag(Breach):
    """Recognises the visitor by the tag of a cached script after all cookies were removed, and restores `uid`."""

    broken = "uid"
    needed = ("choice", "uid")
    tail = '<script src="/app.js"></script>'
    seen_in = "identifier_comes_back"

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and asked.path == "/app.js":
            tag = asked.headers.get("if-none-match", "").strip('"') or secrets.token_hex(12)
            headers = [("ETag", f'"{tag}"'), ("Cache-Control", "no-cache"), ("Set-Cookie", f"uid={tag}; Path=/")]
            return Answer("window.app = 1;", "text/javascript", headers=headers)
        return None


class FromStore(Breach):
    """Restores an identifier from the local storage after all cookies were removed."""

    broken = "uid"
    needed = ("choice", "uid")
    late = f"""localStorage.uid = localStorage.uid || {IDENTIFIER};
document.cookie = `uid=${{localStorage.uid}}; path=/; max-age=9000000`;"""
    seen_in = "identifier_comes_back"

    def profile(self) -> str:
        return (
            super()
            .profile()
            .replace('cookies = ["choice", "uid"]', 'cookies = ["choice", "uid"]\nlocal_storage = ["uid"]')
        )


class Cloaked(Breach):
    """A sub-domain of its own that nobody declared sets a visitor's cookie for the whole site."""

    broken = "sub_id"
    tail = '<img src="http://stats.shop.localhost:[[port]]/s.gif" alt="">'

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == "stats.shop.localhost":
            cookie = f"sub_id={secrets.token_hex(12)}; Domain=shop.localhost; Path=/; Max-Age=9000000"
            return Answer("", "image/gif", headers=[("Set-Cookie", cookie)])
        return None


class InFile(Breach):
    """Keeps an identifier in a file of the browser's own file system."""

    broken = "hints/visitor"
    late = f"""(async () => {{
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("hints", {{create: true}});
  const file = await (await folder.getFileHandle("visitor", {{create: true}})).createWritable();
  await file.write({IDENTIFIER});
  await file.close();
}})();"""
