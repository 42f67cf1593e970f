"""What has changed in a published policy."""

from __future__ import annotations

from consentinel.policy.changes import changes, lines_of, stale_promises
from consentinel.policy.fingerprints import fingerprint
from tests.policy.builders import policy_of

OLD = ("We ask first.", "We keep a choice for 6 months.", "We count visits.", "You can refuse.")


def reports_words(*now: str) -> list[str]:
    return ["\n".join(lines_of(change, len(OLD))) for change in changes(policy_of(*OLD), now)]


def test_the_same_text_in_another_order_is_no_change() -> None:
    assert reports_words(*reversed(OLD)) == []
    assert reports_words("WE ASK FIRST", *OLD[1:]) == []


def test_a_changed_sentence_is_told_with_its_promises_and_what_stands_there_now() -> None:
    assert reports_words(OLD[0], "We keep a choice for 12 months.", *OLD[2:]) == [
        "changed S2 (sentence 2 of 4, promises P02)\n  now:    We keep a choice for 12 months."
    ]


def test_what_is_added_and_what_is_removed() -> None:
    assert reports_words(*OLD[:2], OLD[3], "We advertise.") == [
        "removed S3 (sentence 3 of 4, promises P03)",
        "added (sentence 4 of the page)\n  now:    We advertise.",
    ]


def test_a_sentence_that_moved_is_no_part_of_a_pair() -> None:
    assert reports_words(OLD[3], OLD[0], OLD[1], "We count nobody.") == [
        "changed S3 (sentence 3 of 4, promises P03)\n  now:    We count nobody."
    ]


def test_promises_of_what_is_gone_may_be_stale() -> None:
    found = changes(policy_of(*OLD), [OLD[0], "New.", OLD[2]])
    assert stale_promises(found) == ("P02", "P04")


def test_a_changed_sentence_is_paired_with_the_one_that_it_was() -> None:
    known = policy_of(*OLD).with_texts({fingerprint(text): text for text in OLD})
    now = [OLD[0], "We are a new shop.", "We keep a choice for 12 months.", "You cannot refuse.", "Ask us."]
    found = [(change.text_before, change.after, change.kind) for change in changes(known, now)]
    assert found == [
        ("We keep a choice for 6 months.", "We keep a choice for 12 months.", "changed"),
        ("We count visits.", "", "removed"),
        ("You can refuse.", "You cannot refuse.", "changed"),
        ("", "We are a new shop.", "added"),
        ("", "Ask us.", "added"),
    ]
