"""What must hold of plain answers, without a browser."""

from __future__ import annotations

from pytest_bdd import then

from consentinel.site.needs import needs
from consentinel.suite.steps.words import offered_labels
from consentinel.verdicts import http_answers, policy_text
from consentinel.verdicts.judge import Judge
from consentinel.visitor.plain_visitor import PlainVisitor


@then("the answer sets only functionality cookies")
def the_answer_sets_only_functionality(caller: PlainVisitor, plain_judge: Judge) -> None:
    url, at, headers = caller.page.url, caller.at, caller.set_cookie_headers()
    plain_judge.require(http_answers.sets_only_functionality(url, at, headers, caller.profile))


@then("the page loads only from the site and its technical partners")
def the_page_loads_only_from_partners(caller: PlainVisitor, plain_judge: Judge) -> None:
    url, at, addresses = caller.page.url, caller.at, caller.without_scripts()
    plain_judge.require(http_answers.loads_from_partners_alone(url, at, addresses, caller.profile))


@then("the site answers")
def the_site_answers(caller: PlainVisitor, plain_judge: Judge) -> None:
    plain_judge.require(http_answers.answers(caller.page.url, caller.at, caller.page.status_code, "the page"))


@then("it links to instructions for the browsers in use")
@needs("elements.browser_help")
def it_links_to_instructions(caller: PlainVisitor, plain_judge: Judge) -> None:
    links = caller.links_of("browser_help")
    plain_judge.require(http_answers.links_to(caller.page.url, caller.at, links, 3, "instructions for browsers"))


@then("each of these links answers")
@needs("elements.browser_help")
def each_link_answers(caller: PlainVisitor, plain_judge: Judge) -> None:
    statuses = caller.statuses_of("browser_help")
    plain_judge.require(
        http_answers.all_answer(statuses, caller.at, "a link to a browser's instructions", caller.profile)
    )


@then("the link to the legal information answers")
@needs("elements.legal_link")
def the_legal_link_answers(caller: PlainVisitor, plain_judge: Judge) -> None:
    links, statuses = caller.links_of("legal_link"), caller.statuses_of("legal_link")
    found = http_answers.links_to(caller.page.url, caller.at, links, 1, "legal information")
    plain_judge.require(found + http_answers.all_answer(statuses, caller.at, "the legal information", caller.profile))


@then("it links to the networks' own policies")
@needs("elements.network_policy")
def it_links_to_the_networks_policies(caller: PlainVisitor, plain_judge: Judge) -> None:
    links = caller.links_of("network_policy")
    plain_judge.require(http_answers.links_to(caller.page.url, caller.at, links, 1, "the networks' own policies"))


@then("each of the networks' policies answers")
@needs("elements.network_policy")
def each_policy_answers(caller: PlainVisitor, plain_judge: Judge) -> None:
    statuses = caller.statuses_of("network_policy")
    plain_judge.require(http_answers.all_answer(statuses, caller.at, "a network's own policy", caller.profile))


@then("it describes every category that the preferences offer")
def it_describes_every_category(caller: PlainVisitor, plain_judge: Judge) -> None:
    labels = offered_labels(caller.profile)
    plain_judge.require(http_answers.describes(caller.page.url, caller.at, caller.text(labels), labels))


@then("it lists the categories that it announces")
def it_lists_what_it_announces(caller: PlainVisitor, plain_judge: Judge) -> None:
    plain_judge.require(policy_text.lists_what_it_announces(caller.page.url, caller.at, caller.html()))
