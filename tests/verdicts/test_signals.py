"""What services are told of the choice, against the choice itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from consentinel.evidence.records import Record, Value
from consentinel.evidence.signal_records import ConsentCommand
from consentinel.site.profile import Category
from consentinel.verdicts import signals
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import (
    BLIND,
    HOME,
    PROFILE,
    choice,
    cookie,
    only,
    request,
    rest,
    state,
    timeline,
    visit,
)

HIT = "https://www.metrics.example/g/collect"
ELSEWHERE = "https://www.shop.example/article"
PURPOSES = ("ad_storage", "analytics_storage", "ad_user_data", "ad_personalization")


def hit(letters: str, at: float = 10.0, url: str = HIT, **changed: Any) -> Record:
    a, b, c, d = tuple(letters)
    more = changed.pop("more", "")
    return request(f"{url}?gcd=13{a}3{b}3{c}2{d}5l1{more}", at, **changed)


def command(name: str, states: str, at: float = 5.0, **changed: Any) -> ConsentCommand:
    """A page's command. `states` has one sign for each purpose: + granted, - denied, . not named."""
    words = {"+": "granted", "-": "denied"}
    named = tuple((one, words[sign]) for one, sign in zip(PURPOSES, states, strict=True) if sign in words)
    return ConsentCommand(at, name, named, **{"frame": HOME, **changed})


def judged(rule: Callable[..., Verdict], *records: Record, since: float = 0.0) -> Verdict:
    return rule(timeline(visit(), *records, rest()), PROFILE, (), since)


def beyond(*records: Record) -> Verdict:
    return judged(signals.nothing_allowed_beyond_choice, *records)


@pytest.mark.parametrize("letter", "pq")
def test_before_a_choice_a_default_that_denies_is_right(letter: str) -> None:
    assert beyond(hit(letter * 4)) == Verdict()


@pytest.mark.parametrize("letter", "lmurntv")
def test_before_a_choice_anything_else_is_not(letter: str) -> None:
    found = only(beyond(hit(letter * 4)))
    assert (found.name, found.host) == ("/g/collect", "www.metrics.example")
    assert "the visitor has not chosen" in found.sentence


@pytest.mark.parametrize(
    ("letter", "told"),
    [
        ("t", "was told that everything is granted,"),
        ("l", "was told nothing about everything and takes that for consent,"),
        ("m", "was told that everything is denied, but of no default that says so from the beginning,"),
        ("u", "was told of a default by which everything is granted, and that it was denied later,"),
    ],
)
def test_a_signal_is_accused_of_what_it_says(letter: str, told: str) -> None:
    assert told in only(beyond(hit(letter * 4))).sentence


@pytest.mark.parametrize(("letter", "right"), [*((one, True) for one in "pqmu"), *((one, False) for one in "lrntv")])
def test_after_a_refusal(letter: str, right: bool) -> None:
    assert (not beyond(choice(5), hit(letter * 4)).findings) is right


def test_a_signal_that_was_never_set_counts_as_consent() -> None:
    assert "takes that for consent" in only(beyond(choice(5), hit("llll"))).sentence


def test_storage_alone_is_judged_as_well() -> None:
    assert beyond(choice(5), request(f"{HIT}?gcs=G100")) == Verdict()
    assert "storage for analytics is granted" in only(beyond(choice(5), request(f"{HIT}?gcs=G101"))).sentence


def test_only_the_allowed_category_may_be_granted() -> None:
    assert beyond(choice(5, "analytics"), hit("qrqq")) == Verdict()
    found = only(beyond(choice(5, "analytics"), hit("rqrr")))
    assert "storage for advertising, user data for advertising and personal advertising are granted" in found.sentence


def test_a_path_of_the_sites_own_and_a_line_of_a_batch_are_judged() -> None:
    own = hit("rrrr", url="https://www.shop.example/events")
    assert only(beyond(choice(5), own)).host == "www.shop.example"
    assert beyond(choice(5), request(HIT, body=Value("en=a&gcs=G100\nen=b&gcs=G111"))).findings


def test_what_was_sent_while_it_was_allowed_is_right_after_a_withdrawal() -> None:
    before, after = hit("rrrr", 10), hit("rrrr", 30)
    accepted, withdrawn = choice(5, "analytics", "advertising"), choice(20)
    assert beyond(accepted, before, withdrawn) == Verdict()
    assert only(beyond(accepted, before, withdrawn, after)).at == 30


