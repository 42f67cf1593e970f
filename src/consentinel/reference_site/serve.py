"""The reference site for tests: started as a process of its own, and stopped with whoever started it."""

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from consentinel.reference_site import hosts

START_LIMIT = 20.0
"""Seconds within which the site must accept connections."""


class SiteDidNotStart(Exception):
    """The reference site ended, or stayed silent, instead of serving."""


@dataclass(slots=True)
class RunningSite:
    """A running reference site."""

    port: int
    ca_pem: Path
    """The authority to trust; gone once the site has stopped."""
    _process: subprocess.Popen[bytes]

    def url(self, host: str = hosts.SITE, path: str = "/") -> str:
        """Return an address on one of the site's hosts."""
        return f"https://{host}:{self.port}{path}"

    def stop(self) -> None:
        """End the site; its certificates and data are gone afterwards."""
        _end(self._process)

    def __enter__(self) -> "RunningSite":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


@dataclass(slots=True)
class StartingSite:
    """A reference site that is on its way up."""

    _process: subprocess.Popen[bytes]
    _folder: tempfile.TemporaryDirectory[str]

    def ready(self) -> RunningSite:
        """Wait until it serves. Raises `SiteDidNotStart`, with what the site said."""
        with self._folder as folder:
            _await(_ready_file(folder), self._process, _errors(folder))
            ready = json.loads(_ready_file(folder).read_text(encoding="utf-8"))
        return RunningSite(port=ready["port"], ca_pem=Path(ready["ca_pem"]), _process=self._process)

    def stop(self) -> None:
        """End the site, whether it serves by now or not."""
        _end(self._process)
        self._folder.cleanup()


def begin(port: int = 0) -> StartingSite:
    """Have the site start on a port, 0 for any free one, while the caller does something else."""
    folder = tempfile.TemporaryDirectory(prefix="reference-site-")
    command = [sys.executable, "-m", "consentinel.reference_site", "--port", str(port), "--until-stdin-closes"]
    with _errors(folder.name).open("wb") as errors:
        process = subprocess.Popen(
            [*command, "--ready-file", str(_ready_file(folder.name))],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )
    return StartingSite(process, folder)


def start(port: int = 0) -> RunningSite:
    """Start the site on a port, 0 for any free one. Raises `SiteDidNotStart`, with what the site said."""
    return begin(port).ready()


def _ready_file(folder: str) -> Path:
    return Path(folder, "ready.json")


def _errors(folder: str) -> Path:
    return Path(folder, "errors")


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _await(ready: Path, process: subprocess.Popen[bytes], errors: Path) -> None:
    deadline = time.monotonic() + START_LIMIT
    while not ready.exists():
        try:
            process.wait(timeout=0.02)
        except subprocess.TimeoutExpired:
            if time.monotonic() < deadline:
                continue
        _end(process)
        said = errors.read_text(encoding="utf-8", errors="replace").strip()
        raise SiteDidNotStart(said or f"the reference site was not ready within {START_LIMIT:.0f} s")
