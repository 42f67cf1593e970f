"""Clean shops that work with services: tags that are told of the choice, partners that are needed, frames, tests."""

from __future__ import annotations

from typing import ClassVar

from consentinel.reference_site.tc_string import tc_string
from tests.strangers.manners.shop import COUNT, SHOP, Answer, Asked, Shop

TAGS = "tags.localhost"
GUARD = "captcha.localhost"
PAY = "pay.localhost"
TEST = "experiments.localhost"
MESSAGES = "messages.localhost"

DENIED = "{ad_storage: 'denied', analytics_storage: 'denied', ad_user_data: 'denied', ad_personalization: 'denied'}"


class ConsentMode(Shop):
    """Tells Google's tag of consent, in the basic way: the default denies, and the tag is loaded after an update."""

    head = f"""<script>window.dataLayer = window.dataLayer || [];
function gtag() {{ dataLayer.push(arguments); }}
gtag("consent", "default", {{...{DENIED}, wait_for_update: 500}});
gtag("js", new Date());</script>"""
    functions: ClassVar[dict[str, str]] = {
        "track": f"""function track() {{
  gtag("consent", "update", {{...{DENIED}, analytics_storage: "granted"}});
  const tag = document.createElement("script");
  tag.src = "http://{TAGS}:[[port]]/gtag/js?id=G-SHOP123";
  document.head.append(tag);
}}""",
        "forget": f"""function forget() {{
  gtag("consent", "update", {DENIED});
  for (const name of ["_ga", "_ga_SHOP123"]) document.cookie = `${{name}}=; path=/; max-age=0`;
}}""",
    }
    tag = f"""(() => {{
  const kept = document.cookie.match(/_ga=([^;]*)/);
  const id = kept ? kept[1] : `GA1.1.${{Math.floor(Math.random() * 1e9)}}.${{Math.floor(Date.now() / 1000)}}`;
  document.cookie = `_ga=${{id}}; path=/; max-age=33696000`;
  document.cookie = `_ga_SHOP123=GS2.1.s${{Math.floor(Date.now() / 1000)}}$o1$g0; path=/; max-age=33696000`;
  const told = "v=2&tid=G-SHOP123&gcs=G101&gcd=13q3r3q3q5l1&en=page_view&cid=" + id.slice(6);
  fetch("http://{COUNT}:[[port]]/g/collect?" + told, {{method: "POST", mode: "no-cors", keepalive: true}});
}})();"""

    def answer(self, asked: Asked) -> Answer | None:
        return Answer(self.tag, "text/javascript") if asked.host == TAGS else None


ALL, NONE = tc_string((1, 7, 8), (2, 755)), tc_string()


class Framework(Shop):
    """Its consent manager speaks IAB's framework: a stub first, then the API, and a TC string in a cookie."""

    head = """<script>(() => {
  const queue = [];
  window.__tcfapi = (...args) => {
    if (!args.length) return queue;
    if (args[0] === "ping") args[2]({gdprApplies: true, cmpLoaded: false, cmpStatus: "stub", apiVersion: "2.2"}, true);
    else queue.push(args);
  };
  const locator = document.createElement("iframe");
  locator.style.display = "none";
  locator.name = "__tcfapiLocator";
  document.head.append(locator);
})();</script>"""
    needed = ("choice", "euconsent-v2")
    functions: ClassVar[dict[str, str]] = {
        "decided": f"""const listeners = new Map();
const strings = {{all: "{ALL}", none: "{NONE}"}};
const told = (status, listenerId) => ({{tcString: strings[chosen()] || "", gdprApplies: true, tcfPolicyVersion: 5,
  cmpId: 300, cmpVersion: 1, cmpStatus: "loaded", eventStatus: status, listenerId}});
function decided(choice) {{
  document.cookie = `euconsent-v2=${{strings[choice]}}; path=/; max-age=15552000`;
  for (const [id, callback] of listeners) callback(told("useractioncomplete", id), true);
}}
{{
  const waiting = window.__tcfapi();
  window.__tcfapi = (command, version, callback, parameter) => {{
    if (command === "addEventListener") {{
      listeners.set(listeners.size + 1, callback);
      callback(told(chosen() ? "tcloaded" : "cmpuishown", listeners.size), true);
    }} else if (command === "removeEventListener") callback(listeners.delete(parameter), true);
    else if (command === "ping") callback({{gdprApplies: true, cmpLoaded: true, cmpStatus: "loaded"}}, true);
  }};
  waiting.forEach((call) => window.__tcfapi(...call));
}}"""
    }


