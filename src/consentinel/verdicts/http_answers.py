"""Rules about answers to plain HTTP, without a browser (P01, P05, P09, P10, P15, P25)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from unicodedata import normalize

from consentinel.evidence.acceptance import Setting, refusal
from consentinel.evidence.cookies import parse_set_cookie
from consentinel.evidence.guarded import path_of
from consentinel.evidence.records import Kind, StoredItem
from consentinel.site.classify import categories_of, category_of_address, is_partner
from consentinel.site.hosts import host_of
from consentinel.site.profile import Category, Profile
from consentinel.verdicts.attribution_text import place
from consentinel.verdicts.carried import is_own
from consentinel.verdicts.finding import UNDECLARED, Finding, Verdict, about_answer
from consentinel.verdicts.messages import (
    listed,
    service,
    stray,
    thing,
)


def sets_only_functionality(url: str, at: float, headers: Iterable[str], profile: Profile) -> Verdict:
    """An answer sets only functionality cookies (P10). `headers` are its `Set-Cookie` headers.

    What removes a cookie and what no browser takes sets none.
    """
    findings = []
    setting = Setting(url, page=url, is_page=True)
    for header in headers:
        cookie = parse_set_cookie(header, url, at)
        if cookie is None or cookie.removes or refusal(header, setting):
            continue
        found = categories_of(StoredItem(Kind.COOKIE, cookie.host, cookie.name, cookie.value), profile)
        if profile.allowed_at((), None).intersection(found):
            continue
        category = str(next(iter(found), UNDECLARED))
        statement = f"{thing(Kind.COOKIE, cookie.name, category)} was set by the first answer, before any choice"
        if not found:
            statement = stray(thing(Kind.COOKIE, cookie.name), "set by the first answer, before any choice")
        rule = "stored without consent" if found else "undeclared: stored without consent"
        finding = about_answer(url, at, rule, cookie.name, statement)
        findings.append(replace(finding, category=category, kind=Kind.COOKIE, host=cookie.host))
    return Verdict(tuple(findings))


def loads_from_partners_alone(url: str, at: float, addresses: Iterable[str], profile: Profile) -> Verdict:
    """What a page loads only where no script runs comes from the site and its partners: nobody can choose there (P10).

    `addresses` are those in `noscript`. What a category's service may hear of everybody is let pass.
    """
    findings: dict[str, Finding] = {}
    for address in addresses:
        category, host = category_of_address(address, profile), host_of(address)
        if category is None and (not host or is_own(host, profile) or is_partner(host, profile)):
            continue
        if category is not None and _hears_of_everybody(category, profile):
            continue
        who = service(host, str(category or UNDECLARED))
        statement = f"{who} hears of every visitor whose browser runs no scripts, by <noscript>"
        if category is None:
            statement = stray(f"the service at {host}", "it hears of every visitor without scripts, by <noscript>")
        rule = "sent without consent" if category else "undeclared: sent without consent"
        finding = about_answer(url, at, rule, path_of(place(address)), statement)
        named = str(category or UNDECLARED)
        findings.setdefault(host, replace(finding, category=named, kind=Kind.REQUEST, host=host))
    return Verdict(tuple(findings.values()))


def _hears_of_everybody(category: Category, profile: Profile) -> bool:
    table = profile.categories.get(category)
    return category in profile.allowed_at((), None) or bool(table and table.cookieless_pings)


WALLS = frozenset({403, 406, 429, 503, 999})
"""What walls against robots answer whoever comes without a browser; people may well be let in. 999 is LinkedIn's."""


def answers(url: str, at: float, status: int | None, what: str) -> Verdict:
    """An address answers with a page (P01, P09, P15). `status` None: nothing answered."""
    if status is not None and status < 400:
        return Verdict()
    statement = "did not answer" if status is None else f"answered {status}"
    spoken = f"{what} {statement}: {place(url)}"
    if status in WALLS:
        return Verdict(
            doubts=(f"{spoken}; walls against robots answer so, and whether people are let in was not seen",)
        )
    return Verdict((about_answer(url, at, "no answer", what, spoken),))


def all_answer(statuses: Collection[tuple[str, int | None]], at: float, what: str, profile: Profile) -> Verdict:
    """Each of these addresses answers with a page (P01, P09, P25). Without one, nothing was put to the test.

    Where none of those outside the site answers at all, the way there may be what is missing.
    """
    if not statuses:
        return Verdict(doubts=(f"the page has no address that could be called up: {what}",))
    outside = [url for url, _ in statuses if not is_own(host_of(url), profile)]
    if outside and all(status is None for url, status in statuses if url in outside):
        own = [(url, status) for url, status in statuses if url not in outside]
        found = sum((answers(url, at, status, what) for url, status in own), Verdict())
        hosts = listed(list(dict.fromkeys(host_of(url) for url in outside if host_of(url))))
        return found + Verdict(doubts=(f"nothing outside the site answers from here ({hosts}): {what} was not seen",))
    return sum((answers(url, at, status, what) for url, status in statuses), Verdict())


def links_to(url: str, at: float, links: Collection[str], least: int, what: str) -> Verdict:
    """A page has at least so many links of a kind, and all lead somewhere (P09, P25)."""
    real = [link for link in links if link.startswith(("https://", "http://")) and link != url and host_of(link)]
    if len(real) >= least and len(real) == len(links):
        return Verdict()
    statement = f"the page has {_links(len(real))} to {what}"
    dead = len(links) - len(real)
    statement += f", where at least {least} are wanted" if len(real) < least else f", and {dead} more that lead nowhere"
    return Verdict((about_answer(url, at, "link missing", what, statement),))


def describes(url: str, at: float, text: str, labels: Collection[str]) -> Verdict:
    """The policy describes every category by the name that the preferences use (P05)."""
    missing = [label for label in labels if not mentions(text, label)]
    if not missing:
        return Verdict()
    statement = f"the preferences offer {len(labels)} categories, but the policy does not describe {listed(missing)}"
    return Verdict((about_answer(url, at, "category missing", ", ".join(missing), statement),))


def mentions(text: str, words: str) -> bool:
    """Return whether a page's text has these words, whatever lines, tags, soft hyphens and spaces come between."""
    return _letters(words) in _letters(text)


def _letters(text: str) -> str:
    return "".join(one for one in normalize("NFKC", text).casefold() if one.isprintable() and not one.isspace())


def _links(count: int) -> str:
    return f"{count} link{'' if count == 1 else 's'}"
