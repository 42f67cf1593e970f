"""Formats the proof as Markdown for `docs/proof.md`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from consentinel.proof.figures import (
    Catch,
    DefectProof,
    Proof,
    Sentence,
    Totals,
)
from consentinel.reference_site.decoys import DECOYS
from consentinel.reference_site.defects.garden_drift import GHOSTS, TEXTS
from consentinel.reference_site.garden_decoys import DECOYS as GARDEN_DECOYS

BROWSERS = {"chromium": "Chromium", "firefox": "Firefox", "webkit": "WebKit"}

MOST_LINKS = 8
"""How many of the scenarios that caught a defect are named in its row."""


def page(proof: Proof) -> str:
    """Return the page as Markdown."""
    parts = (
        _top(proof),
        _right_sites(proof),
        _survivors(proof),
        _defects(proof),
        _sentences(proof),
        _drifted(),
        _how(),
    )
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _top(proof: Proof) -> list[str]:
    day = datetime.fromtimestamp(proof["started"], UTC).strftime("%d %B %Y").lstrip("0")
    versions = ", ".join(f"{_browser(name)} {version}" for name, version in sorted(proof["versions"].items()))
    return [
        "# Proof",
        "",
        "A harness that has not been tested is an opinion. The features run here against two reference sites with one "
        "seeded defect at a time, and against the same sites without any; this page says what they caught, whether "
        "they named the right cause, and what they said of sites that are right.",
        "",
        "|  | " + " | ".join(_browser(name) for name in proof["by_browser"]) + " |",
        "| --- |" + " ---: |" * len(proof["by_browser"]),
        *(_row(title, proof["by_browser"].values(), show) for title, show in _FIGURES),
        "",
        f"Played from {day} on in {versions}. The same in figures: `reports/proof.json`.",
    ]


_FIGURES = (
    ("Seeded defects", lambda one: str(one["defects"])),
    ("Caught", lambda one: str(one["caught"])),
    ("**Recall**", lambda one: f"**{_percent(one['recall'])}**"),
    ("**Right cause named**", lambda one: f"**{_percent(one['right_cause'])}**"),
    ("**False alarms** on sites that are right", lambda one: f"**{one['false_alarms']}**"),
    ("Whole runs of the clean sites", lambda one: str(one["runs_clean"])),
    ("Whole runs of the sites with decoys", lambda one: str(one["runs_decoys"])),
    ("Scenarios there that could not tell", lambda one: str(one["doubts_clean"])),
    ("Scenarios played in all", lambda one: f"{one['scenarios']:,}"),
)


def _row(title: str, totals: Iterable[Totals], show: object) -> str:
    assert callable(show)
    return f"| {title} | " + " | ".join(str(show(one)) for one in totals) + " |"


def _right_sites(proof: Proof) -> list[str]:
    lines = [
        "## Sites that are right",
        "",
        f"Two clean sites with policies of their own, and the same with {len(DECOYS)} and {len(GARDEN_DECOYS)} decoys: "
        "legitimate behaviour that looks suspicious, switched on together (`decoys.py` and `garden_decoys.py` in "
        "`src/consentinel/reference_site`).",
        "",
    ]
    if not proof["alarms"]:
        return [*lines, "Nothing was found on any of them." if _was_clean(proof) else "They were not played this time."]
    for alarm in proof["alarms"]:
        sentences = "; ".join(finding["sentence"] for finding in alarm["findings"])
        lines.append(
            f"- {alarm['deployment']}, {_browser(alarm['browser'])}, {_link(alarm['scenario'])}: {_text(sentences)}"
        )
    return lines


def _was_clean(proof: Proof) -> bool:
    return proof["runs_clean"] + proof["runs_decoys"] > 0


def _survivors(proof: Proof) -> list[str]:
    lines = [
        f"- `{one['name']}` in {_browser(browser)}: "
        + ("caught, with another cause than the true one" if catch["caught"] else "not caught")
        for one in proof["list"]
        for browser, catch in one["browsers"].items()
        if not catch["right_cause"]
    ]
    return ["## What is missed", "", *lines] if lines else []


def _defects(proof: Proof) -> list[str]:
    return [
        "## Defect by defect",
        "",
        "Each defect is deployed at a host of its own and described in `src/consentinel/reference_site/defects/`. "
        "A cell links to the scenarios that caught it; ✔ means that a finding names promise, item, host and writer "
        "rightly, ✘ that none does.",
        "",
        "| Defect | Promise | What is wrong | " + " | ".join(_browser(name) for name in proof["by_browser"]) + " |",
        "| --- | --- | --- |" + " --- |" * len(proof["by_browser"]),
        *(_defect(one, proof["by_browser"]) for one in proof["list"]),
    ]


def _defect(one: DefectProof, browsers: Iterable[str]) -> str:
    cells = [_cell(one["browsers"].get(browser)) for browser in browsers]
    return " | ".join([f"| `{one['name']}`", " ".join(one["promises"]), _text(one["sentence"]), *cells]) + " |"


def _cell(catch: Catch | None) -> str:
    if catch is None:
        return "not played"
    if not catch["caught"]:
        return f"**missed** by {catch['played']}"
    links = list(dict.fromkeys(_link(one) for one in catch["right_by"] or catch["scenarios"]))
    more = f" and {len(links) - MOST_LINKS} more" if len(links) > MOST_LINKS else ""
    return f"{'✔' if catch['right_cause'] else '✘'} {', '.join(links[:MOST_LINKS])}{more}"


def _sentences(proof: Proof) -> list[str]:
    idle = [one for one in proof["sentences"] if _is_idle(one)]
    return [
        "## Sentence by sentence",
        "",
        "The other way round: each sentence that judges must fail on some defect, or it proves nothing. "
        + (f"{len(idle)} of {len(proof['sentences'])} never failed." if idle else "All of them did."),
        "",
        "| Then … | failed on | such as |",
        "| --- | ---: | --- |",
        *map(_sentence, proof["sentences"]),
    ]


def _is_idle(one: Sentence) -> bool:
    return not one["defects"] and not one["beyond"]


def _sentence(one: Sentence) -> str:
    named = f"`{one['defects'][0]}`" if one["defects"] else one["beyond"] or "**nothing**"
    return f"| {_text(_plain(one['sentence']))} | {len(one['defects'])} | {named} |"


def _drifted() -> list[str]:
    names = ", ".join(f"`{one.name}`" for one in (*TEXTS, *GHOSTS))
    return [
        "## What no scenario can show",
        "",
        "A policy and its site can drift apart, and no visit breaks a promise: the published text changes, or its "
        f"table lists what is no longer stored. {len(TEXTS) + len(GHOSTS)} further deployments do so ({names}). They "
        "stand in no row above. `tests/policy/test_drifted_gardens.py` plays `consentinel policy check` against each, "
        "with a history of real runs where that is needed, and against gardens that only look so.",
    ]


def _how() -> list[str]:
    return [
        "## How to run it",
        "",
        "`make prove` plays all scenarios that bear one of a defect's promises against that defect, in Chromium and "
        "Firefox, and the clean site and the decoys several times, and writes this page. `consentinel prove --full` "
        "plays all scenarios against all defects, `--defect NAME` one defect, whose rows replace its former ones, and "
        "`--first` stops at the first scenario that names a defect's right cause. `--clean-record RUN` counts the "
        "record of another run of the clean site, such as a soak's.",
    ]


def _plain(pattern: str) -> str:
    """Return a step's pattern as a sentence: its parameters in angle brackets."""
    text = re.sub(r"\(\?P<(\w+)> since\)\?", " [since]", pattern)
    text = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", text)
    text = re.sub(r"\(\?:(\w+) \)\?", r"[\1] ", text)
    return re.sub(r"\{(\w+)\}", r"<\1>", text)


