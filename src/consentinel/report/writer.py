"""Writes a run into a folder: the pages for people, and the machine formats next to them.

Everything is made in a folder of its own first and then moved into place, `index.html` last: a disk that fills up
leaves the former report as it was. Screenshots, timelines and HAR files lie in the folder already, and some may be
missing when a run was interrupted.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

from consentinel.report import cucumber, inventory, summary
from consentinel.report.annotations import gitlab
from consentinel.report.manifest import NAME as MANIFEST
from consentinel.report.manifest import write_manifest
from consentinel.report.pages import pages
from consentinel.report.sarif import sarif
from consentinel.report.schema import RunData
from consentinel.report.signature import KeyUnusable
from consentinel.report.trend import Trends

_STATIC = Path(__file__).with_name("static")
_LAST = "index.html"
_OPTIONAL = ("unstable.html", "policy.html")
"""Pages that not every run has."""


class ReportError(Exception):
    """The report could not be written. The message is one line for people."""


def write_report(
    run: RunData, folder: Path, trends: Trends = MappingProxyType({}), *, with_manifest: bool = True
) -> Path:
    """Writes the whole report into `folder` and returns its first page. `trends` come from a history.

    Without a manifest, that of an earlier report is removed: `seal` writes one when the last file is in the folder.
    Raises `ReportError` if the folder cannot be written or the disk is full.
    """
    write_files(folder, _files(run, folder, trends))
    if with_manifest:
        seal(folder)
    else:
        _unseal(folder)
    return folder / _LAST


def seal(folder: Path) -> None:
    """Writes the manifest of all files that are in the folder. Raises `ReportError`."""
    try:
        write_manifest(folder)
    except OSError as error:
        raise ReportError(f"The manifest could not be written to {folder}: {error.strerror or error}") from error
    except KeyUnusable as error:
        raise ReportError(f"The manifest was not written: {error}") from error


def _files(run: RunData, folder: Path, trends: Trends) -> Iterator[tuple[str, bytes]]:
    yield "run.json", _json(run)
    yield "cucumber.json", _json(cucumber.cucumber_json(run))
    yield "results.sarif", _json(sarif(run))
    yield "code-quality.json", _json(gitlab(run))
    yield "summary.md", _encoded(summary.markdown(run))
    yield "inventory.csv", b"\xef\xbb\xbf" + _encoded(inventory.as_csv(inventory.rows(run)))
    yield from static_files()
    for name, text in pages(run, folder, trends):
        yield name, _encoded(text)


def _json(content: object) -> bytes:
    """ASCII, so that a lone surrogate in a stranger's name breaks no encoder."""
    return json.dumps(content, separators=(",", ":")).encode("ascii")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def static_files() -> Iterator[tuple[str, bytes]]:
    """Yields the style sheet and the script of every page, as a path in the report's folder and its content."""
    for path in sorted(_STATIC.iterdir()):
        yield f"static/{path.name}", path.read_bytes()


def write_files(folder: Path, files: Iterator[tuple[str, bytes]]) -> None:
    """Writes files into a folder, all or none of them, `index.html` last. Raises `ReportError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".writing-", dir=folder))
        try:
            names = [_make(made, name, content) for name, content in files]
            _move(made, folder, names)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        raise ReportError(f"The report could not be written to {folder}: {error.strerror or error}") from error


def _unseal(folder: Path) -> None:
    try:
        (folder / MANIFEST).unlink(missing_ok=True)
    except OSError as error:
        raise ReportError(f"{folder / MANIFEST} cannot be removed: {error.strerror or error}") from error


def _make(made: Path, name: str, content: bytes) -> str:
    path = made / name
    _ensure(path.parent)
    path.write_bytes(content)
    return name


def _ensure(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir()


def _move(made: Path, folder: Path, names: list[str]) -> None:
    for name in sorted(names, key=lambda name: name == _LAST):
        target = folder / name
        _ensure(target.parent)
        (made / name).replace(target)
    if _LAST in names:
        _sweep(folder, set(names))


def _sweep(folder: Path, kept: set[str]) -> None:
    """Remove the pages of an earlier run, which no page links to any more."""
    for page in (*folder.glob("scenarios/*.html"), *(folder / name for name in _OPTIONAL)):
        if page.relative_to(folder).as_posix() not in kept:
            page.unlink(missing_ok=True)
