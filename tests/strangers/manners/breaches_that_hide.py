"""Shops that break one promise each, in ways that hide: on leaving, by a redirect, under another path, in a store."""

from __future__ import annotations

import hashlib
from typing import ClassVar

from tests.strangers.manners.breach import IDENTIFIER, URL, Breach
from tests.strangers.manners.shop import CDN, COUNT, SHOP, Answer, Asked


class OnLeaving(Breach):
    """Stores the analytics cookie when a page is left, before any choice."""

    broken = "_ga"
    late = f"""addEventListener("pagehide", () => {{
  document.cookie = "_ga=" + {IDENTIFIER} + "; path=/; max-age=9000000";
}});"""


class UnderTwoPaths(Breach):
    """Keeps `_ga` under two paths; a withdrawal removes one, and the other is renewed from then on."""

    broken = "_ga"
    seen_in = "withdrawing_everything"
    late = """const other = document.cookie.match(/_ga=([^;]*)/);
if (other && chosen() === "none") document.cookie = `_ga=${other[1]}; path=${location.pathname}; max-age=31536000`;"""
    functions: ClassVar[dict[str, str]] = {
        "forget": """function forget() {
  document.cookie = "_ga=; path=/; max-age=0";
  document.cookie = `_ga=GA1.1.${Math.floor(Math.random() * 1e9)}.9; path=${location.pathname}; max-age=31536000`;
}"""
    }


class ByRedirect(Breach):
    """A picture of its own leads on to the counter."""

    tail = '<img src="/px" alt="" width="1" height="1">'

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and asked.path == "/px":
            return Answer(status=302, headers=[("Location", f"{URL}/px.gif")])
        return None


class Detour(Breach):
    """The way into the site leads over the counter and back, once a visit."""

    early = f"""if (!sessionStorage.seen) {{
  sessionStorage.seen = 1;
  location.replace("{URL}/sync?back=" + encodeURIComponent(location.href));
}}"""

    def profile(self) -> str:
        return super().profile().replace('cookies = ["choice"]', 'cookies = ["choice"]\nsession_storage = ["seen"]')

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == COUNT and asked.path == "/sync":
            return Answer(status=302, headers=[("Location", asked.query.get("back", ["/"])[0])])
        return None


class ServerDetour(Breach):
    """The server leads each visitor over the counter, once a visit, and takes them back with a mark of its own."""

    needed = ("choice", "seen")
    seen_in = "asks_before"

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == COUNT and asked.path == "/sync":
            return Answer(status=302, headers=[("Location", f"http://{SHOP}:[[port]]/back")])
        if asked.host == SHOP and asked.path == "/back":
            return Answer(status=302, headers=[("Location", "/"), ("Set-Cookie", "seen=1; Path=/")])
        if asked.host == SHOP and asked.path == "/" and "seen" not in asked.cookies:
            return Answer(status=302, headers=[("Location", f"{URL}/sync")])
        return None


class OnHover(Breach):
    """A style that holds while the pointer is on the page's content asks the counter for a picture."""

    head = f"<style>main:hover {{ background: url({URL}/hover.gif); }}</style>"
    seen_in = "resting"


class ByFont(Breach):
    """A font comes from the counter."""

    head = f"""<style>@font-face {{ font-family: F; src: url({URL}/f.woff2); }}
main {{ font-family: F, serif; }}</style>"""


class ByEventSource(Breach):
    """Opens a stream of events from the counter."""

    late = f"new EventSource('{URL}/events');"


class BySharedWorker(Breach):
    """A shared worker tells the counter."""

    late = "try { new SharedWorker('/shared.js'); } catch (none) {}"

    def answer(self, asked: Asked) -> Answer | None:
        if asked.path == "/shared.js":
            return Answer(f"fetch('{URL}/s', {{mode: 'no-cors'}});", "text/javascript")
        return None


class ByImport(Breach):
    """A module imports another from the counter."""

    tail = f"<script type='module'>import('{URL}/m.js').catch(() => 0);</script>"


class BySourceSet(Breach):
    """A picture has a second size at the counter's."""

    tail = f'<img src="data:," srcset="{URL}/2x.png 1x" alt="">'


class InProperty(Breach):
    """Writes an identifier into the local storage as a property, and removes it in the same task."""

    broken = "visitor_hint"
    late = f"localStorage.visitor_hint = {IDENTIFIER}; delete localStorage.visitor_hint;"


