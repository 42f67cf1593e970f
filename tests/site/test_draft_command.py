"""What the command that drafts a profile says where there is no draft: one line, and a code that is not 0."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from consentinel.browser.errors import BrowserMissing
from consentinel.drafting import draft
from consentinel.drafting.check_options import Asked
from consentinel.drafting.provisional import provisional
from consentinel.evidence.route import Route
from consentinel.site.profile import Site
from consentinel.visitor.errors import SiteUnavailable
from tests.calls import call
from tests.commands import code_of


def said(capsys: pytest.CaptureFixture[str], folder: Path, url: str) -> str:
    """The one line that the command ends with."""
    assert code_of(draft.main, [url, "-o", str(folder / "site.toml")]) == 4
    (line,) = capsys.readouterr().err.splitlines()
    assert not (folder / "site.toml").exists()
    return line


@pytest.mark.parametrize(
    "url",
    [
        *("shop", "ftp://shop.example/", "http://", "http://[::1", "http://[HOST]/", "http://shop.example:99999/"),
        *("http://a shop.example/", "https://b\u00fccher..example/", f"https://{'a' * 64}.example/"),
    ],
)
def test_what_is_no_address_is_refused_before_a_browser_starts(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, url: str
) -> None:
    assert said(capsys, tmp_path, url) == f"{url} is no address; write it in full, as in https://www.example.com"


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (SiteUnavailable("nothing answers there"), "nothing answers there"),
        (BrowserMissing("chromium did not start"), "chromium did not start"),
        (KeyError("x"), "the draft of http://shop.example/ failed: KeyError: 'x'"),
        (RuntimeError("one\ntwo"), "the draft of http://shop.example/ failed: RuntimeError: one"),
    ],
)
def test_whatever_goes_wrong_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    line: str,
) -> None:
    def fail(asked: Asked, way: Route) -> None:
        raise error

    monkeypatch.setattr(draft, "_survey", fail)
    assert said(capsys, tmp_path, "http://shop.example/") == line


def test_a_host_that_no_profile_takes_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(asked: Asked, way: Route) -> None:
        Site.model_validate({"name": "x", "base_url": asked.url, "hosts": ["a b"]})

    monkeypatch.setattr(draft, "_survey", fail)
    line = said(capsys, tmp_path, "http://shop.example/")
    assert line.startswith("http://shop.example/ does not make a profile: the draft: hosts[0]")


@pytest.mark.browser
@pytest.mark.parametrize("url", ["http://shop.localhost:45999/", "http://shop.localhost:45999"])
def test_an_address_at_which_nobody_listens_is_told_as_that(tmp_path: Path, url: str) -> None:
    done = call("consentinel.drafting.draft", url, "-o", str(tmp_path / "site.toml"), limit=60.0)
    assert done.returncode == 4
    assert done.stderr.splitlines()[-1].startswith(f"nothing answers at {url}: ")
    assert "Errno" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "table"),
    [
        ({}, {}),
        ({"ahead": ("#yes", 'a[title="18+"]')}, {"access": {"ahead": ["#yes", 'a[title="18+"]']}}),
        (
            {"basic_user_env": "WHO", "basic_password_env": "WORD"},
            {"access": {"basic_user_env": "WHO", "basic_password_env": "WORD"}},
        ),
    ],
)
def test_a_draft_says_what_it_took_to_reach_the_site(arguments: dict[str, Any], table: dict[str, object]) -> None:
    asked = Asked("http://shop.example/", Path("site.toml"), **arguments)
    assert tomllib.loads(draft._access_table(asked, asked.ahead)) == table
    assert provisional("http://shop.example/", "", {}, None, "", asked.ahead).access.ahead == asked.ahead
