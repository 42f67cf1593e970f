"""The sites of a fleet: a folder of profiles, in a stable order, and the share of them that one machine plays."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

POLICY_SUFFIX = ".policy.toml"
"""`shop.policy.toml` is the policy file of `shop.toml`, beside which it lies."""

_SHARD = re.compile(r"(\d+)/(\d+)")


class FleetError(Exception):
    """The fleet cannot be played. The message is one line: what, where, what to do."""


@dataclass(frozen=True, slots=True)
class Site:
    """A profile of the folder. `name` is the file's name without `.toml`; `policy` is None where none is beside it."""

    name: str
    profile: Path
    policy: Path | None = None

    def digest(self, options: Sequence[str] = ()) -> str:
        """Return the SHA-256 of what decides how the site is judged: profile, policy file, options of the run.

        A file that cannot be read counts as empty: the run itself says what is wrong with it.
        """
        made = hashlib.sha256()
        for file in (self.profile, self.policy):
            made.update(b"\0" + _content(file))
        made.update("\0".join(options).encode("utf-8", "surrogatepass"))
        return made.hexdigest()


def sites_in(folder: Path) -> list[Site]:
    """Return the sites of a folder, by name. Raises FleetError where there is none."""
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix == ".toml" and not path.name.startswith("."))
    except OSError as error:
        raise FleetError(f"{folder}: {error.strerror}; name a folder with one profile for each site") from error
    profiles = [path for path in files if not path.name.endswith(POLICY_SUFFIX)]
    if not profiles:
        raise FleetError(f"{folder}: there is no profile here; `consentinel draft URL -o {folder}/NAME.toml` makes one")
    return [Site(path.stem, path, _policy_beside(path)) for path in profiles]


def share_of(sites: Sequence[Site], which: str) -> list[Site]:
    """Return the share `i/n` of the sites: every n-th, beginning with the i-th. Raises FleetError."""
    found = _SHARD.fullmatch(which)
    number, shards = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= number <= shards:
        raise FleetError(f"--shard {which}: give the number of this machine and of all, as in 2/4")
    return list(sites[number - 1 :: shards])


def _policy_beside(profile: Path) -> Path | None:
    beside = profile.with_name(f"{profile.stem}{POLICY_SUFFIX}")
    return beside if beside.exists() else None


def _content(file: Path | None) -> bytes:
    try:
        return file.read_bytes() if file else b""
    except OSError:
        return b""
