"""What chat services are sent: Slack's blocks and an Adaptive Card, with strangers' text that stays text."""

from __future__ import annotations

import json

import pytest

from consentinel.report import exit_codes, webhook
from consentinel.report.cards import HEADER, SECTION, SHOWN, payload, service_of
from tests.history.builders import finding, run, scenario


def item(number: int) -> dict[str, str]:
    return {"kind": "cookie", "name": "abcdefgh"[number], "host": "social.example"}


def summary(sentence: str = "A social cookie was stored.", causes: int = 1, report: str = "") -> webhook.Summary:
    found = [
        scenario(f"s{number}", outcome="failed", findings=[finding(item=item(number), sentence=sentence)])
        for number in range(causes)
    ]
    return webhook.summary(run(*found), None, exit_codes.BROKEN, report)


@pytest.mark.parametrize(
    ("url", "service"),
    [
        ("https://hooks.slack.com/services/T0/B0/secret", "slack"),
        ("https://company.webhook.office.com/webhookb2/secret", "teams"),
        ("https://prod-12.westeurope.logic.azure.com:443/workflows/secret", "teams"),
        ("https://default1.2.environment.api.powerplatform.com:443/workflows/secret", "teams"),
        ("https://chat.example/hooks/secret", "json"),
        ("https://hooks.slack.com.example/secret", "json"),
        ("no address", "json"),
    ],
)
def test_the_address_says_who_reads(url: str, service: str) -> None:
    assert service_of(url) == service


def test_anybody_else_reads_the_summary_itself() -> None:
    assert payload(summary(), "json") == summary()


def test_slack_is_told_the_verdict_and_the_causes_without_markup() -> None:
    told = payload(summary("<!channel> *free* <https://evil.example|look>", causes=SHOWN + 2), "slack")
    assert told["text"] == summary(causes=SHOWN + 2)["text"]
    texts = [block["text"] for block in told["blocks"]]
    assert {text["type"] for text in texts} == {"plain_text"}
    assert texts[0]["text"].endswith(": broken")
    assert texts[2]["text"].startswith("<!channel> *free* <https://evil.example|look>\nP24, in 1 scenario.")
    assert texts[-1]["text"] == "and 2 more causes"


def test_slack_takes_no_text_that_is_too_long() -> None:
    blocks = payload({**summary(), "text": "x" * 5000, "site": "y" * 500}, "slack")["blocks"]
    assert all(len(block["text"]["text"]) <= (HEADER if block["type"] == "header" else SECTION) for block in blocks)


def test_teams_is_told_by_an_adaptive_card_without_markup() -> None:
    told = payload(summary("[look](https://evil.example)", report="https://ci.example/report"), "teams")
    (attached,) = told["attachments"]
    card = attached["content"]
    assert (told["type"], attached["contentType"]) == ("message", "application/vnd.microsoft.card.adaptive")
    assert {element["type"] for element in card["body"]} == {"RichTextBlock"}, "a TextBlock would read Markdown"
    assert "[look](https://evil.example)" in json.dumps(card["body"])
    assert card["actions"] == [{"type": "Action.OpenUrl", "title": "Report", "url": "https://ci.example/report"}]


def test_a_report_on_a_disk_is_no_button() -> None:
    assert "actions" not in payload(summary(report="/builds/report"), "teams")["attachments"][0]["content"]


@pytest.mark.parametrize(
    ("states", "title"),
    [
        ({"P1": "kept", "P2": "broken"}, "shop: broken"),
        ({"P1": "kept", "P2": "could not tell"}, "shop: could not tell"),
        ({"P1": "kept", "P2": "not run"}, "shop: kept"),
        ({"P1": "not run"}, "shop: nothing was tested"),
    ],
)
def test_the_title_is_the_worst_answer(states: dict[str, str], title: str) -> None:
    told = payload({**summary(), "site": "shop", "promises": states, "rules": {}}, "slack")
    assert told["blocks"][0]["text"]["text"] == title
