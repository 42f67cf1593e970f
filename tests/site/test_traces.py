"""What a draft takes from a timeline."""

from __future__ import annotations

from consentinel.drafting.traces import traces_of
from consentinel.evidence.records import ConsentCommand
from tests.verdicts.builders import HOME, request, timeline

HIT = "https://www.metrics.example/g/collect"


def test_who_is_told_of_consent() -> None:
    command = ConsentCommand(1.0, "default", (("ad_storage", "denied"),), frame=HOME)
    traces = traces_of(timeline(command, request(f"{HIT}?gcs=G100")))
    assert traces.told_of_consent == {"www.shop.example", "www.metrics.example"}


def test_a_tag_that_was_told_nothing_is_no_sign_of_consent_mode() -> None:
    assert traces_of(timeline(request(f"{HIT}?gcs=G1--&gcd=13l3l3l2l1l1"))).told_of_consent == frozenset()
