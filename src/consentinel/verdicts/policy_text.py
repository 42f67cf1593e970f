"""Rules about the published text of the policy itself (P05)."""

from __future__ import annotations

from consentinel.evidence.records import Kind
from consentinel.policy.categories import Contradiction, announced_and_listed
from consentinel.policy.page_text import NotInPage, read_page
from consentinel.site.hosts import host_of
from consentinel.verdicts.attribution_text import place
from consentinel.verdicts.finding import Finding, Verdict
from consentinel.verdicts.messages import listed, sentence, shortened

CONTRADICTION = "contradiction between the categories that the policy announces and lists"


def lists_what_it_announces(url: str, at: float, html: str) -> Verdict:
    """The policy lists as many categories as it announces, and the same (P05). A text without announcement holds."""
    try:
        found = announced_and_listed(read_page(html)).contradictions
    except NotInPage as error:
        return Verdict(doubts=(f"the policy's page could not be read as a text: {error}",))
    return Verdict(tuple(_finding(url, at, one) for one in found))


def _finding(url: str, at: float, found: Contradiction) -> Finding:
    names = listed([f'"{shortened(one)}"' for one in found.listed])
    statement = f"the policy announces {found.announced.count} categories and lists {len(found.listed)}: {names}"
    if found.missing:
        statement = (
            f"the policy names {listed(found.missing)} among its cookies, which its list of {names} does not have"
        )
    where, moment = place(url), "calls up the page without scripts"
    return Finding(CONTRADICTION, "", Kind.PAGE, "categories", host_of(url), at, moment, where, sentence(statement))
