"""Renders the report's pages, from templates that escape every text and refuse undefined names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from consentinel.report import inventory, links, text
from consentinel.report.cause_words import authors, things
from consentinel.report.causes import (
    GROUPS,
    behind,
    by_finding,
    half_line,
)
from consentinel.report.comparison import Comparison, comparisons
from consentinel.report.facets import facets, of_cause, of_scenarios
from consentinel.report.layers import layers_of
from consentinel.report.matrix import features
from consentinel.report.policy_text import policy_view
from consentinel.report.promises import (
    ORDER,
    PromiseAnswer,
    answers,
    parted,
    reason,
    unassigned,
    verdict,
)
from consentinel.report.repeat import WORDS
from consentinel.report.rule_packs import blocks
from consentinel.report.scenario import Drawn, drawn, scenario_view
from consentinel.report.scenario_key import coordinates
from consentinel.report.schema import RunData, ScenarioData
from consentinel.report.summary import verdict_parts
from consentinel.report.timeline import Event
from consentinel.report.trend import Trends, trend_of, turns

_TEMPLATES = Path(__file__).with_name("templates")
HALF = 620
"""The width of a timeline's picture that has another one beside it, in pixels."""
POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; base-uri 'none'"


def pages(run: RunData, folder: Path, trends: Trends) -> Iterator[tuple[str, str]]:
    """Yield each page's path in the report's folder, and its text."""
    environment = environment_of(run.get("categories", {}))
    answered = answers(run)
    unstable = {compared.found.coordinates: compared for compared in comparisons(run)}
    shared = {
        "run": run,
        "unstable": unstable,
        "known": by_finding(run),
        "verdict": verdict(answered),
        "sentence": verdict_parts(run, answered),
        "csp": POLICY,
        "policy": policy_view(run, answered),
        "layers": layers_of(run, folder),
    }
    for name, context in (("scenarios.html", _all(run)), ("inventory.html", _kept(run))):
        yield name, _template(environment, name).render(shared, root="", here=name, **context)
    if shared["policy"] is not None:
        yield "policy.html", _template(environment, "policy.html").render(shared, root="", here="policy.html")
    if shared["layers"]:
        yield "layers.html", _template(environment, "layers.html").render(shared, root="", here="layers.html")
    page = _template(environment, "scenario.html")
    if unstable:
        name = "unstable.html"
        sides = {key: _sides(compared, run, folder) for key, compared in unstable.items()}
        yield name, _template(environment, name).render(shared, root="", here=name, sides=sides)
    titles = {promise["id"]: promise["title"] for promise in run["promises"]}
    for scenario in run["scenarios"]:
        view, compared = scenario_view(scenario, run, folder), unstable.get(coordinates(scenario))
        yield (
            links.scenario_page(scenario),
            page.render(shared, root="../", here="", view=view, titles=titles, compared=compared),
        )
    first = "index.html"
    yield first, _template(environment, first).render(shared, root="", here=first, **_policy(run, answered, trends))


def _sides(compared: Comparison, run: RunData, folder: Path) -> list[tuple[Drawn, ...]]:
    """Return the timelines of both runs, in half the width of a page and on one scale."""
    longest = max(scenario["seconds"] for scenario in compared.runs)
    return [drawn(scenario, run, folder, width=HALF, span_s=longest) for scenario in compared.runs]


def _template(environment: Environment, name: str) -> Template:
    return environment.get_template(f"{name}.j2")


class _Environment(Environment):
    """Looks a name up as a key before it looks for a method, as most values are dictionaries."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return the key of a dictionary; else as Jinja does it."""
        return obj[attribute] if type(obj) is dict and attribute in obj else super().getattr(obj, attribute)


def environment_of(names: Mapping[str, str]) -> Environment:
    """Return what renders the templates. `names` are what the policy calls the categories, by key."""
    environment = _Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_tamed,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["legend"] = (inventory.UNDECLARED, *(names or inventory.CATEGORIES))
    environment.filters |= {
        "address": links.address,
        "behind": behind,
        "browser": text.browser,
        "rows": _rows,
        "category": lru_cache(partial(_category, names)),
        "choice": text.choice,
        "code": lru_cache(maxsize=16_384)(_code),
        "count": text.count,
        "day": text.day,
        "half_line": half_line,
        "kind": text.kind,
        "lifetime": text.lifetime,
        "listed": text.listed,
        "moment": text.moment,
        "outcome": WORDS.__getitem__,
        "page": links.scenario_page,
        "reason": reason,
        "scenario": _scenario,
        "seconds": _seconds,
        "short": _short,
        "authors": authors,
        "things": things,
        "tokens": lambda runs, found: found.of(of_scenarios(runs)),
        "cause_tokens": lambda cause, found: found.of(of_cause(cause)),
        "size": text.size,
        "version": text.version,
    }
    return environment