class InUnicode(Breach):
    """Keeps an identifier in a cookie whose name has letters from outside ASCII."""

    broken = "bénéficiaire"
    late = f"document.cookie = 'bénéficiaire=' + {IDENTIFIER} + '; path=/; max-age=9000000';"


class OnlyOnOnePage(Breach):
    """One page alone counts."""

    tail = ""

    def page(self, asked: Asked) -> str:
        text = super().page(asked)
        return text.replace("</body>", f'<img src="{URL}/px.gif" alt=""></body>') if asked.path == "/salt" else text


class OnSecondVisit(Breach):
    """Counts from the second page on alone."""

    needed = ("choice",)
    early = f"if (document.referrer) new Image().src = '{URL}/second.gif';"


class LedOn(Breach):
    """A header leads a frame of its own on to the counter, three seconds later."""

    tail = '<iframe src="/wait" title="Wait"></iframe>'

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and asked.path == "/wait":
            return Answer("<p>Wait</p>", headers=[("Refresh", f"3; url={URL}/r.html")])
        return None


class ByFingerprint(Breach):
    """The server gives each device the identifier that it computes of its headers, whatever the visitor removes."""

    broken = "uid"
    needed = ("choice", "uid")
    seen_in = "identifier_comes_back"

    def answer(self, asked: Asked) -> Answer | None:
        answer = self.shop(asked)
        if asked.host == SHOP and answer.status == 200:
            device = hashlib.sha256(asked.headers.get("user-agent", "").encode()).hexdigest()[:24]
            answer.headers.append(("Set-Cookie", f"uid={device}; Path=/; Max-Age=9000000"))
        return answer


class OfThreePages(Breach):
    """Tells the counter only of the third page and further ones that are read after a refusal."""

    seen_in = "refusal_holds_until"
    late = f"""if (chosen() === "none") {{
  sessionStorage.pages = Number(sessionStorage.pages || 0) + 1;
  if (sessionStorage.pages > 2) fetch("{URL}/third", {{mode: "no-cors"}});
}}"""

    def profile(self) -> str:
        return super().profile().replace('cookies = ["choice"]', 'cookies = ["choice"]\nsession_storage = ["pages"]')


class Dwelling(Breach):
    """Tells the counter of a visitor who has refused, once they have stayed for half a minute."""

    seen_in = "refusal_holds_until"
    late = f"if (chosen() === 'none') setTimeout(() => fetch('{URL}/stayed', {{mode: 'no-cors'}}), 30000);"


class TellsDevice(Breach):
    """Tells its own server a digest of the device's canvas and processor on each page; stores nothing."""

    broken = "fingerprint of the device"
    seen_in = "made_up_for or no_address"
    late = """(async () => {
  const canvas = document.createElement("canvas"), context = canvas.getContext("2d");
  context.fillText("salt and soap", 4, 20);
  const read = new TextEncoder().encode(canvas.toDataURL() + navigator.hardwareConcurrency);
  const bytes = [...new Uint8Array(await crypto.subtle.digest("SHA-256", read))];
  const device = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  navigator.sendBeacon("/api/seen", JSON.stringify({page: location.pathname, device}));
})();"""

    def answer(self, asked: Asked) -> Answer | None:
        return Answer(status=204) if asked.host == SHOP and asked.path == "/api/seen" else None


class TellsPartnerDevice(Breach):
    """A partner's script tells it, by the address of a picture, a digest of the device's sound and graphics."""

    broken = "fingerprint of the device"
    seen_in = "partners_are"
    tail = f'<script src="http://{CDN}:[[port]]/kit.js"></script>'

    def profile(self) -> str:
        return super().profile().replace("partners = []", f'partners = ["{CDN}"]')

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == CDN and asked.path == "/kit.js":
            return Answer(
                """(async () => {
  const sound = new OfflineAudioContext(1, 5000, 44100), tone = sound.createOscillator();
  tone.connect(sound.destination);
  tone.start();
  const samples = (await sound.startRendering()).getChannelData(0);
  const context = document.createElement("canvas").getContext("webgl");
  const graphics = context ? context.getParameter(context.RENDERER) : "";
  const read = new TextEncoder().encode(samples.slice(4000).join() + graphics);
  const bytes = [...new Uint8Array(await crypto.subtle.digest("SHA-1", read))];
  const device = encodeURIComponent(btoa(String.fromCharCode(...bytes)));
  new Image().src = `http://cdn.localhost:[[port]]/p.gif?d=${device}`;
})();""",
                "text/javascript",
            )
        return None
