"""Every way in which a dialog can be made is worked by its description alone, and every lie of its shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.consent import deciding, dialog_driver, watching
from consentinel.consent.base import ACCEPT, REFUSE, ConsentFailure, Unfamiliar
from consentinel.consent.described import Described
from consentinel.site.load import load_profile
from consentinel.site.profile import REFUSABLE, Category
from consentinel.verdicts import preferences
from tests.consent.dialog_pages import KINDS
from tests.consent.dialog_sites import serving
from tests.site.builders import written
from tests.verdicts.builders import (
    HOME,
    rest,
    timeline,
    visit,
)

SEEN = timeline(visit(), rest(page=HOME))
ANALYTICS, ADVERTISING = Category.ANALYTICS, Category.ADVERTISING
FURTHER = tuple(kind for kind in KINDS if kind.startswith(("tab-", "folded", "rendered", "never", "named", "behind")))
WHOLE = ("two-managers",)
BY_CATEGORY = tuple(kind for kind in KINDS if kind not in (*FURTHER, *WHOLE))

pytestmark = pytest.mark.browser

PROFILE = """\
[site]
name = "Shop"
base_url = "{url}"
hosts = ["*.localhost"]
[consent]
manager = "described"
late_s = 5
[consent.stored]
name = "choice"
[categories.functionality]
label = "Functionality"
refusable = false
[categories.analytics]
label = "Analytics"
[categories.advertising]
label = "Advertising"
[consent.dialog]
{dialog}
"""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving() as port:
        yield port


@pytest.fixture
def lie() -> str:
    return "shop"


@pytest.fixture
def dialog(kind: str) -> str:
    return KINDS[kind].dialog


@pytest.fixture
def manager(driver: WebDriver, port: int, tmp_path: Path, kind: str, lie: str, dialog: str) -> Described:
    url = f"http://{lie}.localhost:{port}"
    file = written(tmp_path, PROFILE.format(url=url, dialog=dialog))
    driver.get(f"{url}/{kind}/")
    return Described(driver, load_profile(str(file), environ={}))


def chosen(manager: Described) -> str | None:
    """The categories that the site keeps as allowed; None while nothing was chosen."""
    found = manager.driver.execute_script("return document.cookie.match(/choice=([^;]*)/)?.[1] ?? null;")
    return None if found is None else str(found)


def states(manager: Described) -> dict[Category, bool | None]:
    manager.open_preferences()
    return {category: switch.on for category, switch in manager.switches().items()}


@pytest.mark.parametrize("kind", [*BY_CATEGORY, *WHOLE])
def test_everything_is_accepted(manager: Described) -> None:
    assert manager.is_asking()
    manager.accept_all()
    assert chosen(manager) == "analytics.advertising"
    assert not manager.is_asking()


@pytest.mark.parametrize("kind", [*BY_CATEGORY, *WHOLE])
def test_everything_is_refused(manager: Described) -> None:
    manager.refuse_all()
    assert chosen(manager) == ""
    assert not manager.is_asking()


@pytest.mark.parametrize("kind", BY_CATEGORY)
def test_one_category_is_allowed_and_shown(manager: Described, kind: str) -> None:
    assert not any(states(manager).values())
    manager.set_category(ANALYTICS, True)
    manager.set_category(ADVERTISING, False)
    manager.save()
    assert chosen(manager) == "analytics"
    manager.driver.get(f"{manager.profile.site.base_url}{kind}/")
    assert not manager.is_asking()
    now = states(manager)
    assert preferences.remembers(SEEN, now, (ANALYTICS,)).findings == ()
    assert now == {ANALYTICS: True, ADVERTISING: False}


@pytest.mark.parametrize("lie", ["liar"])
@pytest.mark.parametrize("kind", ["transparent", "links", "steps"])
def test_a_refusal_that_accepts_is_seen(manager: Described) -> None:
    manager.refuse_all()
    assert chosen(manager) == "analytics.advertising"


@pytest.mark.parametrize("lie", ["preticked"])
@pytest.mark.parametrize("kind", ["transparent", "clipped", "radios", "inverted", "links", "second-frame", "marked"])
def test_a_dialog_with_ticks_in_advance_is_found_out(manager: Described) -> None:
    verdict = preferences.nothing_ticked(SEEN, states(manager), manager.ticked_besides())
    assert [(one.rule, one.name) for one in verdict.findings] == [("ticked in advance", "analytics, advertising")]


@pytest.mark.parametrize("lie", ["forgetful"])
@pytest.mark.parametrize("kind", ["transparent", "radios", "inverted", "links", "second-frame", "back-to-the-banner"])
def test_a_dialog_that_shows_another_choice_is_found_out(manager: Described, kind: str) -> None:
    manager.accept_all()
    manager.driver.get(f"{manager.profile.site.base_url}{kind}/")
    verdict = preferences.remembers(SEEN, states(manager), REFUSABLE)
    assert {one.rule for one in verdict.findings} == {"choice not kept"}
    assert [one.name for one in verdict.findings] == ["analytics", "advertising"]


def advance(manager: Described) -> tuple[list[str], int]:
    """The names of what is ticked in advance, and how many doubts there are."""
    verdict = preferences.nothing_ticked(SEEN, states(manager), manager.ticked_besides())
    return [one.name for one in verdict.findings], len(verdict.doubts)


@pytest.mark.parametrize(
    ("kind", "names", "doubts"),
    [
        ("tab-on", ['"Market research" under "Legitimate interest"'], 0),
        ("tab-service", ['"Acme Analytics" under "Services"'], 0),
        ("folded-on", ['"Acme Ltd" under "Our partners"'], 0),
        ("rendered-late", ['"Acme Ltd" under "Vendors"'], 0),
        ("named-panel", ['"Acme Analytics" under "What else"'], 0),
        ("tab-off", [], 0),
        ("tab-objects", [], 0),
        ("tab-of-another-kind", [], 1),
        ("never-shown", [], 1),
    ],
)
def test_what_is_on_elsewhere_in_the_preferences(manager: Described, names: list[str], doubts: int) -> None:
    assert advance(manager) == (names, doubts)


@pytest.mark.parametrize("kind", ["tab-on", "folded-on", "never-shown"])
def test_what_is_on_another_tab_is_no_category(manager: Described) -> None:
    manager.open_preferences()
    assert manager.other_labels() == ()


@pytest.mark.parametrize("kind", ["behind"])
def test_preferences_that_come_in_front_of_a_banner_which_was_late_are_open(manager: Described) -> None:
    manager.open_preferences()
    assert manager.shows_preferences()
    assert manager.is_asking()


UNSAID = KINDS["inverted"].dialog.replace("inverted = true\n", "")


@pytest.mark.parametrize(("kind", "dialog"), [("inverted", UNSAID)])
def test_a_label_that_refuses_is_not_guessed_at(manager: Described) -> None:
    with pytest.raises(Unfamiliar, match=r'the switch of .* says "Opt out of .*": does it refuse'):
        states(manager)


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "EFFECT", 1.0)
    monkeypatch.setattr(dialog_driver, "EFFECT", 1.0)
    monkeypatch.setattr(deciding, "EFFECT", 1.0)


STALE = KINDS["transparent"].dialog


@pytest.mark.usefixtures("_impatient")
@pytest.mark.parametrize(
    ("kind", "dialog"),
    [("transparent", STALE.replace("#more", "#once")), ("transparent", STALE.replace("#dlg", "#once"))],
)
def test_what_never_matched_is_said_to_be_unfamiliar(manager: Described) -> None:
    with pytest.raises(Unfamiliar, match="nothing on this site has matched #once"):
        manager.open_preferences()


@pytest.mark.usefixtures("_impatient")
@pytest.mark.parametrize(("kind", "dialog"), [("transparent", STALE.replace("#no", "#once"))])
def test_a_refusal_that_never_matched_is_not_called_hard_to_find(manager: Described) -> None:
    with pytest.raises(Unfamiliar, match="nothing on this site has matched #once"):
        manager.clicks_to_refuse()
    with pytest.raises(Unfamiliar, match="nothing on this site has matched #once"):
        manager.prominence_of_refusing()


@pytest.mark.usefixtures("_impatient")
@pytest.mark.parametrize("kind", ["transparent"])
@pytest.mark.parametrize("gone", ["#again", "#again, #more, #dlg"], ids=["the link", "all of it"])
def test_a_link_that_has_gone_is_the_site_s_fault(manager: Described, gone: str) -> None:
    manager.refuse_all()
    manager.driver.execute_script("document.querySelectorAll(arguments[0]).forEach((one) => one.remove());", gone)
    with pytest.raises(ConsentFailure) as caught:
        manager.open_preferences()
    assert not isinstance(caught.value, Unfamiliar)


LONG = "<p>Our partners.</p>" * 40
IN_A_BOX = '<div style="height: 90px; overflow: auto">{}</div>'
YES, NO = '<button id="yes">Accept all</button>', '<button id="no">Reject all</button>'


@pytest.mark.parametrize("kind", ["transparent"])
@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        (IN_A_BOX.format(LONG + NO) + YES, 0.0),
        (IN_A_BOX.format(NO + LONG) + YES, 1.0),
        (IN_A_BOX.format(LONG) + NO + YES, 1.0),
        (IN_A_BOX.format(YES + LONG + NO), 0.0),
        (IN_A_BOX.format(LONG + NO + YES), None),
    ],
    ids=["refusing below", "refusing above", "both beneath", "accepting above", "both below"],
)
def test_what_shows_only_to_who_scrolls_within_the_banner_hides(
    manager: Described, inside: str, shown: float | None
) -> None:
    driver = manager.driver
    driver.execute_script(
        "const banner = document.querySelector(arguments[0]); banner.innerHTML = arguments[1];"
        "banner.querySelector('div').scrollTop = 40;",
        manager.selectors.banner,
        inside,
    )
    assert manager.prominence_of_refusing().get("part in sight") == shown
    assert driver.execute_script("return document.querySelector('[style*=auto]').scrollTop;") == 40


@pytest.mark.usefixtures("_impatient")
@pytest.mark.parametrize("kind", ["never-opened"])
def test_a_button_that_was_clicked_is_familiar_although_it_has_gone(manager: Described) -> None:
    with pytest.raises(ConsentFailure, match="for the preferences") as caught:
        manager.open_preferences()
    assert not isinstance(caught.value, Unfamiliar)


SWALLOWED = """document.querySelector("#no").addEventListener(
  "click", (event) => event.stopImmediatePropagation(), { capture: true, once: true });"""
COVERED = """const box = document.querySelector("#no").getBoundingClientRect(), cover = document.createElement("span");
cover.style.cssText = `position: fixed; z-index: 2147483647; left: ${box.left}px; top: ${box.top}px;
  width: ${box.width}px; height: ${box.height}px`;
document.querySelector(arguments[0]).append(cover);"""


@pytest.mark.usefixtures("_impatient")
@pytest.mark.parametrize("kind", ["transparent"])
@pytest.mark.parametrize(
    ("before", "why"),
    [("", ""), (SWALLOWED, "tried to refuse all by one click, but the dialog still shows"), (COVERED, "is covered by")],
    ids=["plain", "asked twice", "covered"],
)
def test_what_keeps_the_first_click_from_refusing_is_said(manager: Described, before: str, why: str) -> None:
    manager.driver.execute_script(before, manager.selectors.banner)
    found = manager.first_click(REFUSE)
    assert why in found
    assert bool(found) == bool(why)


@pytest.mark.parametrize("kind", ["transparent"])
def test_the_first_click_accepts(manager: Described) -> None:
    assert manager.first_click(ACCEPT) == ""
