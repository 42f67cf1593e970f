"""A run that cannot begin ends in one clear line and exit code 4: nothing was judged."""

from __future__ import annotations

import os
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


def run(*arguments: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "features/first_visit.feature", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> dict[str, subprocess.CompletedProcess[str]]:
    """What each wrong command ended with; they run side by side, since each takes a while to begin."""
    folder = tmp_path_factory.mktemp("wrong")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (folder / "wrong.toml").write_text(PROFILE.format(port=port, more='cookis = ["a"]'), encoding="ascii")
    (folder / "away.toml").write_text(PROFILE.format(port=port, more=""), encoding="ascii")
    misspelt = PROFILE.replace("[consent.stored]", '[consent]\nmanager = "klara"\n[consent.stored]')
    (folder / "misspelt.toml").write_text(misspelt.format(port=port, more=""), encoding="ascii")
    commands = {
        "misspelt manager": ["--site", str(folder / "misspelt.toml")],
        "wrong profile": ["--site", str(folder / "wrong.toml")],
        "unreachable site": ["--site", str(folder / "away.toml")],
        "reference site elsewhere": ["--base-url", f"https://harbour.localhost:{port}"],
        "no address": ["--base-url", "htp://harbour"],
        "no history": ["--history", str(folder)],
    }
    report = ["--report", str(folder / "report")]
    with ThreadPoolExecutor(2) as pool:
        results = pool.map(lambda arguments: run(*arguments, *report), commands.values())
        return dict(zip(commands, results, strict=True))


@pytest.mark.parametrize(
    ("case", "line"),
    [
        ("wrong profile", "ERROR: wrong.toml: categories.functionality.cookis"),
        (
            "misspelt manager",
            "ERROR: misspelt.toml: consent.manager: no consent manager is called 'klara'; did you mean",
        ),
        ("unreachable site", "ERROR: https://shop.localhost:"),
        ("reference site elsewhere", "ERROR: https://harbour.localhost:"),
        ("no address", "ERROR: reference.toml: site.base_url"),
        ("no history", "ERROR: "),
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
    assert (
        "did not answer: no connection (Connection refused); check --base-url, the network, or --ca"
        in ended["unreachable site"].stderr
    )


def test_a_missing_browser_ends_with_one_clear_line_and_exit_code_4(tmp_path: Path) -> None:
    nowhere = {"PATH": str(tmp_path), "CONSENTINEL_CHROMIUM": str(tmp_path / "chromium"), "SE_OFFLINE": "true"}
    result = run("-k", "asks_before", "--report", str(tmp_path / "report"), environment={**os.environ, **nowhere})
    assert result.returncode == 4, result.stdout + result.stderr
    told = [line for line in result.stdout.splitlines() if "did not start" in line]
    assert len(told) == 1, result.stdout
    assert "chromium did not start: " in told[0]
    assert "install Chromium and its driver" in told[0]
    assert "Traceback" not in result.stdout + result.stderr


def test_a_busy_port_of_the_reference_site_is_one_clear_line_and_exit_code_4() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        command = [sys.executable, "-m", "consentinel.reference_site", "--port", str(taken.getsockname()[1])]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 4, result.stdout + result.stderr
    assert len(result.stderr.splitlines()) == 1, result.stderr
    assert "Address already in use" in result.stderr
