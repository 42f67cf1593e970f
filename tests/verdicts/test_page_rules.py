"""Rules about what a page shows, and about plain answers."""

from __future__ import annotations

import pytest

from consentinel.evidence.records import Deed, Kind
from consentinel.site.profile import REFUSABLE, Category
from consentinel.verdicts import http_answers, page_rules, preferences
from consentinel.verdicts.finding import Verdict
from consentinel.visitor.movement import KEPT
from tests.verdicts.builders import (
    HOME,
    PROFILE,
    cookie,
    only,
    rest,
    state,
    timeline,
    visit,
)

SEEN = timeline(visit(), rest(page=f"{HOME}articles/one?uid=s3cr3t"))
FUNCTIONALITY, ANALYTICS, SOCIAL, ADVERTISING = Category
OFF = dict.fromkeys(REFUSABLE, False)


@pytest.mark.parametrize(
    "verdict",
    [
        page_rules.expect(SEEN, True, "rule", "name", "told"),
        page_rules.asks(SEEN, PROFILE, True),
        page_rules.keeps_quiet(SEEN, PROFILE, False),
        page_rules.keeps_quiet(SEEN, PROFILE, False, "", "#no"),
        page_rules.opens_preferences(SEEN, ""),
        page_rules.refuses_as_easily(SEEN, 1),
        preferences.nothing_ticked(SEEN, {FUNCTIONALITY: True, **OFF}),
        preferences.nothing_ticked(SEEN, {FUNCTIONALITY: True, SOCIAL: None}),
        preferences.remembers(SEEN, {FUNCTIONALITY: True, **OFF, SOCIAL: True}, (SOCIAL,)),
        preferences.remembers(SEEN, OFF, ()),
        preferences.refused(SEEN, OFF, SOCIAL),
        preferences.offers_exactly(SEEN, tuple(Category), tuple(Category), ()),
        preferences.locked_on(SEEN, True, True),
        page_rules.reaches_by_keyboard(SEEN, "reached", True),
        page_rules.recognises_nobody(SEEN, f"{HOME}?page=harbour-20240611", f"{HOME}?page=harbour-20240611", "network"),
        page_rules.refuses_at_once(SEEN, ""),
        page_rules.leads(SEEN, f"{HOME}legal", "legal information"),
        page_rules.lists_all(SEEN, ["_ga", "choice"], {"_ga"}),
        page_rules.lists_all(SEEN, ["_ga_<container>", "“_hjSession…”"], {"_ga_AB12", "_hjSessionUser_7"}),
    ],
)
def test_a_page_that_keeps_the_rule_is_clean(verdict: Verdict) -> None:
    assert verdict == Verdict()


def test_whether_paying_leaves_a_free_choice_is_not_for_a_browser_to_say() -> None:
    verdict = page_rules.refuses_as_easily(SEEN, None, is_for_sale=True)
    assert not verdict.findings
    assert "depends on the price" in verdict.doubts[0]


