"""The reference site for tests: started as a process of its own, and stopped with whoever started it."""

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from reference_site import hosts

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
        """An address on one of the site's hosts."""
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


def start(port: int = 0) -> RunningSite:
    """Start the site on a port, 0 for any free one. Raises `SiteDidNotStart`, with what the site said."""
    with tempfile.TemporaryDirectory(prefix="reference-site-") as folder:
        ready = Path(folder, "ready.json")
        command = [sys.executable, "-m", "reference_site", "--port", str(port), "--until-stdin-closes"]
        with Path(folder, "errors").open("wb") as errors:
            process = subprocess.Popen(
                [*command, "--ready-file", str(ready)],
                cwd=Path(__file__).parent.parent,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=errors,
            )
        _await(ready, process, Path(folder, "errors"))
        told = json.loads(ready.read_text(encoding="utf-8"))
    return RunningSite(port=told["port"], ca_pem=Path(told["ca_pem"]), _process=process)


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
