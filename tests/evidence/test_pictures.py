"""Screenshots: kept and noted, or the reason why not."""

from pathlib import Path
from typing import Any, cast

import pytest

from consentinel.browser.context import UserContext
from consentinel.browser.errors import CommandFailed
from consentinel.evidence.pictures import keep_picture
from consentinel.evidence.recorder import Recorder
from consentinel.evidence.records import Picture


@pytest.fixture
def recorder() -> Recorder[Any]:
    return Recorder("visitor", "chromium", cast("UserContext", object()), None, "__handle")


def test_a_screenshot_is_written_and_noted(recorder: Recorder[Any], tmp_path: Path) -> None:
    keep_picture(recorder, lambda: b"pixels", 3.0, tmp_path / "new" / "one.jpg", "new/one.jpg")
    assert (tmp_path / "new" / "one.jpg").read_bytes() == b"pixels"
    assert recorder.records == [Picture(3.0, "new/one.jpg")]
    assert recorder.problems == []


def test_a_tab_that_shows_nothing_has_none(recorder: Recorder[Any], tmp_path: Path) -> None:
    def fail() -> bytes:
        raise CommandFailed("a screenshot", "the tab shows nothing")

    keep_picture(recorder, fail, 3.0, tmp_path / "one.jpg", "one.jpg")
    assert recorder.records == []
    assert recorder.problems == []
    assert not [*tmp_path.iterdir()]


def test_a_file_that_cannot_be_written_is_a_problem(recorder: Recorder[Any], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    keep_picture(recorder, lambda: b"pixels", 3.0, tmp_path / "file" / "one.jpg", "file/one.jpg")
    (problem,) = recorder.problems
    assert problem.startswith("screenshots could not be written to ")
    assert recorder.records == []