@pytest.mark.parametrize(
    ("verdict", "rule", "name", "category", "sentence"),
    [
        (page_rules.expect(SEEN, False, "rule", "name", "told"), "rule", "name", "", "Told"),
        (page_rules.asks(SEEN, PROFILE, False), "not asked", "banner", "",
         "The site does not ask for a choice, although none is stored"),
        (page_rules.keeps_quiet(SEEN, PROFILE, True), "asked again", "banner", "",
         "The site asks again, although the visitor has chosen"),
        (page_rules.keeps_quiet(SEEN, PROFILE, True, "", "the Tab key does not reach #no"),
         "choice out of reach", "banner", "",
         "The choice cannot be made by keyboard: the Tab key does not reach #no"),
        (page_rules.opens_preferences(SEEN, "no link"), "preferences out of reach", "preferences", "",
         "The preferences cannot be opened from this page: no link"),
        (page_rules.refuses_as_easily(SEEN, 3), "harder to refuse", "refuse", "",
         "Refusing everything takes 3 clicks, accepting takes one"),
        (page_rules.refuses_as_easily(SEEN, None), "harder to refuse", "refuse", "",
         "Refusing everything cannot be done from the banner"),
        (preferences.nothing_ticked(SEEN, {**OFF, ANALYTICS: True, SOCIAL: True}), "ticked in advance",
         "analytics, social", "analytics",
         "The preferences have analytics and social ticked before the visitor has chosen"),
        (preferences.remembers(SEEN, {**OFF, ADVERTISING: True}, ()), "choice not kept", "advertising", "advertising",
         "The preferences show advertising otherwise than chosen; the visitor allowed nothing optional"),
        (preferences.remembers(SEEN, {SOCIAL: True}, ()), "choice not kept", "social", "social",
         "The preferences show social otherwise than chosen; the visitor allowed nothing optional"),
        (preferences.refused(SEEN, {SOCIAL: True}, SOCIAL), "choice not kept", "social", "social",
         "The preferences show social cookies as allowed, although consent was withdrawn"),
        (preferences.offers_exactly(SEEN, [ANALYTICS], [ANALYTICS, SOCIAL, ADVERTISING], ["x"]), "category missing",
         "social, advertising", "social",
         "The preferences do not offer social and advertising, which the policy announces"),
        (preferences.offers_exactly(SEEN, [ANALYTICS], [ANALYTICS], ["Fun\n", "Games"]), "category not announced",
         "Fun[U+000A], Games", "", "The preferences offer Fun[U+000A] and Games, which the policy does not announce"),
        (preferences.locked_on(SEEN, True, False), "functionality unlocked", "functionality", "functionality",
         "The functionality switch can be switched off"),
        (preferences.locked_on(SEEN, False, True), "functionality unlocked", "functionality", "functionality",
         "The functionality switch is off"),
        (page_rules.reaches_by_keyboard(SEEN, "out of reach", False), "preferences out of reach", "preferences", "",
         "The preferences cannot be opened by keyboard: what opens them takes no part in the order of the Tab key"),
        (page_rules.reaches_by_keyboard(SEEN, "reached", False), "preferences out of reach", "preferences", "",
         "The preferences cannot be opened by keyboard: Enter does nothing there"),
        (page_rules.recognises_nobody(SEEN, f"{HOME}?from=9f86d081884c7d65", HOME, "network"),
         "recognisable: in a link", "network", "social",
         'The link to the network carries something that recognises the visitor, as "from"'),
        (page_rules.refuses_at_once(SEEN, "the dialog still shows"), "harder to refuse", "refuse", "",
         "One click accepts everything, and refuses nothing: the dialog still shows"),
        (page_rules.leads(SEEN, None, "legal information"), "link missing", "legal information", "",
         "No visible link on this page leads to the legal information"),
        (page_rules.leads(SEEN, "", "legal information"), "link missing", "legal information", "",
         "No visible link on this page leads to the legal information"),
        (page_rules.lists_all(SEEN, ["_ga"], {"b", "a", "_ga"}), "not in the policy's table", "a, b", "",
         "The policy's table does not name a and b, which are stored"),
        (page_rules.lists_all(SEEN, ["_ga", "*"], {"_ga_AB12"}), "not in the policy's table", "_ga_AB12", "",
         "The policy's table does not name _ga_AB12, which is stored"),
        (page_rules.lists_all(SEEN, [], {"a"}), "not in the policy's table", "a", "",
         "The policy's table does not name a, which is stored"),
    ],
)  # fmt: skip
def test_a_page_that_breaks_the_rule_is_a_finding_about_the_page(
    verdict: Verdict, rule: str, name: str, category: str, sentence: str
) -> None:
    finding = only(verdict)
    assert (finding.rule, finding.name, finding.category, finding.sentence) == (rule, name, category, sentence)
    assert (finding.kind, finding.host, finding.at) == (Kind.PAGE, "www.shop.example", 1.0)
    assert (finding.moment, finding.written_by) == ("reads article 1", f"{HOME}articles/one")


def test_each_category_that_the_preferences_forget_is_a_finding_of_its_own() -> None:
    verdict = preferences.remembers(SEEN, {**OFF, ADVERTISING: True}, (SOCIAL,))
    assert [finding.name for finding in verdict.findings] == ["social", "advertising"]


