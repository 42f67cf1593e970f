"""Collects `.feature` files as pytest collects modules, so that `pytest features/social.feature` works."""

from __future__ import annotations

import types
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import pytest
import pytest_bdd

from consentinel.browser.spec import Engine
from consentinel.pytest_plugin.deployment import DEPLOYMENT
from consentinel.pytest_plugin.feature_problems import add_problem, stop_at_problems
from consentinel.pytest_plugin.gherkin import FeatureError, Written, written
from consentinel.pytest_plugin.internals import FeatureParser, function_name, get_feature
from consentinel.pytest_plugin.options import promises_of, settings_of
from consentinel.pytest_plugin.outlines import extend, own_categories
from consentinel.pytest_plugin.sentences import ambiguous, misworded, undefined
from consentinel.pytest_plugin.vocabulary import own_words
from consentinel.shipped import name_of

EXPECTED = pytest.StashKey[int]()
"""Stash key of a feature file: the number of scenario cases that the Gherkin parser reads in it."""


class FeatureFile(pytest.Module):
    """A feature file: a module whose tests are its scenarios."""

    def _getobj(self) -> types.ModuleType:
        module = types.ModuleType(self.path.stem.replace("-", "_"))
        module.__file__ = str(self.path)
        try:
            for name, test in self._tests().items():
                setattr(module, name, test)
        except FeatureError as error:
            add_problem(self.config, str(error))
        return module

    def _tests(self) -> dict[str, object]:
        """Return a test function for each scenario, by the function's name. Raises FeatureError."""
        scenarios = written(self.path)
        self.stash[EXPECTED] = sum(scenario.cases for scenario in scenarios) + self._extend()
        tests: dict[str, object] = {}
        for scenario in scenarios:
            name = function_name(scenario.name)
            while name in tests:
                name += "_"
            tests[name] = _scenario(self.path, scenario)
        return tests

    def _extend(self) -> int:
        """Add examples for the site's own categories and regions. Return how many it lacks, none without a profile.

        pytest-bdd keeps what it has parsed, so they are counted in a parse of their own.
        """
        deployment = self.config.stash.get(DEPLOYMENT, None)
        if deployment is None or not (own_categories(deployment.profile) or deployment.profile.regions):
            return 0
        folder, name = str(self.path.parent), self.path.name
        for template in get_feature(folder, name).scenarios.values():
            extend(template, deployment.profile)
        fresh = FeatureParser(folder, name).parse().scenarios.values()
        return sum(extend(template, deployment.profile) for template in fresh)


def _scenario(path: Path, scenario: Written) -> object:
    """Return a scenario as a test function. Raises FeatureError if one of its tags is not declared."""

    def run(browser_engine: Engine, repetition: int, variant: str) -> None:
        """Request the fixtures that `pytest_generate_tests` parametrizes. pytest-bdd runs the scenario's steps."""

    try:
        test = pytest_bdd.scenario(path.name, scenario.name, features_base_dir=str(path.parent))(run)
    except pytest.fail.Exception as error:
        raise FeatureError(
            f'{path.name}:{scenario.line}: "{scenario.name}" has an unknown tag ({error.msg}); '
            "a tag is the id of a promise, or a name that the setting `markers` declares"
        ) from error
    vars(test)["line"] = scenario.line
    return test


def pytest_configure(config: pytest.Config) -> None:
    """Register each promise as a marker with its title."""
    for promise in promises_of(config):
        config.addinivalue_line("markers", f"{promise.id}: {promise.title}")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect `.feature` files."""
    if file_path.suffix == ".feature":
        return FeatureFile.from_parent(parent, path=file_path, nodeid=_outer_name(file_path, parent.config.rootpath))
    return None


def _outer_name(file: Path, root: Path) -> str | None:
    """Return a name for a feature file outside the root; None for one in it, which pytest itself names by its path.

    pytest gives an empty name to a file outside the root that the command line names. The ids of its scenarios would
    then be those of other files.
    """
    return None if file.is_relative_to(root) else name_of(file)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Parametrize each scenario by browser, repetition and deployment, as the options ask."""
    if "browser_engine" in metafunc.fixturenames and "repetition" in metafunc.fixturenames:
        settings = settings_of(metafunc.config)
        metafunc.parametrize("browser_engine", settings.engines, ids=str, indirect=True, scope="session")
        times = range(1, settings.repeat + 1)
        ids = [f"run{number}" if settings.repeat > 1 else pytest.HIDDEN_PARAM for number in times]
        metafunc.parametrize("repetition", times, ids=ids, indirect=True, scope="session")
        variants = settings.deployments or ("",)
        names = [name or pytest.HIDDEN_PARAM for name in variants]
        metafunc.parametrize("variant", variants, ids=names, indirect=True, scope="function")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Check that every written scenario was collected and that every sentence has one step.

    Raises UsageError with a message for each problem; in a worker, the controller prints them.
    """
    settings = settings_of(config)
    scenarios = [item for item in items if isinstance(item.parent, FeatureFile)]
    files = {item.parent for item in scenarios if isinstance(item.parent, FeatureFile)}
    whole = not any("::" in argument for argument in config.args)
    for file in files if whole else ():
        collected = sum(1 for item in scenarios if item.parent is file)
        expected = file.stash[EXPECTED] * len(settings.engines) * settings.repeat * max(1, len(settings.deployments))
        if collected != expected:
            add_problem(config, f"{file.path.name}: {expected} scenario runs are written, {collected} were collected")
    for problem in _problems(scenarios, _own_words(config)):
        add_problem(config, problem)
    stop_at_problems(config, items)


def _own_words(config: pytest.Config) -> Mapping[str, Collection[str]]:
    """Return the words that the profile adds to the sentences, by table. There is no profile if nothing will run."""
    deployment = config.stash.get(DEPLOYMENT, None)
    return own_words(deployment.profile) if deployment else {}


def _problems(scenarios: Iterable[pytest.Item], own: Mapping[str, Collection[str]]) -> Iterable[str]:
    paths = sorted({item.path for item in scenarios})
    for path in paths:
        yield from undefined(path)
        yield from ambiguous(path)
        yield from misworded(path, own)
