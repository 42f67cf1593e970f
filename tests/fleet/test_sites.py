"""Which sites a folder has, in which order, and which share of them a machine plays."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentinel.fleet.sites import FleetError, Site, share_of, sites_in


def folder(path: Path, *names: str) -> Path:
    for name in names:
        (path / name).write_text("", encoding="ascii")
    return path


def test_each_profile_is_a_site_by_name_with_the_policy_that_lies_beside_it(tmp_path: Path) -> None:
    folder(tmp_path, "b.toml", "a.toml", "b.policy.toml", "README.md", ".hidden.toml")
    assert [(site.name, site.policy and site.policy.name) for site in sites_in(tmp_path)] == [
        ("a", None),
        ("b", "b.policy.toml"),
    ]


@pytest.mark.parametrize("make", [True, False])
def test_a_folder_without_a_profile_is_one_line(tmp_path: Path, make: bool) -> None:
    place = tmp_path if make else tmp_path / "nowhere"
    with pytest.raises(FleetError) as raised:
        sites_in(place)
    assert "\n" not in str(raised.value)


def test_shards_have_every_site_once(tmp_path: Path) -> None:
    sites = sites_in(folder(tmp_path, *(f"{number}.toml" for number in range(7))))
    shares = [share_of(sites, f"{number}/3") for number in (1, 2, 3)]
    assert sorted(site.name for share in shares for site in share) == [site.name for site in sites]
    assert max(map(len, shares)) - min(map(len, shares)) <= 1


@pytest.mark.parametrize("which", ["0/3", "4/3", "1", "a/b", "1/0", "-1/2"])
def test_a_shard_that_is_none_is_refused(which: str) -> None:
    with pytest.raises(FleetError, match="--shard"):
        share_of([], which)


def test_the_digest_tells_whether_a_site_is_still_the_same(tmp_path: Path) -> None:
    (site,) = sites_in(folder(tmp_path, "a.toml"))
    before = site.digest()
    assert site.digest(["--browser", "firefox"]) != before
    site.profile.write_text("x", encoding="ascii")
    assert site.digest() != before
    assert Site("gone", tmp_path / "gone.toml").digest()
