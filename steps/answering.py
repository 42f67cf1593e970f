"""What must hold of plain answers, without a browser."""

from __future__ import annotations

from pytest_bdd import then

from pages.without_scripts import PlainVisitor
from verdicts import answered
from verdicts.court import Court


@then("the answer sets only functionality cookies")
def the_answer_sets_only_functionality(caller: PlainVisitor, plain_court: Court) -> None:
    url, at, headers = caller.page.url, caller.at, caller.set_cookie_headers()
    plain_court.hear(answered.sets_only_functionality(url, at, headers, caller.profile))


@then("the site answers")
def the_site_answers(caller: PlainVisitor, plain_court: Court) -> None:
    plain_court.hear(answered.answers(caller.page.url, caller.at, caller.page.status_code, "the page"))


@then("it links to instructions for the browsers in use")
def it_links_to_instructions(caller: PlainVisitor, plain_court: Court) -> None:
    links = caller.links_of("browser_help")
    plain_court.hear(answered.links_to(caller.page.url, caller.at, links, 3, "instructions for browsers"))


@then("each of these links answers")
def each_link_answers(caller: PlainVisitor, plain_court: Court) -> None:
    for url, status in caller.statuses_of("browser_help"):
        plain_court.hear(answered.answers(url, caller.at, status, "a link to a browser's instructions"))


@then("the link to the legal information answers")
def the_legal_link_answers(caller: PlainVisitor, plain_court: Court) -> None:
    plain_court.hear(
        answered.links_to(caller.page.url, caller.at, caller.links_of("legal_link"), 1, "legal information")
    )
    for url, status in caller.statuses_of("legal_link"):
        plain_court.hear(answered.answers(url, caller.at, status, "the legal information"))


@then("it links to the networks' own policies")
def it_links_to_the_networks_policies(caller: PlainVisitor, plain_court: Court) -> None:
    links = caller.links_of("network_policy")
    plain_court.hear(answered.links_to(caller.page.url, caller.at, links, 1, "the networks' own policies"))


@then("it describes every category that the preferences offer")
def it_describes_every_category(caller: PlainVisitor, plain_court: Court) -> None:
    labels = [table.label for table in caller.profile.categories.values()]
    plain_court.hear(answered.describes(caller.page.url, caller.at, caller.text(), labels))
