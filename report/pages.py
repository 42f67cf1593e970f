"""The pages of the report, from templates that escape everything and forgive no missing name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from report import inventory, links, text
from report.matrix import features
from report.promises import ORDER, PromiseAnswer, answers, reason, unassigned, verdict
from report.scenario import scenario_view
from report.schema import RunData
from report.summary import verdict_parts
from report.trend import Trends, trend_of, turns

_TEMPLATES = Path(__file__).with_name("templates")
POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; base-uri 'none'"


def pages(run: RunData, folder: Path, trends: Trends) -> Iterator[tuple[str, str]]:
    """Each page's path in the report's folder, and its text."""
    environment = _environment()
    answered = answers(run)
    shared = {
        "run": run,
        "verdict": verdict(answered),
        "sentence": verdict_parts(run, answered),
        "csp": POLICY,
    }
    for name, context in (("scenarios.html", _all(run)), ("inventory.html", _kept(run))):
        yield name, _template(environment, name).render(shared, root="", here=name, **context)
    page = _template(environment, "scenario.html")
    titles = {promise["id"]: promise["title"] for promise in run["promises"]}
    for scenario in run["scenarios"]:
        view = scenario_view(scenario, run, folder)
        yield (
            links.scenario_page(scenario),
            page.render(shared, root="../", here="", view=view, titles=titles),
        )
    first = "index.html"
    yield first, _template(environment, first).render(shared, root="", here=first, **_policy(run, answered, trends))


def _template(environment: Environment, name: str) -> Template:
    return environment.get_template(f"{name}.j2")


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_tamed,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "address": links.address,
        "browser": text.browser,
        "choice": text.choice,
        "count": text.count,
        "day": text.day,
        "kind": text.kind,
        "lifetime": text.lifetime,
        "listed": text.listed,
        "moment": text.moment,
        "page": links.scenario_page,
        "reason": reason,
        "seconds": lambda value: text.seconds(value).replace(" ", "\u00a0"),
        "short": _short,
        "size": text.size,
        "version": text.version,
    }
    return environment


def _short(value: str, limit: int = text.LIMIT) -> Markup:
    """Tamed to a length of its own and escaped, so that nothing that comes after looks at it again."""
    return escape(text.plain(value, limit))


def _tamed(value: Any) -> Any:
    """Every text that a template puts out goes through here, so that none is forgotten."""
    return text.plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _policy(run: RunData, answered: list[PromiseAnswer], trends: Trends) -> dict[str, Any]:
    by_state = {state: [answer for answer in answered if answer.state == state] for state in ORDER}
    outcomes = Counter(scenario["outcome"] for scenario in run["scenarios"])
    found = {answer.id: trend_of(answer.id, trends) for answer in answered}
    return {
        "answers": answered,
        "by_state": by_state,
        "others": unassigned(run),
        "outcomes": outcomes,
        "trends": {promise: trend for promise, trend in found.items() if trend is not None},
        "turned": turns(trends) if run["complete"] else [],
    }


def _all(run: RunData) -> dict[str, Any]:
    browsers = sorted({scenario["browser"] for scenario in run["scenarios"]})
    outcomes = Counter(scenario["outcome"] for scenario in run["scenarios"])
    return {"features": features(run["scenarios"]), "browsers": browsers, "outcomes": outcomes}


def _kept(run: RunData) -> dict[str, Any]:
    found = inventory.rows(run)
    return {
        "stored": [row for row in found if row.stored],
        "contacted": [row for row in found if not row.stored],
        "undeclared": sum(not row.declared for row in found),
        "categories": (inventory.UNDECLARED, *inventory.CATEGORIES),
    }
