"""`consentinel run`: pytest on the shipped features, or on those that the command line names."""

from __future__ import annotations

import glob
import os
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from consentinel.shipped import FEATURES, feature_files, name_of

if TYPE_CHECKING:
    import pytest

PLUGINS = "consentinel.pytest_plugin,consentinel.suite"

CONFIGURATION = Path(__file__).with_name("pytest.ini")

HELP = f"""Usage: consentinel run [FILES] [OPTIONS]

  Runs the features: the shipped ones, or those of FILES (feature files,
  folders, names of shipped features such as social.feature).

  consentinel run                              the reference site, in Chromium
  consentinel run --site site.toml             your site
  consentinel run social.feature -k refuse     some scenarios
  consentinel run --browser firefox --headed   another browser, with its window

  The shipped features lie in
  {FEATURES}.
  In a suite of your own, run plain pytest in its folder.

  The options below are this tool's. Each has a second name that no other
  plugin uses: --consent-site for --site. All of pytest's work too, such as -k,
  -m, -n, -x, -q and --lf; `pytest --help` lists them.
"""

HELP_OPTIONS = ("-h", "--help", "--consent-help")


def run(arguments: Sequence[str]) -> int:
    """Run pytest in this process; its exit code."""
    if any(argument in HELP_OPTIONS for argument in arguments):
        from consentinel.pytest_plugin.options import help_of_options  # noqa: PLC0415 - it imports pytest

        print(f"{HELP}\n{help_of_options()}", end="")  # noqa: T201
        return 0
    import pytest  # noqa: PLC0415 - a wrong command is refused without it

    # Plugins named here are loaded after those that are installed, whose options therefore keep their names.
    os.environ["PYTEST_PLUGINS"] = ",".join(filter(None, [os.environ.get("PYTEST_PLUGINS"), PLUGINS]))
    return int(pytest.main(command(arguments), [_Named()]))


class _Named:
    """A plugin by which pytest's messages about a wrong option name this command."""

    @staticmethod
    def pytest_addoption(parser: pytest.Parser) -> None:
        """Set the name that stands in front of such a message."""
        parser.prog = "consentinel run"


def command(arguments: Sequence[str]) -> list[str]:
    """Return the arguments for pytest: where nothing names features, the shipped ones.

    Pytest alone tells what names features from the value of an option, such as a folder for reports that exists: it
    takes its `testpaths` where nothing does.
    """
    testpaths = f"testpaths={shlex.quote(glob.escape(str(FEATURES)))}"
    return ["-c", str(CONFIGURATION), f"--rootdir={Path.cwd()}", "-o", testpaths, *map(_located, arguments)]


def _located(argument: str) -> str:
    """Return a shipped feature that is named without its folder, with it; everything else as it stands."""
    name, separator, scenario = argument.partition("::")
    if not name.endswith(".feature") or Path(name).exists():
        return argument
    shipped = [file for file in feature_files() if name in (name_of(file), file.name)]
    return f"{shipped[0]}{separator}{scenario}" if shipped else argument