class Guarded(Shop):
    """Guards a form against robots, before any choice: by a service's frame, which looks at the browser, and by an item
    of its own. The policy says so."""

    partners = (GUARD,)
    tail = f"""<form><input name="mail" aria-label="Mail"><div id="guard"></div><button>Ask us</button></form>
<script src="http://{GUARD}:[[port]]/api.js?render=explicit" async defer></script>"""

    def main(self, path: str) -> str:
        says = f"<p>{GUARD} guards our forms against robots. It is necessary and keeps _guard on your device.</p>"
        return super().main(path) + (says if path == "/cookies" else "")

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host != GUARD:
            return None
        if asked.path == "/api.js":
            return Answer(
                f"""(() => {{
  sessionStorage.setItem("_guard", "1");
  const frame = document.createElement("iframe");
  frame.src = "http://{GUARD}:[[port]]/anchor?k=site-key&co=" + btoa(location.origin) + "&size=invisible";
  frame.title = "Guard";
  frame.width = frame.height = 60;
  document.getElementById("guard").append(frame);
}})();""",
                "text/javascript",
            )
        if asked.path == "/anchor":
            return Answer("""<!doctype html><title>Guard</title><link rel="icon" href="data:,"><script>
const seen = {width: screen.width, language: navigator.language, zone: new Date().getTimezoneOffset()};
fetch("/reload", {method: "POST", body: JSON.stringify(seen)}).then((got) => got.text()).then((token) => {
  parent.postMessage({token}, "*");
});</script>""")
        return Answer("passed", "text/plain")


class Paying(Shop):
    """Its pages hold the frames of a payment service, which the order needs: a visible one, and one for errors."""

    partners = (PAY,)
    tail = f"""<iframe src="http://{PAY}:[[port]]/card" title="Card" allow="payment" width="300" height="60"></iframe>
<iframe src="http://{PAY}:[[port]]/errors" title="Errors" sandbox="allow-scripts" hidden></iframe>"""

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == PAY:
            return Answer("""<!doctype html><title>Card</title><link rel="icon" href="data:,">
<label>Card <input autocomplete="cc-number"></label><script>parent.postMessage({ready: 1}, "*");</script>""")
        return None


class AntiFlicker(Shop):
    """Hides each page until a test of versions has decided, or for four seconds; the assignment is kept only with
    consent."""

    partners = (TEST,)
    head = f"""<style>.async-hide {{ opacity: 0 !important; visibility: hidden; }}</style>
<script>document.documentElement.className = "async-hide";
const reveal = () => {{ document.documentElement.className = ""; }};
setTimeout(reveal, 4000);</script><script async src="http://{TEST}:[[port]]/tests.js"></script>"""

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host != TEST:
            return None
        return Answer(
            """setTimeout(() => {
  document.documentElement.dataset.version = Math.random() < 0.5 ? "a" : "b";
  reveal();
}, 700);""",
            "text/javascript",
        )


class ManyFrames(Shop):
    """Each page holds forty frames: empty ones, written ones and some of its own pages'."""

    tail = """<div id="many"></div><script>
for (let n = 0; n < 40; n += 1) {
  const frame = document.createElement("iframe");
  frame.title = `Part ${n}`;
  frame.width = frame.height = 8;
  if (n % 3 === 1) frame.srcdoc = `<p>${n}</p>`;
  if (n % 3 === 2) frame.src = "/part";
  document.getElementById("many").append(frame);
}</script>"""

    def answer(self, asked: Asked) -> Answer | None:
        return Answer("<!doctype html><title>Part</title><p>Part") if asked.path == "/part" else None


