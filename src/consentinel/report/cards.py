"""The summary of a run as a chat service shows it: blocks for Slack, an Adaptive Card for Microsoft Teams.

Sources: https://docs.slack.dev/reference/block-kit and https://adaptivecards.io/explorer/. What a site chose as a name
stands in elements that know no markup, so that it can neither link nor mention anybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args

from consentinel.evidence.guarded import host_of
from consentinel.report.text import count, plain
from consentinel.report.webhook import CauseSummary, Summary

Service = Literal["json", "slack", "teams"]
"""Who is told: `json` stands for anything that reads the summary itself."""

SERVICES: tuple[Service, ...] = get_args(Service)

SLACK = ("hooks.slack.com", "hooks.slack-gov.com")
TEAMS = (".webhook.office.com", ".logic.azure.com", ".powerplatform.com")
"""Hosts of webhooks: one that begins with a dot stands for its sub-domains. Workflows of Teams are those of Azure."""

SHOWN = 5
"""Causes and changes that are named."""

HEADER = 150
SECTION = 3000
"""Characters that Slack takes in a header and in a section."""


def service_of(url: str) -> Service:
    """Return the service that an address belongs to."""
    host = host_of(url)
    if host in SLACK:
        return "slack"
    return "teams" if host.endswith(TEAMS) else "json"


def payload(summary: Summary, service: Service) -> dict[str, Any]:
    """Return what is posted to a service."""
    if service == "slack":
        return _slack(summary)
    return _teams(summary) if service == "teams" else {**summary}


def _slack(summary: Summary) -> dict[str, Any]:
    header = {"type": "header", "text": _unmarked(_title(summary), HEADER)}
    sections = [{"type": "section", "text": _unmarked(text, SECTION)} for text in (summary["text"], *_lines(summary))]
    return {"text": summary["text"], "blocks": [header, *sections]}


def _unmarked(text: str, limit: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": text if len(text) <= limit else f"{text[: limit - 1]}…", "emoji": False}


def _teams(summary: Summary) -> dict[str, Any]:
    body = [_run(_title(summary), weight="Bolder", size="Large"), *map(_run, (summary["text"], *_lines(summary)))]
    content: dict[str, Any] = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
        "msteams": {"width": "Full"},
    }
    if summary["report"].startswith("https://"):
        content["actions"] = [{"type": "Action.OpenUrl", "title": "Report", "url": summary["report"]}]
    card = {"contentType": "application/vnd.microsoft.card.adaptive", "content": content}
    return {"type": "message", "attachments": [card]}


def _run(text: str, **attributes: str) -> dict[str, Any]:
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, **attributes}]}


def _title(summary: Summary) -> str:
    states = [*summary["promises"].values(), *summary["rules"].values()]
    site = plain(summary["site"], 60)
    if "broken" in states:
        return f"{site}: broken"
    if "could not tell" in states:
        return f"{site}: could not tell"
    return f"{site}: kept" if "kept" in states else f"{site}: nothing was tested"


def _lines(summary: Summary) -> Iterator[str]:
    """Yield what stands below the verdict: causes, changes, problems and the report."""
    yield from map(_cause, summary["causes"][:SHOWN])
    if len(summary["causes"]) > SHOWN:
        yield f"and {count(len(summary['causes']) - SHOWN, 'more cause')}"
    yield from (f"Changed: {change}" for change in summary["drift"][:SHOWN])
    if len(summary["drift"]) > SHOWN:
        yield f"and {count(len(summary['drift']) - SHOWN, 'more change')}"
    yield from (f"Problem: {problem}" for problem in summary["problems"][:SHOWN])
    if summary["report"]:
        yield f"Report: {summary['report']}"


def _cause(cause: CauseSummary) -> str:
    named = f" ({cause['items']})" if cause["items"] else ""
    broken = ", ".join(cause["promises"])
    return (
        f"{cause['sentence']}{named}\n{broken}, in {count(cause['scenarios'], 'scenario')}. {cause['advice']}".rstrip()
    )
