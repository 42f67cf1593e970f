"""Clean shops that ask in the ways of widespread consent managers: what these keep, how they are opened again."""

from __future__ import annotations

from typing import ClassVar

from tests.strangers.manners.shop import SHOP, Answer, Asked, Shop

FLOATS = 'style="position:fixed;bottom:0;left:0;right:0;background:#eee;padding:20px"'
NO_FOOTER = ('<footer><button id="again">Cookie settings</button>', "<footer>")


class Confirms(Shop):
    """As public services do: a choice turns the banner into a word of thanks; settings are a page with radio buttons,
    and a policy in a cookie says no to everything before there is a choice."""

    needed = ("cookies_policy", "cookies_preferences_set")
    banner = """<div id="ask" hidden role="region" aria-label="Cookies" style="background:#eee;padding:20px">
<div id="question"><h2>Cookies on this site</h2><p>We would like to set additional cookies.</p>
<button id="ok">Accept additional cookies</button> <button id="no">Reject additional cookies</button>
<a href="/cookie-settings">View cookies</a></div>
<div id="done" hidden role="alert"><p>You can <a href="/cookie-settings">change your settings</a> at any time.</p>
<button id="conceal">Hide this message</button></div></div>"""
    functions: ClassVar[dict[str, str]] = {
        "chosen": """const policy = () => JSON.parse(decodeURIComponent(read("cookies_policy") || "null"));
const keep = (usage) => {
  const policy = encodeURIComponent(JSON.stringify({essential: true, usage, campaigns: usage}));
  document.cookie = `cookies_policy=${policy}; path=/; max-age=31536000`;
};
if (!policy()) keep(false);
function chosen() { return read("cookies_preferences_set") ? (policy().usage ? "all" : "none") : undefined; }""",
        "remember": """function remember(choice) {
  keep(choice === "all");
  document.cookie = "cookies_preferences_set=true; path=/; max-age=31536000";
}""",
        "hide": "function hide() { if (!ask.hidden) element('question').hidden = !(element('done').hidden = false); }",
    }
    script = Shop.script.replace('element("again").onclick = () => show();', "").replace(
        "if (!chosen())", 'if (location.pathname === "/cookie-settings") {} else if (!chosen())'
    )
    late = """element("conceal").onclick = () => { ask.hidden = true; };
const form = element("form");
if (form) {
  form.usage.value = chosen() === "all" ? "on" : chosen() ? "off" : "";
  form.onsubmit = (event) => {
    event.preventDefault();
    decide(form.usage.value === "on" ? "all" : "none");
    element("saved").hidden = false;
  };
}"""

    def page(self, asked: Asked) -> str:
        link = '<a id="again" href="/cookie-settings">Cookies</a>'
        return super().page(asked).replace('<button id="again">Cookie settings</button>', link)

    def answer(self, asked: Asked) -> Answer | None:
        return Answer(self.page(asked)) if asked.host == SHOP and asked.path == "/cookie-settings" else None

    def main(self, path: str) -> str:
        if path != "/cookie-settings":
            return super().main(path)
        return """<div id="saved" hidden role="alert"><p>Your settings were saved</p></div><h1>Cookie settings</h1>
<form id="form"><fieldset><legend>Do you want to accept analytics cookies?</legend>
<label><input type="radio" name="usage" value="on"> Yes</label>
<label><input type="radio" name="usage" value="off"> No</label></fieldset>
<button>Save cookie settings</button></form>"""


class ClickToAllow(Shop):
    """Each page has a film in place of which a text stands, with a button that accepts this film alone."""

    def main(self, path: str) -> str:
        return (
            super().main(path)
            + """<div class="film" style="border:1px solid;padding:20px">
<p>We would like to show a film of video.localhost, which sets cookies.</p>
<button onclick="load()">Accept and load the film</button> <button>More information</button>
<label><input type="checkbox"> Always allow</label></div><script>function load() {
  document.querySelector(".film").innerHTML = '<iframe title="Film" src="http://video.localhost:[[port]]/"></iframe>';
}</script>"""
        )


