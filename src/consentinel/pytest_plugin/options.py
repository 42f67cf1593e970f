"""Declares the plugin's command-line options and reads them into `Settings`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from consentinel.browser.spec import Engine
from consentinel.evidence.route import DIRECT, Route, RouteError, route
from consentinel.evidence.route_words import CLIENT_CERTIFICATE_HELP, NEEDS_PROXY, RESOLVE_HELP, UPSTREAM_HELP
from consentinel.evidence.trust import flaw
from consentinel.policy.promises import Promise, PromisesError, promises
from consentinel.pytest_plugin.feature_paths import names_features
from consentinel.pytest_plugin.option_names import OptionNames, asked
from consentinel.reference_site import hosts
from consentinel.report.cards import SERVICES, Service
from consentinel.report.signature import KeyUnusable, signed

SETTINGS = pytest.StashKey["Settings"]()
HAS_ALLURE = find_spec("allure_pytest_bdd") is not None

ADDRESSES = ("base-url", "grid", "webhook")
"""The options that hold an address, but for `--upstream`, which the route reads."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The values of the command-line options. Times are in seconds unless their name says otherwise.

    `allure` is the folder of Allure results, or None if `allure-pytest-bdd` is not installed.
    """

    site: str
    base_url: str | None
    engines: tuple[Engine, ...]
    headed: bool
    slow_ms: float
    report: Path
    wire: bool
    horizon: float | None
    pictures: bool
    show_values: bool
    fail_on_inconclusive: bool
    repeat: int
    grid: str | None
    proxy_host: str
    second_engine: Engine | None
    authority: Path | None
    history: Path | None
    baseline: bool
    exceptions: Path | None
    webhook: str | None
    deployments: tuple[str, ...]
    evidence: bool
    policy: Path | None = None
    route: Route = DIRECT
    allure: Path | None = None
    clean_allure: bool = False
    step: bool = False
    hold_open: bool = False
    webhook_for: Service | None = None


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options."""
    _declare(OptionNames(parser.getgroup("consentinel", "consent flows against a deployed site")).add)
    parser.addini("consent_promises", "a file of promises of your own, beside the shipped ones", type="paths")


def help_of_options() -> str:
    """Return the list of these options alone, by their short names, as wide as the terminal."""
    parser = argparse.ArgumentParser(usage=argparse.SUPPRESS, add_help=False)
    _declare(parser.add_argument)
    return parser.format_help()


def _declare(add: Callable[..., object]) -> None:
    add("--site", default="reference", metavar="NAME_OR_FILE", help="the site's profile (default: the reference site)")
    add("--policy", metavar="FILE", help="the policy file that goes with the site (default: the profile's)")
    add("--base-url", metavar="URL", help="another deployment of that site, such as staging")
    engines = [engine.value for engine in Engine]
    add("--browser", action="append", choices=engines, help="a browser to run in; repeatable (default: chromium)")
    add("--second-browser", choices=engines, help="the other browser of scenarios that change browsers")
    add("--headed", action="store_true", help="show the browser's window")
    add("--slowmo", type=float, default=0, metavar="MS", help="pause after each of the visitor's actions, in ms")
    add("--step", action="store_true", help="wait for Enter before each sentence, and show the browser's window")
    add("--hold-open", action="store_true", help="keep the browser's window open at the first finding, until Enter")
    add("--report", default="reports/latest", metavar="DIR", help="where the report goes (default: reports/latest)")
    add("--horizon", type=float, metavar="S", help="page time for which nothing may happen after an action (5)")
    add(
        "--ca", metavar="FILE", help="a certificate authority to trust, as PEM, for a site with certificates of its own"
    )
    add("--upstream", metavar="URL", help=UPSTREAM_HELP)
    add("--resolve", action="append", metavar="HOST:PORT:ADDRESS", help=RESOLVE_HELP)
    add("--client-cert", metavar="FILE", help=CLIENT_CERTIFICATE_HELP)
    add("--no-wire", action="store_true", help="do not record the traffic; what that hides is reported")
    add("--no-pictures", action="store_true", help="take no screenshots")
    add("--show-values", action="store_true", help="show stored values in the report, but no secrets")
    add("--fail-on", choices=["inconclusive"], help="what else makes the run fail")
    add("--repeat", type=int, default=1, metavar="N", help="run each scenario N times and report disagreement")
    add("--grid", metavar="URL", help="a Selenium Grid to run the browsers on")
    add("--proxy-host", default="127.0.0.1", metavar="ADDR", help="where browsers reach the recording proxy")
    add("--history", metavar="FILE", help="keep this run in a history of runs")
    add("--exceptions", metavar="FILE", help="accepted changes, each with a reason and a day on which it ends")
    add("--webhook", metavar="URL", help="send the summary there as JSON (or set CONSENTINEL_WEBHOOK)")
    add("--webhook-for", choices=SERVICES, help="as whom the webhook reads (default: as its address says, else JSON)")
    add("--baseline", action="store_true", help="compare with the last accepted run of the history")
    add("--deployments", metavar="NAMES", help="seeded defects to play at the reference site: see consentinel defects")
    add("--no-evidence", action="store_true", help=argparse.SUPPRESS)  # the proof needs none


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Take `--alluredir` over from Allure's plugin (`report.allure` says why), and unload Hypothesis for features."""
    settings_of(config)
    # mitmproxy passes its own certificates to pyOpenSSL. As an error, the warning would break each proxied connection.
    config.addinivalue_line("filterwarnings", "ignore:Passing pyOpenSSL:DeprecationWarning")
    if HAS_ALLURE:
        config.option.allure_report_dir = None
    hypothesis = config.pluginmanager.get_plugin("hypothesispytest")
    if has_features(config):  # evidence is lost when one of our threads dies
        config.addinivalue_line("filterwarnings", "error::pytest.PytestUnhandledThreadExceptionWarning")
    if hypothesis and has_features(config):
        config.pluginmanager.unregister(hypothesis)  # it would import all of Hypothesis at the end of the run


