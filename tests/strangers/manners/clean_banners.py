"""Clean shops whose dialogs are built in ways of their own: components, frames, top layers, animations."""

from __future__ import annotations

from typing import ClassVar

from tests.strangers.manners.shop import SHOP, Answer, Asked, Shop


class OpenShadow(Shop):
    """The banner is a component with an open shadow root."""

    banner = "<cookie-bar id='bar' hidden></cookie-bar>"
    script = """
customElements.define("cookie-bar", class extends HTMLElement {
  connectedCallback() {
    this.attachShadow({mode: "open"}).innerHTML = `<div style="position:fixed;bottom:0;background:#eee;padding:20px">
      <p>We use cookies.</p><button id="ok">Accept all</button> <button id="no">Reject all</button></div>`;
  }
});
const ask = document.getElementById("bar");
const element = (id) => ask.shadowRoot.getElementById(id) || document.getElementById(id);
""" + Shop.script.replace('const element = (id) => document.getElementById(id), ask = element("ask");', "")


class ClosedShadow(OpenShadow):
    """The banner is a component with a closed shadow root."""

    is_untold = True
    script = OpenShadow.script.replace(
        'this.attachShadow({mode: "open"}).innerHTML',
        'this.inner = this.attachShadow({mode: "closed"}); this.inner.innerHTML',
    ).replace("ask.shadowRoot", "ask.inner")


class Framed(Shop):
    """The banner is a frame of the same site, which tells the page by a message."""

    head = "<style>#ask { position: fixed; bottom: 0; left: 0; width: 100%; height: 160px; }</style>"
    banner = '<iframe id="ask" hidden src="/banner" title="Cookies"></iframe>'
    script = Shop.script.replace('element("ok").onclick = () => decide("all");', "").replace(
        'element("no").onclick = () => decide("none");',
        "addEventListener('message', (event) => { if (event.data.consent) decide(event.data.consent); });",
    )

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and asked.path == "/banner":
            return Answer("""<!doctype html><title>Cookies</title><p>We use cookies.</p>
<button id="ok" onclick="parent.postMessage({consent: 'all'}, '*')">Accept all</button>
<button id="no" onclick="parent.postMessage({consent: 'none'}, '*')">Reject all</button>""")
        return None


class Modal(Shop):
    """The banner is a `<dialog>` that is shown as a modal one."""

    banner = """<dialog id="ask"><p>We use cookies.</p><button id="ok">Accept all</button>
<button id="no">Reject all</button></dialog>"""
    functions: ClassVar[dict[str, str]] = {
        "show": "function show() { if (!ask.open) ask.showModal(); }",
        "hide": "function hide() { ask.close(); }",
    }


class Popover(Shop):
    """The banner is a popover in the top layer."""

    banner = """<div id="ask" popover="manual"><p>We use cookies.</p><button id="ok">Accept all</button>
<button id="no">Reject all</button></div>"""
    functions: ClassVar[dict[str, str]] = {
        "show": "function show() { if (!ask.matches(':popover-open')) ask.showPopover(); }",
        "hide": "function hide() { if (ask.matches(':popover-open')) ask.hidePopover(); }",
    }


class NoticeOnly(Shop):
    """Needs no choice: it keeps nothing but that its notice was read."""

    is_untold = True
    banner = """<div id="ask" hidden style="position:fixed;bottom:0"><p>This site uses only cookies that it needs.</p>
<button id="ok">OK</button></div>"""
    script = Shop.script.replace('element("no").onclick = () => decide("none");', "")
    functions: ClassVar[dict[str, str]] = {"track": "function track() {}"}


class Animated(Shop):
    """The banner slides in from below for two seconds, a second after the page."""

    head = """<style>#ask { transition: transform 2s; transform: translateY(110%); }
#ask.in { transform: none; }</style>"""
    functions: ClassVar[dict[str, str]] = {
        "show": """function show() {
  ask.hidden = false;
  setTimeout(() => requestAnimationFrame(() => ask.classList.add("in")), 1000);
}""",
        "hide": "function hide() { ask.classList.remove('in'); ask.hidden = true; }",
    }


class Covered(Shop):
    """A sticky header stands before everything, and a chat bubble over the corner of the banner."""

    head = """<style>header { position: sticky; top: 0; z-index: 99; background: #fff; height: 60px; }
#chat { position: fixed; right: 4px; bottom: 4px; width: 40px; height: 40px; z-index: 100; }</style>"""
    tail = '<header>Shop</header><div id="chat"></div>'


class SettingsInMenu(Shop):
    """What opens the settings again is hidden in a menu at the head of the page until that is unfolded."""

    def page(self, asked: Asked) -> str:
        again = '<button id="again">Cookie settings</button>'
        menu = f"""<header><button id="burger" aria-expanded="false" aria-controls="menu">Menu</button>
<nav id="menu" hidden><a href="/tea">Tea</a> {again}</nav></header>"""
        return super().page(asked).replace(again, "").replace("<body>", f"<body>{menu}")

    late = 'element("burger").onclick = () => { element("menu").hidden = !element("menu").hidden; };'


class Concealed(Shop):
    """The banner is never taken off the page: after a choice it lies behind it, or is cut away."""

    ways: ClassVar[dict[str, str]] = {
        "/": "clip-path: inset(100%)",
        "/tea": "clip: rect(0 0 0 0)",
        "/salt": "max-height: 0; overflow: hidden",
        "/soap": "transform: scale(0)",
    }
    functions: ClassVar[dict[str, str]] = {
        "show": 'function show() { ask.classList.add("on"); }',
        "hide": 'function hide() { ask.classList.remove("on"); }',
    }
    banner = """<style>main { position: relative; min-height: 120vh; background: #fff; }
#ask { position: fixed; bottom: 0; left: 0; right: 0; background: #eee; } #ask:not(.on) { [[way]]; }</style>
<div id="ask"><p>We use cookies.</p><button id="ok">Accept all</button> <button id="no">Reject all</button></div>"""

    def page(self, asked: Asked) -> str:
        return super().page(asked).replace("[[way]]", self.ways.get(asked.path, "z-index: -1"))


class AsksAgeFirst(Shop):
    """A layer over the whole page asks for the visitor's age, once a session; only then comes the banner."""

    tail = """<div id="age" hidden style="position:fixed;inset:0;background:white">
<p>Are you over 18?</p><button id="yes">Yes</button></div>
<script>{
  const age = element("age");
  age.hidden = Boolean(sessionStorage.age);
  if (!age.hidden) ask.hidden = true;
  element("yes").onclick = () => { sessionStorage.age = "18"; age.hidden = true; if (!chosen()) show(); };
}</script>"""
