"""What must hold of the site's dialog and pages, as the visitor sees them."""

from __future__ import annotations

from pytest_bdd import parsers, then

from consentinel.site.needs import needs
from consentinel.site.profile import Category
from consentinel.suite.pages.account import Account
from consentinel.suite.pages.reading import Reading
from consentinel.suite.pages.shop import Shop
from consentinel.suite.steps.words import CategoryWord, CategoryWords, PageWord, categories, objectionable
from consentinel.verdicts import assumption, language, leftovers, page_rules, preferences
from consentinel.verdicts.judge import Judge
from consentinel.verdicts.navigation import form_answer, plain_answer
from consentinel.visitor.asking import Asking
from consentinel.visitor.choices import Choices
from consentinel.visitor.keyboard import Keyboard
from consentinel.visitor.page import Page
from consentinel.visitor.refusing import Refusing
from consentinel.visitor.visitor import Visitor
from consentinel.visitor.visitor_factory import VisitorFactory
from consentinel.visitor.withdrawal import Withdrawal, stops_to_consent


@then(parsers.re(r"the site (?:still )?asks for a choice"))
def the_site_asks(visitor: Visitor, judge: Judge) -> None:
    sight = Asking(visitor).asks()
    judge.require(assumption.assumed(visitor.timeline, visitor.profile, *Asking(visitor).others()))
    judge.require(page_rules.asks(visitor.timeline, visitor.profile, *sight, Asking(visitor).is_turned_away()))


@then("the site does not ask again")
def the_site_does_not_ask(visitor: Visitor, judge: Judge) -> None:
    sight = Asking(visitor).asks_again()
    judge.require(page_rules.keeps_quiet(visitor.timeline, visitor.profile, *sight, visitor.out_of_reach))


@then("no page asks again")
def no_page_asks_again(visitor: Visitor, judge: Judge) -> None:
    sight = Asking(visitor).asks_on_a_page()
    judge.require(page_rules.keeps_quiet(visitor.timeline, visitor.profile, *sight, visitor.out_of_reach))


@then("they are asked there")
def they_are_asked_there(other_visitor: Visitor, judge: Judge) -> None:
    sight = Asking(other_visitor).asks()
    judge.require(assumption.assumed(other_visitor.timeline, other_visitor.profile, *Asking(other_visitor).others()))
    judge.require(page_rules.asks(other_visitor.timeline, other_visitor.profile, *sight))


@then("the first browser still remembers the choice")
def the_first_browser_remembers(visitor: Visitor, judge: Judge) -> None:
    Reading(visitor).visit("home page")
    judge.require(page_rules.keeps_quiet(visitor.timeline, visitor.profile, *Asking(visitor).asks_again()))


@then("refusing takes no more clicks than accepting")
def refusing_is_as_easy(visitor: Visitor, judge: Judge) -> None:
    clicks = Choices(visitor).clicks_to_refuse()
    judge.require(page_rules.refuses_as_easily(visitor.timeline, clicks, visitor.consent.is_wall()))


@then("the first click on what refuses is enough, as on what accepts")
def the_first_click_refuses(visitor: Visitor, judge: Judge) -> None:
    judge.require(page_rules.refuses_at_once(visitor.timeline, Refusing(visitor).what_hinders()))


@then("refusing is as easy to see as accepting")
def refusing_is_as_easy_to_see(visitor: Visitor, judge: Judge) -> None:
    judge.require(page_rules.refuses_as_visibly(visitor.timeline, Choices(visitor).prominence_of_refusing()))


@then("withdrawing is as easy as consenting")
def withdrawing_is_as_easy(visitor: Visitor, judge: Judge) -> None:
    judge.require(page_rules.withdraws_as_easily(visitor.timeline, *Choices(visitor).clicks_to_withdraw()))


@then("withdrawing is as easy as consenting on every page, by keyboard as well")
def withdrawing_is_as_easy_everywhere(visitor: Visitor, visitor_factory: VisitorFactory, judge: Judge) -> None:
    consenting = stops_to_consent(Keyboard(visitor_factory.ordinary_like(visitor)))
    efforts = Withdrawal(visitor).on_each_page()
    judge.require(page_rules.withdraws_as_easily_everywhere(visitor.timeline, efforts, consenting))


@then("no optional category is ticked in advance")
def nothing_is_ticked(visitor: Visitor, judge: Judge) -> None:
    states, besides = Choices(visitor).states(), Choices(visitor).ticked_besides()
    free = visitor.profile.allowed_at((), None)
    judge.require(preferences.nothing_ticked(visitor.timeline, states, besides, free))