@lru_cache(maxsize=65_536)
def _short(value: str, limit: int = text.LIMIT) -> Markup:
    """Return the text made harmless, shortened and escaped; the result is final.

    Cached, since hundreds of scenarios show the same names.
    """
    return escape(text.plain(value, limit))


def _code(value: str, limit: int = 80) -> Markup:
    """Return a name or an address that a stranger chose."""
    return Markup('<bdi class="code">{}</bdi>').format(_short(value, limit))


def _category(names: Mapping[str, str], name: str) -> Markup:
    """Return a category's key; of a site's own category, the name that the policy gives it."""
    known = name if inventory.is_category(name) else inventory.UNDECLARED
    shown = known if known in (inventory.UNDECLARED, *inventory.CATEGORIES) else names.get(known, known)
    return Markup('<span class="category c-{}">{}</span>').format(known, _short(shown, 40))


def _tamed(value: Any) -> Any:
    """Make a text harmless. Every text that a template outputs passes through here."""
    return _short(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _rows(events: Iterable[Event], started: float) -> Markup:
    """Return the rows of the list of events: when, what, where, name and more. A page may hold hundreds."""
    rows = (f'<tr><td class="number">{_short(_seconds(e.at - started))}</td>{_cells(e)}</tr>\n' for e in events)
    return Markup("".join(rows))  # noqa: S704 - nothing stands in it that _short has not escaped


def _cells(event: Event) -> str:
    return _cells_of(event.what, event.host, event.name, event.detail)


@lru_cache(maxsize=65_536)
def _cells_of(what: str, host: str, name: str, detail: str) -> str:
    shown = (_short(host, 60), _short(name, 120), _short(detail, 100))
    return f"<td>{_short(what)}</td>" + "".join(f"<td><bdi>{text}</bdi></td>" for text in shown)


def _scenario(identity: str, by_id: dict[str, ScenarioData]) -> ScenarioData:
    return by_id[identity]


def _seconds(value: float) -> str:
    return text.seconds(value).replace(" ", "\u00a0")


def _policy(run: RunData, answered: list[PromiseAnswer], trends: Trends) -> dict[str, Any]:
    promised, ruled = parted(answered)
    by_state = {state: [answer for answer in promised if answer.state == state] for state in ORDER}
    outcomes = Counter(scenario["outcome"] for scenario in run["scenarios"])
    found = {answer.id: trend_of(answer.id, trends) for answer in answered}
    return {
        "answers": promised,
        "packs": blocks(run, sorted(ruled, key=lambda one: ORDER.index(one.state))),
        "rule_count": sum(bool(answer.scenarios) for answer in ruled),
        "by_state": by_state,
        "groups": [(title, [one for one in run["causes"] if one["undeclared"] is sort]) for sort, title in GROUPS],
        "by_id": {scenario["id"]: scenario for scenario in run["scenarios"]},
        "others": unassigned(run),
        "outcomes": outcomes,
        "facets": facets(map(of_cause, run["causes"])),
        "anew": [scenario for scenario in run["scenarios"] if scenario["attempts"] > 1],
        "trends": {promise: trend for promise, trend in found.items() if trend is not None},
        "turned": turns(trends) if run["complete"] else [],
    }


def _all(run: RunData) -> dict[str, Any]:
    browsers = sorted({scenario["browser"] for scenario in run["scenarios"]})
    outcomes = Counter(scenario["outcome"] for scenario in run["scenarios"])
    narrowed = facets(of_scenarios([scenario]) for scenario in run["scenarios"])
    return {
        "features": features(run["scenarios"]),
        "browsers": browsers,
        "outcomes": outcomes,
        "facets": narrowed,
    }


def _kept(run: RunData) -> dict[str, Any]:
    found = inventory.rows(run)
    return {
        "stored": [row for row in found if row.stored],
        "contacted": [row for row in found if not row.stored],
        "undeclared": sum(not row.declared for row in found),
        "categories": inventory.categories_in(found),
    }
