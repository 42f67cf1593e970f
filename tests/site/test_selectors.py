"""What is CSS in no browser is said when the profile is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentinel.site.errors import ProfileError
from consentinel.site.load import load_profile
from consentinel.site.selectors import checked
from tests.site.builders import LEAST, written

DIALOG = """
[consent.dialog]
banner = "#bar"
accept = ["{accept}"]
refuse = ["#no"]
"""


@pytest.mark.parametrize(
    "selector",
    [
        "#bar || .bar, aside[role=dialog]",
        "x-bar >>> button:not(:first-child)",
        "x-bar>>>button",
        r"#cookie\:bar",
        "a[href*='//button['] > :is(b, i)",
        'button[aria-label="Accept (all)"]',
        "div:has(> button.yes):nth-child(2n + 1 of .a)",
        ":popover-open :state(open)::part(x)",
    ],
)
def test_what_may_be_css_passes(selector: str) -> None:
    assert checked(selector) == selector


@pytest.mark.parametrize(
    ("selector", "fault"),
    [
        ("//button[text()='OK']", "XPath and the selectors of other tools are not known here"),
        ("(//button)[1]", "XPath and the selectors of other tools are not known here"),
        ("text=Accept", "XPath and the selectors of other tools are not known here"),
        ("button:contains('Accept')", "CSS has no :contains"),
        ("#bar button:visible", "CSS has no :visible"),
        ("#bar || ", "a part of it is empty"),
        (">>> #bar", "a part of it is empty"),
        ("#bar[", "a bracket is never closed"),
        (":is(#bar))", "`)` closes nothing"),
        ("[name='bar]", "a quotation mark is never closed"),
    ],
)
def test_what_is_css_nowhere_is_said(selector: str, fault: str) -> None:
    with pytest.raises(ValueError, match="is no CSS selector: ") as caught:
        checked(selector)
    assert str(caught.value).endswith(fault)


def test_the_line_names_the_key_and_nothing_else_is_said(tmp_path: Path) -> None:
    text = LEAST.replace("[consent.stored]", f"{DIALOG.format(accept='//button')}[consent.stored]")
    with pytest.raises(ProfileError) as caught:
        load_profile(str(written(tmp_path, text)), environ={})
    fault = "is no CSS selector: XPath and the selectors of other tools are not known here; see docs/profile.md"
    assert str(caught.value) == f'shop.toml: consent.dialog.accept[0] = "//button": {fault}'


def test_a_byte_order_mark_is_no_part_of_a_profile(tmp_path: Path) -> None:
    file = written(tmp_path, LEAST)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert load_profile(str(file), environ={}).site.name == "Shop"
