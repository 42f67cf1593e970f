"""A dialog that asks in steps, or once more, is drafted with all clicks, and what visitors choose there is judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentinel.site.load import load_profile
from consentinel.site.profile import Category
from tests.calls import call
from tests.strangers.manners.clean_walls import ThreeSteps, Wizard
from tests.strangers.manners.shop import SHOP, Shop, serving
from tests.strangers.test_manners import BROWSERS, LIMIT, played

pytestmark = [pytest.mark.browser, pytest.mark.strangers]


@pytest.mark.parametrize("browser", BROWSERS)
@pytest.mark.parametrize("shop", [ThreeSteps, Wizard])
def test_a_dialog_of_steps_is_drafted_and_played_with_its_switches(
    shop: type[Shop], browser: str, tmp_path: Path
) -> None:
    file = tmp_path / "shop.toml"
    with serving(shop()) as served:
        done = call("consentinel", "draft", f"http://{SHOP}:{served.port}/", "-o", str(file), limit=LIMIT)
        assert done.returncode == 0, done.stderr
        run = played(file, browser, "withdrawing_consent and analytics or (allowing_allowed and analytics)")
    dialog = load_profile(str(file), environ={}).consent.dialog
    assert dialog is not None
    assert (list(dialog.categories), dialog.at_once, dialog.close) == ([Category.ANALYTICS], False, ())
    outcomes = [one["outcome"] for one in run["scenarios"]]
    assert "passed" in outcomes
    assert set(outcomes) <= {"passed", "skipped"}


class OneByOne(Shop):
    """Each category has a step of its own, from which one leads on and back."""

    banner = ThreeSteps.banner.replace(
        '<label><input type="checkbox" checked disabled> Necessary</label>',
        '<label><input type="checkbox" id="ads"> Advertising</label>',
    )
    late = """const step = (number) => {
  document.querySelectorAll(".step").forEach((one, n) => { one.hidden = n !== number; });
};
const begin = () => {
  element("stats").checked = chosen() === "all";
  step(1);
};
element("more").onclick = begin;
element("back").onclick = () => step(1);
element("next").onclick = () => step(2);
element("save").onclick = () => decide(element("stats").checked ? "all" : "none");
element("again").onclick = () => { show(); begin(); };"""


class AsksTwice(Shop):
    """Whoever refuses is asked whether they mean it."""

    banner = f"""{Shop.banner}<div id="sure" hidden role="alertdialog" style="position:fixed;top:0;background:#eee">
<p>Are you sure?</p><button id="really">Yes, reject all</button> <button id="undo">Go back</button></div>"""
    late = """const refuse = element("no").onclick;
element("no").onclick = () => { element("sure").hidden = false; };
element("really").onclick = () => { element("sure").hidden = true; refuse(); };
element("undo").onclick = () => { element("sure").hidden = true; };"""


@pytest.mark.parametrize("browser", BROWSERS)
def test_categories_on_steps_of_their_own_are_drafted_and_played(browser: str, tmp_path: Path) -> None:
    file = tmp_path / "shop.toml"
    with serving(OneByOne()) as served:
        done = call("consentinel", "draft", f"http://{SHOP}:{served.port}/", "-o", str(file), limit=LIMIT)
        assert done.returncode == 0, done.stderr
        run = played(file, browser, "withdrawing_consent and analytics or (allowing_allowed and analytics)")
    dialog = load_profile(str(file), environ={}).consent.dialog
    assert dialog is not None
    assert (list(dialog.categories), len(dialog.next), len(dialog.back)) == (
        [Category.ANALYTICS, Category.ADVERTISING],
        1,
        1,
    )
    outcomes = [one["outcome"] for one in run["scenarios"]]
    assert "passed" in outcomes
    assert set(outcomes) <= {"passed", "skipped"}


@pytest.mark.parametrize("browser", BROWSERS)
def test_a_refusal_that_is_asked_about_again_takes_more_clicks(browser: str, tmp_path: Path) -> None:
    file = tmp_path / "shop.toml"
    with serving(AsksTwice()) as served:
        done = call("consentinel", "draft", f"http://{SHOP}:{served.port}/", "-o", str(file), limit=LIMIT)
        assert done.returncode == 0, done.stderr
        run = played(file, browser, "one_click_refuses or a_refusal_holds_on_every_page or still_asks")
    dialog = load_profile(str(file), environ={}).consent.dialog
    assert dialog is not None
    assert dialog.refuse == ("#no", "#really")
    failed = [one["scenario"] for one in run["scenarios"] if one["outcome"] == "failed"]
    assert failed == ["One click refuses everything", "By phone one click refuses everything, and is as easy to see"]
