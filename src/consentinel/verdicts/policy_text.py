"""Rules about the published text of the policy itself (P05)."""

from __future__ import annotations

from consentinel.policy.categories import Contradiction, announced_and_listed
from consentinel.policy.page_text import NotInPage, read_page
from consentinel.verdicts.finding import Finding, Verdict, about_answer
from consentinel.verdicts.messages import listed, shortened

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
    return about_answer(url, at, CONTRADICTION, "categories", statement)