class UnfoldsInPlace(Shop):
    """A cookie for each category; the rows of the settings unfold in the banner; a tab at the edge opens it again."""

    needed = ("cmplz_*",)
    banner = f"""<div id="ask" hidden role="dialog" aria-label="Manage cookie consent" {FLOATS}>
<button id="cross" aria-label="Close dialog">&times;</button><p>We use technologies like cookies.</p>
<div id="rows" hidden><details><summary>Functional <span>Always active</span></summary>They are needed.</details>
<details><summary>Statistics <label><input type="checkbox" id="stats"><span hidden>Statistics</span></label></summary>
They count.</details></div>
<button id="ok">Accept</button> <button id="no">Deny</button> <button id="view">View preferences</button>
<button id="save" hidden>Save preferences</button></div>
<div id="tab" hidden style="position:fixed;bottom:0;right:40px"><button id="again">Manage consent</button></div>"""
    functions: ClassVar[dict[str, str]] = {
        "chosen": """function chosen() {
  return read("cmplz_banner-status") ? (read("cmplz_statistics") === "allow" ? "all" : "none") : undefined;
}""",
        "remember": """function remember(choice) {
  const answer = choice === "all" ? "allow" : "deny";
  const kept = {functional: "allow", statistics: answer, policy_id: "14", "banner-status": "dismissed"};
  for (const [name, value] of Object.entries(kept)) {
    document.cookie = `cmplz_${name}=${value}; path=/; max-age=15552000; SameSite=Lax`;
  }
}""",
        "show": """function show() {
  ask.hidden = false;
  element("stats").checked = chosen() === "all";
  element("tab").hidden = element("rows").hidden = element("save").hidden = true;
  element("view").hidden = false;
}""",
        "hide": "function hide() { ask.hidden = true; element('tab').hidden = false; }",
    }
    late = """element("view").onclick = () => {
  element("rows").hidden = element("save").hidden = false;
  element("view").hidden = true;
};
element("save").onclick = () => decide(element("stats").checked ? "all" : "none");
element("cross").onclick = () => decide("none");
if (chosen()) element("tab").hidden = false;"""

    def page(self, asked: Asked) -> str:
        return super().page(asked).replace(*NO_FOOTER)


class Withdraws(Shop):
    """A tab at the edge opens another question for whoever has accepted: it withdraws the consent, and nothing else."""

    needed = ("cookie-agreed", "cookie-agreed-version")
    banner = f"""<div id="ask" hidden role="alertdialog" aria-label="Cookies" {FLOATS}>
<div id="question"><p>We use cookies on this site to enhance your experience.</p><button id="info">More info</button>
<button id="ok">Accept</button> <button id="no">No, thanks</button></div>
<div id="other" hidden><p>You have given your consent.</p><button id="withdraw">Withdraw consent</button></div></div>
<button id="again" hidden style="position:fixed;bottom:0;right:10px">Privacy settings</button>"""
    functions: ClassVar[dict[str, str]] = {
        "chosen": """function chosen() {
  return {0: "none", 2: "all"}[read("cookie-agreed")];
}""",
        "remember": """function remember(choice) {
  document.cookie = `cookie-agreed=${choice === "all" ? 2 : 0}; path=/; max-age=8640000`;
  document.cookie = "cookie-agreed-version=1.0.0; path=/; max-age=8640000";
}""",
        "show": """function show() {
  ask.hidden = !(element("again").hidden = true);
  element("question").hidden = chosen() === "all";
  element("other").hidden = chosen() !== "all";
}""",
        "hide": "function hide() { ask.hidden = true; element('again').hidden = false; }",
    }
    late = """element("withdraw").onclick = () => decide("none");
element("info").onclick = () => { location = "/cookies"; };
if (chosen()) element("again").hidden = false;"""

    def page(self, asked: Asked) -> str:
        return super().page(asked).replace(*NO_FOOTER)


class NotesRefusal(Shop):
    """A refusal is kept once more, as a note that switches the tag off, until the end of the century."""

    needed = ("choice", "ga-disable-G-SHOP")
    functions: ClassVar[dict[str, str]] = {
        "decided": """function decided(choice) {
  document.cookie = choice === "none"
    ? "ga-disable-G-SHOP=true; path=/; expires=Thu, 31 Dec 2099 23:59:59 UTC"
    : "ga-disable-G-SHOP=; path=/; max-age=0";
}"""
    }


class AsksFirstInMenu(Shop):
    """A menu that stays in view has a button, and a notice of new terms another one, that say yes to something."""

    def main(self, path: str) -> str:
        return f"""<header style="position:sticky;top:0"><a href="/cookies">Privacy</a> <button>OK</button></header>
<div style="position:fixed;top:0;right:0">We have a new privacy notice. <button>Accept</button></div>
{super().main(path)}"""
