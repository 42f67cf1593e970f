"""The bench's way without evidence of signals leaves out what there is of it, and nothing else."""

from __future__ import annotations

import pkgutil
import re

import pytest

from consentinel.evidence.preload import preload
from tools.bench.without_signals import NOTHING, SCRIPTS, TABLE, leave_out

NOTED = re.compile('"(consent command|consent string|privacy preference)"')


def scripts() -> list[str]:
    return [pkgutil.resolve_name(name) for name in SCRIPTS]


def test_it_leaves_out_each_script_and_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, parts = preload("h"), scripts()
    leave_out(monkeypatch)
    bare = preload("h")
    assert bare.count(NOTHING) == len(parts)
    assert len(whole) - len(bare) == sum(len(one) - len(NOTHING) for one in parts)
    assert pkgutil.resolve_name(TABLE)(None, None) == ()
    monkeypatch.undo()
    assert preload("h") == whole


def test_no_other_script_notes_what_pages_say_of_consent() -> None:
    assert all(NOTED.search(text) for text in scripts())
    assert len(NOTED.findall(preload("h"))) == sum(len(NOTED.findall(text)) for text in scripts())
