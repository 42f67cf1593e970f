"""What a visitor does."""

from __future__ import annotations

from pytest_bdd import parsers, when

from consentinel.site.needs import needs
from consentinel.suite.pages.account import Account
from consentinel.suite.pages.reading import Reading
from consentinel.suite.pages.shop import Shop
from consentinel.suite.pages.social import Sharing
from consentinel.suite.steps.words import CategoryWords, PageWord, Whence, categories, category
from consentinel.verdicts import travelling
from consentinel.verdicts.judge import Judge
from consentinel.visitor.choices import Choices
from consentinel.visitor.cleaning import Cleaning
from consentinel.visitor.movement import Movement
from consentinel.visitor.own_browser import OwnBrowserVisitor
from consentinel.visitor.page import Page
from consentinel.visitor.plain_visitor import PlainVisitor
from consentinel.visitor.sitemap import absolute
from consentinel.visitor.visitor import Visitor
from consentinel.visitor.visitor_factory import VisitorFactory

DAY = 86400.0
MONTH = 30.4 * DAY

NUMBERS = {"two": 2, "three": 3}


@when(parsers.re(r"they visit the (?P<page>[\w -]+)"))
def they_visit(visitor: Visitor, page: PageWord) -> None:
    Reading(visitor).visit(page)


@when("they come to the home page while no technical partner answers")
@needs("partners")
def they_visit_while_no_partner_answers(visitor: Visitor) -> None:
    visitor.leave_unanswered()
    visitor.visit(absolute(visitor.profile, visitor.profile.pages.home), "visits the home page, no partner answering")


@when(parsers.re(r"they read (?P<count>two|three) articles"))
def they_read_articles(visitor: Visitor, count: str) -> None:
    Reading(visitor).read_articles(NUMBERS[count])


@when("they walk through the pages of the shop")
@needs("pages.product|pages.basket|pages.billing|pages.sign_in")
def they_walk_through_the_shop(visitor: Visitor) -> None:
    Reading(visitor).walk_through_shop()


@when("they scroll to the end of the page")
def they_scroll(visitor: Visitor) -> None:
    Reading(visitor).scroll_to_end()


@when("they press Escape")
def they_press_escape(visitor: Visitor) -> None:
    Reading(visitor).press_escape()


@when("they wait for a minute")
def they_wait(visitor: Visitor) -> None:
    Reading(visitor).wait(60)


@when("they walk on without choosing")
def they_walk_on(visitor: Visitor) -> None:
    Reading(visitor).walk_on()


@when("they open and close the preferences")
def they_peek(visitor: Visitor) -> None:
    Choices(visitor).peek()


@when("they open and escape the preferences")
def they_peek_and_escape(visitor: Visitor) -> None:
    Choices(visitor).peek_and_escape()


@when("they open a second tab")
def they_open_a_tab(visitor: Visitor) -> None:
    visitor.open_tab(visitor.profile.pages.home)


@when("they return to the first tab")
def they_return_to_the_first_tab(visitor: Visitor) -> None:
    visitor.return_to_first_tab()


@when("they go back")
def they_go_back(visitor: Visitor, judge: Judge) -> None:
    Movement(visitor).go(-1, "goes back")
    judge.require(travelling.as_visitors_do(visitor.timeline, judge.blind))


@when("they go forward")
def they_go_forward(visitor: Visitor, judge: Judge) -> None:
    Movement(visitor).go(1, "goes forward")
    judge.require(travelling.as_visitors_do(visitor.timeline, judge.blind))


@when("they reload the page")
def they_reload(visitor: Visitor) -> None:
    Movement(visitor).reload()


@when("they rest the pointer on a link")
def they_rest_the_pointer_on_a_link(visitor: Visitor) -> None:
    Movement(visitor).hover_over_link()


@when(parsers.parse("they arrive by a link from {whence}"))
def they_arrive_by_a_link(visitor: Visitor, whence: Whence) -> None:
    Movement(visitor).arrive_from(whence)


@when("they rest the pointer on the link to the network")
@needs("elements.network_link")
def they_rest_the_pointer_on_the_network_link(visitor: Visitor) -> None:
    Movement(visitor).hover_over("network_link", "rests the pointer on the link to the network")


@when("they leave the site")
def they_leave(visitor: Visitor) -> None:
    Reading(visitor).leave_site()


@when("they open the preferences")
def they_open_the_preferences(visitor: Visitor) -> None:
    Choices(visitor).open_preferences()


@when("they refuse all cookies by keyboard")
def they_refuse_by_keyboard(visitor: Visitor) -> None:
    Choices(visitor).refuse_by_keyboard()


@when("they accept all cookies on the home page")
def they_accept_on_the_home_page(visitor: Visitor) -> None:
    Reading(visitor).visit("home page")
    Choices(visitor).accept_all()


@when(parsers.re(r"they refuse all cookies on the (?P<page>home page|article)"))
def they_refuse_on_a_page(visitor: Visitor, page: PageWord) -> None:
    Reading(visitor).visit(page)
    Choices(visitor).refuse_all()


@when(parsers.parse("they allow {allowed} cookies on the home page"))
def they_allow_on_the_home_page(visitor: Visitor, allowed: CategoryWords) -> None:
    Reading(visitor).visit("home page")
    Choices(visitor).allow_only(categories(allowed, visitor.profile))


