"""A real upstream proxy, mitmdump, which asks for a password and leads every host to ports of this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from consentinel.browser.wait import wait_until

MITMDUMP = Path(sys.executable).with_name("mitmdump")

USER, PASSWORD = "mia", "right"

LIMIT = 30.0
"""Seconds that it may take to start on a busy machine."""


@dataclass(frozen=True, slots=True)
class Upstream:
    """A running upstream proxy, which listens on `port`."""

    port: int
    log: Path

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def passed(self) -> list[str]:
        """What has passed it so far: requests with their addresses, and `CONNECT` with host and port."""
        return self.log.read_text().split("\n")[:-1] if self.log.exists() else []


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def upstream_proxy(folder: Path, plain: int, secure: int) -> Iterator[Upstream]:
    """One that leads tunnels to port 443 to `secure`, and everything else to `plain`, until the block ends."""
    made = Upstream(free_port(), folder / "log")
    environ = {"UPSTREAM_LOG": str(made.log), "UPSTREAM_SECURE": str(secure), "UPSTREAM_PLAIN": str(plain)}
    command = [str(MITMDUMP), "-q", "-p", str(made.port), "--listen-host", "127.0.0.1"]
    command += ["--proxyauth", f"{USER}:{PASSWORD}"]
    settings = [f"confdir={folder}", "connection_strategy=lazy", "onboarding=false"]
    command += [part for one in settings for part in ("--set", one)]
    command += ["--ignore-hosts", ":443$", "-s", str(Path(__file__).with_name("upstream_addon.py"))]
    running = subprocess.Popen(command, env={**os.environ, **environ})
    try:
        wait_until("the upstream proxy", lambda: _answers(made.port), LIMIT)
        yield made
    finally:
        running.terminate()
        running.wait()


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
