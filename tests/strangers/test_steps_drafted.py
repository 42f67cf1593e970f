"""A dialog that asks in steps is drafted with its switches, and what visitors choose there is judged."""

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