@then("no switch that can be refused is left on")
def nothing_is_left_on(visitor: Visitor, judge: Judge) -> None:
    besides, free = Choices(visitor).ticked_besides(), visitor.profile.allowed_at((), None)
    judge.require(preferences.nothing_left_on(visitor.timeline, besides, free))


@then(parsers.parse("the preferences show that {allowed} cookies are allowed"))
def the_preferences_show(visitor: Visitor, judge: Judge, allowed: CategoryWords) -> None:
    wanted = categories(allowed, visitor.profile)
    judge.require(preferences.remembers(visitor.timeline, Choices(visitor).states(), wanted, visitor.profile.always_on))


@then(parsers.parse("the preferences show that {category} cookies are refused"))
def the_preferences_show_a_refusal(visitor: Visitor, judge: Judge, category: CategoryWord) -> None:
    judge.require(preferences.refused(visitor.timeline, Choices(visitor).states(), Category(category)))


@then("the preferences show what they objected to as off")
def the_preferences_show_the_objection(visitor: Visitor, judge: Judge) -> None:
    states = Choices(visitor).states()
    for one in objectionable(visitor.profile):
        judge.require(preferences.refused(visitor.timeline, states, one, "the visitor objected to them"))


@then("they are not asked there")
def they_are_not_asked_there(other_visitor: Visitor, judge: Judge) -> None:
    Reading(other_visitor).visit("home page")
    judge.require(
        page_rules.keeps_quiet(other_visitor.timeline, other_visitor.profile, *Asking(other_visitor).asks_again())
    )


@then(parsers.parse("the preferences there show that {allowed} cookies are allowed"))
def the_preferences_there_show(other_visitor: Visitor, judge: Judge, allowed: CategoryWords) -> None:
    wanted, always = categories(allowed, other_visitor.profile), other_visitor.profile.always_on
    judge.require(preferences.remembers(other_visitor.timeline, Choices(other_visitor).states(), wanted, always))


@then("the preferences can be opened")
def the_preferences_open(visitor: Visitor, judge: Judge) -> None:
    judge.require(page_rules.opens_preferences(visitor.timeline, Choices(visitor).why_preferences_do_not_open()))


@then("the preferences can be opened by keyboard")
@needs("elements.preferences_link")
def the_preferences_open_by_keyboard(visitor: Visitor, judge: Judge) -> None:
    judge.require(page_rules.reaches_by_keyboard(visitor.timeline, *Choices(visitor).preferences_by_keyboard()))


@then("they offer exactly the categories of the policy")
def they_offer_the_categories(visitor: Visitor, judge: Judge) -> None:
    offered, others, sure = Choices(visitor).offered(), visitor.consent.other_labels(), Choices(visitor).sure()
    judge.require(preferences.offers_exactly(visitor.timeline, offered, visitor.profile.categories, others, sure))


@then("the functionality switch is locked on")
def the_functionality_switch_is_locked(visitor: Visitor, judge: Judge) -> None:
    switch = Choices(visitor).switch(Category.FUNCTIONALITY)
    judge.require(preferences.locked_on(visitor.timeline, switch.on, switch.locked))


@then("a link leads to the legal information")
@needs("elements.legal_link")
def a_link_leads_to_legal(visitor: Visitor, judge: Judge) -> None:
    judge.require(page_rules.leads(visitor.timeline, Reading(visitor).link("legal_link"), "legal information"))


@then("the policy's table lists every cookie that is stored")
@needs("elements.cookie_table")
def the_table_lists_every_cookie(visitor: Visitor, judge: Judge) -> None:
    rows, stored = Reading(visitor).rows("cookie_table"), visitor.cookie_names()
    judge.require(page_rules.lists_all(visitor.timeline, rows, stored))


@then("the page can be read")
def the_page_can_be_read(visitor: Visitor, visitor_factory: VisitorFactory, judge: Judge) -> None:
    def ordinary() -> int | None:
        return Reading(visitor_factory.ordinary_like(visitor)).letters()

    judge.require(page_rules.readable(visitor.timeline, Reading(visitor).letters(), ordinary))


@then("as much can be read as before a choice")
def as_much_can_be_read(visitor: Visitor, visitor_factory: VisitorFactory, judge: Judge) -> None:
    shown, ordinary = Reading(visitor).letters(), Reading(visitor_factory.ordinary_like(visitor)).letters()
    judge.require(page_rules.shuts_nobody_out(visitor.timeline, shown, ordinary))


