"""A finding's sentence often names the item and its writer: the line below it does not say so again."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentinel.report.writer import write_report
from tests.report.builders import finding, run, scenario

WRITER = "https://social.localhost/widget.js:14"


@pytest.mark.parametrize(
    ("sentence", "item", "writer"),
    [
        ("Something was stored.", True, True),
        ("The cookie nb_uid of social.localhost was stored.", False, True),
        (f"The cookie nb_uid of social.localhost was stored; written by {WRITER}", False, False),
    ],
)
def test_a_finding_repeats_neither_item_nor_writer(tmp_path: Path, sentence: str, item: bool, writer: bool) -> None:
    data = scenario("failed", "P24", findings=[finding(sentence=sentence)])
    first = write_report(run(data), tmp_path).read_text("utf-8")
    page = (tmp_path / "scenarios" / f"{data['id']}.html").read_text("utf-8")

    assert ('<bdi class="code">nb_uid</bdi>' in first) == item
    assert (f'<bdi class="code">{WRITER}</bdi>' in first) == writer
    assert ("<dt>By</dt>" in page) == writer
    assert "Seen in Chromium." in first
