"""How long policies say that something is kept."""

from __future__ import annotations

import pytest

from consentinel.policy.durations import DAY, LASTING, SESSION, Duration, duration_of


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("13 months", 390, 397),
        ("13 mois", 390, 397),
        ("treize mois", 390, 397),
        ("13 Monate", 390, 397),
        ("1 year", 365, 366),
        ("1 an", 365, 366),
        ("1 année", 365, 366),
        ("1 año", 365, 366),
        ("ein Jahr", 365, 366),
        ("2 years", 730, 731),
        ("2 anni", 730, 731),
        ("6 meses", 180, 186),
        ("30 days", 30, 30),
        ("30 Tage", 30, 30),
        ("2 semaines", 14, 14),
        ("24h", 1, 1),
        ("1.5 days", 1.5, 1.5),
        ("1,5 Tage", 1.5, 1.5),
        ("1 year and 1 month", 390, 397),
        ("1 day or 2 years", 1, 731),
        ("entre 6 y 12 meses", 360, 366),
        ("2y", 730, 731),
        ("1 Jahr und 1 Monat", 390, 397),
        ("quatre-vingt-dix jours", 90, 90),
        ("ninety days", 90, 90),
        ("quindici giorni", 15, 15),
        ("vierundzwanzig Monate", 720, 731),
        ("a year", 365, 366),
        ("24 Std.", 1, 1),
        ("12mo", 360, 366),
        ("1.825 Tage", 1825, 1825),
        ("1,825 days", 1825, 1825),
        ("1\u202f825 jours", 1825, 1825),
        ("1'825 Tage", 1825, 1825),
        ("0.125 days", 0.125, 0.125),
        ("2, 365 days", 365, 365),
        ("30 days, at most 13 months", 30, 397),
        ("2 years and 2 years", 730, 731),
        ("kept for up to 13 months after your visit", 390, 397),
    ],
)
def test_a_span_has_a_least_and_a_most(text: str, least: float, most: float) -> None:
    assert duration_of(text) == Duration(least * DAY, most * DAY)


@pytest.mark.parametrize(
    "text",
    [
        "session",
        "Session",
        "Sitzung",
        "Sitzungsende",
        "sesión",
        "Session cookie",
        "until the browser closes",
        "until you close your browser",
        "bis der Browser schließt",
        "bis zum Schließen des Browsers",
        "à la fermeture du navigateur",
        "hasta que cierre el navegador",
        "fino alla chiusura del browser",
    ],
)
def test_a_session_is_no_span(text: str) -> None:
    assert duration_of(text) == SESSION


@pytest.mark.parametrize(
    "text", ["persistent", "Persistant", "dauerhaft", "Beständig", "permanente", "until you delete it"]
)
def test_what_lasts_has_no_most(text: str) -> None:
    assert duration_of(text) == LASTING


@pytest.mark.parametrize(
    "text", ["", "see below", "13", "a while", "months", "Statistik und Marketing", "dies und das"]
)
def test_what_says_no_span_is_none(text: str) -> None:
    assert duration_of(text) is None


def test_a_span_counts_before_the_word_session() -> None:
    assert duration_of("30 minutes after the session") == Duration(1800.0, 1800.0)
