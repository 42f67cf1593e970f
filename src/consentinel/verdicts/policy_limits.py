"""Rules about the times that the policy says: for its items, its categories and the choice (P12, P28).

Only what a person has confirmed makes findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from consentinel.evidence.blindness import Aspect, Blindness
from consentinel.evidence.records import Kind, StoredItem
from consentinel.evidence.timeline import Timeline
from consentinel.policy.policy_file import CategoryParameters, PolicyFile
from consentinel.policy.standing import KEPT_AS_SAID
from consentinel.site.classify import categories_of, is_choice
from consentinel.site.profile import Profile
from consentinel.verdicts.changes import recorded_writes
from consentinel.verdicts.finding import Finding, Verdict, about_item
from consentinel.verdicts.lifetime import DAY, SLACK, days, lifetimes
from consentinel.verdicts.messages import located
from consentinel.verdicts.observability import about_storage
from consentinel.verdicts.register import kept_as_declared
from consentinel.verdicts.stored import first_category

MONTH = 31 * DAY
"""Seconds that a month of the policy may have."""

SHORT_MONTH = 28 * DAY
"""Seconds that a month of the policy must have."""

SHARE = 0.9
"""How much of the time that the policy says of a choice must pass before it ends: sites name round times."""


class _Limit(NamedTuple):
    """The longest time that the policy allows, in seconds, and its words for it."""

    seconds: float
    said: str


def kept_as_said(timeline: Timeline, profile: Profile, policy: PolicyFile, blind: Iterable[Blindness]) -> Verdict:
    """Nothing is kept for longer than the policy says of the item, of its category, or of the choice (P28).

    Of a policy that asks again after some months, a choice that lasts longer is a doubt: the site may ask even so.
    """
    findings: dict[tuple[str, str], Finding] = {}
    doubts: list[str] = []
    for item, seconds, at, writer in lifetimes(timeline):
        key = (item.name, item.host)
        over = [limit for limit in _limits(item, profile, policy) if seconds > limit.seconds + SLACK]
        if over and key not in findings:
            statement = f"{located(item)} is kept for {days(seconds)} days, although the policy says {over[0].said}"
            rule, category = "kept longer than declared", first_category(item, profile)
            findings[key] = about_item(
                timeline, item, at, rule, category, statement, writer=writer, breaks=(KEPT_AS_SAID,)
            )
        if (renewed := _renewal(item, profile, policy)) and seconds > renewed.seconds + SLACK:
            doubts.append(
                f"{located(item)} keeps the choice for {days(seconds)} days; whether the site asks again after "
                f"{renewed.said} before that was not tried"
            )
    declared = kept_as_declared(timeline, profile, policy)
    unseen = about_storage(timeline, tuple(blind), (Kind.COOKIE,), tuple(Aspect))
    return Verdict((*declared.findings, *findings.values()), tuple(dict.fromkeys((*declared.doubts, *doubts, *unseen))))


def choice_lasts(timeline: Timeline, profile: Profile, policy: PolicyFile, blind: Iterable[Blindness]) -> Verdict:
    """What keeps the choice ends no sooner than the policy says: who is asked anew each week has not chosen (P12, P28).

    Where several items keep it, the one that lasts longest counts. What has no term, but for a cookie, lasts. The term
    that was asked for counts, not the one to which browsers cut it.
    """
    months = min(_months_of_choice(policy))
    kept = [item for item in (timeline.state.items if timeline.state else ()) if is_choice(item, profile)]
    if not kept:
        return Verdict(doubts=("no item that keeps the choice is on the device: how long it lasts cannot be told",))
    if any(item.kind is not Kind.COOKIE for item in kept):
        return Verdict()
    asked = _terms(timeline)
    item = max(kept, key=lambda one: asked.get(one.key, (0.0,))[0])
    seconds, at, writer = asked.get(item.key, (0.0, 0.0, ""))
    doubts = about_storage(timeline, tuple(blind), (Kind.COOKIE,), tuple(Aspect))
    if seconds >= SHARE * months * SHORT_MONTH:
        return Verdict(doubts=doubts)
    until = f"for {days(seconds)} days" if seconds else "until the browser closes"
    statement = f"{located(item)} is kept {until}, although the policy says {months:g} months of the choice"
    rule, category = "kept shorter than declared", first_category(item, profile)
    found = about_item(timeline, item, at, rule, category, statement, writer=writer, breaks=(KEPT_AS_SAID,))
    return Verdict((found,), doubts)


def _terms(timeline: Timeline) -> dict[tuple[Kind, str, str], tuple[float, float, str]]:
    """Return for how many seconds each cookie was last asked to be kept, when, and by whom; else what the jar says."""
    terms = {
        one.item.key: (one.max_age, one.at, one.writer)
        for one in sorted(recorded_writes(timeline), key=lambda change: change.at)
        if one.max_age is not None and one.max_age > 0
    }
    for item in timeline.state.items if timeline.state else ():
        if item.expires is not None and timeline.state:
            terms.setdefault(item.key, (item.expires - timeline.state.at, timeline.state.at, ""))
    return terms


def says_how_long_a_choice_lasts(policy: PolicyFile) -> bool:
    """Return whether a person has confirmed that the policy says for how long a choice is kept."""
    return any(_months_of_choice(policy))


def has_limits(policy: PolicyFile) -> bool:
    """Return whether the policy says how long anything is kept."""
    tables = policy.parameters.categories.values()
    said = (table.max_days or table.choice_months or table.renew_months for table in tables)
    return any(row.lifetime for row in policy.rows) or any(said)


def _limits(item: StoredItem, profile: Profile, policy: PolicyFile) -> Iterator[_Limit]:
    """Yield the limits that a person has confirmed. An item of several categories may be kept as long as any allows."""
    tables = [policy.parameters.categories.get(str(category)) for category in categories_of(item, profile)]
    most = [table.max_days for table in tables if table and table.confirmed and table.max_days]
    if most and len(most) == len(tables):
        yield _Limit(max(most) * DAY, f"at most {max(most):g} days of this category")
    months = _months_of_choice(policy)
    if months and is_choice(item, profile):
        yield _Limit(max(months) * MONTH, f"at most {max(months):g} months of the choice")


def _renewal(item: StoredItem, profile: Profile, policy: PolicyFile) -> _Limit | None:
    """After how long the policy says that the site asks again, for an item that keeps the choice."""
    months = [table.renew_months for table in _confirmed(policy) if table.renew_months]
    if not months or not is_choice(item, profile):
        return None
    return _Limit(min(months) * MONTH, f"{min(months):g} months")


def _months_of_choice(policy: PolicyFile) -> list[float]:
    return [table.choice_months for table in _confirmed(policy) if table.choice_months]


def _confirmed(policy: PolicyFile) -> Iterator[CategoryParameters]:
    return (table for table in policy.parameters.categories.values() if table.confirmed)
