from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.grid.local_grid import LocalGrid, missing, server_jar


@pytest.fixture(scope="module")
def local_grid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalGrid]:
    """A hub with a Chromium node of two sessions and a Firefox node of one."""
    lacking = missing()
    if lacking:
        pytest.skip(f"a Grid cannot be started here: {lacking} is missing")
    grid = LocalGrid(tmp_path_factory.mktemp("grid"), server_jar())
    try:
        grid.start_hub()
        grid.start_node("chromium", "chrome", sessions=2)
        grid.start_node("firefox", "firefox")
        yield grid
    finally:
        grid.stop()
