"""Names as policies write them."""

from __future__ import annotations

import pytest

from consentinel.policy.item_names import is_named, matcher_of, names_in


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("_ga_<container>", "_ga_AB12CD"),
        ("_ga_[container-id]", "_ga_AB12CD"),
        ("_hjSession_{site_id}", "_hjSession_123"),
        ("_pk_id.{{site}}", "_pk_id.1"),
        ("_ga_*", "_ga_AB12CD"),
        ("_ga_#", "_ga_AB12CD"),
        ("“_hjSession…”", "_hjSessionUser_12"),
        ("_hjSession...", "_hjSession"),
        ("_gat_UA-XXXXXX-X", "_gat_UA-123456-1"),
        ("_ga_XXXXXXXXXX", "_ga_AB12CD34EF"),
        ("_pk_ref.%", "_pk_ref.1.ab"),
        ("wp-settings-{time}", "wp-settings-12"),
        ("visitor_id[0-9]+", "visitor_id1234"),
        ("a%5Fb", "a%5Fb"),
        ("`sid`", "sid"),
        ("XXX", "XXX"),
        ("ASPSESSIONIDxxxxxxxx", "ASPSESSIONIDQABCDEFG"),
        ("_gat[_<customname>]", "_gat"),
        ("_gat[_<customname>]", "_gat_shop"),
    ],
)
def test_a_pattern_matches_what_it_means(pattern: str, name: str) -> None:
    assert matcher_of(pattern)(name)


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("_ga", "_ga_AB12CD"),
        ("_ga_<container>", "_ga_"),
        ("_ga_<container>", "_gid"),
        ("_ga.id", "_gaxid"),
        ("_ga", "_GA"),
        ("a%5Fb", "axxb"),
        ("*", "_ga"),
        ("…", "_ga"),
        ("<name>", "_ga"),
        ("fox", "f1"),
        ("XXX", "_ga"),
        ("maxxx", "maxima"),
        ("_gat[_<customname>]", "_gid"),
    ],
)
def test_a_pattern_matches_nothing_else(pattern: str, name: str) -> None:
    assert not matcher_of(pattern)(name)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("_ga", ("_ga",)),
        ("_ga, _gid; _gat", ("_ga", "_gid", "_gat")),
        ("_ga\n_gid", ("_ga", "_gid")),
        ("_ga / _gid", ("_ga", "_gid")),
        ("_ga et _gid", ("_ga", "_gid")),
        ("_ga (Google Analytics)", ("_ga",)),
        ("Name of the cookie", ("Name of the cookie",)),
        ("  ", ()),
        ("a/b", ("a/b",)),
    ],
)
def test_a_cell_may_hold_several_names(cell: str, names: tuple[str, ...]) -> None:
    assert names_in(cell) == names


def test_cells_name_an_item() -> None:
    assert is_named("_gid", ["session", "_ga, _gid"])
    assert not is_named("_gat", ["session", "_ga, _gid"])


def test_a_strangers_pattern_is_compared_at_once() -> None:
    assert not matcher_of("a*" * 40)("a" * 4000 + "b")
