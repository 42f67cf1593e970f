"""The site as a process: how it starts, how it says that it cannot, how it ends."""

import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from consentinel.reference_site.serve import (
    RunningSite,
    SiteDidNotStart,
    begin,
    start,
)

COMMAND = [sys.executable, "-m", "consentinel.reference_site", "--port"]


def test_a_busy_port_is_one_line_and_exit_code_4(running: RunningSite) -> None:
    ended = subprocess.run([*COMMAND, str(running.port)], capture_output=True, text=True, timeout=20, check=False)
    assert ended.returncode == 4
    assert ended.stderr == (f"reference site: cannot listen on 127.0.0.1 port {running.port}: Address already in use\n")


def test_a_port_that_cannot_be_is_one_line_and_exit_code_4() -> None:
    ended = subprocess.run([*COMMAND, "99999"], capture_output=True, text=True, timeout=20, check=False)
    assert ended.returncode == 4
    assert ended.stderr.count("\n") == 1
    assert ended.stderr.startswith("reference site: cannot listen on 127.0.0.1 port 99999")


def test_the_helper_passes_on_why_it_did_not_start(running: RunningSite) -> None:
    with pytest.raises(SiteDidNotStart, match="Address already in use"):
        start(running.port)


def test_it_ends_with_whoever_started_it_and_leaves_nothing_behind() -> None:
    site = start()
    folder = Path(site.ca_pem).parent
    assert folder.exists()
    site.stop()
    assert not folder.exists()


def test_it_can_be_ended_on_its_way_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    begin().stop()
    assert list(tmp_path.iterdir()) == []


def test_it_ends_quietly_when_told_to(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "0", "--ready-file", str(tmp_path / "ready.json")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (0, b"")
    assert (tmp_path / "ready.json").exists()