def _link(scenario: str) -> str:
    """Return a scenario by place, leading to its lines."""
    place = scenario.partition(" ")[0]
    file, _, line = place.partition(":")
    return f"[{file.removesuffix('.feature')}:{line}](../features/{file}#L{line})"


def _text(text: str) -> str:
    """Return text for a table's cell."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def _percent(share: float) -> str:
    return f"{share * 100:.1f}".removesuffix(".0") + " %"


def _browser(name: str) -> str:
    return BROWSERS.get(name, name)


def lines(proof: Proof) -> Iterator[str]:
    """Yield the totals for a terminal, one line for each browser."""
    for browser, one in proof["by_browser"].items():
        yield (
            f"{_browser(browser)}: {one['caught']} of {one['defects']} defects caught ({_percent(one['recall'])}), "
            f"right cause {_percent(one['right_cause'])}; {one['false_alarms']} false alarms in "
            f"{one['runs_clean']} clean runs and {one['runs_decoys']} with decoys"
        )
    for defect in proof["list"]:
        for browser, catch in defect["browsers"].items():
            if not catch["right_cause"]:
                sentences = "caught by another cause" if catch["caught"] else "missed"
                yield f"  {sentences} in {_browser(browser)}: {defect['name']}"
    idle = [one["sentence"] for one in proof["sentences"] if _is_idle(one)]
    yield f"{len(idle)} of {len(proof['sentences'])} judging sentences never failed" + "".join(f"\n  {x}" for x in idle)