@when("they refuse social cookies")
def they_refuse_social(visitor: Visitor) -> None:
    Reading(visitor).visit("home page")
    Choices(visitor).refuse_only(category("social", visitor.profile))


@when("they accept all cookies after all")
def they_accept_after_all(visitor: Visitor) -> None:
    Choices(visitor).accept_all()


@when("they refuse all cookies after all")
def they_refuse_after_all(visitor: Visitor) -> None:
    Choices(visitor).refuse_all()


@when(parsers.parse("they allow {allowed} cookies after all"))
def they_allow_after_all(visitor: Visitor, allowed: CategoryWords) -> None:
    Choices(visitor).allow_only(categories(allowed, visitor.profile))


@when(parsers.parse("they withdraw their consent to {refused} cookies"))
def they_withdraw(visitor: Visitor, refused: CategoryWords) -> None:
    Choices(visitor).refuse_only(category(refused, visitor.profile))


@when("they remove all cookies")
def they_remove_all_cookies(visitor: Visitor) -> None:
    visitor.remove_all_cookies()


@when("they remove all cookies in another window")
def they_remove_all_cookies_elsewhere(visitor: Visitor) -> None:
    Cleaning(visitor).remove_all_elsewhere()


@when(parsers.parse("they remove what is left of {left} cookies"))
def they_remove_what_is_left(visitor: Visitor, left: CategoryWords) -> None:
    Cleaning(visitor).remove_left_of(category(left, visitor.profile))


@when("they restart their browser")
def they_restart(visitor: OwnBrowserVisitor) -> None:
    visitor.restart_browser()


@when("they come back after 1 day")
def they_come_back_tomorrow(visitor: Visitor) -> None:
    visitor.come_back(DAY, "comes back after 1 day")


@when(parsers.re(r"they come back after (?P<count>\d+) months?"))
def they_come_back(visitor: Visitor, count: str) -> None:
    visitor.come_back(int(count) * MONTH, f"comes back after {count} months")


@when("they sign in")
@needs("allow.sign_in", "account", "pages.sign_in", "elements.user", "elements.password", "elements.submit")
def they_sign_in(visitor: Visitor) -> None:
    Account(visitor).sign_in()


@when("they sign out")
@needs("allow.sign_in", "pages.secure", "elements.sign_out")
def they_sign_out(visitor: Visitor) -> None:
    Account(visitor).sign_out()


@when("they sign in through the network")
@needs("allow.sign_in", "pages.sign_in", "elements.social_sign_in")
def they_sign_in_through_the_network(visitor: Visitor) -> None:
    Account(visitor).sign_in_through_network()


@when("they put something into the basket")
@needs("allow.orders", "pages.product", "elements.add_to_basket")
def they_fill_the_basket(visitor: Visitor) -> None:
    Shop(visitor).put_into_basket()


@when("they place the order")
@needs("allow.orders", "pages.billing", "elements.place_order")
def they_place_the_order(visitor: Visitor) -> None:
    Shop(visitor).place_order()


@when("they send the order form that is still open")
@needs("allow.orders", "pages.billing", "elements.place_order")
def they_send_the_open_form(visitor: Visitor) -> None:
    Shop(visitor).send_open_form()


@when("they choose another language")
@needs("elements.language")
def they_choose_another_language(visitor: Visitor) -> None:
    Page(visitor).click("language", "chooses another language")


@when("they arrive from a campaign")
@needs("pages.campaign")
def they_arrive_from_a_campaign(visitor: Visitor) -> None:
    Reading(visitor).visit("campaign page")


@when("they share an article")
@needs("allow.share", "pages.shared", "elements.share_action", "elements.share_buttons")
def they_share(visitor: Visitor) -> None:
    Sharing(visitor).share()


@when(parsers.parse("they try to use the {page}"))
def they_try(visitor: Visitor, page: PageWord) -> None:
    Reading(visitor).attempt(page)


@when("the same person uses a second profile", target_fixture="other_visitor")
def a_second_profile(visitor_factory: VisitorFactory) -> Visitor:
    return Reading(visitor_factory.arrive("second profile")).visiting("home page")


@when("the same person uses a phone", target_fixture="other_visitor")
def a_phone(visitor_factory: VisitorFactory) -> Visitor:
    return Reading(visitor_factory.arrive_by_phone("phone")).visiting("home page")


@when("the same person uses another browser", target_fixture="other_visitor")
def another_browser(visitor_factory: VisitorFactory) -> Visitor:
    return Reading(visitor_factory.arrive_with_other_browser()).visiting("home page")


@when("another person uses the same browser")
def another_person(visitor: Visitor) -> None:
    Reading(visitor).visit("home page")


@when("the same person accepts all cookies in a second profile", target_fixture="other_visitor")
def a_second_profile_accepts(visitor_factory: VisitorFactory) -> Visitor:
    other_visitor = Reading(visitor_factory.arrive("second profile")).visiting("home page")
    Choices(other_visitor).accept_all()
    return other_visitor


@when(parsers.parse("they call up the {page}"))
def they_call_up(caller: PlainVisitor, page: PageWord) -> None:
    caller.call(page)
