"""Reads how long policies say that something is kept: `13 months`, `1 an`, `2 Jahre`, `session`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from consentinel.site.normal_text import normal

_UNITS: Final = {
    "second": ("second", "seconds", "sec", "s", "seconde", "secondes", "sekunde", "sekunden", "segundo", "segundos",
               "secondo", "secondi"),
    "minute": ("minute", "minutes", "min", "mins", "mn", "minuten", "minuto", "minutos", "minuti"),
    "hour": ("hour", "hours", "h", "hr", "hrs", "heure", "heures", "stunde", "stunden", "std", "hora", "horas", "ora",
             "ore"),
    "day": ("day", "days", "d", "jour", "jours", "tag", "tage", "tagen", "tg", "dia", "dias", "giorno", "giorni"),
    "week": ("week", "weeks", "w", "semaine", "semaines", "woche", "wochen", "semana", "semanas", "settimana",
             "settimane"),
    "month": ("month", "months", "mo", "mois", "monat", "monate", "monaten", "mes", "meses", "mese", "mesi"),
    "year": ("year", "years", "y", "yr", "yrs", "an", "ans", "annee", "annees", "jahr", "jahre", "jahren", "ano",
             "anos", "anno", "anni"),
}  # fmt: skip

_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}

_NUMBERS: Final = {
    1: ("one", "a", "an", "un", "une", "ein", "eine", "einem", "einen", "uno", "una"),
    2: ("two", "deux", "zwei", "dos", "due"),
    3: ("three", "trois", "drei", "tres", "tre"),
    4: ("four", "quatre", "vier", "cuatro", "quattro"),
    5: ("five", "cinq", "funf", "cinco", "cinque"),
    6: ("six", "sechs", "seis", "sei"),
    7: ("seven", "sept", "sieben", "siete", "sette"),
    8: ("eight", "huit", "acht", "ocho", "otto"),
    9: ("nine", "neuf", "neun", "nueve", "nove"),
    10: ("ten", "dix", "zehn", "diez", "dieci"),
    12: ("twelve", "douze", "zwolf", "doce", "dodici"),
    13: ("thirteen", "treize", "dreizehn", "trece", "tredici"),
    14: ("fourteen", "quatorze", "vierzehn", "catorce", "quattordici"),
    15: ("fifteen", "quinze", "funfzehn", "quince", "quindici"),
    18: ("eighteen", "dix huit", "achtzehn", "dieciocho", "diciotto"),
    24: ("twenty four", "vingt quatre", "vierundzwanzig", "veinticuatro", "ventiquattro"),
    30: ("thirty", "trente", "dreissig", "treinta", "trenta"),
    90: ("ninety", "quatre vingt dix", "neunzig", "noventa", "novanta"),
}

NUMBER_OF = dict(sorted(((w, n) for n, words in _NUMBERS.items() for w in words), key=lambda one: -len(one[0])))
"""Numbers that policies write as words, in normal letters, the longest first."""

_SIZE = {unit: size for size, unit in enumerate(_UNITS)}
"""The units by size: those that are smaller come first."""

_SECONDS = {"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86400.0, "week": 604800.0}
DAY: Final = 86400.0

_SESSION = re.compile(
    r"\b(?:session|sessions|sitzung\w*|sesion|sessione)\b|\bbrowser (?:closes|is closed|geschlossen)\b"
    r"|\bclose (?:the|your|this) browser\b"
    r"|\bbrowsers? schliess\w*|\bschliess\w* (?:des|ihres) browsers\b"
    r"|\bfermeture du navigateur\b|\bfermez (?:le|votre) navigateur\b"
    r"|\b(?:cerrar|cierra|cierre|cierre de|cierre del) (?:el |su |tu )?navegador\b"
    r"|\b(?:chiusura del|chiude il|chiudi il|chiuda il) browser\b"
)
_LASTING = re.compile(
    r"\b(?:persistent\w*|permanent\w*|persistant\w*|persistente|dauerhaft\w*|bestandig|never|unbegrenzt"
    r"|unbefristet|kein ablauf|unlimited|indefinite\w*|jamais|illimite\w*|sans limite|nunca|indefinid\w*"
    r"|illimitat\w*|mai)\b"
    r"|\b(?:delete it|deleted by|sie es loschen|suppression manuelle)\b"
)
_UNIT = "|".join(r"y(?! \d)" if word == "y" else word for word in sorted(_UNIT_OF, key=len, reverse=True))
"""The units, the longest first. A Spanish "y" before a number is no year."""

_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:([.,'\u2019\u00a0\u202f])\d{3})(?:\1\d{3})*(?![\d.,]*\d)")
"""A number whose thousands are set apart: `1.825 Tage` are five years. Nobody says three decimals of a day."""

_PART = re.compile(rf"\b(?:(\d+(?:\.\d+)?)\s*|({'|'.join(NUMBER_OF)})\s+)({_UNIT})\b")
"""A number and a unit. A number in letters stands apart: "und" is no "un d"."""


@dataclass(frozen=True, slots=True)
class Duration:
    """A span of time as a policy says it, in seconds: a month has 28 to 31 days, so there is a least and a most.

    `session` ends with the browser's session, and `most` is 0. `most` is None for what is said to last without an end.
    """

    least: float
    most: float | None
    session: bool = False


SESSION = Duration(0.0, 0.0, session=True)
LASTING = Duration(0.0, None)


def duration_of(text: str) -> Duration | None:
    """Return the duration that a text says: parts add up (`1 year and 1 month`). None where it says none.

    Parts that do not add up, such as `1 day or 2 years`, are several durations: from the shortest to the longest.
    """
    plain = _plain(text)
    spans = _spans(plain)
    if spans:
        return Duration(min(one.least for one in spans), max(one.most or 0.0 for one in spans))
    if _SESSION.search(plain):
        return SESSION
    return LASTING if _LASTING.search(plain) else None


def says_several(text: str) -> bool:
    """Return whether a text says more than one duration."""
    return len(_spans(_plain(text))) > 1


def _plain(text: str) -> str:
    together = _THOUSANDS.sub(lambda number: re.sub(r"\D", "", number[0]), text)
    return normal(re.sub(r"(?<=\d)[.,](?=\d)", "POINT", together)).replace("point", ".")


def _spans(plain: str) -> list[Duration]:
    """Return the durations of a normal text. A part goes with the one before if its unit is a smaller one."""
    groups: list[list[tuple[float, str]]] = []
    for digits, word, unit in _PART.findall(plain):
        part = (float(digits) if digits else float(NUMBER_OF[word]), _UNIT_OF[unit])
        if groups and _SIZE[part[1]] < _SIZE[groups[-1][-1][1]]:
            groups[-1].append(part)
        else:
            groups.append([part])
    return [_added(group) for group in groups]


def _added(parts: list[tuple[float, str]]) -> Duration:
    """Return the sum. A year has 365 or 366 days, one leap day in four years; a month is taken as 30 to 31 days."""
    months = sum(number * (12 if unit == "year" else 1) for number, unit in parts if unit in ("year", "month"))
    whole_years, rest = divmod(months, 12)
    only_years = all(unit != "month" for _, unit in parts)
    exact = sum(number * _SECONDS[unit] for number, unit in parts if unit in _SECONDS)
    leap = -(-whole_years // 4)
    most = whole_years * 365 + leap + rest * 31
    least = whole_years * 365 + rest * 30 if only_years else months * 30
    return Duration(exact + least * DAY, exact + most * DAY)
