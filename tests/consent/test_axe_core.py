"""axe-core is the version that its folder names, and its licences lie beside it."""

from __future__ import annotations

from importlib.resources import files

FOLDER = files("consentinel.consent") / "axe_core"
VERSION = "4.14.1"


def test_the_script_is_the_version_that_the_folder_names() -> None:
    assert (FOLDER / "axe.min.js").read_text(encoding="utf-8").startswith(f"/*! axe v{VERSION}\n")
    assert VERSION in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_its_licences_lie_beside_it() -> None:
    assert "Mozilla Public License" in (FOLDER / "LICENSE").read_text(encoding="utf-8")
    assert (FOLDER / "LICENSE-3RD-PARTY.txt").is_file()
