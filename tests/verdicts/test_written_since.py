"""What a site writes after consent has ended is a finding; what it leaves untouched is none."""

from __future__ import annotations

import pytest

from consentinel.evidence.cookies import parse_cookie_header
from consentinel.evidence.records import State
from consentinel.site.profile import REFUSABLE, Category
from consentinel.verdicts import stored
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import (
    HOME,
    PROFILE,
    choice,
    cookie,
    only,
    request,
    rest,
    setting,
    state,
    timeline,
    visit,
    write,
)

ANALYTICS = Category.ANALYTICS
BEFORE = state(20.0, cookie("_ga", "1", expires=1000.0))
WITHDRAWN = (visit(), choice(10.0, "analytics"), write("_ga", at=15.0), BEFORE, choice(30.0), visit(31.0, "reads on"))


def test_what_stays_on_the_device_after_a_withdrawal_was_not_written() -> None:
    seen = timeline(*WITHDRAWN, state(40.0, cookie("_ga", "1", expires=1000.0)), rest())
    assert stored.written_since(seen, PROFILE, (ANALYTICS,), (), 30.0) == Verdict()


@pytest.mark.parametrize(("held", "findings"), [("2", 0), ("3", 1)])
def test_what_was_seen_to_be_written_while_consent_still_held_shows_in_the_reading_after_it(
    held: str, findings: int
) -> None:
    renewed = write("_ga", at=25.0, value="2")
    seen = timeline(*WITHDRAWN, renewed, state(40.0, cookie("_ga", held, expires=1000.0)), rest())
    assert len(stored.written_since(seen, PROFILE, (ANALYTICS,), (), 30.0).findings) == findings


@pytest.mark.parametrize(
    "later",
    [
        pytest.param((write("_ga", at=35.0), state(40.0)), id="a script wrote it"),
        pytest.param(
            (setting("_ga", at=35.0), setting("_ga", at=36.0, max_age=0.0), state(40.0)), id="an answer set it"
        ),
        pytest.param((state(40.0, cookie("_ga", "2", expires=1000.0)),), id="its value changed"),
        pytest.param((state(40.0, cookie("_ga", "1", expires=2000.0)),), id="it was renewed"),
        pytest.param((state(40.0, cookie("_ga", "1")),), id="it became a session cookie"),
        pytest.param(
            (state(40.0), state(50.0, cookie("_ga", "1", expires=1000.0))), id="it was removed and came again"
        ),
    ],
)
def test_writing_renewing_and_changing_after_a_withdrawal_are_findings(later: tuple[State, ...]) -> None:
    seen = timeline(*WITHDRAWN, *later, rest())
    finding = only(stored.written_since(seen, PROFILE, (ANALYTICS,), (), 30.0))
    assert (finding.rule, finding.category, finding.moment) == ("written without consent", "analytics", "reads on")
    assert "was written, renewed or changed after consent had ended" in finding.sentence


@pytest.mark.parametrize("moved", [0.0, 0.5, -300.0])
def test_a_term_that_stays_or_shrinks_was_not_renewed(moved: float) -> None:
    seen = timeline(*WITHDRAWN, state(40.0, cookie("_ga", "1", expires=1000.0 + moved)), rest())
    assert stored.written_since(seen, PROFILE, (ANALYTICS,), (), 30.0) == Verdict()


def test_a_session_cookie_that_is_given_a_term_was_written() -> None:
    before = (visit(), choice(10.0, "analytics"), write("_ga", at=15.0), state(20.0, cookie("_ga", "1")), choice(30.0))
    seen = timeline(*before, state(40.0, cookie("_ga", "1", expires=1000.0)), rest())
    assert only(stored.written_since(seen, PROFILE, (ANALYTICS,), (), 30.0)).name == "_ga"


def test_removal_and_other_categories_are_no_writing() -> None:
    later = (write("_ga", at=35.0, max_age=0.0), write("session", at=36.0), write("_adn", at=37.0), state(40.0))
    assert stored.written_since(timeline(*WITHDRAWN, *later, rest()), PROFILE, (ANALYTICS,), (), 30.0).findings == ()


def test_an_unknown_item_counts_where_everything_was_refused() -> None:
    seen = timeline(*WITHDRAWN, write("zz", at=35.0), state(40.0), rest())
    finding = only(stored.written_since(seen, PROFILE, REFUSABLE, (), 30.0))
    assert finding.rule == "undeclared: written without consent"
    assert "is in no category of the policy: written, renewed or changed after consent had ended" in finding.sentence
    assert stored.written_since(seen, PROFILE, (ANALYTICS,), (), 30.0).findings == ()


def test_cookies_of_one_name_on_two_hosts_are_two_findings() -> None:
    later = (write("_ga", at=35.0), write("_ga", at=36.0, host="a.metrics.example"), state(40.0))
    seen = timeline(*WITHDRAWN, *later, rest())
    assert len(stored.written_since(seen, PROFILE, (ANALYTICS,), (), 30.0).findings) == 2


@pytest.mark.parametrize(("certain", "findings", "doubts"), [(True, 1, 0), (False, 0, 1)])
def test_a_cookie_of_an_answer_after_the_last_reading_was_stored_where_the_browser_surely_takes_it(
    certain: bool, findings: int, doubts: int
) -> None:
    late = setting("_ga", at=45.0, certain=certain)
    verdict = stored.written_since(timeline(*WITHDRAWN, state(40.0), rest(), late), PROFILE, (ANALYTICS,), (), 30.0)
    assert (len(verdict.findings), len(verdict.doubts)) == (findings, doubts)


def test_a_cookie_without_a_name_that_was_sent_back_was_taken() -> None:
    asked = setting("", "9f86d081884c7d65", at=35.0, certain=False)
    back = request(f"{HOME}next", 36.0, cookies=parse_cookie_header("9f86d081884c7d65"))
    seen = timeline(*WITHDRAWN, asked, back, state(40.0), rest())
    assert [one.cookie.name for one in seen.kept.taken] == [""]
    assert timeline(*WITHDRAWN, asked, state(40.0), rest()).kept.taken == ()
