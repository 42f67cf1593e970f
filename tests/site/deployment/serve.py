"""Runs the sites on one HTTPS port of this machine."""

from __future__ import annotations

import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from consentinel.reference_site.certificates import Certificates
from tests.site.deployment.app import application
from tests.site.deployment.hosts import all_hosts
from tests.site.deployment.packages import installed

STOP_LIMIT = 10.0
"""Seconds that the server may take to end."""


@dataclass(frozen=True, slots=True)
class Sites:
    """The running sites."""

    port: int
    authority: Path
    """The certificate authority to trust, as PEM; gone with the sites."""

    def url(self, host: str, path: str = "/") -> str:
        """An address on one of the sites; `host` is written without `.localhost`."""
        return f"https://{host}.localhost:{self.port}{path}"


@contextmanager
def serving(port: int = 0) -> Iterator[Sites]:
    """The sites, until the block ends; port 0 takes a free one. Raises NoPackages where npm cannot help."""
    packages = installed()
    # Connections queue from here on: whoever gets the address need not wait for the server.
    certificates = Certificates.of(all_hosts())
    with (
        socket.create_server(("127.0.0.1", port), backlog=256) as listener,
        tempfile.TemporaryDirectory(prefix="test-sites-") as folder,
    ):
        pem = Path(folder, "authority.pem")
        certificates.write_authority(pem)
        config = uvicorn.Config(
            application(packages),
            log_level="warning",
            lifespan="off",
            ws="none",
            timeout_keep_alive=75,
            timeout_graceful_shutdown=1,
            ssl_context_factory=lambda config, default: certificates.server_context(all_hosts()[0]),
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],), name="sites", daemon=True)
        thread.start()
        try:
            yield Sites(listener.getsockname()[1], pem)
        finally:
            server.should_exit = True
            thread.join(STOP_LIMIT)