def has_features(config: pytest.Config) -> bool:
    """Return whether this run includes feature files."""
    return names_features(config.args or [str(config.rootpath)])


def promises_of(config: pytest.Config) -> tuple[Promise, ...]:
    """Return the promises of this run. Raises UsageError if a file of promises cannot be used."""
    files = config.getini("consent_promises")
    try:
        return promises(files[0] if files else None)
    except PromisesError as error:
        raise pytest.UsageError(str(error)) from error


def settings_of(config: pytest.Config) -> Settings:
    """Return the settings of this run. Raises UsageError for invalid values."""
    if SETTINGS not in config.stash:
        config.stash[SETTINGS] = _read(config)
    return config.stash[SETTINGS]


def _read(config: pytest.Config) -> Settings:
    option = partial(asked, config)
    _check(option)
    report, allure = Path(option("report")).absolute(), config.getoption("allure_report_dir", None)
    second = option("second-browser")
    return Settings(
        site=option("site"),
        base_url=option("base-url"),
        engines=tuple(dict.fromkeys(Engine(name) for name in option("browser") or ["chromium"])),
        headed=option("headed") or option("step") or option("hold-open"),
        slow_ms=option("slowmo"),
        report=report,
        wire=not option("no-wire"),
        horizon=option("horizon"),
        pictures=not option("no-pictures"),
        show_values=option("show-values"),
        fail_on_inconclusive=option("fail-on") == "inconclusive",
        repeat=option("repeat"),
        grid=option("grid"),
        proxy_host=option("proxy-host"),
        second_engine=Engine(second) if second else None,
        authority=_path(option("ca")),
        history=_path(option("history")),
        baseline=option("baseline"),
        exceptions=_path(option("exceptions")),
        webhook=option("webhook"),
        deployments=_deployments(option("deployments"), option("site")),
        evidence=not option("no-evidence"),
        route=_route(option),
        policy=_path(option("policy")),
        allure=Path(allure or report / "allure").absolute() if HAS_ALLURE else None,
        clean_allure=config.getoption("clean_alluredir", False),
        step=option("step"),
        hold_open=option("hold-open"),
        webhook_for=option("webhook-for"),
    )


def _check(option: Callable[[str], Any]) -> None:
    """Raise UsageError for a value out of its range, a missing option or a file that cannot be used."""
    horizon, slowmo, repeat, authority = option("horizon"), option("slowmo"), option("repeat"), option("ca")
    if horizon is not None and not 0 <= horizon <= 120:
        raise pytest.UsageError(f"--horizon {horizon:g}: give seconds from 0 to 120")
    if not 0 <= slowmo <= 60_000:
        raise pytest.UsageError(f"--slowmo {slowmo:g}: give milliseconds from 0 to 60000")
    if repeat < 1:
        raise pytest.UsageError(f"--repeat {repeat}: give 1 or more")
    for name in ADDRESSES:
        _check_address(name, option(name) or "")
    if option("baseline") and not option("history"):
        raise pytest.UsageError("--baseline compares with a history: name it with --history FILE")
    if authority and (problem := flaw(Path(authority))):
        raise pytest.UsageError(problem)
    try:
        signed("")
    except KeyUnusable as error:
        raise pytest.UsageError(str(error)) from error


def _check_address(name: str, address: str) -> None:
    # the address is not repeated: it may hold an account or a secret
    try:
        _ = urlsplit(address).port
    except ValueError as error:
        raise pytest.UsageError(
            f"--{name}: this is no address; write it in full, as in https://www.example.com:8443"
        ) from error


def _route(option: Callable[[str], Any]) -> Route:
    try:
        way = route(option("upstream"), option("resolve") or (), option("client-cert"))
    except RouteError as error:
        raise pytest.UsageError(str(error)) from error
    if way != DIRECT and option("no-wire"):
        raise pytest.UsageError(f"--no-wire: {NEEDS_PROXY}")
    return way


def _path(name: str | None) -> Path | None:
    return Path(name).absolute() if name else None


def _deployments(names: str | None, site: str) -> tuple[str, ...]:
    asked_for = tuple(dict.fromkeys(name for name in (names or "").split(",") if name))
    if asked_for and site not in hosts.PROFILES:
        raise pytest.UsageError("--deployments names deployments of an embedded site")
    if asked_for:
        from consentinel.reference_site.registry import names_of  # noqa: PLC0415 - it imports every seeded defect

        unknown = [name for name in asked_for if name not in names_of(site)]
        if unknown:
            raise pytest.UsageError(f"--deployments {unknown[0]}: {site} has no such deployment")
    return asked_for
