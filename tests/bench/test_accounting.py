"""The accounts of a scenario's time name functions by text, which no type checker follows when one is renamed."""

from __future__ import annotations

import pkgutil

import pytest

from tools.bench.accounting import ENTRIES


@pytest.mark.parametrize(("owner", "name", "account"), ENTRIES)
def test_each_account_is_entered_by_a_function_that_exists(owner: str, name: str, account: str) -> None:
    assert account
    assert callable(getattr(pkgutil.resolve_name(owner), name))
