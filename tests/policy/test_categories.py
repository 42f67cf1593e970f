"""A policy lists the categories that it announces, or contradicts itself. The texts are of our own wording."""

from __future__ import annotations

import pytest

from consentinel.policy.categories import announced_and_listed
from consentinel.policy.page_text import read_page
from consentinel.verdicts.policy_text import CONTRADICTION, lists_what_it_announces

LIST = "<ul><li>Necessary cookies</li><li>Statistics cookies</li><li>Social media cookies</li></ul>"


def found(body: str, language: str = "en") -> list[tuple[int, int, tuple[str, ...]]]:
    compared = announced_and_listed(read_page(f"<html lang={language}><main>{body}</main></html>"))
    return [(one.announced.count, len(one.listed), one.missing) for one in compared.contradictions]


@pytest.mark.parametrize(
    ("body", "language"),
    [
        (f"<p>Our cookies come in four groups:</p>{LIST}", "en"),
        (f"<h2>4 types of cookies</h2><p>They are these.</p>{LIST}", "en"),
        (f"<p>We use four types of cookies, some of them of others.</p><p>Here they are.</p>{LIST}", "en"),
        ("<p>Nos cookies forment quatre catégories :</p><ul><li>Cookies nécessaires</li><li>Mesure d'audience</li>"
         "<li>Publicité</li></ul>", "fr"),
        ("<p>Wir unterscheiden vier Arten:</p><ol><li>Notwendige</li><li>Statistik</li><li>Werbung</li></ol>", "de"),
        ("<p>Hay cuatro tipos de cookies:</p><ul><li>Necesarias</li><li>Analíticas</li><li>Publicidad</li></ul>", "es"),
        ("<p>Ci sono quattro categorie:</p><ul><li>Necessari</li><li>Statistici</li><li>Marketing</li></ul>", "it"),
    ],
)  # fmt: skip
def test_another_number_than_announced_is_a_contradiction(body: str, language: str) -> None:
    assert found(body, language) == [(4, 3, ())]


def test_a_category_named_at_the_start_and_missing_in_the_list_is_a_contradiction() -> None:
    start = "<p>You may get necessary cookies, statistics cookies, social cookies and advertising cookies.</p>"
    assert found(f"{start}<p>There are three kinds:</p>{LIST}") == [(4, 3, ("advertising",))]


@pytest.mark.parametrize(
    "body",
    [
        f"<p>Our cookies come in three groups:</p>{LIST}",
        "<p>Three kinds:</p><ul><li>Necessary: <ul><li>basket</li><li>sign-in</li></ul></li>"
        "<li>Statistics</li><li>Advertising</li></ul>",
        "<h2>Three kinds</h2><dl><dt>Needed</dt><dd>For the shop.</dd><dt>Statistics</dt><dd>To count.</dd>"
        "<dt>Advertising</dt><dd>To advertise.</dd></dl>",
        "<p>There are two kinds of cookies:</p><ul><li>our own</li><li>those of others</li><li>none</li></ul>",
        f"<p>There are three kinds:</p>{LIST}<p>Statistics, which advertising partners of social networks never see, "
        "need no cookie that is necessary.</p>",
        f"<p>For four years we have asked.</p>{LIST}",
        "<p>We use four types of cookies.</p><h2>Statistics</h2><p>To count.</p>",
        "<p>Four kinds:</p>",
        f"<p>There are two types of cookies: session cookies and persistent cookies.</p>{LIST}",
        f"<p>There are two types of cookies, session cookies and persistent cookies.</p>{LIST}",
        f"<p>Cookies come in two types. Some last for a session, others longer. We use the following:</p>{LIST}",
        f"<p>Cookies come in two types.</p><p>Some last longer than others.</p><p>We use these cookies:</p>{LIST}",
        "",
    ],
)  # fmt: skip
def test_what_does_not_contradict_itself_is_clean(body: str) -> None:
    assert found(body) == []


def test_a_list_that_was_compared_is_counted() -> None:
    assert announced_and_listed(read_page(f"<p>Three kinds:</p>{LIST}")).compared == 1
    assert announced_and_listed(read_page("<p>We use cookies.</p>")).compared == 0


def test_a_number_of_many_digits_counts_no_categories() -> None:
    assert found(f"<p>Our cookies come in {'9' * 5000} groups:</p>{LIST}") == []


def test_the_finding_says_both_sides() -> None:
    page = f"<html lang=en><body><p>Four kinds of cookies:</p>{LIST}</body></html>"
    (finding,) = lists_what_it_announces("https://www.shop.example/cookies?x=1", 5.0, page).findings
    assert (finding.rule, finding.host, finding.at) == (CONTRADICTION, "www.shop.example", 5.0)
    assert finding.sentence == (
        'The policy announces 4 categories and lists 3: "Necessary cookies", "Statistics cookies" and '
        '"Social media cookies"'
    )


def test_a_page_that_cannot_be_read_as_a_text_is_a_doubt() -> None:
    verdict = lists_what_it_announces("https://shop.example/cookies", 5.0, "<div>" * 1000 + "Two kinds of cookies:")
    assert verdict.findings == ()
    assert verdict.doubts[0].startswith("the policy's page could not be read as a text: it is nested more than")
