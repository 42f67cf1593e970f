"""Clean shops that put something before their pages or beside the banner, or ask in steps or far below."""

from __future__ import annotations

import secrets
from typing import ClassVar

from tests.strangers.manners.shop import CDN, SHOP, Answer, Asked, Shop

LAYER = "position:fixed;inset:0;background:#0008;z-index:20"


class SignInWall(Shop):
    """Nobody sees a page without an account: each leads to the sign-in, where the banner is, too."""

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host != SHOP:
            return None
        if asked.path == "/login":
            form = """<form method="post"><label>E-mail <input name="user" type="email"></label>
<label>Password <input name="password" type="password"></label> <button>Sign in</button></form>"""
            return Answer(self.page(asked).replace("</main>", f"{form}</main>"))
        if asked.path in ("/", *self.articles):
            return Answer(status=302, headers=[("Location", f"/login?next={asked.path}")])
        return None

    def main(self, path: str) -> str:
        return "<h1>Customers alone</h1><p>Please sign in to see what the shop has for you. You need an account.</p>"


class PayOrAgree(Shop):
    """Who does not agree may subscribe: the banner's other button leads to the offer, where the banner is not."""

    banner = Shop.banner.replace(
        '<button id="no">Reject all</button>', '<a id="no" href="/subscribe">Reject and subscribe for 3.99 a month</a>'
    )
    script = Shop.script.replace('element("no").onclick = () => decide("none");', "").replace(
        "if (!chosen())", 'if (location.pathname === "/subscribe") {} else if (!chosen())'
    )

    def answer(self, asked: Asked) -> Answer | None:
        return Answer(self.page(asked)) if asked.host == SHOP and asked.path == "/subscribe" else None


class AgeBeside(Shop):
    """A layer asks for the visitor's age, beside the banner, which lies above it and can be answered first."""

    banner = f"""<div id="age" style="{LAYER}">
<div role="dialog" aria-label="Your age" style="background:#fff;padding:20px"><p>Are you over 18?</p>
<button id="old">Yes, I am, enter</button> <a href="https://www.example.com">No, leave</a></div></div>
""" + Shop.banner.replace("padding:20px", "padding:20px;z-index:30")
    late = """if (sessionStorage.age) element("age").remove();
else element("old").onclick = () => { sessionStorage.age = "18"; element("age").remove(); };"""

    def profile(self) -> str:
        return super().profile().replace('cookies = ["choice"]', 'cookies = ["choice"]\nsession_storage = ["age"]')


class Newsletter(Shop):
    """Five seconds after a page a window in the page offers a newsletter, once a session."""

    late = f"""setTimeout(() => {{
  if (sessionStorage.letter) return;
  sessionStorage.letter = "shown";
  const offer = document.createElement("div");
  offer.setAttribute("role", "dialog");
  offer.style.cssText = "{LAYER}";
  offer.innerHTML = `<form style="background:#fff;padding:20px"><p>Our letter, once a month?</p>
<label>E-mail <input type="email"></label> <button type="button">Accept and subscribe</button>
<button type="button">No thanks</button></form>`;
  for (const button of offer.querySelectorAll("button")) button.onclick = () => offer.remove();
  document.body.append(offer);
}}, 5000);"""

    def profile(self) -> str:
        return super().profile().replace('cookies = ["choice"]', 'cookies = ["choice"]\nsession_storage = ["letter"]')


class InFooter(Shop):
    """The banner stands at the end of a long page, in the flow of the text."""

    banner = """<div id="ask" hidden><p>We use cookies.</p><button id="ok">Accept all</button>
<button id="no">Reject all</button></div>"""

    def main(self, path: str) -> str:
        return super().main(path) + "<p>And more words, which fill the page and say nothing.</p>" * 120


class ThreeSteps(Shop):
    """The settings are asked one after the other, in three steps, of which only the last one saves."""

    banner = """<div id="ask" hidden style="position:fixed;bottom:0;left:0;right:0;background:#eee;padding:20px">
<div class="step"><p>We use cookies.</p><button id="ok">Accept all</button> <button id="no">Reject all</button>
<button id="more">Choose myself</button></div>
<div class="step" hidden><h2>Step 1 of 2: needed</h2><label><input type="checkbox" checked disabled> Necessary</label>
<button id="next">Next</button></div>
<div class="step" hidden><h2>Step 2 of 2: statistics</h2><label><input type="checkbox" id="stats"> Statistics</label>
<button id="back">Back</button> <button id="save">Save my choice</button></div></div>"""
    late = """const step = (number) => {
  document.querySelectorAll(".step").forEach((one, n) => { one.hidden = n !== number; });
  element("stats").checked = chosen() === "all";
};
element("more").onclick = element("back").onclick = () => step(1);
element("next").onclick = () => step(2);
element("save").onclick = () => decide(element("stats").checked ? "all" : "none");
element("again").onclick = () => { show(); step(1); };"""


