"""The real consent managers, from npm and PyPI: installed once into the project's cache, never committed."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PINNED = Path(__file__).parents[1]
CACHE = Path(__file__).parents[3] / ".cache" / "managers"
FILES = ("package.json", "package-lock.json", ".npmrc")
APPS = Path(__file__).with_name("apps")
BUILT = "built"
"""The folder, beside `node_modules`, with what is built of the packages."""

PYTHON = "python"
"""The folder, beside `node_modules`, with what comes from PyPI."""

LIMIT = 600.0
"""Seconds that npm or pip may take."""


class NoPackages(Exception):
    """The packages cannot be installed; the message says why."""


def installed() -> Path:
    """The folder `node_modules` with the pinned packages. Raises NoPackages.

    Several workers may ask at once: one of them installs, the others wait for it.
    """
    with alone(CACHE):
        if not _is_current():
            _install()
        if not _is_built():
            _build()
        _install_python()
    return CACHE / "node_modules"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep every other process and thread that asks for the same folder out of the block, until it ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # given back when the file is closed, also where the process is killed
        yield


def _is_current() -> bool:
    lock, pinned = CACHE / "package-lock.json", PINNED / "package-lock.json"
    done = (CACHE / "node_modules" / ".package-lock.json").exists()
    return done and lock.exists() and lock.read_bytes() == pinned.read_bytes()


def _install() -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise NoPackages("npm is not installed: install Node.js to test the real consent managers")
    for name in FILES:
        shutil.copy(PINNED / name, CACHE / name)
    run = subprocess.run([npm, "ci"], cwd=CACHE, capture_output=True, text=True, timeout=LIMIT, check=False)
    if run.returncode:
        lines = run.stderr.strip().splitlines() or ["npm ci failed"]
        raise NoPackages(f"npm could not install the consent managers: {lines[-1]}")


def _install_python() -> None:
    pinned = PINNED / "django-requirements.txt"
    kept = CACHE / PYTHON / pinned.name
    if kept.exists() and kept.read_bytes() == pinned.read_bytes():
        return
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--upgrade", "--target"]
    run = subprocess.run(
        [*command, str(CACHE / PYTHON), "--requirement", str(pinned)],
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    if run.returncode:
        raise NoPackages(f"pip could not install the Django packages: {run.stderr.strip()[-500:]}")
    shutil.copy(pinned, kept)


def _is_built() -> bool:
    built = CACHE / BUILT / "govuk-settings.html"
    since = max(file.stat().st_mtime for file in (*APPS.iterdir(), CACHE / "node_modules" / ".package-lock.json"))
    return built.exists() and built.stat().st_mtime > since


def _build() -> None:
    node = shutil.which("node") or "node"
    apps = [str(file) for file in sorted(APPS.glob("*.js*")) if file.suffix in (".js", ".jsx")]
    command = [node, str(CACHE / "build.mjs"), str(CACHE / BUILT), *apps]
    shutil.copy(APPS / "build.mjs", CACHE / "build.mjs")  # a module finds the packages that lie beside it
    run = subprocess.run(command, cwd=CACHE, capture_output=True, text=True, timeout=LIMIT, check=False)
    if run.returncode:
        raise NoPackages(f"the apps of the test sites could not be built: {run.stderr.strip()[-2000:]}")
