"""An invented run: a site with faults, things that no browser shows, and names that a hostile site might choose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from consentinel.report.causes import causes
from consentinel.report.schema import (
    VERSION,
    FindingData,
    ItemData,
    Outcome,
    RunData,
    ScenarioData,
    StepData,
)
from tools.report_demo.plots import PLOTS, SOCIAL, Plot
from tools.report_demo.policy import invented_policy
from tools.report_demo.promises import PROMISES
from tools.report_demo.repeated import drifted, made_finding, repeated

STARTED = 1_795_593_600.0
"""25 November 2026, 08:00 UTC: the same at every call, so that pictures of the report do not change."""

SITE = "www.bluebird.localhost"
_BROWSERS = {"chromium": "156.0.7712.0", "firefox": "153.4.0esr"}
_DAY = 86_400.0

HOSTILE = (
    "<script>document.title='ran'</script>",
    "\u202egnp.tnuocca\u202c",
    "null\x00byte\x1b[31m",
    "lone\ud83dsurrogate",
    '=HYPERLINK("https://example.invalid")',
    "{{ 7*7 }}{% raw %}",
    "x" * 10_240,
)


_QUIET = tuple(promise["id"] for promise in PROMISES if promise["id"] not in ("P08", "P15"))

Mood = Literal["broken", "clean", "interrupted", "nightly"]


def invented(scenarios: int = 60, mood: Mood = "broken") -> RunData:
    """Return a run of that many scenarios.

    `clean` has no fault; `interrupted` ends in the middle of its last scenario; of `nightly` one scenario ran three
    times and disagrees with itself, and something is new since the night before.
    """
    played = list(_played(scenarios, mood))
    if mood == "nightly":
        played += repeated(next(one for one in played if one["promises"] == ["P21"] and one["browser"] == "chromium"))
        played[0]["findings"].append(drifted(played[0]["started"]))
    if mood == "interrupted" and played:
        played[-1] = _cut(played[-1])
    return {
        "version": VERSION,
        "tool": "Consentinel 0.1.0",
        "site": "Bluebird",
        "base_url": f"https://{SITE}:8443/",
        "started": STARTED,
        "seconds": 4.2 * scenarios,
        "complete": mood != "interrupted",
        "browsers": dict(_BROWSERS),
        "wire": True,
        "horizon_s": 5.0,
        "promises": PROMISES,
        "blindness": [
            {
                "browser": "firefox",
                "kind": "cache",
                "reason": "a planted entry did not show in the third-party frame.",
            }
        ],
        "scenarios": played,
        "causes": causes(played),
        "problems": ["The policy announces four categories of cookies and lists three."] if mood == "broken" else [],
        "policy": invented_policy(STARTED),
    }


def _played(scenarios: int, mood: Mood) -> Iterator[ScenarioData]:
    for number in range(scenarios):
        browser = ("chromium", "firefox")[number % 2]
        turn = number // 2
        plot = PLOTS[turn % len(PLOTS)] if turn < len(PLOTS) else _quiet(turn)
        yield _scenario(plot, browser, number, mood)


def _quiet(turn: int) -> Plot:
    promise = _QUIET[turn % len(_QUIET)]
    steps = ("Given a new visitor", "When they read the site", f"Then promise {promise} is kept, time {turn}")
    return Plot(f"Promise {promise}", "What was promised holds", f"It holds on visit {turn}", (promise,), (), steps)


def _scenario(plot: Plot, browser: str, number: int, mood: Mood) -> ScenarioData:
    started = STARTED + 4.2 * number
    name = f"{plot.name} {browser} {number}".lower().replace(" ", "-")
    outcome, reason = _outcome(plot, browser, mood)
    findings = _findings(plot, started) if outcome == "failed" else []
    return {
        "id": name,
        "feature": plot.feature,
        "rule": plot.rule,
        "scenario": plot.name,
        "file": f"features/{plot.feature.split()[0].lower()}.feature",
        "line": 10 + len(plot.name),
        "tags": [*plot.promises, "slow"] if number % 7 == 0 else list(plot.promises),
        "promises": list(plot.promises),
        "browser": browser,
        "outcome": outcome,
        "reason": reason,
        "started": started,
        "seconds": 3.9,
        "bound_s": 5.0,
        "worker": f"gw{number % 2}",
        "steps": _steps(plot, name, started, outcome, mood),
        "findings": findings,
        "timelines": [f"timelines/{name}-visitor.json"],
        "hars": [f"hars/{name}.har"],
        "attempts": 2 if mood == "nightly" and number % 23 == 22 else 1,
        "repetition": 1,
    }


def _outcome(plot: Plot, browser: str, mood: Mood) -> tuple[Outcome, str]:
    if mood == "clean":
        return "passed", ""
    if plot.feature == SOCIAL or (plot.promises == ("P21",) and browser == "firefox"):
        return "failed", ""
    if plot.promises == ("P07",):
        return (
            "inconclusive",
            "The browser blocks third-party cookies in every profile, so nothing can be compared.",
        )
    if plot.promises == ("P20",):
        return "skipped", "The site's profile does not allow tests that change data."
    return "passed", ""


def _steps(plot: Plot, name: str, started: float, outcome: Outcome, mood: Mood) -> list[StepData]:
    steps: list[StepData] = []
    stopped = {"failed": 3, "inconclusive": len(plot.steps) - 1, "skipped": 0}.get(outcome, len(plot.steps))
    for number, line in enumerate(plot.steps):
        keyword, text = line.split(" ", 1)
        reached = number <= min(stopped, len(plot.steps) - 1)
        steps.append(
            {
                "keyword": keyword,
                "text": text,
                "outcome": "not run" if not reached else outcome if number == stopped else "passed",
                "at": started + 0.6 * number,
                "seconds": 0.55 if reached else 0.0,
                "picture": f"pictures/{name}-{number + 1}.png" if reached and number < 3 else "",
                "granted": sorted(plot.choice) if number and plot.choice is not None else None,
                "items": _items(plot, number, mood) if reached else [],
            }
        )
    if outcome == "failed" and stopped >= len(steps):
        steps[-1]["outcome"] = "failed"
    return steps


def _item(name: str, host: str, category: str, *, kind: str = "cookie", change: str = "added") -> ItemData:
    party: Literal["first", "third"] = "first" if host.endswith(SITE) else "third"
    changes: dict[str, Literal["added", "changed", "gone", "sent"]] = {"gone": "gone", "sent": "sent"}
    cookie = kind == "cookie"
    return {
        "kind": kind,
        "name": name,
        "host": host,
        "path": "/",
        "category": category,
        "party": party,
        "change": changes.get(change, "added"),
        "lifetime_s": 395 * _DAY if cookie and category != "functionality" else None,
        "size": len(name) + 36,
        "written_by": f"https://{host}/static/{category or 'x'}.js:14" if category != "functionality" else "",
        "http_only": cookie and category == "functionality",
        "secure": True,
        "same_site": "none" if party == "third" else "lax",
        "partition": None,
    }


def _items(plot: Plot, step: int, mood: Mood) -> list[ItemData]:
    sent = [_item(path, SITE, "functionality", kind="request", change="sent") for path in ("/", "/style.css")]
    if step == 0:
        return [_item("session", SITE, "functionality"), *sent]
    items = [_item("consent", SITE, "functionality")] if step == 1 and plot.choice is not None else []
    if plot.choice and "analytics" in plot.choice and step == 1:
        items += [_item("_ga", SITE, "analytics"), _item(f"_ga_{len(plot.name)}QX7K2M", SITE, "analytics")]
        items.append(_item("/collect", "analytics.localhost", "analytics", kind="request", change="sent"))
    if mood != "clean" and plot.feature == SOCIAL and step == 2:
        items += [
            _item("nb_uid", "social.localhost", "social"),
            _item("nb_seen", "social.localhost", "social"),
        ]
        items += [_item(name, "odd.localhost", "", kind="local_storage") for name in HOSTILE]
        items.append(_item("/widget.js", "social.localhost", "social", kind="request", change="sent"))
    return items + sent


def _findings(plot: Plot, started: float) -> list[FindingData]:
    if plot.promises == ("P21",):
        return [_request(started, "P21", "analytics", "analytics.localhost", "/collect", "Given a new visitor")]
    moment = "And they read three articles"
    stored = made_finding(
        promise="P24",
        rule="stored without consent",
        category="social",
        item={"kind": "cookie", "name": "nb_uid", "host": "social.localhost"},
        moment=moment,
        at=started + 1.5,
        written_by="https://social.localhost/widget.js:14",
        sentence="The social network set the cookie nb_uid although the visitor had refused social cookies.",
    )
    hostile = made_finding(
        promise="P05",
        rule="undeclared: not declared",
        category="",
        item={"kind": "local_storage", "name": HOSTILE[0], "host": "odd.localhost"},
        moment=moment,
        at=started + 1.5,
        written_by="https://social.localhost/widget.js:14",
        sentence=f"An item that no category declares was stored: {HOSTILE[0]} {HOSTILE[1]} {HOSTILE[2]}",
    )
    stored["by_hand"] = [
        f"Open a new private window; open DevTools (F12), and go to https://{SITE}:8443/",
        "In the site's dialog switch on only “Statistics” and “Advertising”, and save",
        f"Go to https://{SITE}:8443/articles/1, https://{SITE}:8443/articles/2 and then https://{SITE}:8443/articles/3",
        "Look at DevTools → Application (Firefox: Storage) → Cookies: nb_uid of social.localhost",
    ]
    seen = made_finding(
        promise="P24",
        rule="stored without consent",
        category="social",
        item={"kind": "cookie", "name": "nb_seen", "host": "social.localhost"},
        moment=moment,
        at=started + 1.5,
        written_by="https://social.localhost/widget.js:31",
        sentence="The social network set the cookie nb_seen although the visitor had refused social cookies.",
    )
    return [stored, seen, _request(started, "P24", "social", "social.localhost", "/widget.js", moment), hostile]


def _request(started: float, promise: str, category: str, host: str, path: str, moment: str) -> FindingData:
    return made_finding(
        promise=promise,
        rule="contacted without consent",
        category=category,
        item={"kind": "request", "name": path, "host": host},
        moment=moment,
        at=started + 1.3,
        written_by=f"https://{SITE}/articles/1:31",
        sentence=f"The page called {host} although the visitor had not allowed {category} cookies.",
    )


def _cut(scenario: ScenarioData) -> ScenarioData:
    scenario["outcome"], scenario["reason"] = "inconclusive", "The run was interrupted in this scenario."
    scenario["steps"][-1]["outcome"] = "not run"
    scenario["steps"][-1]["picture"] = "pictures/never-taken.png"
    return scenario