class Wizard(Shop):
    """The dialog is drawn anew for each step: what it is about, the categories, and whether that is meant."""

    banner = """<div id="ask" hidden role="dialog"
style="position:fixed;bottom:0;left:0;right:0;background:#eee;padding:20px"></div>"""
    script = Shop.script.replace(
        """element("ok").onclick = () => decide("all");
element("no").onclick = () => decide("none");""",
        """let wanted;
const STEPS = [
  '<p>We use cookies.</p><button class="main">Accept all</button> <button class="other">Customize</button>',
  '<h2>Yours</h2><label><input type="checkbox" name="stats"> Statistics</label> <button class="main">Next</button>',
  '<h2>Is this right?</h2><p></p><button class="other">Back</button> <button class="main">Confirm my choices</button>',
];
function draw(number) {
  ask.innerHTML = STEPS[number];
  const [main, other, box] = ["button.main", "button.other", "input"].map((one) => ask.querySelector(one));
  if (box) box.checked = wanted;
  if (number === 2) ask.querySelector("p").textContent = wanted ? "With statistics" : "Without statistics";
  const next = () => { wanted = box.checked; setTimeout(() => draw(2), 100); };
  main.onclick = [() => decide("all"), next, () => decide(wanted ? "all" : "none")][number];
  if (other) other.onclick = () => draw(1);
}""",
    ).replace(
        'element("again").onclick = () => show();',
        """element("again").onclick = () => { draw(1); ask.hidden = false; };""",
    )
    functions: ClassVar[dict[str, str]] = {"show": "function show() { draw(0); ask.hidden = false; }"}


class Django(Shop):
    """Forms with a token against forgery post the choice; a message about it shows on the next page, by a cookie."""

    script = ""
    needed = ("choice", "csrftoken", "messages")

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host != SHOP:
            return None
        token = asked.cookies.get("csrftoken") or secrets.token_urlsafe(24)
        if asked.path == "/cookies/accept/" and asked.method == "POST":
            if f"csrfmiddlewaretoken={token}".encode() not in asked.body or "referer" not in asked.headers:
                return Answer("<h1>Forbidden</h1>", status=403)
            choice = "all" if b"all" in asked.body else "none"
            headers = [
                ("Location", asked.query.get("next", ["/"])[0]),
                ("Set-Cookie", f"choice={choice}; Path=/; Max-Age=15552000; SameSite=Lax"),
                ("Set-Cookie", f'messages="W1siX19qc29uX21lc3NhZ2Ui{secrets.token_urlsafe(9)}"; Path=/; HttpOnly'),
            ]
            if choice == "none":
                headers.append(("Set-Cookie", "_ga=; Path=/; Max-Age=0"))
            return Answer(status=302, headers=headers)
        if asked.path not in ("/", "/cookies", "/cookies/settings/", *self.articles):
            return None
        asks = "choice" not in asked.cookies or asked.path == "/cookies/settings/"
        back = asked.query.get("next", [asked.path])[0]
        form = f"""<form id="ask" method="post" action="/cookies/accept/?next={back}"
style="position:fixed;bottom:0;left:0;right:0;background:#eee;padding:20px">
<input type="hidden" name="csrfmiddlewaretoken" value="{token}"><p>We use cookies.</p>
<button id="ok" name="choice" value="all">Accept all</button>
<button id="no" name="choice" value="none">Reject all</button></form>"""
        body = self.page(asked).replace(self.banner, form if asks else "")
        body = body.replace(
            '<button id="again">Cookie settings</button>',
            f'<a id="again" href="/cookies/settings/?next={asked.path}">Cookie settings</a>',
        )
        headers = [("Set-Cookie", f"csrftoken={token}; Path=/; Max-Age=31449600; SameSite=Lax"), ("Vary", "Cookie")]
        if "messages" in asked.cookies:
            body = body.replace("<main>", '<main><p role="status">Your choice is kept.</p>')
            headers.append(("Set-Cookie", 'messages=""; Path=/; Max-Age=0; expires=Thu, 01 Jan 1970 00:00:00 GMT'))
        if asked.cookies.get("choice") == "all":
            body = body.replace("</body>", '<script src="http://count.localhost:[[port]]/tag.js"></script></body>')
        return Answer(body, headers=headers)


