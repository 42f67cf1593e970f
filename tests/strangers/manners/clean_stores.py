"""Clean shops that use the stores of the browser in ways of their own, or keep a choice for each part of the site."""

from __future__ import annotations

from typing import ClassVar

from tests.strangers.manners.shop import SHOP, Answer, Asked, Shop


class TriesDatabases(Shop):
    """Libraries try what the browser can: they make and drop databases, caches, files and locks, and keep nothing."""

    late = """const probe = `_probe_${Math.random().toString(36).slice(2)}`;
for (const name of [probe, "validate-browser-context-for-indexeddb-analytics-module"]) {
  const asked = indexedDB.open(name);
  asked.onupgradeneeded = () => asked.result.createObjectStore("detect-blob-support").put(new Blob(["1"]), "key");
  asked.onsuccess = () => { asked.result.close(); indexedDB.deleteDatabase(name); };
}
if (window.caches) caches.open(probe).then(() => caches.delete(probe)).catch(() => 0);
const files = navigator.storage && navigator.storage.getDirectory ? navigator.storage.getDirectory() : 0;
if (files) files.then(async (all) => {
  await all.getFileHandle(probe, {create: true});
  await all.removeEntry(probe);
}).catch(() => 0);
if (navigator.locks) navigator.locks.request(probe, async () => 0);
for (const store of [localStorage, sessionStorage]) {
  store.setItem("\\ud800x", "\\udfff");
  store.removeItem("\\ud800x");
}"""


class SecuredByName(Shop):
    """Its cookies are Secure, and have names that ask for it, though the shop is played without TLS on this machine."""

    needed = ("__Host-choice", "__Host-session", "basket")
    functions: ClassVar[dict[str, str]] = {
        "chosen": 'function chosen() { return read("__Host-choice"); }',
        "remember": """function remember(choice) {
  document.cookie = `__Host-choice=${choice}; path=/; max-age=15552000; secure; samesite=lax`;
}""",
    }
    late = 'if (window.cookieStore) cookieStore.set({name: "basket", value: "empty", expires: Date.now() + 864e5});'

    def answer(self, asked: Asked) -> Answer | None:
        answer = self.shop(asked)
        if asked.host == SHOP and answer.status == 200 and "__Host-session" not in asked.cookies:
            answer.headers.append(("Set-Cookie", "__Host-session=open; Path=/; Secure; HttpOnly; SameSite=Lax"))
        return answer

    def profile(self) -> str:
        return super().profile().replace('name = "choice"', 'name = "__Host-choice"')


class EachLanguage(Shop):
    """Each language has addresses of its own, asks for itself, and keeps its choice below its own path."""

    at = "/en/"
    articles = ("/en/tea", "/en/salt", "/en/soap")
    needed = ("choice_en", "choice_fr")
    functions: ClassVar[dict[str, str]] = {
        "chosen": """const part = location.pathname.slice(1, 3);
function chosen() { return read(`choice_${part}`); }""",
        "remember": """function remember(choice) {
  document.cookie = `choice_${part}=${choice}; path=/${part}/; max-age=15552000`;
}""",
    }

    def main(self, path: str) -> str:
        return super().main(path) + ' <a id="fr" href="/fr/" hreflang="fr">Français</a>'

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host != SHOP:
            return None
        if asked.path in ("/", "/cookies"):
            return Answer(status=302, headers=[("Location", f"/en{asked.path}")])
        if asked.path in ("/en/", "/en/cookies", "/fr/"):
            return Answer(self.page(asked).replace('lang="en"', f'lang="{asked.path[1:3]}"'))
        return None

    def profile(self) -> str:
        text = super().profile().replace('name = "choice"', 'name = "choice_*"').replace('"/cookies"', '"/en/cookies"')
        return text.replace("[pages]", '[pages]\nhome = "/en/"').replace("[elements]", '[elements]\nlanguage = "#fr"')
