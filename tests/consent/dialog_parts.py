"""The parts that pages of the small sites are put together from."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Kind:
    """A way of making a dialog: `dialog` is its [consent.dialog], `pages` are its pages by path."""

    dialog: str
    pages: dict[str, str] = field(default_factory=dict)


BAR = """<div id=bar hidden>We use cookies. <button id=yes>Accept all</button> <button id=no>Reject all</button>
<button id=more>Settings</button></div>"""
FOOT = "<footer><button id=again>Cookie settings</button></footer>"
ASKS = """on('yes', () => { keep(ALL); hide('bar', 'dlg'); }); on('no', () => { refuse(); hide('bar', 'dlg'); });
if (!kept()) show('bar');"""
OPENS = (
    "on('more', () => { fill(); hide('bar'); show('dlg'); }); on('again', () => { fill(); hide('bar'); show('dlg'); });"
)
SAVES = "on('save', () => { keep(boxes()); hide('dlg', 'bar'); });"

USUAL = """banner = "#bar"
accept = ["#yes"]
refuse = ["#no"]
preferences = ["#more"]
reopen = ["#again"]
dialog = "#dlg"
save = ["#save"]
"""
SWITCHES = """
[consent.dialog.categories.analytics]
control = "#analytics"
[consent.dialog.categories.advertising]
control = "#advertising"
"""


def in_dialog(controls: str, style: str = "", script: str = "") -> str:
    """A home page with a banner and a dialog around these controls."""
    dialog = f"<div id=dlg hidden><h2>Cookies</h2>{controls}<button id=save>Save</button></div>"
    return f"<style>{style}</style>{BAR}{dialog}{FOOT}<script>{ASKS}{OPENS}{SAVES}{script}</script>"


def usual(controls: str, style: str = "", script: str = "", more: str = "") -> Kind:
    """A kind that differs from others in its controls alone."""
    return Kind(USUAL + more + SWITCHES, {"": in_dialog(controls, style, script)})


def in_menu(menu: str, script: str = "") -> Kind:
    """A usual kind whose way back to the settings, `[[again]]`, is hidden in this menu until it is unfolded."""
    again = "<p><button id=again>Cookie settings</button></p>"
    page = in_dialog(LABELLED, script=script).replace(FOOT, menu.replace("[[again]]", again))
    return Kind(USUAL + SWITCHES, {"": page})


def inputs(before: str, after: str) -> str:
    """A checkbox for each category, between these; `{}` stands for the category."""
    names = ("analytics", "advertising")
    return "".join(f"<p>{before.format(n)}<input type=checkbox id={n}>{after.format(n)}</p>" for n in names)


LABELLED = inputs("", "<label for={0}>Allow {0}</label>")
TABS = """<button role=tab aria-selected=true id=t1>Consent</button>
<button role=tab aria-selected=false id=t2>{tab}</button>
<div id=p1>{first}</div><div id=p2 hidden>{second}</div>"""
TURNING = """on('t2', () => { hide('p1'); show('p2'); $('t2').ariaSelected = 'true'; $('t1').ariaSelected = 'false'; });
on('t1', () => { hide('p2'); show('p1'); $('t1').ariaSelected = 'true'; $('t2').ariaSelected = 'false'; });"""
STARTS_ON = "<label><input type=checkbox id=further checked> {}</label>"
STARTS_OFF = "<label><input type=checkbox id=further> {}</label>"


def on_a_tab(tab: str, switch: str) -> Kind:
    """Two tabs; the second holds one further switch."""
    return usual(TABS.format(tab=tab, first=LABELLED, second=switch), script=TURNING)


RADIOS = "".join(
    f"""<fieldset><legend>Cookies for {n}</legend><input type=radio name={n} value=yes id={n}><label for={n}>Yes</label>
    <input type=radio name={n} value=no id=no-{n}><label for=no-{n}>No</label></fieldset>"""
    for n in ("analytics", "advertising")
)
RADIO_PAIRS = """
[consent.dialog.categories.analytics]
grant = "#analytics"
refuse = "#no-analytics"
[consent.dialog.categories.advertising]
grant = "#advertising"
refuse = "#no-advertising"
"""
FORM = """<form method=post action="/{kind}/settings" id=dlg>{inside}</form>"""
SERVED_RADIOS = "".join(
    f"""<p>{n}: <label><input type=radio name={n} value=yes id={n} [[{n}:yes]]> Yes</label>
    <label><input type=radio name={n} value=no id=no-{n} [[{n}:no]]> No</label></p>"""
    for n in ("analytics", "advertising")
)
LINKS = """<div id=bar hidden>We use cookies.
<button id=yes>Accept all</button> <a id=no href="/links/refuse">Continue without
accepting</a> <a id=more href="/links/settings">Settings</a></div>
<footer><a id=again href="/links/settings">Cookies</a></footer>"""
ONE_BY_ONE = "".join(
    f"""<form method=post action="/forms/settings"><b>{n}</b> <input type=hidden name={n} value={value}>
    <button id={value}-{n} [[{n}:{how}]]>{how}</button></form>"""
    for n in ("analytics", "advertising")
    for value, how in (("yes", "grant"), ("no", "refuse"))
)
TOGGLES = "<p><span class=toggle id=analytics>Analytics</span> <span class=toggle id=advertising>Advertising</span></p>"
