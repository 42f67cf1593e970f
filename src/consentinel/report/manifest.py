"""`consentinel verify REPORT`: tells whether the files of a report are still those that the run wrote.

`manifest.json` has the SHA-256 of every file. Each entry's `chain` is the SHA-256 of the chain before it, the path and
the digest, so the last one stands for the whole report: whoever notes it elsewhere can show that nothing was changed.
Where the environment has a key, the manifest is signed (`report.signature`).
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
from consentinel.report.signature import KeyUnusable, is_signed_by, read_key, signed

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
    """The content of `manifest.json`. `digest` is the chain of the last entry, `signature` the signature of it.

    The signature is in base64, and empty where there was no key.
    """

    version: int
    files: list[Entry]
    digest: str
    signature: str


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
    """Write the manifest of all files in a report's folder. Raises OSError, and KeyUnusable before it is written."""
    files, chain = [], ""
    for path in _files(folder):
        digest = _digest(folder / path)
        chain = _chained(chain, path, digest)
        files.append(Entry(path=path, size=(folder / path).stat().st_size, sha256=digest, chain=chain))
    manifest = Manifest(version=VERSION, files=files, digest=chain, signature=signed(chain))
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
        manifest = Manifest(
            version=int(data["version"]),
            files=files,
            digest=str(data["digest"]),
            signature=str(data.get("signature", "")),
        )
    except OSError as error:
        raise ManifestUnreadable(f"{file}: {error.strerror}; name the folder of a report") from error
    except (ValueError, TypeError, KeyError) as error:
        raise ManifestUnreadable(f"{file}: it is no manifest of a report") from error
    if not files:
        raise ManifestUnreadable(f"{file}: it lists no file of a report")
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
@click.option("--key", type=click.Path(path_type=Path), help="the public key of whoever signed it, as PEM")
def main(folder: Path, digest: str, key: Path | None) -> None:
    """Say whether a report is still as its run wrote it. REPORT is its folder.

    Exit codes: 0 where nothing changed, 11 where evidence did or the signature is not the key's, 4 where there is no
    manifest.
    """
    try:
        manifest = read_manifest(folder)
        difference = compare(folder, manifest)
        signer = read_key(key) if key else None
    except (ManifestUnreadable, KeyUnusable, OSError) as error:
        sys.stderr.write(f"{printable(str(error))}\n")
        sys.exit(SETUP_FAILED)
    others = ["the digest is not the one that was given"] if digest and digest.lower() != manifest["digest"] else []
    if signer and not is_signed_by(signer, manifest["signature"], manifest["digest"]):
        others.append("the signature is not of this key" if manifest["signature"] else "the manifest is not signed")
    lines = _lines(difference, manifest, others, is_checked=signer is not None)
    sys.stdout.writelines(f"{printable(line)}\n" for line in lines)
    sys.exit(DRIFT if difference.is_tampered or others else KEPT)


def _lines(difference: Difference, manifest: Manifest, others: Sequence[str], *, is_checked: bool) -> Iterator[str]:
    yield from _named("changed", difference.changed)
    yield from _named("gone", difference.gone)
    yield from _named("not of the run", difference.added)
    if difference.broken_chain:
        yield "the manifest itself was changed: its chain does not hold"
    yield from others
    if not difference.is_tampered and not others:
        yield f"unchanged: {len(manifest['files'])} files"
    if manifest["signature"] and not is_checked:
        yield "signed, which was not checked: name the public key with --key"
    elif is_checked and not others:
        yield "signed by this key"
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
