"""Compares what pages tell their tags about consent by commands with the choice (P10, P11, P21)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import takewhile

from consentinel.evidence.guarded import host_of, without_fragment
from consentinel.evidence.records import Kind
from consentinel.evidence.signal_records import ConsentCommand, Maker
from consentinel.evidence.signals import DENIED, GRANTED, Purpose
from consentinel.evidence.timeline import Timeline, between
from consentinel.site.classify import category_of_address
from consentinel.site.profile import Category, Profile
from consentinel.verdicts.attribution_text import place
from consentinel.verdicts.finding import Finding, moment_of
from consentinel.verdicts.messages import sentence, shortened
from consentinel.verdicts.signal_reading import are, goes_beyond, page_of, permits, said, serving, signals_since

TAGS: Mapping[Maker, str] = {
    "google": "its tags",
    "microsoft": "its UET tag",
    "meta": "Meta's pixel",
    "tiktok": "TikTok's pixel",
    "clarity": "Clarity",
}

_HOSTS: Mapping[tuple[Maker, Purpose], str] = {
    ("meta", Purpose.AD_STORAGE): "connect.facebook.net",
    ("tiktok", Purpose.AD_STORAGE): "analytics.tiktok.com",
    ("clarity", Purpose.ANALYTICS_STORAGE): "www.clarity.ms",
}
"""Where a maker's tag comes from, by the purpose that it serves above all."""

_SILENT: Collection[Maker] = ("meta", "tiktok", "clarity")
"""Whose requests carry no signal: what pages say to these tags is all that there is."""


def is_commanded(timeline: Timeline, since: float) -> bool:
    """Return whether a page told tags that send nothing on of what they are told."""
    return any(command.maker in _SILENT for command in between(timeline.commands, since))


def kept_from(timeline: Timeline, profile: Profile, since: float) -> Iterator[tuple[str, Finding]]:
    """Pages whose last command to such a tag denies what the visitor allows."""
    last = {
        (command.maker, without_fragment(command.frame)): command
        for command in between(timeline.commands, since)
        if command.maker in _SILENT
    }
    for (maker, page), command in last.items():
        choice = timeline.choice_at(command.at) or ()
        denied = [one for one in said(command, DENIED) if not _served(command, one, profile).isdisjoint(choice)]
        if denied:
            fault = f"says that {are(denied, 'denied')}, although the visitor allows it, and none follows"
            yield f"{maker} {page}", of_page(timeline, command, fault)


def fault_of(command: ConsentCommand, timeline: Timeline, profile: Profile) -> str:
    """Return what is wrong with a page's command, empty where nothing is.

    A default that holds everywhere may grant what one for some regions denies, and consent managers inside of a tag
    manager give commands that no page shows: where requests of the page say otherwise, they are believed.
    """
    choice = timeline.choice_at(command.at)
    if not command.works or command.regions or _is_overruled(command, timeline, profile):
        return ""
    elsewhere = _denied_in_regions(command, timeline) if command.name == "default" else set()
    granted = [purpose for purpose in said(command) if purpose not in elsewhere]
    beyond = [one for one in granted if permits(_served(command, one, profile), choice, profile) is False]
    wrong = [one for one in beyond if not _is_taken_back(command, one, timeline, profile)]
    who = "has not chosen" if choice is None else "does not allow it"
    return f"says that {are(wrong, 'granted')}, although the visitor {who}" if wrong else ""


def _served(command: ConsentCommand, purpose: Purpose, profile: Profile) -> frozenset[Category]:
    """Return the categories that a purpose serves: that of the maker's host alone, where the profile has it in one."""
    own = _HOSTS.get((command.maker, purpose), "")
    category = category_of_address(f"https://{own}/", profile)
    return frozenset({category}) if category else serving(purpose, profile)


def _is_taken_back(command: ConsentCommand, purpose: Purpose, timeline: Timeline, profile: Profile) -> bool:
    """Return whether the page denies at once what its default grants of a category that can only be objected to."""
    if command.name != "default" or profile.objectionable.isdisjoint(_served(command, purpose, profile)):
        return False
    later = (one for one in timeline.commands if one.at >= command.at and one is not command)
    same = (one for one in later if (one.maker, one.frame) == (command.maker, command.frame) and one.works)
    until = takewhile(lambda one: one.name != "default", same)
    return any(not one.regions and purpose in said(one, DENIED) for one in until)


def _is_overruled(command: ConsentCommand, timeline: Timeline, profile: Profile) -> bool:
    """Return whether requests of the command's page went out after it, and none granted more than was chosen."""
    page = without_fragment(command.frame)
    signals = (signal for signal in signals_since(timeline, command.at) if signal.maker == command.maker)
    later = [signal for signal in signals if page_of(signal) == page]
    return bool(later) and not any(
        goes_beyond(signal, purpose, timeline.choice_at(signal.at), profile)
        for signal in later
        for purpose in signal.allowed
    )


def _denied_in_regions(command: ConsentCommand, timeline: Timeline) -> set[Purpose]:
    return {
        Purpose(name)
        for other in timeline.commands
        if other.works and other.regions and other.name == "default" and other.frame == command.frame
        for name, state in other.states
        if state != GRANTED
    }


def of_page(timeline: Timeline, command: ConsentCommand, statement: str) -> Finding:
    """Return the finding about a command that a page gave."""
    where = place(command.frame)
    by = f", given by {place(command.script)}" if command.script else ""
    told = f'{TAGS[command.maker]} the command "{shortened(command.name)}"'
    return Finding(
        rule="page tells of consent",
        category="",
        kind=Kind.PAGE,
        name=f"consent {shortened(command.name)}",
        host=host_of(command.frame),
        at=command.at,
        moment=moment_of(timeline, command.at),
        written_by=where,
        sentence=sentence(f"the page {where} gave {told}, which {statement}{by}"),
        maker=command.maker,
    )