def test_unseen_requests_are_a_doubt() -> None:
    told = signals.nothing_allowed_beyond_choice(timeline(visit(), rest()), PROFILE, BLIND)
    assert told.doubts
    assert signals.nothing_allowed_beyond_choice(timeline(visit()), PROFILE, ()).doubts


def test_a_page_that_grants_before_a_choice() -> None:
    found = only(beyond(command("default", "++++", script="https://www.shop.example/tm.js:4")))
    assert (found.name, found.written_by) == ("consent default", HOME)
    assert "given by https://www.shop.example/tm.js:4" in found.sentence
    assert beyond(command("default", "----")) == Verdict()


def test_an_array_is_no_command() -> None:
    array = command("default", "----", works=False, script="https://www.shop.example/tm.js:4")
    assert beyond(array) == Verdict()
    assert "pushed arrays, in which tags read no command" in only(beyond(array, hit("llll"))).sentence
    assert "pushed arrays" not in only(beyond(array, command("default", "----"), hit("llll"))).sentence


def test_a_command_for_other_regions_leaves_all_unset() -> None:
    assert "in some regions alone" in only(beyond(command("default", "----", regions=("DE",)), hit("llll"))).sentence


def test_requests_overrule_what_the_page_shows() -> None:
    granted = command("default", "++++")
    assert beyond(granted, hit("pppp")) == Verdict()
    assert beyond(granted, hit("pppp", page=ELSEWHERE)).findings
    assert beyond(granted, hit("pppp", 4)).findings


def test_one_fault_on_many_pages_is_one_finding() -> None:
    pages = [command("default", "++++", at, frame=f"{HOME}{at}") for at in (5, 6, 7)]
    assert only(beyond(*pages)).at == 5


def test_fields_in_a_path_are_no_part_of_a_findings_name() -> None:
    counter = "https://1.ads.example/activity;src=1;gcs=G111;gcd=13r3r3r2r5l1"
    found = only(beyond(choice(5), request(counter)))
    assert found.name == "/activity"
    assert "was told that everything is granted" in found.sentence


def test_what_holds_in_some_regions_is_left_to_requests() -> None:
    denied_here = command("default", "----", regions=("FR", "DE"))
    assert beyond(denied_here, command("default", "++++")) == Verdict()
    assert beyond(command("default", "----"), command("default", "++++", regions=("US-TX",))) == Verdict()
    assert beyond(denied_here, command("default", "++++"), hit("tttt")).findings
    assert beyond(command("default", "--..", regions=("FR",)), command("default", "++++")).findings


def test_an_update_says_what_was_chosen() -> None:
    assert beyond(choice(4, "analytics"), command("update", "-+--")) == Verdict()
    assert beyond(choice(4, "analytics"), command("update", "++++")).findings
    assert beyond(choice(4, "analytics"), choice(5, "analytics"), choice(6), command("update", "-+--", 7)).findings


def told(*records: Record) -> Verdict:
    return judged(signals.signals_the_choice, *records, since=5)


def test_each_service_receives_the_consent() -> None:
    assert told(choice(5, "analytics"), hit("qrqq")) == Verdict()
    found = only(told(choice(5, "analytics"), hit("qqqq")))
    assert "storage for analytics is denied, although the visitor allows it" in found.sentence


@pytest.mark.parametrize(("letter", "right"), [*((one, True) for one in "rntv"), *((one, False) for one in "pqmul")])
def test_after_consent(letter: str, right: bool) -> None:
    accepted = choice(5, "analytics", "advertising")
    findings = (*told(accepted, hit(letter * 4)).findings, *in_time(accepted, hit(letter * 4)).findings)
    assert (not findings) is right


def test_the_last_word_on_each_page_counts() -> None:
    accepted = choice(5, "analytics")
    assert told(accepted, hit("qpqq", 10), hit("qrqq", 11)) == Verdict()
    assert told(accepted, hit("qrqq", 10), hit("pppp", 20, page=ELSEWHERE)).findings


def test_no_signal_at_all_is_a_doubt_and_no_pass() -> None:
    assert told(choice(5, "analytics"), request(HIT)).doubts == (signals.NO_SIGNAL,)
    assert in_time(choice(5, "analytics")).doubts == (signals.NO_SIGNAL,)


def in_time(*records: Record) -> Verdict:
    return judged(signals.signals_before_counting, *records, since=5)


