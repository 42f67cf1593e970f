"""What consent managers declare becomes rows of the register, none of them confirmed."""

from __future__ import annotations

from typing import Any

import pytest

from consentinel.policy.declared_rows import name_of_pattern, rows_declared
from consentinel.policy.importers import NotImported

DECLARED: list[Any] = [
    {
        "category": "analytics",
        "required": False,
        "provider": "Matomo",
        "cookies": [{"pattern": "^_pk_.*$", "host": ""}, {"name": "mtm", "host": ".shop.example"}, {"name": ""}, 3],
    },
    {"category": "security", "required": True, "provider": "Shop", "cookies": [{"name": "sid"}, {"name": "sid"}]},
    {
        "category": "ads Marketing",
        "table": {"header": ["Name", "Domain", "Duration"], "rows": [["IDE", "ads.example", "1 year"], "odd", ["*"]]},
    },
    {"category": "odd", "cookies": "odd"},
    "odd",
]


def test_names_patterns_and_tables_become_rows() -> None:
    rows = rows_declared(DECLARED)
    assert [(row.item, row.host, row.kind, row.category, row.lifetime, row.provider) for row in rows] == [
        ("_pk_*", "", "cookie", "analytics", "", "Matomo"),
        ("mtm", "shop.example", "cookie", "analytics", "", "Matomo"),
        ("sid", "", "cookie", "functionality", "", "Shop"),
        ("IDE", "ads.example", "any", "advertising", "1 year", ""),
    ]
    assert not any(row.confirmed for row in rows)


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("^_ga", "_ga*"),
        ("^_ga$", "_ga"),
        ("^_ga_.+$", "_ga_*"),
        (r"^_pk_id\..*$", "_pk_id.*"),
        (r"^_hjSession(.*)$", "_hjSession*"),
        ("^wp-settings-[0-9]+$", "wp-settings-*"),
        (r"^amp_\w{6}$", "amp_*"),
        ("_gat", "*_gat*"),
        ("^(_ga|_gid)$", ""),
        ("^(?!ph_)", ""),
        ("", "*"),
    ],
)
def test_an_expression_becomes_a_name_or_none(pattern: str, name: str) -> None:
    assert name_of_pattern(pattern) == name


@pytest.mark.parametrize(
    "entries", [[], {}, None, [{}], [{"cookies": [{"pattern": ".*"}]}], [{"table": {"header": 1}}]]
)
def test_what_declares_nothing_is_told(entries: object) -> None:
    with pytest.raises(NotImported, match="no consent manager"):
        rows_declared(entries)