class LetterOverBanner(Shop):
    """A newsletter is offered in a layer over the banner, once a session; it has a cross."""

    banner = f"""{Shop.banner}<div id="letter" hidden role="dialog" aria-label="Our letter" style="{LAYER}">
<form style="background:#fff;padding:20px"><button type="button" id="shut" aria-label="Close">&times;</button>
<p>Our letter, once a month?</p><label>E-mail <input type="email"></label>
<button type="button">Yes, subscribe</button></form></div>"""
    late = """element("letter").hidden = Boolean(sessionStorage.letter);
element("shut").onclick = () => { sessionStorage.letter = "shut"; element("letter").hidden = true; };"""

    def profile(self) -> str:
        kept = super().profile().replace('cookies = ["choice"]', 'cookies = ["choice"]\nsession_storage = ["letter"]')
        return kept + '[access]\nahead = ["#shut"]\n'


class FramedLetter(Shop):
    """A newsletter is offered in another host's frame over the page and the banner, once a session."""

    banner = f"""{Shop.banner}<iframe id="letter" hidden title="Our letter" src="http://{CDN}:[[port]]/letter.html"
style="position:fixed;inset:0;width:100%;height:100%;border:0;{LAYER}"></iframe>"""
    late = """element("letter").hidden = Boolean(sessionStorage.letter);
onmessage = (event) => {
  if (event.data !== "shut") return;
  sessionStorage.letter = "shut";
  element("letter").hidden = true;
};"""
    partners = (CDN,)

    def shop(self, asked: Asked) -> Answer:
        if asked.host == CDN and asked.path == "/letter.html":
            return Answer("""<!doctype html><html lang="en"><meta charset="utf-8"><title>Our letter</title>
<link rel="icon" href="data:,"><div style="margin:100px;background:#fff"><p>Our letter, once a month?</p>
<input type="email" aria-label="E-mail"> <button>Subscribe</button>
<button id="shut" aria-label="Close">&times;</button>
</div><script>document.getElementById("shut").onclick = () => parent.postMessage("shut", "*");</script>""")
        return super().shop(asked)

    def profile(self) -> str:
        return super().profile().replace('cookies = ["choice"]', 'cookies = ["choice"]\nsession_storage = ["letter"]')


class LooksAtBrowsers(Shop):
    """Each visitor's first answer is a 503: its script looks at the browser, sets a cookie and loads the page anew."""

    needed = ("choice", "passed")

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host != SHOP or "passed" in asked.cookies:
            return None
        return Answer(
            """<!doctype html><html lang="en"><title>One moment</title><link rel="icon" href="data:,">
<p>We look at your browser. It takes a moment.</p><script>setTimeout(() => {
  document.cookie = "passed=yes; path=/";
  location.reload();
}, 1500);</script>""",
            status=503,
        )


class InAFrame(Shop):
    """The home page shows nothing but a frame of another page, as hosts that forward an address make it."""

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host != SHOP or asked.path != "/":
            return None
        return Answer("""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<link rel="icon" href="data:,">
<style>body { margin: 0 } iframe { border: 0; width: 100vw; height: 100vh }</style></head>
<body><iframe src="/tea" title="Shop"></iframe></body></html>""")


class AsksLanguageFirst(Shop):
    """A layer over the whole page asks in which language to go on, once a session; only then comes the banner."""

    tail = """<div id="tongue" hidden style="position:fixed;inset:0;background:white"><p>Welcome</p>
<button value="de" lang="de">Deutsch</button> <button value="en" lang="en">English</button></div>
<script>{
  const tongue = element("tongue");
  tongue.hidden = Boolean(sessionStorage.tongue);
  if (!tongue.hidden) ask.hidden = true;
  tongue.onclick = ({target}) => {
    if (!target.value) return;
    sessionStorage.tongue = target.value;
    tongue.hidden = true;
    if (!chosen()) show();
  };
}</script>"""

    def profile(self) -> str:
        kept = super().profile().replace('cookies = ["choice"]', 'cookies = ["choice"]\nsession_storage = ["tongue"]')
        return kept + '[access]\nahead = ["#tongue [value=en]"]\n'
