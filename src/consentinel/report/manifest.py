"""`consentinel verify REPORT`: tells whether the files of a report are still those that the run wrote.

`manifest.json` has the SHA-256 of every file. Each entry's `chain` is the SHA-256 of the chain before it, the path and
the digest, so the last one stands for the whole report: whoever notes it elsewhere can show that nothing was changed.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
from typing_extensions import TypedDict

from consentinel.report.exit_codes import DRIFT, KEPT, SETUP_FAILED
from consentinel.report.history.words import printable

NAME: Final = "manifest.json"
VERSION: Final = 1
SHOWN: Final = 20
"""Files of one kind that `verify` names at most."""


class Entry(TypedDict):
    """One file: its path relative to the report, with slashes; digests are in hexadecimal, `size` in octets."""

    path: str
    size: int
    sha256: str
    chain: str


class Manifest(TypedDict):
    """The content of `manifest.json`. `digest` is the chain of the last entry."""

    version: int
    files: list[Entry]
    digest: str


class ManifestUnreadable(ValueError):
    """There is no manifest, or it is none. The message is one line."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs from the manifest: paths that were changed, that are gone, and that no run wrote."""

    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    broken_chain: bool = False

    @property
    def is_tampered(self) -> bool:
        """Whether evidence was changed or lost. A file that was added changes none."""
        return bool(self.changed or self.gone or self.broken_chain)


def write_manifest(folder: Path) -> Manifest:
    """Write the manifest of all files in a report's folder. Raises OSError."""
    files, chain = [], ""
    for path in _files(folder):
        digest = _digest(folder / path)
        chain = _chained(chain, path, digest)
        files.append(Entry(path=path, size=(folder / path).stat().st_size, sha256=digest, chain=chain))
    manifest = Manifest(version=VERSION, files=files, digest=chain)
    (folder / NAME).write_text(json.dumps(manifest, indent=1), encoding="ascii")
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a report. Raises ManifestUnreadable."""
    file = folder / NAME
    try:
        data = json.loads(file.read_bytes())
        files = [
            Entry(path=str(one["path"]), size=int(one["size"]), sha256=str(one["sha256"]), chain=str(one["chain"]))
            for one in data["files"]
        ]
        manifest = Manifest(version=int(data["version"]), files=files, digest=str(data["digest"]))
    except OSError as error:
        raise ManifestUnreadable(f"{file}: {error.strerror}; name the folder of a report") from error
    except (ValueError, TypeError, KeyError) as error:
        raise ManifestUnreadable(f"{file}: it is no manifest of a report") from error
    if manifest["version"] != VERSION:
        raise ManifestUnreadable(f"{file}: it has version {manifest['version']}, this program knows {VERSION}")
    return manifest


def compare(folder: Path, manifest: Manifest) -> Difference:
    """Compare the files of a report with its manifest. Raises OSError where a file cannot be read."""
    present, chain, is_whole = set(_files(folder)), "", True
    changed, gone = [], []
    for entry in manifest["files"]:
        path = entry["path"]
        chain = _chained(chain, path, entry["sha256"])
        is_whole = is_whole and chain == entry["chain"]
        if path not in present:  # paths of a stranger's manifest that lead out of the folder are not followed
            gone.append(path)
        elif _digest(folder / path) != entry["sha256"]:
            changed.append(path)
    added = present - {entry["path"] for entry in manifest["files"]}
    return Difference(tuple(changed), tuple(gone), tuple(sorted(added)), not is_whole or chain != manifest["digest"])


@click.command()
@click.argument("folder", metavar="REPORT", type=click.Path(path_type=Path))
@click.option("--digest", default="", help="the digest of the whole report, as it was noted elsewhere")
def main(folder: Path, digest: str) -> None:
    """Say whether a report is still as its run wrote it. REPORT is its folder.

    Exit codes: 0 where nothing changed, 11 where evidence did, 4 where there is no manifest.
    """
    try:
        manifest = read_manifest(folder)
        difference = compare(folder, manifest)
    except (ManifestUnreadable, OSError) as error:
        sys.stderr.write(f"{printable(str(error))}\n")
        sys.exit(SETUP_FAILED)
    is_other = bool(digest) and digest.lower() != manifest["digest"]
    sys.stdout.writelines(f"{printable(line)}\n" for line in _lines(difference, manifest, is_other))
    sys.exit(DRIFT if difference.is_tampered or is_other else KEPT)


def _lines(difference: Difference, manifest: Manifest, is_other: bool) -> Iterator[str]:
    yield from _named("changed", difference.changed)
    yield from _named("gone", difference.gone)
    yield from _named("not of the run", difference.added)
    if difference.broken_chain:
        yield "the manifest itself was changed: its chain does not hold"
    if is_other:
        yield "the digest is not the one that was given"
    if not difference.is_tampered and not is_other:
        yield f"unchanged: {len(manifest['files'])} files"
    yield f"digest: {manifest['digest']}"


def _named(what: str, paths: Sequence[str]) -> Iterator[str]:
    yield from (f"{what}: {path}" for path in paths[:SHOWN])
    if len(paths) > SHOWN:
        yield f"{what}: {len(paths) - SHOWN} more"


def _files(folder: Path) -> list[str]:
    """Return the paths of a report's files in order, without the manifest and what starts with a dot."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sorted(
        path.as_posix() for path in paths if path.as_posix() != NAME and not any(p.startswith(".") for p in path.parts)
    )


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _chained(before: str, path: str, digest: str) -> str:
    return hashlib.sha256(f"{before}\n{path}\n{digest}".encode("utf-8", "surrogatepass")).hexdigest()
