"""Clean shops whose values and names look as if they told visitors apart, or differ from visitor to visitor."""

from __future__ import annotations

import random
import secrets
from typing import ClassVar

from tests.strangers.manners.shop import CDN, SHOP, Answer, Asked, Shop

PICTURE = Answer("<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml")


class Signed(Shop):
    """A picture's address is signed anew for each page, which asks for it twice."""

    partners = (CDN,)

    def main(self, path: str) -> str:
        signed = f"http://cdn.localhost:[[port]]/pic.svg?Signature={secrets.token_urlsafe(48)}"
        return f"""{super().main(path)}<img src="{signed}" alt="">
<script>fetch("{signed}", {{mode: "no-cors", cache: "no-store"}});</script>"""

    def answer(self, asked: Asked) -> Answer | None:
        return PICTURE if asked.host == CDN else None


class OnceAgainstCaches(Shop):
    """One article alone has a picture of a partner's, with a number against caches."""

    partners = (CDN,)

    def main(self, path: str) -> str:
        picture = f'<img src="http://cdn.localhost:[[port]]/pic.svg?cb={secrets.token_hex(8)}" alt="">'
        return super().main(path) + (picture if path == "/salt" else "")

    def answer(self, asked: Asked) -> Answer | None:
        return PICTURE if asked.host == CDN else None


class NamedForEach(Shop):
    """Two cookies that are called otherwise for each visitor: a session's, and that of a shield's server."""

    def answer(self, asked: Asked) -> Answer | None:
        answer = self.shop(asked)
        if asked.host == SHOP and answer.status == 200 and not any(name.startswith("ASP") for name in asked.cookies):
            letters = "".join(random.choices("ABCDQRST", k=8))
            server = random.randrange(100, 2000)
            answer.headers.append(("Set-Cookie", f"ASPSESSIONID{letters}={secrets.token_hex(12)}; Path=/"))
            answer.headers.append(("Set-Cookie", f"incap_ses_{server}_28={secrets.token_urlsafe(30)}; Path=/"))
        return answer


class EncodedChoice(Shop):
    """Writes its choices on each page anew, encoded: with the time, an identifier of the choice and a default."""

    functions: ClassVar[dict[str, str]] = {
        "chosen": """function noted() { return decodeURIComponent(read("OptanonConsent") || ""); }
function chosen() { return read("OptanonAlertBoxClosed") && (noted().includes("C0002:1") ? "all" : "none"); }""",
        "remember": """function note(choice) {
  const id = (noted().match(/consentId=([^&]*)/) || [, crypto.randomUUID()])[1];
  const said = `datestamp=${new Date()}&version=202501.1.0&consentId=${id}&interactionCount=1`;
  const value = encodeURIComponent(`${said}&groups=C0001:1,C0002:${choice === "all" ? 1 : 0}`);
  document.cookie = `OptanonConsent=${value}; path=/; max-age=31536000`;
}
function remember(choice) {
  note(choice);
  document.cookie = `OptanonAlertBoxClosed=${new Date().toISOString()}; path=/; max-age=31536000`;
}""",
    }
    late = 'note(chosen() || "none");'


class TriesAtRandom(Shop):
    """Tries its stores on each page, under names that are drawn anew each time."""

    late = """for (const store of [localStorage, sessionStorage]) {
  const probe = `__storage_test__${Math.random()}`;
  store.setItem(probe, probe);
  store.removeItem(probe);
}"""


class OwnParameters(Shop):
    """Its pages ask the shop itself for goods by parameters that a counter uses too."""

    late = "fetch('/list?v=2&tid=12&cid=7').catch(() => 0);"

    def answer(self, asked: Asked) -> Answer | None:
        return Answer("[]", "application/json") if asked.host == SHOP and asked.path == "/list" else None
