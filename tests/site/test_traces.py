"""What a draft takes from a timeline."""

from __future__ import annotations

from consentinel.drafting.survey import Item
from consentinel.drafting.traces import traces_of
from consentinel.evidence.records import Kind, Value
from consentinel.evidence.signal_records import ConsentCommand, ConsentString
from consentinel.reference_site.tc_string import tc_string
from tests.verdicts.builders import HOME, cookie, request, setting, state, timeline

HIT = "https://www.metrics.example/g/collect"


def test_who_is_told_of_consent() -> None:
    command = ConsentCommand(1.0, "default", (("ad_storage", "denied"),), frame=HOME)
    traces = traces_of(timeline(command, request(f"{HIT}?gcs=G100")))
    assert traces.told_of_consent == {
        ("google_consent_mode", "www.shop.example"),
        ("google_consent_mode", "www.metrics.example"),
    }


def test_who_is_told_by_other_means() -> None:
    string = ConsentString(1.0, "tcf", Value(""), frame=HOME)
    uet = request("https://bat.example/action/0?ti=123&Ver=2&asc=D")
    traces = traces_of(timeline(string, uet, request(f"{HIT}?sort=x&asc=D&gdpr_consent={tc_string()}")))
    assert traces.told_of_consent == {
        ("tcf", "www.shop.example"),
        ("microsoft_consent_mode", "bat.example"),
        ("tcf", "www.metrics.example"),
    }


def test_a_tag_that_was_told_nothing_is_no_sign_of_consent_mode() -> None:
    assert traces_of(timeline(request(f"{HIT}?gcs=G1--&gcd=13l3l3l2l1l1"))).told_of_consent == frozenset()


def test_who_is_told_by_a_makers_own_command() -> None:
    command = ConsentCommand(1.0, "revoke", (("ad_storage", "denied"),), frame=HOME, maker="meta")
    assert traces_of(timeline(command)).told_of_consent == {("consent_commands", "www.shop.example")}


def test_a_cookie_that_an_answer_stores_and_the_next_one_removes_has_passed() -> None:
    said, over = setting("messages", at=10.0), setting("messages", "", at=11.0, max_age=0)
    stays = setting("choice", at=10.0)
    traces = traces_of(timeline(said, over, stays, state(20.0, cookie("choice", "shop.example"))))
    assert traces.passed == {Item(Kind.COOKIE, "shop.example", "messages")}


def test_of_what_a_host_was_told_the_number_in_it_counts() -> None:
    held = cookie("ph_posthog", '{"distinct_id":"0193f7c2-9b1e-7c40-8a53-5d2c41f0be77","n":1}')
    body = '{"event":"$pageview","properties":{"distinct_id":"0193f7c2-9b1e-7c40-8a53-5d2c41f0be77"}}'
    told = request("https://hog.example/e", method="POST", body=Value(body))
    plain = request("https://fonts.example/a.woff2?v=0193f7c2")
    traces = traces_of(timeline(told, plain, state(20.0, held)))
    assert traces.told == {"hog.example": frozenset({Item(Kind.COOKIE, "shop.example", "ph_posthog")})}