def test_a_page_that_nobody_visited_still_has_a_finding() -> None:
    finding = only(page_rules.asks(timeline(), PROFILE, False))
    assert (finding.host, finding.at, finding.moment, finding.written_by) == ("", 0.0, "", "")


@pytest.mark.parametrize(
    "verdict",
    [
        preferences.nothing_ticked(SEEN, {}),
        preferences.nothing_ticked(SEEN, {FUNCTIONALITY: True}),
        preferences.remembers(SEEN, {FUNCTIONALITY: True}, ()),
        preferences.refused(SEEN, {ANALYTICS: False}, SOCIAL),
    ],
)
def test_a_dialog_without_the_switch_in_question_proves_nothing(verdict: Verdict) -> None:
    assert verdict.findings == ()
    assert len(verdict.doubts) == 1


# ---- plain answers

URL = f"{HOME}cookies?from=s3cr3t"


@pytest.mark.parametrize(
    "verdict",
    [
        http_answers.sets_only_functionality(URL, 1.0, ["session=1", "choice=2; Domain=shop.example", "="], PROFILE),
        http_answers.sets_only_functionality(
            URL,
            1.0,
            [
                "_ga=; Max-Age=-1",
                "_ga=1; Expires=Thu, 01-Jan-70 00:00:01 GMT",
                "__Host-a=1; Path=/a",
                "large=" + "x" * 5000,
            ],
            PROFILE,
        ),
        http_answers.loads_from_partners_alone(
            URL, 1.0, [f"{HOME}px.gif", "data:image/gif;base64,R0", "http://["], PROFILE
        ),
        http_answers.answers(URL, 1.0, 200, "the page"),
        http_answers.answers(URL, 1.0, 302, "the page"),
        http_answers.links_to(URL, 1.0, ["https://a.example/", "http://b.example/"], 2, "instructions"),
        http_answers.describes(URL, 1.0, "on SOCIAL networks and statistics", ["Statistics", "Social networks"]),
        http_answers.describes(URL, 1.0, "So\xadcial\n   net works, Statis\xa0tics", ["Statistics", "Social networks"]),
    ],
)
def test_a_plain_answer_that_holds_is_clean(verdict: Verdict) -> None:
    assert verdict == Verdict()


@pytest.mark.parametrize(
    ("verdict", "rule", "kind", "name", "category", "sentence"),
    [
        (http_answers.sets_only_functionality(URL, 1.0, ["session=1", "_ga=2"], PROFILE), "stored without consent",
         Kind.COOKIE, "_ga", "analytics", 'The analytics cookie "_ga" was set by the first answer, before any choice'),
        (http_answers.sets_only_functionality(URL, 1.0, ["zz=2"], PROFILE), "undeclared: stored without consent",
         Kind.COOKIE, "zz", "undeclared",
         'The cookie "zz" is in no category of the policy: set by the first answer, before any choice'),
        (http_answers.answers(URL, 1.0, 404, "the legal information"), "no answer", Kind.PAGE, "the legal information",
         "", f"The legal information answered 404: {HOME}cookies"),
        (http_answers.answers(URL, 1.0, None, "the page"), "no answer", Kind.PAGE, "the page", "",
         f"The page did not answer: {HOME}cookies"),
        (http_answers.links_to(URL, 1.0, ["https://a.example/"], 2, "instructions"), "link missing", Kind.PAGE,
         "instructions", "", "The page has 1 link to instructions, where at least 2 are wanted"),
        (http_answers.links_to(URL, 1.0, ["https://a.example/", "javascript:x", URL, "http://["], 1, "instructions"),
         "link missing", Kind.PAGE, "instructions", "",
         "The page has 1 link to instructions, and 3 more that lead nowhere"),
        (http_answers.describes(URL, 1.0, "statistics", ["Statistics", "Social networks"]), "category missing",
         Kind.PAGE, "Social networks", "",
         "The preferences offer 2 categories, but the policy does not describe Social networks"),
    ],
)  # fmt: skip
def test_a_plain_answer_that_does_not(
    verdict: Verdict, rule: str, kind: Kind, name: str, category: str, sentence: str
) -> None:
    finding = only(verdict)
    assert (finding.rule, finding.kind, finding.name, finding.category) == (rule, kind, name, category)
    assert finding.sentence == sentence
    assert (finding.host, finding.at, finding.written_by) == ("www.shop.example", 1.0, f"{HOME}cookies")
    assert finding.moment == "calls up the page without scripts"


