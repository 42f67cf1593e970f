"""Lists the items that each step of a scenario stored, changed, deleted and sent, for the report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from consentinel.evidence.guarded import path_of
from consentinel.evidence.records import State, StoredItem
from consentinel.evidence.timeline import Timeline, between
from consentinel.pytest_plugin.scenario_run import ScenarioRun, StepRun, step_data
from consentinel.report.schema import ItemData, StepData
from consentinel.site.classify import is_partner, party
from consentinel.site.profile import Profile
from consentinel.verdicts.attribution_text import place, who_sent, who_wrote
from consentinel.verdicts.finding import UNDECLARED
from consentinel.verdicts.sent import purpose_of
from consentinel.verdicts.stored import first_category

Change = Literal["added", "changed", "gone", "sent"]


def steps_of(scenario_run: ScenarioRun, timelines: list[Timeline], profile: Profile) -> list[StepData]:
    """Return the scenario's steps with screenshot, choice, and the items that they stored and sent."""
    return [filled(step, timelines, profile) for step in scenario_run.steps]


def filled(run: StepRun, timelines: list[Timeline], profile: Profile) -> StepData:
    """Return one step likewise. Of a step that has not ended, nothing is filled in."""
    step, ended = step_data(run), run.ended
    if ended is None:
        return step
    for timeline in timelines:
        pictures = between(timeline.pictures, step["at"], ended)
        if pictures:
            step["picture"] = pictures[-1].path
        if timeline is timelines[0]:
            granted = timeline.choice_at(ended)
            step["granted"] = None if granted is None else sorted(granted)
        step["items"] += _stored(timeline, step["at"], ended, profile)
        step["items"] += _sent(timeline, step["at"], ended, profile)
    return step


def _stored(timeline: Timeline, begun: float, ended: float, profile: Profile) -> Iterator[ItemData]:
    before = timeline.state_before(begun) or State(begun, (), frozenset())
    after = timeline.state_before(ended)
    if after is None or after is before:
        return
    old = {item.identity: item for item in before.items}
    new = {item.identity: item for item in after.items}
    for identity in sorted(old.keys() | new.keys()):
        earlier, later = old.get(identity), new.get(identity)
        if later is None and earlier is not None:
            yield _item(timeline, earlier, after.at, "gone", profile)
        elif later is not None and earlier is None:
            yield _item(timeline, later, after.at, "added", profile)
        elif earlier and later and (earlier.value.text, earlier.expires) != (later.value.text, later.expires):
            yield _item(timeline, later, after.at, "changed", profile)


def _item(timeline: Timeline, item: StoredItem, at: float, change: Change, profile: Profile) -> ItemData:
    return ItemData(
        kind=item.kind.value,
        name=item.name,
        host=item.host,
        path=item.path,
        category=str(first_category(item, profile)),
        party=party(item.host, profile),
        change=change,
        lifetime_s=None if item.expires is None else round(item.expires - at, 1),
        size=len(item.name) + len(item.value),
        written_by=who_wrote(timeline, item, at),
        http_only=item.http_only,
        secure=item.secure,
        same_site=item.same_site,
        partition=item.partition,
    )


def _sent(timeline: Timeline, begun: float, ended: float, profile: Profile) -> Iterator[ItemData]:
    """Return an item for each address that received a request in this step, once and without its query."""
    seen: set[str] = set()
    for request in between(timeline.requests, begun, ended):
        purpose = purpose_of(request, profile)
        ours = party(request.host, profile)
        category = str(
            purpose or ("functionality" if ours == "first" or is_partner(request.host, profile) else UNDECLARED)
        )
        address = place(request.url)
        if address not in seen:
            seen.add(address)
            yield ItemData(
                kind="request",
                name=path_of(address) or "/",
                host=request.host,
                path="/",
                category=category,
                party=ours,
                change="sent",
                lifetime_s=None,
                size=len(request.body),
                written_by=who_sent(timeline, request),
                http_only=False,
                secure=request.url.startswith("https:"),
                same_site="unknown",
                partition=None,
            )
