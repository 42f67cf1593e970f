"""The command line: what it understands, and the one line with which it refuses nonsense."""

from __future__ import annotations

from pathlib import Path

import pytest
import trustme

from consentinel.browser.spec import Engine
from consentinel.pytest_plugin.options import ADDRESSES, Settings, settings_of

pytest_plugins = ["pytester"]


@pytest.fixture
def asked(pytester: pytest.Pytester) -> object:
    def settings(*arguments: str) -> Settings:
        return settings_of(pytester.parseconfig("-p", "consentinel.pytest_plugin.options", *arguments))

    return settings


def refused(asked: object, *arguments: str) -> str:
    assert callable(asked)
    with pytest.raises(pytest.UsageError) as error:
        asked(*arguments)
    assert "\n" not in str(error.value)
    return str(error.value)


def understood(asked: object, *arguments: str) -> Settings:
    assert callable(asked)
    settings = asked(*arguments)
    assert isinstance(settings, Settings)
    return settings


def test_without_a_word_it_is_the_reference_site_in_chromium(asked: object) -> None:
    settings = understood(asked)
    assert (settings.site, settings.engines, settings.repeat) == ("reference", (Engine.CHROMIUM,), 1)
    assert (settings.horizon, settings.wire, settings.pictures, settings.show_values) == (None, True, True, False)
    assert settings.report.is_absolute()


def test_browsers_are_taken_once_each_in_the_order_in_which_they_are_named(asked: object) -> None:
    settings = understood(asked, "--browser", "firefox", "--browser", "chromium", "--browser", "firefox")
    assert settings.engines == (Engine.FIREFOX, Engine.CHROMIUM)


@pytest.mark.parametrize("horizon", ["0", "120", "2.5"])
def test_horizons_that_make_sense(asked: object, horizon: str) -> None:
    assert understood(asked, "--horizon", horizon).horizon == float(horizon)


@pytest.mark.parametrize("horizon", ["-1", "120.5", "nan", "inf"])
def test_horizons_that_do_not(asked: object, horizon: str) -> None:
    assert refused(asked, "--horizon", horizon) == f"--horizon {horizon}: give seconds from 0 to 120"


@pytest.mark.parametrize("pause", ["-1", "nan", "inf"])
def test_pauses_that_do_not_make_sense(asked: object, pause: str) -> None:
    assert refused(asked, "--slowmo", pause) == f"--slowmo {pause}: give milliseconds from 0 to 60000"


@pytest.mark.parametrize("times", ["0", "-3"])
def test_a_run_that_would_not_happen(asked: object, times: str) -> None:
    assert refused(asked, "--repeat", times) == f"--repeat {times}: give 1 or more"


def test_a_baseline_needs_a_history(asked: object, tmp_path: Path) -> None:
    assert refused(asked, "--baseline") == "--baseline compares with a history: name it with --history FILE"
    assert understood(asked, "--baseline", "--history", str(tmp_path / "h.sqlite")).baseline


def test_an_authority_must_be_there(asked: object, tmp_path: Path) -> None:
    missing = tmp_path / "ca.pem"
    assert refused(asked, "--ca", str(missing)) == f"--ca {missing}: no such file; give a certificate authority as PEM"
    assert "Is a directory" in refused(asked, "--ca", str(tmp_path))
    trustme.CA().cert_pem.write_to_path(missing)
    assert understood(asked, "--ca", str(missing)).authority == missing


def test_a_deployment_must_be_one_of_the_site(asked: object) -> None:
    assert refused(asked, "--site", "garden", "--deployments", "garden-decoys,decoys") == (
        "--deployments decoys: garden has no such deployment"
    )
    assert understood(asked, "--deployments", "clean,decoys").deployments == ("clean", "decoys")


@pytest.mark.parametrize("option", ADDRESSES)
def test_an_address_can_be_read_and_is_not_repeated(asked: object, option: str) -> None:
    for address in ("https://mia:secret@[::bad", "https://mia:secret@host.example:port"):
        assert refused(asked, f"--{option}", address) == (
            f"--{option}: this is no address; write it in full, as in https://www.example.com:8443"
        )


@pytest.mark.parametrize(
    "arguments",
    [
        ("--browser", "netscape"),
        ("--second-browser", "lynx"),
        ("--fail-on", "weather"),
        ("--horizon", "soon"),
        ("--repeat", "x"),
    ],
)
def test_words_that_it_does_not_know(asked: object, arguments: tuple[str, ...]) -> None:
    assert callable(asked)
    with pytest.raises((pytest.UsageError, SystemExit)):
        asked(*arguments)


def test_allure_results_go_beside_the_report_or_where_one_says(asked: object, tmp_path: Path) -> None:
    pytest.importorskip("allure_pytest_bdd", reason="allure-pytest-bdd is not installed")
    beside = understood(asked, "--report", str(tmp_path))
    assert (beside.allure, beside.clean_allure) == (tmp_path / "allure", False)
    elsewhere = understood(asked, "--alluredir", str(tmp_path / "a"), "--clean-alluredir")
    assert (elsewhere.allure, elsewhere.clean_allure) == (tmp_path / "a", True)


def test_an_authority_is_a_certificate(asked: object, tmp_path: Path) -> None:
    file = tmp_path / "authority.pem"
    file.write_bytes(b"\x00 no certificate")
    assert "it holds no certificate; give a certificate authority as PEM" in refused(asked, "--ca", str(file))