@then("the site says what does not work without cookies")
@needs("elements.cookies_blocked")
def the_site_says_what_does_not_work(visitor: Visitor, judge: Judge) -> None:
    held, statement = Page(visitor).shows("cookies_blocked"), "the site does not say what does not work without cookies"
    judge.require(page_rules.expect(visitor.timeline, held, "not explained", "notice", statement))


@then("the page explains that cookies are needed")
@needs("elements.needs_cookies")
def the_page_explains(visitor: Visitor, judge: Judge) -> None:
    held, statement = Page(visitor).shows("needs_cookies"), "the page does not explain that cookies are needed"
    judge.require(page_rules.expect(visitor.timeline, held, "not explained", "explanation", statement))


@then("the page came without an error or a detour")
def the_page_came_straight(visitor: Visitor, judge: Judge) -> None:
    judge.require(plain_answer(visitor.timeline))


@then(parsers.re(r"they are (?:still )?signed in"))
@needs("pages.secure", "elements.signed_in")
def they_are_signed_in(visitor: Visitor, judge: Judge) -> None:
    held = Account(visitor).is_signed_in()
    judge.require(page_rules.expect(visitor.timeline, held, "does not work", "sign-in", "the visitor is not signed in"))


@then("they are signed out")
@needs("pages.secure", "elements.signed_in")
def they_are_signed_out(visitor: Visitor, judge: Judge) -> None:
    signed_in = Account(visitor).is_signed_in()
    judge.require(leftovers.is_signed_out(visitor.timeline, visitor.profile, signed_in))


@then("the basket is empty")
@needs("pages.basket", "elements.basket_item")
def the_basket_is_empty(visitor: Visitor, judge: Judge) -> None:
    holds = Shop(visitor).basket_holds_something()
    judge.require(leftovers.basket_is_empty(visitor.timeline, visitor.profile, holds))


@then(parsers.parse("neither the {page} nor the {other} names the person who has signed out"))
@needs("person.names|person.emails")
def no_page_names_them(
    visitor: Visitor, visitor_factory: VisitorFactory, judge: Judge, page: PageWord, other: PageWord
) -> None:
    shown = Reading(visitor).words((page, other))

    def others() -> dict[str, str]:
        return Reading(visitor_factory.arrive("stranger")).words((page, other))

    judge.require(leftovers.names_nobody(visitor.timeline, visitor.profile, shown, others))


@then("the form was answered without an error or a detour")
def the_form_was_answered(visitor: Visitor, judge: Judge) -> None:
    judge.require(form_answer(visitor.timeline))


@then("the basket holds something")
@needs("pages.basket", "elements.basket_item")
def the_basket_holds_something(visitor: Visitor, judge: Judge) -> None:
    held = Shop(visitor).basket_holds_something()
    judge.require(page_rules.expect(visitor.timeline, held, "does not work", "basket", "the basket is empty"))


@then("the order is confirmed")
@needs("elements.order_done")
def the_order_is_confirmed(visitor: Visitor, judge: Judge) -> None:
    held = Page(visitor).shows("order_done")
    judge.require(page_rules.expect(visitor.timeline, held, "does not work", "order", "the order was not confirmed"))


@then("the site speaks that language")
def the_site_speaks_that_language(visitor: Visitor, judge: Judge) -> None:
    judge.require(language.is_kept(visitor.timeline, visitor.profile, Reading(visitor).language()))


@then("the page is laid out for a small screen")
@needs("elements.small_screen")
def the_page_is_laid_out_for_a_small_screen(visitor: Visitor, judge: Judge) -> None:
    held = Page(visitor).shows("small_screen") and Reading(visitor).fits()
    statement = "the page has no presentation for a small screen"
    judge.require(page_rules.expect(visitor.timeline, held, "not presented", "layout", statement))


@then("the page holds no plug-in content")
def no_plug_in_content(visitor: Visitor, judge: Judge) -> None:
    held, statement = (
        Reading(visitor).plug_ins() == 0,
        "the page embeds plug-in content, which keeps a store of its own",
    )
    judge.require(page_rules.expect(visitor.timeline, held, "plug-in", "plug-in", statement))


@then("the tested feature is there")
@needs("elements.feature_test")
def the_tested_feature_is_there(visitor: Visitor, judge: Judge) -> None:
    held = Page(visitor).shows("feature_test")
    judge.require(
        page_rules.expect(visitor.timeline, held, "does not work", "feature test", "the tested feature is missing")
    )
