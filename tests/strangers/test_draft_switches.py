"""A draft describes switches of many makes: behind tabs, in lists, as levels, chips, labels and parts with a role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.consent.dialog_driver import EYES
from consentinel.site.profile import Category
from tests.strangers.draft_sites import proposed, serving_fronts

pytestmark = pytest.mark.browser

BANNER = """<div id="ask" style="position:fixed;bottom:0;padding:2em;background:#eee"><p>We set cookies.</p>{}</div>"""
BUTTONS = """<button id="no">Reject all</button> <button id="yes">Accept all</button> """
UNFOLDING = """<button id="more" onclick="two.hidden = false">Settings</button><div id="two" hidden>{}
<button id="save">Save</button></div>"""

TABS = """<div role="tablist"><button role="tab" id="about"
onclick="one.hidden = false; two.hidden = true">Consent</button>
<button role="tab" id="details" onclick="one.hidden = true; two.hidden = false">Details</button></div>
<p id="one">They count.</p><ul id="two" hidden><li><label><input type="checkbox" id="stats"> Statistics</label></li>
<li><label><input type="checkbox" id="ads"> Marketing</label></li></ul><button id="save">Allow selection</button>"""

LISTS = """<table><tr><td><label for="stats">Statistics</label></td><td><select id="stats"><option>Disattivato</option>
<option>Attivato</option></select></td></tr><tr><td><label for="ads">Marketing</label></td><td><select id="ads">
<option>Disattivato</option><option>Attivato</option></select></td></tr></table>"""

PARTS = "".join(
    f"""<div><b>{name}</b> <span role="radiogroup" aria-label="{name}"><button role="radio" aria-checked="true"
