"""What cannot be read in the answers of a site or its partner: a clean site stays clean, a breach stays a breach."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from consentinel.report.exit_codes import BROKEN, KEPT
from tests.calls import call
from tests.strangers.odd_sites import Shop, serving

pytestmark = pytest.mark.browser


def played(shop: Shop, folder: Path, browser: str, scenarios: str) -> tuple[int, list[dict[str, Any]], str]:
    """The exit code, the scenarios of `run.json` that were not skipped, and what was printed."""
    done = call(
        *("pytest", "features/first_visit.feature", "features/choice.feature", "-k", scenarios, "-q"),
        *("--site", str(shop.profile), "--browser", browser, "--report", str(folder / "report"), "--no-pictures"),
        *("-p", "no:cacheprovider"),
        limit=180.0,
    )
    run = json.loads((folder / "report" / "run.json").read_text("ascii"))
    assert run["problems"] == []
    return done.returncode, [one for one in run["scenarios"] if one["outcome"] != "skipped"], done.stdout + done.stderr


@pytest.mark.parametrize("browser", ["chromium", "firefox"])
def test_a_clean_site_is_kept_whatever_its_partner_answers_and_its_pages_ask_on_leaving(
    tmp_path: Path, browser: str
) -> None:
    with serving(tmp_path) as shop:
        code, told, printed = played(shop, tmp_path, browser, "asks_before or same_holds_on_every_page")
    assert (code, [one["outcome"] for one in told]) == (KEPT, ["passed", "passed"]), printed
    assert list((tmp_path / "report" / "hars").glob("*.har"))


def test_a_breach_beside_answers_that_cannot_be_read_is_found(tmp_path: Path) -> None:
    with serving(tmp_path, more="document.cookie = 'sneak=1; path=/';") as shop:
        code, told, printed = played(shop, tmp_path, "chromium", "asks_before")
    assert code == BROKEN, printed
    names = {(finding["item"]["name"], finding["item"]["host"]) for one in told for finding in one["findings"]}
    assert names == {("sneak", "xn--bcher-kva.localhost")}
