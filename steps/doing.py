"""What a visitor does beside moving about: choosing, removing, signing in, buying."""

from __future__ import annotations

from pytest_bdd import parsers, when

from consentinel.site.needs import needs
from consentinel.suite.pages.account import Account
from consentinel.suite.pages.reading import Reading
from consentinel.suite.pages.shop import Shop
from consentinel.suite.pages.social import Sharing
from consentinel.suite.steps.words import CategoryWords, PageWord, categories, category, objectionable
from consentinel.visitor.choices import Choices
from consentinel.visitor.cleaning import Cleaning
from consentinel.visitor.earlier_policy import EarlierPolicy
from consentinel.visitor.keyboard import Keyboard
from consentinel.visitor.own_browser import OwnBrowserVisitor
from consentinel.visitor.page import Page
from consentinel.visitor.plain_visitor import PlainVisitor
from consentinel.visitor.refusing import Refusing
from consentinel.visitor.visitor import Visitor
from consentinel.visitor.visitor_factory import VisitorFactory

DAY = 86400.0
MONTH = 30.4 * DAY


@when("they open and close the preferences")
def they_peek(visitor: Visitor) -> None:
    Choices(visitor).peek()


@when("they open and escape the preferences")
def they_peek_and_escape(visitor: Visitor) -> None:
    Choices(visitor).peek_and_escape()


@when("they close the banner without choosing")
def they_dismiss(visitor: Visitor) -> None:
    Choices(visitor).dismiss()


@when("they open the preferences")
def they_open_the_preferences(visitor: Visitor) -> None:
    Choices(visitor).open_preferences()


@when("they refuse all cookies by keyboard")
def they_refuse_by_keyboard(visitor: Visitor) -> None:
    Keyboard(visitor).refuse_all()


@when("they accept all cookies by keyboard")
def they_accept_by_keyboard(visitor: Visitor) -> None:
    Keyboard(visitor).accept_all()


@when(parsers.parse("they allow {allowed} cookies by keyboard"))
def they_allow_by_keyboard(visitor: Visitor, allowed: CategoryWords) -> None:
    Keyboard(visitor).allow_only(categories(allowed, visitor.profile))


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


@when("they save the preferences with nothing allowed")
def they_save_nothing(visitor: Visitor) -> None:
    Refusing(visitor).save_nothing()


@when(parsers.parse("they allow {allowed} cookies after all"))
def they_allow_after_all(visitor: Visitor, allowed: CategoryWords) -> None:
    Choices(visitor).allow_only(categories(allowed, visitor.profile))


@when(parsers.parse("they withdraw their consent to {refused} cookies"))
def they_withdraw(visitor: Visitor, refused: CategoryWords) -> None:
    Choices(visitor).refuse_only(category(refused, visitor.profile))


@when("they object to what needs no consent")
def they_object(visitor: Visitor) -> None:
    objectionable(visitor.profile)
    Choices(visitor).object()


@when("the policy changes")
@needs("consent.stored.policy_version.now")
def the_policy_changes(visitor: Visitor) -> None:
    EarlierPolicy(visitor).date_back()


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


@when("they change how they share")
@needs("pages.shared", "elements.share_preference", "elements.share_buttons")
def they_change_how_they_share(visitor: Visitor) -> None:
    Sharing(visitor).change_preference()


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


@when("the same person uses a private window", target_fixture="other_visitor")
def a_private_window(visitor_factory: VisitorFactory) -> Visitor:
    return Reading(visitor_factory.arrive_in_private_window()).visiting("home page")


@when("the same person accepts all cookies in a private window", target_fixture="other_visitor")
def a_private_window_accepts(visitor_factory: VisitorFactory) -> Visitor:
    other_visitor = a_private_window(visitor_factory)
    Choices(other_visitor).accept_all()
    return other_visitor


@when("another person uses the same browser")
def another_person(visitor: Visitor) -> None:
    Reading(visitor).visit("home page")


@when("the same person accepts all cookies in a second profile", target_fixture="other_visitor")
def a_second_profile_accepts(visitor_factory: VisitorFactory) -> Visitor:
    other_visitor = Reading(visitor_factory.arrive("second profile")).visiting("home page")
    Choices(other_visitor).accept_all()
    return other_visitor


@when("the same person signs in on a second device", target_fixture="other_visitor")
@needs("allow.sign_in", "account", "pages.sign_in", "elements.user", "elements.password", "elements.submit")
def signs_in_on_a_second_device(visitor_factory: VisitorFactory) -> Visitor:
    other_visitor = visitor_factory.arrive("second device")
    Account(other_visitor).sign_in()
    return other_visitor


@when(parsers.parse("they call up the {page}"))
def they_call_up(caller: PlainVisitor, page: PageWord) -> None:
    caller.call(page)
