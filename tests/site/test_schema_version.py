"""A profile of an earlier schema is migrated; one of a later schema is refused with the remedy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from consentinel.site import schema_version
from consentinel.site.errors import ProfileError
from consentinel.site.load import PROFILES, load_profile

REFERENCE = (PROFILES / "reference.toml").read_text(encoding="utf-8")


def profile_of(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "site.toml"
    path.write_text(text.replace('policy = "../../reference_site/policy.toml"\n', ""), encoding="utf-8")
    return path


def test_a_profile_without_a_version_is_of_the_first(tmp_path: Path) -> None:
    path = profile_of(tmp_path, REFERENCE.replace("schema_version = 1\n", ""))
    environ = {"CONSENTINEL_USER": "ada", "CONSENTINEL_PASSWORD": "x"}
    assert load_profile(str(path), environ=environ).schema_version == 1


def test_a_newer_profile_names_the_versions_and_the_remedy(tmp_path: Path) -> None:
    path = profile_of(tmp_path, REFERENCE.replace("schema_version = 1\n", 'schema_version = 7\nlater = "key"\n'))
    with pytest.raises(ProfileError, match=r"site\.toml.*schema_version.*7.*versions up to 1.*upgrade"):
        load_profile(str(path))


@pytest.mark.parametrize("version", ["0", "-1", "true", '"1"', "1.5"])
def test_what_is_no_version_is_refused(tmp_path: Path, version: str) -> None:
    path = profile_of(tmp_path, REFERENCE.replace("schema_version = 1\n", f"schema_version = {version}\n"))
    with pytest.raises(ProfileError, match="no version of the schema"):
        load_profile(str(path))


def test_an_earlier_profile_is_migrated_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def rename(data: dict[str, Any]) -> dict[str, Any]:
        return {"site": data["place"]}

    def wrap(data: dict[str, Any]) -> dict[str, Any]:
        return {"site": [data["site"]]}

    monkeypatch.setattr(schema_version, "MIGRATIONS", (rename, wrap))
    assert schema_version.migrated({"place": "x"}, "f") == {"site": ["x"], "schema_version": 3}
    assert schema_version.migrated({"site": "x", "schema_version": 2}, "f") == {"site": ["x"], "schema_version": 3}
    assert schema_version.migrated({"site": "x", "schema_version": 3}, "f") == {"site": "x", "schema_version": 3}
