"""The wheel, in an environment of its own, beside other plugins and a project with packages of the same names."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.calls import ROOT

LIMIT = 600
"""Seconds that one command may take on a busy machine: a fresh environment is filled from the registry."""

NEIGHBOURS = ("pytest-playwright", "pytest-base-url", "pytest-django")
"""Plugins whose options (--browser, --headed, --slowmo, --base-url) and fixtures (settings) have common names."""

pytestmark = pytest.mark.browser


def done(*command: str | Path, cwd: Path, code: int = 0) -> str:
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTEST_PLUGINS")}
    ended = subprocess.run(
        [*map(str, command)], cwd=cwd, env=environment, capture_output=True, text=True, timeout=LIMIT, check=False
    )
    assert ended.returncode == code, ended.stdout[-3000:] + ended.stderr[-3000:]
    return ended.stdout


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of a fresh environment with the wheel that `make dist` builds, and other plugins."""
    folder = tmp_path_factory.mktemp("install")
    done(sys.executable, "-m", "build", "--outdir", folder / "dist", ROOT, cwd=folder)
    (wheel,) = (folder / "dist").glob("*.whl")
    venv.create(folder / "venv")
    scripts = folder / "venv" / "bin"
    # What is imported is compiled then: most of what is installed never is.
    install = ("pip", "--python", scripts / "python", "install", "--quiet", "--no-compile")
    done(sys.executable, "-m", *install, wheel, "django", *NEIGHBOURS, cwd=folder)
    return scripts


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with packages whose names the suite has too, and a test of its own."""
    for name in ("pages", "steps", "report", "sites"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(f"WHOSE = 'the project, {name}'\n", encoding="utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_own.py").write_text(
        "import gc, pages, report, sites, steps\n\n"
        "def test_own(settings, browser_name, pytestconfig):\n"
        "    assert gc.isenabled() and gc.get_freeze_count() == 0\n"
        "    assert {one.WHOSE[:11] for one in (pages, report, sites, steps)} == {'the project'}\n"
        "    assert not [one for one in pytestconfig.pluginmanager.list_name_plugin() if 'consentinel' in one[0]]\n",
        encoding="utf-8",
    )
    (tmp_path / "settings.py").write_text("SECRET_KEY = 'x'\n", encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\npythonpath = .\nDJANGO_SETTINGS_MODULE = settings\n")
    return tmp_path


def test_an_unrelated_run_is_untouched(scripts: Path, project: Path) -> None:
    printed = done(scripts / "pytest", "tests", "-p", "no:cacheprovider", cwd=project)
    assert "1 passed" in printed
    assert "consent flows" not in done(scripts / "pytest", "--help", "-p", "no:cacheprovider", cwd=project)


def test_the_shipped_suite_runs_from_any_folder(scripts: Path, project: Path) -> None:
    done(scripts / "consentinel", "run", "first_visit.feature", "-k", "asks_before", "--report", "told", cwd=project)
    told = json.loads((project / "told" / "run.json").read_text(encoding="ascii"))
    assert [one["outcome"] for one in told["scenarios"]] == ["passed"]


def test_a_suite_of_ones_own_runs_by_plain_pytest(scripts: Path, project: Path) -> None:
    done(scripts / "consentinel", "init", "acceptance", cwd=project)
    suite = project / "acceptance"
    (suite / "features").rename(suite / "promises_of_ours")
    step = suite / "steps" / "own.py"
    shown = step.read_text(encoding="utf-8").replace("bool(", '"room" in str(')  # the site's page, no page of ours
    step.write_text(shown, encoding="utf-8")
    printed = done(scripts / "pytest", "promises_of_ours", "--consent-browser", "chromium", cwd=suite)
    assert "1 passed" in printed, printed
    assert "SHOP-1" in printed


def test_what_stands_in_the_way_is_not_overwritten(scripts: Path, project: Path) -> None:
    (project / "acceptance").mkdir()
    (project / "acceptance" / "conftest.py").write_text("# ours\n", encoding="utf-8")
    done(scripts / "consentinel", "init", "acceptance", cwd=project, code=4)
    assert (project / "acceptance" / "conftest.py").read_text(encoding="utf-8") == "# ours\n"
    assert not (project / "acceptance" / "features").exists()
