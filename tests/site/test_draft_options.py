"""Options of a draft that cannot be used are refused in one line before the site is visited."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentinel.drafting import draft
from consentinel.drafting.check_options import Asked
from consentinel.evidence.route import Route
from consentinel.site.errors import ProfileError
from consentinel.site.load import load_profile
from tests.commands import code_of
from tests.site.test_compose import SURVEY

URL = "http://shop.example/"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    def visit(asked: Asked, way: Route) -> None:
        raise AssertionError("the site was visited")

    monkeypatch.setattr(draft, "_survey", visit)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file.toml").write_text("{}", encoding="ascii")
    (tmp_path / "list.json").write_text("[1]", encoding="ascii")
    (tmp_path / "circle.toml").symlink_to("circle.toml")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("-o", "."), ". is a folder; give the name of a file, as in site.toml"),
        (("-o", ".", "--force"), ". is a folder; give the name of a file, as in site.toml"),
        (("-o", "file.toml/site.toml"), "file.toml/site.toml cannot be written: File exists"),
        (("-o", f"{'a' * 300}.toml"), f"{'a' * 300}.toml cannot be written: File name too long"),
        (("-o", "circle.toml"), "circle.toml exists already; give another name, or --force to replace it"),
        (("-o", "circle.toml", "--force"), "circle.toml cannot be written: Too many levels of symbolic links"),
        (("-o", "/proc/1/site.toml"), "/proc/1/site.toml cannot be written: No such file or directory"),
        (("--trackers", "none.json"), "--trackers none.json: no such file; give Ghostery's trackerdb.json"),
        (("--trackers", "file.toml"), "--trackers file.toml: is no tracker database; give Ghostery's trackerdb.json"),
        (("--trackers", "list.json"), "--trackers list.json: is no tracker database; give Ghostery's trackerdb.json"),
        (
            ("--basic-password-env", "WORD"),
            "--basic-password-env: give --basic-user-env as well, which names the variable with the user",
        ),
        (
            ("--ahead", "button["),
            "--ahead 'button[': is no CSS selector: a bracket is never closed; see docs/profile.md",
        ),
        (("--ahead", ""), "--ahead '': is no CSS selector: a part of it is empty; see docs/profile.md"),
    ],
)
def test_it_is_refused_before_the_site_is_visited(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], line: str
) -> None:
    output = () if "-o" in arguments else ("-o", "site.toml")
    assert code_of(draft.main, [URL, *output, *arguments]) == 4
    assert capsys.readouterr().err.splitlines() == [line]
    assert not (folder / "site.toml").exists()


def test_a_profile_that_is_no_file_is_named_as_what_it_is(folder: Path) -> None:
    for name, fault in (
        (".", "is a folder"),
        ("circle.toml", "is a link that leads to no file"),
        ("no.toml", "no such"),
    ):
        with pytest.raises(ProfileError, match=fault):
            load_profile(name)


def test_a_full_disk_is_told_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft, "_survey", lambda *_: SURVEY)
    assert code_of(draft.main, [URL, "-o", "/dev/full", "--force"]) == 4
    assert capsys.readouterr().err.splitlines() == ["/dev/full cannot be written: No space left on device"]
