"""A run that cannot begin ends in one clear line and exit code 4: nothing was judged."""

from __future__ import annotations

import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PROFILE = """\
[site]
name = "Shop"
base_url = "https://shop.localhost:{port}"
hosts = ["*.shop.localhost"]

[consent.stored]
name = "choice"

[categories.functionality]
label = "Needed"
refusable = false
{more}
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "features/first_visit.feature", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> dict[str, subprocess.CompletedProcess[str]]:
    """What each wrong command ended with; they run side by side, since each takes a while to begin."""
    folder = tmp_path_factory.mktemp("wrong")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (folder / "wrong.toml").write_text(PROFILE.format(port=port, more='cookis = ["a"]'), encoding="ascii")
    (folder / "away.toml").write_text(PROFILE.format(port=port, more=""), encoding="ascii")
    commands = {
        "wrong profile": ["--site", str(folder / "wrong.toml")],
        "unreachable site": ["--site", str(folder / "away.toml")],
    }
    report = ["--report", str(folder / "report")]
    with ThreadPoolExecutor(2) as pool:
        results = pool.map(lambda arguments: run(*arguments, *report), commands.values())
        return dict(zip(commands, results, strict=True))


@pytest.mark.parametrize(
    ("case", "line"),
    [
        ("wrong profile", "ERROR: wrong.toml: categories.functionality.cookis"),
        ("unreachable site", "ERROR: https://shop.localhost:"),
    ],
)
def test_it_ends_with_one_clear_line_and_exit_code_4(
    ended: dict[str, subprocess.CompletedProcess[str]], case: str, line: str
) -> None:
    result = ended[case]
    assert result.returncode == 4, result.stdout + result.stderr
    told = [one for one in result.stderr.splitlines() if one.strip()]
    assert len(told) == 1, result.stderr
    assert told[0].startswith(line)
    assert "Traceback" not in result.stdout + result.stderr


def test_the_line_about_an_unreachable_site_says_what_to_check(
    ended: dict[str, subprocess.CompletedProcess[str]],
) -> None:
    assert "did not answer: ConnectionError; check --base-url, the network, or --ca" in ended["unreachable site"].stderr
