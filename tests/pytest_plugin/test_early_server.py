"""The embedded server starts before the rest is imported, where the run will need it, and ends with the run."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import Any

import pytest

from consentinel.pytest_plugin import early_server

OWN = {"file_or_dir": [], "collectonly": False}


class Server:
    """Stands in for one that is on its way up."""

    ended = False

    def stop(self) -> None:
        self.ended = True


class Config:
    """What a run knows of its command line while its plugins are imported."""

    def __init__(self, **known: object) -> None:
        self.known_args_namespace = Namespace(**{**OWN, **known})
        self.stash = pytest.Stash()
        self.at_the_end: list[Callable[[], None]] = []
        self.add_cleanup = self.at_the_end.append

    def getini(self, name: str) -> list[str]:
        return {"testpaths": ["features"]}[name]

    def get_plugin(self, name: str) -> Config:
        assert name == "pytestconfig"
        return self


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Server]:
    """The servers that were started."""
    found: list[Server] = []

    def begin() -> Server:
        found.append(Server())
        return found[-1]

    monkeypatch.setattr(early_server, "begin", begin)
    monkeypatch.setattr(early_server, "keep", lambda: None)
    monkeypatch.delenv(early_server.WORKER, raising=False)
    return found


def hear(config: Config) -> None:
    manager: Any = config
    early_server.pytest_addoption(manager)


@pytest.mark.parametrize(
    "named", [[], ["features"], ["features/social.feature"], ["features/social.feature::test_one", "tests"]]
)
def test_a_run_of_features_starts_it_and_ends_it(begun: list[Server], named: list[str]) -> None:
    config = Config(file_or_dir=named)
    hear(config)
    assert len(begun) == 1
    for end in config.at_the_end:
        end()
    assert begun[0].ended


@pytest.mark.parametrize(
    "known", [{"file_or_dir": ["tests"]}, {"collectonly": True}, {"help": True}, {"markers": True}]
)
def test_a_run_of_none_starts_none(begun: list[Server], known: dict[str, object]) -> None:
    hear(Config(**known))
    assert begun == []


def test_a_worker_starts_none(begun: list[Server], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(early_server.WORKER, "gw0")
    hear(Config())
    assert begun == []
