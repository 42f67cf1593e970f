"""The published policy of the invented site, sentence by sentence."""

from __future__ import annotations

from consentinel.policy.fingerprints import fingerprint
from consentinel.report.policy_schema import PolicyData, SentenceData, TextChange

_TEXT: tuple[tuple[str, str], ...] = (
    ("How Bluebird uses cookies", ""),
    ("Our legal information is linked on every page.", "P01"),
    ("You can change your preferences whenever you like, and we keep to what you have saved.", "P02 P10"),
    ("No cookie of ours tells who you are, and each of them ends.", "P03 P04"),
    ("There are four kinds:", "P05"),
    ("Functionality cookies keep the basket and the language; they cannot be switched off.", "P16 P17 P20"),
    ("Analytics cookies tell a service how many people read us, if you agree.", "P21 P22"),
    ("Social cookies bring buttons of networks, which may recognise you; you can refuse them.", "P23 P24"),
    ("Your browser can ask you about every single cookie.", "P08"),
    ("We hope that you enjoy your visit.", ""),
    ("Whoever deletes all cookies, or takes another device, is asked again.", "P12 P13"),
    ("Share buttons <img src=x onerror=alert(1)> are described by the networks \u202e themselves.", "P25"),
    ("_count | Analytics | 13 months | counts visitors", "P28"),
)


def invented_policy(fetched: float) -> PolicyData:
    """Return the policy's text at a moment, with a sentence that has changed, one that is new and one that is gone."""
    sentences = [_sentence(number, text, promises) for number, (text, promises) in enumerate(_TEXT, 1)]
    sentences[6] = {**sentences[6], "change": "changed"}
    sentences[9] = {**sentences[9], "id": "", "silent": "", "change": "added"}
    sentences[10] = {**sentences[10], "confirmed": False}
    return PolicyData(
        url="https://www.bluebird.localhost:8443/cookies",
        date="2026-03-31",
        fetched=fetched,
        problem="",
        compared=True,
        sentences=sentences,
        removed=[_sentence(14, "", "P26", "removed")],
    )


def _sentence(number: int, text: str, promises: str, change: TextChange = "") -> SentenceData:
    return SentenceData(
        id=f"S{number}",
        fingerprint=fingerprint(text),
        text=text,
        promises=promises.split(),
        silent="" if promises else "a heading",
        confirmed=True,
        change=change,
    )