def test_what_is_no_address_does_not_answer() -> None:
    finding = only(http_answers.answers("https://[half", 1.0, None, "a link"))
    assert (finding.host, finding.sentence) == ("", "A link did not answer: https://[half")


# ---- pages that the browser had kept


def test_a_dialog_on_a_page_from_before_the_choice_is_a_note_unless_the_site_promises_to_renew_it() -> None:
    kept = timeline(visit(), visit(2.0, "goes back"), visit(2.1, KEPT, Deed.SEES_KEPT_PAGE), rest())
    verdict = page_rules.keeps_quiet(kept, PROFILE, True)
    assert (verdict.findings, verdict.doubts, len(verdict.notes)) == ((), (), 1)
    assert page_rules.keeps_quiet(kept, PROFILE, False) == Verdict()
    consent = PROFILE.consent.model_copy(update={"renews_kept_pages": True})
    promised = PROFILE.model_copy(update={"consent": consent})
    assert only(page_rules.keeps_quiet(kept, promised, True)).rule == "asked again"


def test_a_page_that_came_after_the_kept_one_is_judged_as_any_other() -> None:
    later = timeline(visit(), visit(2.0, KEPT, Deed.SEES_KEPT_PAGE), visit(3.0, "reloads the page"), rest())
    assert only(page_rules.keeps_quiet(later, PROFILE, True)).rule == "asked again"


# ---- pages of few words


def nobody() -> int | None:
    raise AssertionError("an ordinary visitor is sent there only where the page shows few words")


@pytest.mark.parametrize(
    ("letters", "ordinary", "findings", "doubts"),
    [
        (12, 12, 0, 0),
        (12, 20, 0, 0),
        (12, 400, 1, 0),
        (0, 12, 1, 0),
        (None, 12, 1, 0),
        (0, 0, 0, 1),
        (None, None, 0, 1),
    ],
)
def test_a_page_of_few_words_is_held_against_what_others_see(
    letters: int | None, ordinary: int | None, findings: int, doubts: int
) -> None:
    verdict = page_rules.readable(SEEN, letters, lambda: ordinary)
    assert (len(verdict.findings), len(verdict.doubts)) == (findings, doubts)


def test_a_page_of_many_words_can_be_read() -> None:
    assert page_rules.readable(SEEN, 41, nobody) == Verdict()


def test_what_a_page_loads_for_browsers_without_scripts_comes_from_the_site_and_its_partners() -> None:
    pixels = ["https://a.metrics.example/px?ev=view", "https://else.example/px", f"{HOME}own.gif"]
    known, stranger = http_answers.loads_from_partners_alone(URL, 1.0, pixels, PROFILE).findings
    assert (known.kind, known.name, known.host) == (Kind.REQUEST, "/px", "a.metrics.example")
    assert known.sentence == (
        "The analytics service at a.metrics.example hears of every visitor whose browser runs no scripts, by <noscript>"
    )
    assert stranger.rule == "undeclared: sent without consent"
    table = PROFILE.categories[Category.ANALYTICS].model_copy(update={"cookieless_pings": True})
    pings = PROFILE.model_copy(update={"categories": {**PROFILE.categories, Category.ANALYTICS: table}})
    assert http_answers.loads_from_partners_alone(URL, 1.0, pixels[:1], pings) == Verdict()


def test_a_browser_that_rejects_all_cookies_has_answered_and_a_choice_that_is_kept_all_the_same_counts() -> None:
    doubt = "the page did not come to rest"
    asks = page_rules.asks(SEEN, PROFILE, False, doubt, is_turned_away=True)
    assert asks == Verdict(notes=(page_rules.TURNED_AWAY,))
    assert page_rules.asks(SEEN, PROFILE, True, is_turned_away=True) == Verdict()
    kept = timeline(visit(), state(20.0, cookie("choice")))
    assert page_rules.asks(kept, PROFILE, False, is_turned_away=True).findings
