"""How a visitor moves: from page to page, back and forward, between tabs, with the pointer."""

from __future__ import annotations

from pytest_bdd import parsers, when

from consentinel.site.needs import NUMBERS, needs
from consentinel.suite.pages.departing import Departing
from consentinel.suite.pages.handling import Handling
from consentinel.suite.pages.reading import Reading
from consentinel.suite.pages.unfolding import Unfolding
from consentinel.suite.steps.words import PageWord, Whence
from consentinel.verdicts import rejected, travelling
from consentinel.verdicts.judge import Judge
from consentinel.visitor.movement import Movement
from consentinel.visitor.page import Page
from consentinel.visitor.sitemap import absolute
from consentinel.visitor.trouble import leave_partners_unanswered
from consentinel.visitor.visitor import Visitor


@when(parsers.re(r"they visit the (?P<page>[\w -]+)"))
def they_visit(visitor: Visitor, page: PageWord) -> None:
    Reading(visitor).visit(page)


@when("they come to the home page while no technical partner answers")
@needs("partners")
def they_visit_while_no_partner_answers(visitor: Visitor) -> None:
    leave_partners_unanswered(visitor)
    visitor.visit(absolute(visitor.profile, visitor.profile.pages.home), "visits the home page, no partner answering")


@when(parsers.re(r"they read (?P<count>two|three) articles"))
def they_read_articles(visitor: Visitor, count: str) -> None:
    Reading(visitor).read_articles(NUMBERS[count])


@when("they walk through the pages of the shop")
@needs("pages.product|pages.basket|pages.billing|pages.sign_in")
def they_walk_through_the_shop(visitor: Visitor) -> None:
    Reading(visitor).walk_through_shop()


@when("they walk through the remaining pages")
@needs("pages.policy|pages.legal|pages.search|pages.error")
def they_walk_through_the_remaining_pages(visitor: Visitor) -> None:
    Reading(visitor).walk_through_remaining()


@when("the browser rejects what it is offered")
def the_browser_rejects(visitor: Visitor, judge: Judge) -> None:
    judge.require(rejected.was_rejected(visitor.timeline, visitor.spec.rejected))


@when("they scroll to the end of the page")
def they_scroll(visitor: Visitor) -> None:
    Reading(visitor).scroll_to_end()


@when("they press Escape")
def they_press_escape(visitor: Visitor) -> None:
    Reading(visitor).press_escape()


@when("they copy some of the text")
def they_copy_some_of_the_text(visitor: Visitor) -> None:
    Handling(visitor).copy_text()


@when("they click into the text")
def they_click_into_the_text(visitor: Visitor) -> None:
    Handling(visitor).click_into_text()


@when("they click links that lead away from the site")
def they_click_links_away(visitor: Visitor) -> None:
    Departing(visitor).click_links_away()


@when("they type into a field without sending it")
def they_type_without_sending(visitor: Visitor) -> None:
    Handling(visitor).type_without_sending()


@when("they open and close what the page folds away")
def they_unfold(visitor: Visitor) -> None:
    Unfolding(visitor).unfold()


@when("they look something up")
def they_look_something_up(visitor: Visitor) -> None:
    Unfolding(visitor).look_up()


@when("they turn their screen")
def they_turn_their_screen(visitor: Visitor) -> None:
    Handling(visitor).turn_screen()


@when("they print the page")
def they_print_the_page(visitor: Visitor) -> None:
    Handling(visitor).print_page()


@when("they turn to leave the page")
def they_turn_to_leave_the_page(visitor: Visitor) -> None:
    Reading(visitor).turn_to_leave()


@when("they wait for a minute")
def they_wait(visitor: Visitor) -> None:
    Reading(visitor).wait(60)


@when("they walk on without choosing")
def they_walk_on(visitor: Visitor) -> None:
    Reading(visitor).walk_on()


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


@when("they follow the link to the sister site")
@needs("elements.sister_link")
def they_follow_the_link_to_the_sister_site(visitor: Visitor) -> None:
    Page(visitor).click("sister_link", "follows the link to the sister site")


@when("they leave the site")
def they_leave(visitor: Visitor) -> None:
    Reading(visitor).leave_site()
