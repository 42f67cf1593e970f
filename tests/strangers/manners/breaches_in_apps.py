"""Shops that are built like today's applications, or work with services, and have one fault."""

from __future__ import annotations

from typing import ClassVar

from tests.strangers.manners.breach import URL, Breach
from tests.strangers.manners.clean_apps import COUNTED, Fragments, OfflineShell, Turbo
from tests.strangers.manners.clean_services import (
    ALL,
    NONE,
    AntiFlicker,
    Blog,
    ByPlace,
    ConsentMode,
    Framework,
    Heeding,
)
from tests.strangers.manners.clean_walls import ThreeSteps
from tests.strangers.manners.shop import COUNT, SHOP, Answer, Asked, Shop

AFTER_A_REFUSAL = "allowing_allowed and optional"


class TurboCounts(Turbo, Breach):
    """Counts each page that takes another's place, whatever was chosen."""

    head = f"""{Turbo.head}<script>{{
  const goes = history.pushState;
  history.pushState = function (...args) {{
    goes.apply(this, args);
    fetch("{URL}/view", {{mode: "no-cors", keepalive: true}});
  }};
}}</script>"""
    seen_in = "walking"


class Forgetful(Fragments, Breach):
    """The server does not keep a refusal that is posted from a part of the page."""

    broken = "asks again"
    seen_in = AFTER_A_REFUSAL

    def answer(self, asked: Asked) -> Answer | None:
        answer = super().answer(asked)
        if answer and asked.path == "/part/choice" and b"none" in asked.body:
            answer.headers.clear()
        return answer


class StaleShell(OfflineShell, Breach):
    """Its worker goes on to show pages that it kept while everything was accepted, with the counter's tag in them."""

    worker = """
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate") return;
  event.respondWith(caches.open("shell-v1").then(async (kept) => {
    const had = await kept.match(event.request);
    if (had) return had;
    const got = await fetch(event.request);
    kept.put(event.request, got.clone());
    return got;
  }));
});"""
    script = Shop.script.replace('else if (chosen() === "all") track();', "")
    seen_in = "withdrawing_everything"

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and asked.path in ("/", *self.articles) and asked.cookies.get("choice") == "all":
            return Answer(self.page(asked).replace("</body>", f"{COUNTED}</body>"))
        return super().answer(asked)


class GrantsOnRefusal(ConsentMode, Breach):
    """Tells Google's tag that statistics are allowed when they are refused."""

    broken = "storage for analytics is granted"
    functions: ClassVar[dict[str, str]] = {
        **ConsentMode.functions,
        "forget": """function forget() {
  gtag("consent", "update", {analytics_storage: "granted"});
  for (const name of ["_ga", "_ga_SHOP123"]) document.cookie = `${name}=; path=/; max-age=0`;
}""",
    }
    written = "[signals]\ngoogle_consent_mode = true\n"
    seen_in = "after_a_refusal_no_service"


class StringOfAll(Framework, Breach):
    """Its string says after a refusal that everything is allowed."""

    broken = "TC string"
    functions: ClassVar[dict[str, str]] = {
        "decided": Framework.functions["decided"]
        .replace(f'none: "{NONE}"', f'none: "{ALL}"')
        .replace("  document.cookie = `euconsent-v2", "  if (!choice) document.cookie = `euconsent-v2")
    }
    written = "[signals]\ntcf = true\ntcf_purposes = { analytics = [1, 7, 8] }\n"
    seen_in = "after_a_refusal_no_consent_string"


class KeepsVersion(AntiFlicker, Breach):
    """Keeps for everybody which version of the page they were given, under an identifier."""

    broken = "_exp"
    late = "document.cookie = `_exp=${crypto.randomUUID()}.b; path=/; max-age=7776000`;"
    seen_in = "every_page"


class PlaceFromCounter(ByPlace, Breach):
    """Asks the counter where the visitor is, before it asks for a choice."""

    script = ByPlace.script.replace('fetch("/place.json")', f'fetch("{URL}/place.json")')
    seen_in = "every_page"

    def answer(self, asked: Asked) -> Answer | None:
        if asked.path == "/place.json":
            return Answer('{"eu": true}', "application/json", headers=[("Access-Control-Allow-Origin", "*")])
        return None


class CountsOnBlog(Blog, Breach):
    """Its blog counts before it has asked."""

    seen_in = "same_holds_on_a_sub"

    def answer(self, asked: Asked) -> Answer | None:
        answer = super().answer(asked)
        if answer and isinstance(answer.body, str):
            return Answer(answer.body.replace("</body>", f"{COUNTED}</body>"))
        return answer

    def profile(self) -> str:
        profile = super().profile().replace(f'hosts = ["{SHOP}"]', f'hosts = ["{SHOP}", "*.{SHOP}"]')
        return profile.replace('policy = "/cookies"', f'policy = "/cookies"\nsubdomain = "http://blog.{SHOP}/"')


class HeedsNothing(Heeding, Breach):
    """Says that it honours the browser's wish, and counts all the same."""

    broken = COUNT
    functions: ClassVar[dict[str, str]] = {
        "decided": Heeding.functions["decided"].replace("function heed() {", "function heed() {\n  track();")
    }
    written = '[signals]\ngpc = true\ngpc_refuses = ["analytics"]\n'
    seen_in = "who_asks_for_that"


class SavesAll(ThreeSteps, Breach):
    """What the last step saves is everything, whatever its switch says."""

    late = ThreeSteps.late.replace('element("stats").checked ? "all" : "none"', '"all"')
    seen_in = "withdrawing_consent and analytics"

    def profile(self) -> str:
        described = """reopen = ["#again", "#next"]
preferences = ["#more", "#next"]
dialog = "#stats"
save = ["#save"]
[consent.dialog.categories.analytics]
control = "#stats"
"""
        return super().profile().replace('reopen = ["#again"]\n', described)


class ThirdBatch(Breach):
    """The third part that is added when the visitor has scrolled to the end is the counter's frame."""

    head = "<style>html { overflow-anchor: none; } main { min-height: 1200px; }</style>"
    late = f"""let batch = 0;
new IntersectionObserver((seen) => {{
  if (!seen.some((one) => one.isIntersecting) || batch >= 3) return;
  batch += 1;
  const part = document.createElement(batch === 3 ? "iframe" : "section");
  part.style.cssText = "display:block;height:1200px";
  if (batch === 3) part.src = "{URL}/part";
  document.querySelector("main").append(part);
}}).observe(document.querySelector("footer"));"""
    seen_in = "while_scrolling"