class Heeding(Shop):
    """Takes the browser's wish not to be sold or shared for a refusal, says so, and does not ask."""

    script = Shop.script.replace("if (!chosen()) show();", "if (!chosen()) { if (!wishes) show(); else heed(); }")
    functions: ClassVar[dict[str, str]] = {
        "decided": """const wishes = navigator.globalPrivacyControl === true;
function decided(choice) {}
function heed() {
  const word = document.createElement("p");
  word.id = "heeded";
  word.textContent = "Your browser asks not to be sold or shared. We honour that.";
  document.querySelector("footer").append(word);
}"""
    }

    def answer(self, asked: Asked) -> Answer | None:
        if asked.path == "/.well-known/gpc.json":
            return Answer('{"gpc": true, "lastUpdate": "2026-01-01"}', "application/json")
        return None


class ByPlace(Shop):
    """Asks its own server where the visitor is before it asks for a choice; the page waits for that."""

    script = Shop.script.replace(
        'if (!chosen()) show(); else if (chosen() === "all") track();',
        """fetch("/place.json").then((got) => got.json(), () => ({eu: true})).then(({eu}) => {
  if (!chosen()) { if (eu) show(); } else if (chosen() === "all") track();
});""",
    )

    def answer(self, asked: Asked) -> Answer | None:
        if asked.path == "/place.json":
            return Answer('{"country": "DE", "eu": true}', "application/json")
        return None


class Blog(Shop):
    """Its blog is a sub-domain with a banner and a choice of its own; the shop links to it."""

    def main(self, path: str) -> str:
        return super().main(path) + f' <a href="http://blog.{SHOP}:[[port]]/">Our blog</a>'

    def answer(self, asked: Asked) -> Answer | None:
        return Answer(self.page(asked)) if asked.host == f"blog.{SHOP}" else None


class InTwoFrames(Shop):
    """The banner is a frame of a message service's host; its settings are another frame of it, with switches."""

    partners = (MESSAGES,)
    head = """<style>#ask { position: fixed; bottom: 0; left: 0; width: 100%; height: 160px; }
#manager { position: fixed; inset: 10%; width: 80%; height: 80%; background: #fff; }</style>"""
    banner = f"""<iframe id="ask" hidden src="http://{MESSAGES}:[[port]]/index.html?message_id=12" title="Message">
</iframe><iframe id="manager" hidden src="http://{MESSAGES}:[[port]]/manager.html?message_id=13" title="Settings">
</iframe>"""
    script = (
        Shop.script.replace('element("ok").onclick = () => decide("all");', "")
        .replace(
            'element("no").onclick = () => decide("none");',
            """addEventListener("message", (event) => {
  const said = event.data.sp || "";
  element("manager").hidden = true;
  if (said === "settings") { hide(); settings(); }
  else if (said) decide(said);
});""",
        )
        .replace(
            'element("again").onclick = () => show();',
            """element("again").onclick = () => settings();
const settings = () => {
  element("manager").hidden = false;
  element("manager").contentWindow.postMessage({choice: chosen()}, "*");
};""",
        )
    )

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host != MESSAGES:
            return None
        head = '<!doctype html><html lang="en"><title>Cookies</title><link rel="icon" href="data:,">'
        if asked.path == "/index.html":
            return Answer(f"""{head}<p>We use cookies.</p>
<button id="more" onclick="parent.postMessage({{sp: 'settings'}}, '*')">Manage cookies</button>
<button id="ok" onclick="parent.postMessage({{sp: 'all'}}, '*')">Accept all</button>
<button id="no" onclick="parent.postMessage({{sp: 'none'}}, '*')">Reject all</button>""")
        return Answer(f"""{head}<h1>Cookie settings</h1>
<label><input type="checkbox" checked disabled> Necessary</label>
<label><input type="checkbox" id="stats"> Statistics</label>
<button id="save" onclick="parent.postMessage({{sp: stats.checked ? 'all' : 'none'}}, '*')">Save and close</button>
<script>addEventListener("message", (event) => {{ stats.checked = event.data.choice === "all"; }});</script>""")