id="no-{key}">Refuser</button><button role="radio" aria-checked="false" id="{key}">Accepter</button></span></div>"""
    for name, key in (("Mesure d'audience", "stats"), ("Publicit\N{LATIN SMALL LETTER E WITH ACUTE}", "ads"))
)

PURPOSES = """<ul><li>Mesurer l'audience <button role="switch" aria-checked="false" aria-label="Consent" id="stats">
</button></li><li>Publicité <button role="switch" aria-checked="false" aria-label="Consent" id="ads"></button></li>
</ul>"""

ROWS = """<div><button aria-expanded="false">Nécessaires</button><span>Toujours actifs</span></div>
<div><button aria-expanded="false">+</button><h4>Statistiques</h4><input type="checkbox" id="stats"></div>
<div><button aria-expanded="false">Publicité</button><input type="checkbox" id="ads"></div>"""

STANDING = """<div><label><b>Necessary</b> <i>always required</i> <u><span>enabled</span></u>
<input type="checkbox" checked disabled></label></div>
<div><label><b>Statistics</b> <u><span>disabled</span></u> <input type="checkbox" id="stats"></label></div>
<div><h4>Marketing</h4><label><input type="checkbox" id="ads"><span>Off</span></label></div>"""

ANSWERS = {
    "es": ("Aceptar", "Rechazar"),
    "es, I": ("Acepto", "No acepto"),
    "pt": ("Permitir", "Recusar"),
    "it": ("Consenti", "Rifiuta"),
    "ro": ("Da", "Nu"),
    "pl": ("Zezwól", "Odrzuć"),
    "cs": ("Povolit", "Zakázat"),
    "sk": ("Súhlasím", "Nesúhlasím"),
    "hr": ("Prihvaćam", "Ne prihvaćam"),
    "hu": ("Elfogadom", "Nem fogadom el"),
    "fi": ("Salli", "Älä salli"),
    "fi, I": ("Hyväksyn", "En hyväksy"),
    "sv": ("Godkänn", "Avböj"),
    "sv, I": ("Jag godkänner", "Jag godkänner inte"),
    "da": ("Tillad", "Tillad ikke"),
    "nb": ("Godta", "Avslå"),
    "nl": ("Toestaan", "Niet toestaan"),
    "el": ("Αποδοχή", "Απόρριψη"),
    "tr": ("Kabul et", "Reddet"),
    "ru": ("Разрешить", "Запретить"),
    "uk": ("Дозволити", "Заборонити"),
    "bg": ("Приемам", "Отказвам"),
    "lt": ("Sutinku", "Nesutinku"),
    "et": ("Nõustun", "Keeldun"),
    "ja": ("同意する", "同意しない"),
    "ko": ("동의", "동의하지 않음"),
    "zh": ("同意", "不同意"),
    "de": ("Zulassen", "Nicht zulassen"),
    "fr": ("J'accepte", "Je n'accepte pas"),
}
"""What the two answers to one question are called, the one that grants before the one that refuses."""

NO_ANSWERS = ("Dansk", "Neue Kunden", "Estadísticas", "Daily", "Frankfurt", "Kabul", "Numerous", "Eintrag", "Notwendig")

CHIPS = """<button aria-pressed="false" id="stats">Analytics</button>
<button aria-pressed="false" id="ads">Advertising</button>
<button id="save">Save selection</button>"""

LABELS = """<input type="checkbox" id="yes" style="position:absolute;opacity:0"><input type="checkbox" id="no"
style="position:absolute;opacity:0"><label for="no">Odrzuć wszystkie</label>
<label for="yes">Zaakceptuj wszystkie</label>"""

LEVELS = """<div role="radiogroup"><label><input type="radio" name="level" id="least" checked> Essential only</label>
<label><input type="radio" name="level"> Essential and analytics</label>
<label><input type="radio" name="level" id="most"> Everything</label></div><button id="save">Confirm</button>"""

PAGES = {
    "tabs": BANNER.format(BUTTONS + TABS),
    "lists": BANNER.format(BUTTONS + UNFOLDING.format(LISTS)),
    "parts": BANNER.format(BUTTONS + UNFOLDING.format(PARTS)),
    "chips": BANNER.format(BUTTONS + CHIPS),
    "purposes": BANNER.format(BUTTONS + UNFOLDING.format(PURPOSES)),
    "standing": BANNER.format(BUTTONS + UNFOLDING.format(STANDING)),
    "rows": BANNER.format(BUTTONS + UNFOLDING.format(ROWS)),
    "labels": BANNER.format(LABELS),
    "levels": BANNER.format(LEVELS),
}

CONTROLS = {Category.ANALYTICS: {"control": "#stats"}, Category.ADVERTISING: {"control": "#ads"}}
PAIRS = {
    Category.ANALYTICS: {"grant": "#stats", "refuse": "#no-stats"},
    Category.ADVERTISING: {"grant": "#ads", "refuse": "#no-ads"},
}


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving_fronts(PAGES) as port:
        yield port


@pytest.mark.parametrize(
    ("name", "preferences", "switches"),
    [
        ("tabs", ("#details",), CONTROLS),
        ("lists", ("#more",), CONTROLS),
        ("parts", ("#more",), PAIRS),
        ("chips", (), CONTROLS),
        ("purposes", ("#more",), CONTROLS),
    ],
)
def test_each_switch_is_found_with_the_way_to_it(
    driver: WebDriver, port: int, name: str, preferences: tuple[str, ...], switches: dict[Category, dict[str, Any]]
) -> None:
    found = proposed(driver, port, name)
    assert (found.accept, found.refuse, found.save) == (("#yes",), ("#no",), ("#save",))
    assert (found.preferences, {one: how.selectors() for one, how in found.switches.items()}) == (preferences, switches)


def test_labels_that_answer_are_buttons(driver: WebDriver, port: int) -> None:
    found = proposed(driver, port, "labels")
    assert (found.accept, found.refuse, found.switches) == (("#yes",), ("#no",), {})


def test_a_level_is_chosen_and_saved(driver: WebDriver, port: int) -> None:
    found = proposed(driver, port, "levels")
    assert (found.accept, found.refuse, found.switches) == (("#most", "#save"), ("#least", "#save"), {})


def test_a_row_is_called_by_the_button_that_unfolds_it(driver: WebDriver, port: int) -> None:
    found = proposed(driver, port, "rows")
    assert [how.label for how in found.switches.values()] == ["Nécessaires", "Statistiques", "Publicité"]


def test_what_says_how_a_switch_stands_is_no_part_of_its_name(driver: WebDriver, port: int) -> None:
    found = proposed(driver, port, "standing")
    assert [how.label for how in found.switches.values()] == ["Necessary", "Statistics", "Marketing"]
    labels = driver.execute_script(f"{EYES}\nreturn [...document.querySelectorAll('#two input')].map(nameOf);")
    assert labels[:2] == ["Necessary", "Statistics"]


@pytest.mark.parametrize("language", ANSWERS)
def test_two_answers_are_told_apart(driver: WebDriver, language: str) -> None:
    read = _read(driver, ANSWERS[language])
    assert [grants and not refuses for grants, refuses in read] == [True, False], read
    assert [refuses for _, refuses in read] == [False, True], read


def test_what_begins_like_an_answer_is_none(driver: WebDriver) -> None:
    assert _read(driver, NO_ANSWERS) == [[False, False]] * len(NO_ANSWERS)


def _read(driver: WebDriver, words: tuple[str, ...]) -> list[list[bool]]:
    """Return of each of these words whether it grants, and whether it refuses."""
    read: list[list[bool]] = driver.execute_script(
        f"{EYES}\nreturn arguments[0].map((one) => [POSITIVE.test(one), NEGATIVE.test(one)]);",
        words,
    )
    return read
