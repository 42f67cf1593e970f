"""Rules about how long things are kept."""

from __future__ import annotations

import pytest

from consentinel.evidence.records import Kind, Record
from consentinel.verdicts import lifetime
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import (
    BLIND,
    PROFILE,
    SCRIPT,
    cookie,
    only,
    setting,
    state,
    timeline,
    visit,
    write,
)

DAY = 86400.0


def test_what_is_kept_within_its_limit_is_clean() -> None:
    kept = state(
        20.0, cookie("_ga", expires=20.0 + 400 * DAY), cookie("choice", expires=20.0 + 180 * DAY), cookie("session")
    )
    asked = (write("_ga", max_age=400 * DAY + 3000), setting("choice", max_age=180 * DAY), setting("session"))
    assert lifetime.bounded(timeline(visit(), *asked, kept), PROFILE, ()) == Verdict()


@pytest.mark.parametrize(
    ("record", "days", "writer"),
    [
        (write("_ga", max_age=730 * DAY), "730", SCRIPT),
        (setting("_ga", max_age=400.3 * DAY, url="https://www.shop.example/set?id=1"), "400.3",
         "https://www.shop.example/set"),
        (write("_ga", max_age=1e12), "11,574,074.1", SCRIPT),
    ],
)  # fmt: skip
def test_what_was_asked_for_counts_whatever_the_browser_made_of_it(record: object, days: str, writer: str) -> None:
    cut = state(20.0, cookie("_ga", expires=20.0 + 400 * DAY))
    finding = only(lifetime.bounded(timeline(visit(), record, cut), PROFILE, ()))  # type: ignore[arg-type]
    assert (finding.rule, finding.category, finding.kind) == ("kept too long", "analytics", Kind.COOKIE)
    assert (finding.name, finding.host, finding.moment, finding.written_by) == (
        "_ga", "shop.example", "reads article 1", writer,
    )  # fmt: skip
    assert finding.sentence == (
        f'The cookie "_ga" of shop.example is kept for {days} days, longer than the 400 days allowed; '
        f"written by {writer}"
    )


def test_a_cookie_that_nobody_was_seen_to_write_is_judged_by_the_jar() -> None:
    finding = only(
        lifetime.bounded(timeline(visit(), state(20.0, cookie("zz", expires=20.0 + 500 * DAY))), PROFILE, ())
    )
    assert (finding.category, finding.written_by, finding.at) == ("undeclared", "", 20.0)
    assert finding.sentence.endswith("longer than the 400 days allowed")


def test_the_choice_has_a_limit_of_its_own() -> None:
    finding = only(lifetime.bounded(timeline(visit(), setting("choice", max_age=200 * DAY)), PROFILE, ()))
    assert "kept for 200 days, longer than the 180 days allowed" in finding.sentence


def test_lifetimes_of_a_jar_that_cannot_be_read_are_a_doubt() -> None:
    assert lifetime.bounded(timeline(visit()), PROFILE, ()).doubts == ("what is stored was never read",)
    assert lifetime.bounded(timeline(visit(), state(1.0)), PROFILE, BLIND).doubts == (), "cookies can be seen"


def later(expires: float | None, old: float | None = 180 * DAY, away: float = 30 * DAY) -> Verdict:
    """The choice was stored until `old`; `away` passes, and the jar has been aged by it."""
    before = state(20.0, cookie("choice", expires=old))
    after = state(60.0, cookie("choice", expires=expires))
    return lifetime.not_prolonged(timeline(visit(), before, visit(40.0, "comes back"), after), PROFILE, 40.0, away)


def test_a_choice_whose_end_has_not_moved_is_clean() -> None:
    assert later(150 * DAY) == Verdict()
    assert later(150 * DAY + 3000) == Verdict()


def test_a_later_visit_must_not_move_its_end() -> None:
    finding = only(later(180 * DAY))
    assert (finding.rule, finding.category, finding.name, finding.moment) == (
        "prolonged", "functionality", "choice", "comes back",
    )  # fmt: skip
    assert finding.sentence == 'The cookie "choice" of shop.example was prolonged by 30 days on a later visit'


def test_a_partitioned_choice_keeps_its_term_while_the_visitor_is_away() -> None:
    kept = cookie("choice", expires=180 * DAY, partition="https://shop.example")
    seen = timeline(visit(), state(20.0, kept), visit(40.0, "comes back"), state(60.0, kept))
    verdict = lifetime.not_prolonged(seen, PROFILE, 40.0, 30 * DAY)
    assert verdict.findings == ()
    assert "is partitioned, and the browser lets nobody shorten its term" in verdict.doubts[0]


@pytest.mark.parametrize(("new", "old"), [(None, 180 * DAY), (180 * DAY, None)])
def test_without_two_ends_nothing_can_be_compared(new: float | None, old: float | None) -> None:
    verdict = later(new, old)
    assert (verdict.findings, len(verdict.doubts)) == ((), 1)


def test_a_choice_that_ended_before_the_visitor_came_back_says_nothing_of_visits() -> None:
    before = state(20.0, cookie("choice", expires=7 * DAY))
    seen = timeline(visit(), before, visit(40.0, "comes back"), state(60.0))
    verdict = lifetime.not_prolonged(seen, PROFILE, 40.0, 30 * DAY)
    assert verdict.findings == ()
    assert verdict.doubts == (
        "the stored choice ended within the 30 days that the visitor was away: "
        "whether a visit before its end prolongs it was not seen",
    )
    assert "could be compared" in lifetime.not_prolonged(seen, PROFILE, 40.0, 5 * DAY).doubts[0]


def test_without_a_choice_nothing_can_be_compared() -> None:
    assert lifetime.not_prolonged(timeline(visit()), PROFILE, 40.0, DAY).doubts


END = 1795732859.0


@pytest.mark.parametrize(
    ("first", "second", "again", "findings", "doubts"),
    [
        pytest.param(END, END, 30.0, 0, 0, id="the first day is kept"),
        pytest.param(END, END + 30.0, 30.0, 1, 0, id="the day is counted anew"),
        pytest.param(END, END, 1.0, 0, 1, id="the same day, but within a second"),
        pytest.param(END - END % 86400, END - END % 86400, 30.0, 0, 1, id="the end of a day"),
        pytest.param(None, None, 30.0, 1, 0, id="an age"),
    ],
)
def test_a_server_whose_clock_stands_still_may_name_the_first_day_again(
    first: float | None, second: float | None, again: float, findings: int, doubts: int
) -> None:
    left, away = 180 * DAY, 30 * DAY
    jar = [cookie("choice", expires=first or END), cookie("choice", expires=second or END + again)]
    asked = [
        setting("choice", at=10.0, max_age=left, expires=first),
        setting("choice", at=10.0 + again, expires=second),
    ]
    seen: list[Record] = [asked[0], state(10.1, jar[0]), visit(10.2), asked[1], state(60.0, jar[1])]
    verdict = lifetime.not_prolonged(timeline(*seen), PROFILE, 10.2, away)
    assert (len(verdict.findings), len(verdict.doubts)) == (findings, doubts)
