"""What was chosen, said, told and stored, side by side."""

from __future__ import annotations

from typing import Any

from consentinel.evidence.records import Record, Value
from consentinel.evidence.signal_records import ConsentCommand, ConsentString, PrivacyPreference
from consentinel.reference_site.tc_string import tc_string
from consentinel.site.profile import Category
from consentinel.verdicts.signal_table import SignalRow, signal_rows
from tests.verdicts.builders import HOME, PROFILE, choice, cookie, request, rest, state, timeline, visit

HIT = "https://www.metrics.example/g/collect?gcs="
PURPOSES = ("ad_storage", "analytics_storage", "ad_user_data", "ad_personalization")
ALLOWED = ("analytics", "social", "advertising")
NONE, ALL = tc_string(interests=(2,)), tc_string((1, 3), (755,))


def rows(*records: Record) -> tuple[SignalRow, ...]:
    return signal_rows(timeline(visit(), *records, rest()), PROFILE)


def command(name: str, state: str, at: float, **changed: Any) -> ConsentCommand:
    return ConsentCommand(at, name, tuple((purpose, state) for purpose in PURPOSES), frame=HOME, **changed)


def string(text: str, at: float) -> ConsentString:
    return ConsentString(at, "tcf", Value(text), applies=True, frame=HOME)


def test_without_signals_there_is_no_row() -> None:
    assert rows(request("https://www.ads.example/pixel"), choice(5), state(6, cookie("_ga"))) == ()


def test_a_row_for_each_choice() -> None:
    before, after = rows(
        command("default", "denied", 2),
        request(f"{HIT}G100", 3),
        choice(10, "analytics"),
        command("update", "granted", 11),
        request(f"{HIT}G101", 12),
        state(13, cookie("_ga"), cookie("session")),
    )
    assert (before.chosen, before.means, before.page) == (None, "Google consent mode", ("denied: everything",))
    assert before.requests == ("www.metrics.example: denied: ad_storage and analytics_storage",)
    assert (before.stored, before.differs) == ((), ())
    assert after.chosen == frozenset({"analytics"})
    assert after.requests == ("www.metrics.example: granted: analytics_storage; denied: ad_storage",)
    assert after.stored == ("analytics: _ga",)
    assert after.differs == ()


def test_what_is_said_while_a_choice_is_made_stands_in_the_row_of_that_choice() -> None:
    withdrawal = (visit(20, "refuses all cookies after all"), choice(21, "analytics"), choice(23))
    accepted, refused = rows(
        visit(9, "allows analytics"),
        choice(10, "analytics"),
        request(f"{HIT}G101", 12),
        *withdrawal,
        request(f"{HIT}G100", 22),
    )
    assert (accepted.chosen, accepted.differs) == (frozenset({"analytics"}), ())
    assert (refused.chosen, refused.differs) == (frozenset(), ())
    assert refused.requests == ("www.metrics.example: denied: ad_storage and analytics_storage",)


def test_what_is_stored_of_a_sites_own_category_stands_in_its_row() -> None:
    films = PROFILE.categories[Category.ADVERTISING].model_copy(update={"cookies": ("_film",), "label": "Films"})
    own = PROFILE.model_copy(update={"categories": {**PROFILE.categories, Category("films"): films}})
    record = timeline(visit(), choice(10, "films"), request(f"{HIT}G100", 12), state(13, cookie("_film")), rest())
    assert signal_rows(record, own)[-1].stored == ("films: _film",)


def test_a_string_that_is_ahead_of_the_choice_being_made_contradicts_nothing() -> None:
    withdrawal = (visit(20, "refuses all cookies after all"), choice(21, *ALLOWED), string(NONE, 22), choice(23))
    accepted, refused = rows(visit(9, "accepts all"), choice(10, *ALLOWED), string(ALL, 12), *withdrawal)
    assert (accepted.differs, refused.differs) == ((), ())
    assert (refused.chosen, refused.page) == (frozenset(), ("no consent",))


def test_a_row_names_what_contradicts_the_choice() -> None:
    (row,) = rows(request(f"{HIT}G111", 3), command("default", "granted", 2, works=False))
    assert row.page == ("commands as arrays, which had no effect",)
    assert "although the visitor has not chosen" in row.differs[0]


def test_strings_of_page_request_and_device() -> None:
    _, row = rows(
        string(NONE, 2),
        choice(5),
        string(NONE, 6),
        request(f"https://www.ads.example/bid?gdpr=1&gdpr_consent={ALL}", 20),
        state(21, cookie("euconsent-v2", ALL)),
    )
    assert (row.means, row.page) == ("TC string", ("no consent",))
    assert row.requests == ("www.ads.example: consent for purposes 1 and 3 and consent for vendor 755",)
    assert row.stored == ('the cookie "euconsent-v2": consent for purposes 1 and 3 and consent for vendor 755',)
    assert len(row.differs) == 4


def test_a_wish_and_a_uet_tag() -> None:
    asked = request("https://bat.example/action/0?ti=1&asc=G", wishes=(("sec-gpc", "1"),))
    microsoft, wish = rows(PrivacyPreference(2, True, None, HOME), asked, request(HOME))
    assert microsoft.requests == ("bat.example: granted: ad_storage",)
    assert len(microsoft.differs) == 1
    assert (wish.means, wish.requests) == ("Global Privacy Control", ("Sec-GPC on 1 of 2 requests",))
