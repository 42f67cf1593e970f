"""Writes the manifest of a report after every plugin has written its files into the report's folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from consentinel.report.writer import ReportError, seal


class Seal:
    """Waits for the end of the run. `folder` is the report's; `is_published` says whether this run wrote a report."""

    def __init__(self, folder: Path, is_published: Callable[[], bool], problem: Callable[[str], None]) -> None:
        self._folder = folder
        self._is_published = is_published
        self._problem = problem

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        """Write the manifest. Files of other plugins, such as JUnit's, may lie in the report's folder too."""
        if self._is_published():
            try:
                seal(self._folder)
            except ReportError as error:
                self._problem(str(error))