def test_consent_reaches_a_service_before_it_counts() -> None:
    accepted = choice(5, "analytics")
    assert in_time(accepted, hit("qrqq")) == Verdict()
    assert "before it had been told anything" in only(in_time(accepted, hit("llll"), hit("qrqq", 11))).sentence
    early = only(in_time(accepted, hit("qpqq", 10), hit("qrqq", 11)))
    assert "before it had been told that storage for analytics is allowed" in early.sentence


def test_what_another_service_or_page_learns_later_says_nothing_of_this_one() -> None:
    early, accepted = hit("qpqq", 10), choice(5, "analytics")
    assert in_time(accepted, early, hit("qrqq", 11, url="https://a.metrics.example/c")) == Verdict()
    assert in_time(accepted, early, hit("qrqq", 11, page=ELSEWHERE)) == Verdict()


def test_a_request_to_count_without_a_word_about_consent() -> None:
    asked = request(f"{HIT}?v=2&tid=G-1&cid=1.2", 11)
    assert "without a word about consent" in only(in_time(choice(5, "analytics"), hit("qrqq"), asked)).sentence
    assert in_time(choice(5, "analytics"), hit("qrqq"), request(f"{HIT}?v=2", 11)) == Verdict()
    assert in_time(choice(5, "analytics"), asked).findings == (), "nothing says that this site uses consent mode"


def nobody(*records: Record) -> Verdict:
    return judged(signals.recognises_nobody, *records)


def test_a_refusal_and_a_client_id_that_lasts() -> None:
    first = hit("qqqq", more="&cid=77.88")
    assert nobody(choice(5), first, hit("qqqq", 20, page=ELSEWHERE, more="&cid=99.11")) == Verdict()
    found = only(nobody(choice(5), first, hit("qqqq", 20, page=ELSEWHERE, more="&cid=77.88")))
    assert "stays the same from page to page" in found.sentence


def test_a_refusal_and_a_client_id_that_is_kept() -> None:
    kept = state(8, cookie("_ga", "GA1.1.771234.881234"))
    found = only(nobody(choice(5), kept, hit("qqqq", more="&cid=771234.881234")))
    assert '"_ga"' in found.sentence
    assert nobody(choice(5), kept, hit("qqqq", more="&cid=5.6")) == Verdict()
    assert nobody(choice(5), kept, hit("qqqq", more="&cid=77123")) == Verdict(), "so few digits stand in anything"
    assert nobody(choice(5), kept, hit("qqqq", more="&cid=600613.881234")) == Verdict(), "another one is kept"
    assert nobody(choice(5, "analytics"), kept, hit("qrqq", more="&cid=771234.881234")) == Verdict()


@pytest.mark.parametrize(
    ("maker", "told"),
    [("meta", "Meta's pixel"), ("tiktok", "TikTok's pixel"), ("clarity", "Clarity"), ("microsoft", "its UET tag")],
)
def test_a_makers_own_command_that_grants_goes_beyond_no_choice(maker: Any, told: str) -> None:
    finding = only(beyond(command("grant", "+...", maker=maker)))
    assert f"gave {told} the command" in finding.sentence
    assert beyond(command("revoke", "-...", maker=maker)) == Verdict()
    assert beyond(choice(4, "advertising"), command("grant", "+...", maker=maker)) == Verdict()


def test_requests_of_another_maker_do_not_speak_for_a_command() -> None:
    granted = command("grant", "+...", maker="meta")
    assert beyond(granted, hit("pppp")).findings
    assert beyond(command("default", "+..."), hit("pppp")) == Verdict()


def test_the_category_of_a_command_is_the_one_that_the_profile_has_the_maker_in() -> None:
    social = PROFILE.categories[Category.SOCIAL].model_copy(update={"hosts": ("*.facebook.net",)})
    profile = PROFILE.model_copy(update={"categories": {**PROFILE.categories, Category.SOCIAL: social}})
    told = timeline(visit(), choice(4, "social"), command("grant", "+...", maker="meta"), rest())
    assert signals.nothing_allowed_beyond_choice(told, profile, ()) == Verdict()
    assert signals.nothing_allowed_beyond_choice(told, PROFILE, ()).findings


def test_a_tag_that_is_kept_from_knowing_of_consent() -> None:
    chosen = choice(4, "advertising")
    revoked, granted = command("revoke", "-...", 6, maker="meta"), command("grant", "+...", 7, maker="meta")
    finding = only(judged(signals.signals_the_choice, chosen, revoked, since=4))
    assert finding.name == "consent revoke"
    assert judged(signals.signals_the_choice, chosen, revoked, granted, since=4) == Verdict()
    assert judged(signals.signals_before_counting, chosen, granted, since=4) == Verdict()
