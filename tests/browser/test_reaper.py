"""What a process that is killed leaves running is ended; what another one left is not."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from consentinel.browser.reaper import SCRAPS, VARIABLE

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="there is no /proc")

ROOT = Path(__file__).parents[2]
OWNER = """
import os, subprocess, sys
from consentinel.browser.reaper import keep
{keep}
child = [sys.executable, "-c", "import sys; sys.stdin.read()"]
told = dict(os.environ, TMPDIR=sys.argv[1])
quiet = subprocess.Popen(child, stdin=os.open(sys.argv[2], os.O_RDWR), env=told, start_new_session=True,
                         stdout=subprocess.DEVNULL)
print(quiet.pid, flush=True)
sys.stdin.readline()
{end}
"""


@contextmanager
def owner(folder: Path, *, keep: str = "keep()", end: str = "") -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A process that has started another one, which would outlive it by itself: the process, and the other's pid."""
    fifo = folder / "never"
    os.mkfifo(fifo)
    scraps = tempfile.mkdtemp(prefix=SCRAPS, dir=folder)
    command = [sys.executable, "-c", OWNER.format(keep=keep, end=end), scraps, str(fifo)]
    bare = {name: value for name, value in os.environ.items() if name != VARIABLE}  # nobody keeps it so far
    process = subprocess.Popen(command, cwd=ROOT, env=bare, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    pid = int(process.stdout.readline())
    yield process, pid
    process.communicate()
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def ends(pid: int, within_s: float) -> bool:
    """Whether the process ends within so many seconds: its file descriptor becomes readable then."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], within_s)[0])
    finally:
        os.close(handle)


def test_what_a_killed_process_has_started_is_ended_and_its_scraps_go(tmp_path: Path) -> None:
    with owner(tmp_path) as (process, pid):
        process.kill()

        assert ends(pid, 20)
    assert ends_leaving(tmp_path) == []


def ends_leaving(folder: Path) -> list[str]:
    """The scraps that are left; removing them may take the keeper a moment longer than the process."""
    keeper = subprocess.run(
        ["pgrep", "-f", str(ROOT / "src/consentinel/browser/reaper.py")], capture_output=True, text=True, check=False
    )
    for pid in keeper.stdout.split():
        ends(int(pid), 0.5)
    return [one.name for one in folder.glob(f"{SCRAPS}*")]


def test_without_a_keeper_it_would_live_on(tmp_path: Path) -> None:
    with owner(tmp_path, keep="") as (process, pid):
        process.kill()

        assert not ends(pid, 1)


def test_an_orderly_end_leaves_everything_as_it_is(tmp_path: Path) -> None:
    with owner(tmp_path) as (process, pid):
        process.communicate("end\n")

        assert process.returncode == 0
        assert not ends(pid, 0.5)


def test_a_mark_is_handed_on_and_each_keeper_minds_its_own(tmp_path: Path) -> None:
    """A worker inherits its controller's mark and adds its own; when it is killed, the controller goes on."""
    nested = (
        "keep(); worker = subprocess.Popen([sys.executable, '-c', "
        "'from consentinel.browser.reaper import keep; keep(); "
        'import os, subprocess, sys; print(os.environ["CONSENTINEL_KEPT"].count(","), flush=True); '
        "sys.stdin.read()'], stdin=subprocess.PIPE, stdout=subprocess.PIPE); "
        "assert worker.stdout.readline().strip() == b'1'; worker.kill(); worker.wait()"
    )
    with owner(tmp_path, keep=nested) as (process, pid):
        assert process.poll() is None
        assert not ends(pid, 0.5)
        process.kill()
        assert ends(pid, 20)
