"""A published page, read: sentences, tables, fingerprints."""

from __future__ import annotations

import pytest

from consentinel.policy.fingerprints import digest, fingerprint
from consentinel.policy.page_text import Block, NotInPage, read_page
from consentinel.policy.sentences import sentences_of

PAGE = """<!doctype html><html lang="fr-FR"><head><title>Not the text</title></head><body>
<nav>Home</nav><main><!-- no text -->
<h1>Cookies here</h1>
<p>We keep <b>few</b> cookies. They are <a href=x>small</a>; e.g. one for your basket.</p>
<ul><li>Needed</li><li>Counting<ul><li>By day</li></ul></li></ul>
<dl><dt>Sharing</dt><dd>For the buttons.</dd></dl>
<script>var text = "not a sentence";</script><p hidden>Hidden.</p>
<table><caption>What is kept</caption>
<tr><th>Name</th><th>Kept</th><th colspan=2>What for</th></tr>
<tr><td>_ga<br>_gid</td><td rowspan=2>13 mois</td><td>count</td><td>days</td></tr>
<tr><td>sid</td><td colspan="2">log in</td></tr>
</table></main></body></html>"""


def test_a_page_is_blocks_in_order() -> None:
    text = read_page(PAGE)
    assert text.language == "fr"
    assert text.blocks[:8] == (
        Block("heading", "Cookies here"),
        Block("text", "We keep few cookies. They are small; e.g. one for your basket."),
        Block("item", "Needed", 1),
        Block("item", "Counting", 1),
        Block("item", "By day", 2),
        Block("item", "Sharing", 3),
        Block("text", "For the buttons.", 3),
        Block("row", "Name | Kept | What for"),
    )


def test_spans_are_repeated() -> None:
    (table,) = read_page(PAGE).tables
    assert table.under == ("What is kept", "Cookies here")
    assert table.header == ("Name", "Kept", "What for", "What for")
    assert table.rows == (("_ga\n_gid", "13 mois", "count", "days"), ("sid", "13 mois", "log in", "log in"))


@pytest.mark.parametrize("span", ["100000000", "-1", "0", "two", "1e999", ""])
def test_a_span_is_a_strangers_word(span: str) -> None:
    (table,) = read_page(
        f"<table><tr><td colspan='{span}' rowspan='{span}'>a</td></tr><tr><td>b</td></tr></table>"
    ).tables
    assert len(table.header) <= 200


def test_sentences_come_once() -> None:
    found = read_page("<main><p>One. Two! One.</p><p>ONE</p></main>").sentences
    assert found == ("One.", "Two!")


def test_an_abbreviation_ends_no_sentence() -> None:
    assert sentences_of("We use tools, e.g. Matomo. It counts.") == ["We use tools, e.g. Matomo.", "It counts."]
    assert sentences_of("Wir nutzen Dienste, z. B. Matomo. Er zählt.") == [
        "Wir nutzen Dienste, z. B. Matomo.",
        "Er zählt.",
    ]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Stand: 3. November 2026. Danach nichts.", ["Stand: 3. November 2026.", "Danach nichts."]),
        ("Mis à jour le 1. Mai 2026", ["Mis à jour le 1. Mai 2026"]),
        ("2. Statistics", ["2. Statistics"]),
        ("This is version 4. We ask again.", ["This is version 4.", "We ask again."]),
    ],
)
def test_a_number_before_a_month_or_a_title_ends_no_sentence(text: str, sentences: list[str]) -> None:
    assert sentences_of(text) == sentences


def test_a_german_date_is_no_part_of_a_sentence() -> None:
    first, second = (
        read_page(f"<main><p>Stand: {day}</p></main>").sentences for day in ("3. Mai 2026", "14. Juni 2026")
    )
    assert digest(first) == digest(second)


ACCORDION = """<body><header>Shop of the week</header><div><h2><button aria-controls="one">Marketing</button></h2>
<div id="one" hidden><p>Only if you agree.</p></div><div hidden>Draft.</div><button>Print</button>
<section><header>Inside</header></section><details><summary>Counts</summary><p>By day.</p></details><p>After.</p></div>
<div role="dialog">We use cookies! <button>Accept</button></div><footer>12 shops near you</footer></body>"""


def test_what_surrounds_the_text_is_no_part_of_it_and_what_is_folded_up_is() -> None:
    found = read_page(ACCORDION)
    assert found.sentences == ("Marketing", "Only if you agree.", "Inside", "Counts", "By day.", "After.")
    assert {block.text: block.under for block in found.blocks} == {
        "Marketing": (),
        "Only if you agree.": ("Marketing",),
        "Inside": ("Marketing",),
        "Counts": ("Marketing",),
        "By day.": ("Counts", "Marketing"),
        "After.": ("Marketing",),
    }


@pytest.mark.parametrize("selector", ["#policy", "a[["])
def test_a_place_that_is_not_there_is_told(selector: str) -> None:
    with pytest.raises(NotInPage, match="selector"):
        read_page(PAGE, selector)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Last changed on 12 March 2026.", "Last changed on 3 April 2026."),
        ("Stand: 01.02.2026", "Stand: 28.11.2026"),
        ("Mis à jour en mars 2026", "Mis à jour en avril 2026"),
        ("Don't track", "Don\u2019t\u00a0track"),
        ("We keep “few” cookies \u2014 none more.", 'we keep "few" cookies - none more'),
        ("Your reference: 0123456789abcdef0123456789abcdef", "Your reference: fedcba98765432100123456789abcdef"),
        ("© 2025 Shop", "© 2026 Shop"),
    ],
)
def test_dates_tokens_and_typography_are_no_change(one: str, other: str) -> None:
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We keep it for 13 months.", "We keep it for 14 months."),
        ("We keep it for 1.5 days.", "We keep it for 15 days."),
        ("We sell data.", "We do not sell data."),
        ("_ga_*", "_ga"),
        ("Regulation 2016/679", "Regulation 2018/679"),
        ("Statistics", "Statistics and advertising"),
    ],
)
def test_a_word_or_a_number_is_a_change(one: str, other: str) -> None:
    assert fingerprint(one) != fingerprint(other)


def test_the_order_of_sentences_is_no_part_of_a_text() -> None:
    assert digest(["One.", "Two."]) == digest(["two", "One."]) != digest(["One."])


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("<div>" * 5000 + "We use cookies.", "nested more than"),
        ("<span>" * 3000 + "We use cookies.", "nested more than"),
        ("<table><tr><td>" * 3000 + "We use cookies.", "nested more than"),
        ("<p>We use cookies.</p>" * 5001, "more than 5,000 pieces"),
        ("<table>" + "<tr><td>a</td></tr>" * 5001, "more than 5,000 pieces"),
        (bytes(range(256)).decode("latin-1") * 20, "no text"),
    ],
)
def test_a_page_that_nobody_wrote_is_refused(page: str, why: str) -> None:
    with pytest.raises(NotInPage, match=why):
        read_page(page)
