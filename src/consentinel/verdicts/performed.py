"""Checks in the record that a sentence's action was performed: a scenario without its actions has tested nothing.

The check reads the record alone, never the page objects that should act: actions, choices, settled pages, readings of
the device. A sentence that is not listed here counts as performed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from consentinel.evidence.records import Kind, State
from consentinel.evidence.timeline import Timeline, between
from consentinel.site.category import categories_named
from consentinel.site.classify import categories_of, is_choice, is_partner
from consentinel.site.needs import NUMBERS
from consentinel.site.profile import Profile
from consentinel.verdicts.window import Window

MINUTE = 60.0


Rule = Callable[[Window, re.Match[str]], str]
"""Return what the record lacks of an action, in words; empty if it was performed."""


def not_performed(sentence: str, begun: float, timelines: Iterable[Timeline], profile: Profile) -> tuple[str, ...]:
    """Return the doubts about a step that began at this moment: none if one of the visitors did what its sentence
    says."""
    for pattern, rule in _RULES:
        match = pattern.fullmatch(sentence)
        if match:
            missing = [rule(Window(timeline, begun, profile), match) for timeline in timelines]
            if missing and not all(missing):
                return ()
            why = missing[0] if missing else "nobody is there"
            return (f'the record does not show that "{sentence}" was done: {why}',)
    return ()


def _acts(*words: str) -> Rule:
    """The visitor did something in these words."""

    def rule(window: Window, _match: re.Match[str]) -> str:
        for one in words:
            if not any(re.fullmatch(one, action.sentence) for action in window.actions):
                return f"no action is {one.replace(chr(92), '')!r}"
        return ""

    return rule


def _comes_to(count: Callable[[Window, re.Match[str]], int]) -> Rule:
    """So many pages came."""

    def rule(window: Window, match: re.Match[str]) -> str:
        wanted, came = count(window, match), window.pages()
        return "" if window.actions and came >= wanted else f"{came} of {wanted} pages came"

    return rule


def _opens_a_tab(window: Window, _match: re.Match[str]) -> str:
    return "" if window.pages() or window.tabs() else "no page came in another tab"


def _chooses(granted: Callable[[Window, re.Match[str]], Iterable[str]]) -> Rule:
    """The visitor's last choice grants exactly these categories."""

    def rule(window: Window, match: re.Match[str]) -> str:
        if not window.choices:
            return "no choice was made"
        wanted, last = frozenset(map(str, granted(window, match))), window.choices[-1].granted
        if last == wanted:
            return ""
        return f"the choice allows {_words(last)}, not {_words(wanted)}"

    return rule


def _all_of(*rules: Rule) -> Rule:
    def rule(window: Window, match: re.Match[str]) -> str:
        return next((missing for one in rules if (missing := one(window, match))), "")

    return rule


def _words(granted: frozenset[str] | None) -> str:
    return "nothing yet" if granted is None else ", ".join(sorted(granted)) or "nothing optional"


def _named(window: Window, match: re.Match[str]) -> Iterable[str]:
    return categories_named(match[0], window.profile.refusable)


def _all(window: Window, _match: re.Match[str]) -> Iterable[str]:
    return window.profile.refusable


def _none(_window: Window, _match: re.Match[str]) -> Iterable[str]:
    return ()


def _allowed_before(window: Window) -> frozenset[str] | None:
    """Return what the visitor had allowed when the step began; None while nothing had been chosen."""
    earlier = [choice for choice in window.timeline.choices if choice.at < window.begun]
    return earlier[-1].granted if earlier else None


def _all_but_named(window: Window, match: re.Match[str]) -> Iterable[str]:
    allowed = _allowed_before(window)
    return set(window.profile.refusable if allowed is None else allowed) - set(_named(window, match))


def _all_but_objectionable(window: Window, _match: re.Match[str]) -> Iterable[str]:
    return set(_allowed_before(window) or ()) - window.profile.objectionable


def _one(_window: Window, _match: re.Match[str]) -> int:
    return 1


def _articles(_window: Window, match: re.Match[str]) -> int:
    return NUMBERS[match["count"]]


def _shop(window: Window, _match: re.Match[str]) -> int:
    pages = window.profile.pages
    return sum(1 for page in (pages.product, pages.basket, pages.billing, pages.sign_in) if page is not None)


def _remaining(window: Window, _match: re.Match[str]) -> int:
    pages = window.profile.pages
    return len({page for page in (pages.policy, pages.legal, pages.search, pages.error) if page is not None})


def _had_chosen(window: Window, _match: re.Match[str]) -> str:
    items = window.before.items if window.before else ()
    if window.profile.consent.stored.kind == "server":  # which knows the visitor by a cookie
        has_chosen = window.timeline.choice_at(window.begun) is not None
        can_be_known = has_chosen and any(item.kind is Kind.COOKIE for item in items)
        return "" if can_be_known else "no cookie was on the device by which the site could know who had chosen"
    if any(is_choice(item, window.profile) for item in items):
        return ""
    return f"no choice was on the device before, in nothing called {window.profile.consent.stored.name}"


def _kept_any_choice(window: Window, match: re.Match[str]) -> str:
    """Whoever made a choice has it on the device. Whether a sentence that chooses did so is held against the record by
    itself, so that who never chose may come back as well."""
    return _had_chosen(window, match) if _allowed_before(window) is not None else ""


def _waits(window: Window, _match: re.Match[str]) -> str:
    waited = max((rest.bound for rest in window.rests), default=0.0)
    is_long = waited >= MINUTE or any(not rest.complete for rest in window.rests)
    return "" if is_long else f"{waited:g} seconds of page time passed"


def _removes_cookies(window: Window, _match: re.Match[str]) -> str:
    states = between(window.timeline.states, window.begun)
    if not any(Kind.COOKIE in state.seen and not _cookies(state) for state in states):
        return "the cookie jar was not seen to be empty afterwards"
    if window.profile.consent.stored.kind == "cookie" and not _cookies(window.before):
        return "no cookie was there to be removed"
    return ""


def _leaves_none(window: Window, match: re.Match[str]) -> str:
    names = set(map(str, _named(window, match)))
    state = next(iter(between(window.timeline.states, window.begun)), None)
    left = [one for one in (state.items if state else ()) if one.kind is Kind.COOKIE]
    if state is None or any(names & set(categories_of(one, window.profile)) for one in left):
        return "cookies of that category were seen afterwards"
    return ""


def _asked_in_vain(window: Window, _match: re.Match[str]) -> str:
    asked = [one for one in between(window.timeline.requests, window.begun) if is_partner(one.host, window.profile)]
    if not asked:
        return "no technical partner was asked for anything"
    return "a technical partner answered" if any(one.status for one in asked) else ""


def _cookies(state: State | None) -> bool:
    return any(item.kind is Kind.COOKIE for item in (state.items if state else ()))


def _leaves(window: Window, _match: re.Match[str]) -> str:
    return "" if window.pages() else "the page that was open is still open"


_CALLED = _comes_to(_one)
_READ = _comes_to(_articles)

_SENTENCES: dict[str, Rule] = {
    "a new visitor on the home page|a visitor who has seen the home page, .+": _CALLED,
    "a visitor(?: with a browser of their own)? who has accepted all cookies": _chooses(_all),
    "a visitor(?: with a browser of their own)? who has refused all cookies": _chooses(_none),
    "a visitor who has allowed .+ cookies": _chooses(_named),
    "a visitor who has refused .+ cookies alone": _chooses(_all_but_named),
    "a visitor who is signed in at a social network": _acts("signs in at the social network", "visits the home page"),
    "who has read (?P<count>two|three) articles": _READ,
    "they read (?P<count>two|three) articles": _READ,
    "they visit the .+": _CALLED,
    "they arrive from a campaign": _CALLED,
    "they walk on without choosing": _CALLED,
    "they walk through the pages of the shop": _comes_to(_shop),
    "they walk through the remaining pages": _comes_to(_remaining),
    "they open a second tab": _all_of(_acts("opens a second tab"), _opens_a_tab),
    "they try to use the .+": _acts("tries to use the .+"),
    "they scroll to the end of the page": _acts("scrolls to the end of the page"),
    "they press Escape": _acts("presses Escape"),
    "they copy some of the text": _acts("copies some of the text"),
    "they click into the text": _acts("clicks into the text|finds no text to click into"),
    "they click links that lead away from the site": _acts(
        "clicks a link that leads to .+|finds no link that leads away"
    ),
    "they type into a field without sending it": _acts(
        "types into a field and sends nothing|finds no field to type into"
    ),
    "they open and close what the page folds away": _acts(
        "opens what the page folds away, and closes it|finds nothing that the page folds away"
    ),
    "they look something up": _acts("looks something up|finds no search"),
    "they turn their screen": _acts("turns the screen"),
    "they print the page": _acts("prints the page"),
    "they turn to leave the page": _acts("turns to leave the page"),
    "they close the banner without choosing": _acts("closes the banner without a choice"),
    "they wait for a minute": _waits,
    "they return to the first tab": _acts("returns to the first tab"),
    "they go back": _acts("goes back", "sees the page .+"),
    "they go forward": _acts("goes forward", "sees the page .+"),
    "they reload the page": _all_of(_acts("reloads the page"), _CALLED),
    "they rest the pointer on a link": _acts("rests the pointer on a link"),
    "they arrive by a link from .+": _all_of(_acts("arrives from .+"), _CALLED),
    "they follow the link to the sister site": _all_of(_acts("follows the link to the sister site"), _CALLED),
    "they leave the site": _all_of(_acts("leaves the site"), _leaves),
    "they open the preferences": _acts("opens the preferences"),
    "they open and close the preferences": _acts("opens and closes the preferences"),
    "they open and escape the preferences": _acts("opens the preferences and presses Escape"),
    "they accept all cookies (?:on the home page|after all|by keyboard)": _chooses(_all),
    "they refuse all cookies (?:on the home page|on the article|after all|by keyboard)": _chooses(_none),
    "they allow .+ cookies (?:on the home page|after all|by keyboard)": _chooses(_named),
    "they save the preferences with nothing allowed": _chooses(_none),
    "they refuse social cookies": _chooses(_all_but_named),
    "they withdraw their consent to .+ cookies": _chooses(_all_but_named),
    "they object to what needs no consent": _chooses(_all_but_objectionable),
    "the policy changes": _acts("the policy changes: the choice names an earlier version"),
    "the same person signs in on a second device": _acts("signs in"),
    "they are not asked there": _CALLED,
    "they remove all cookies": _removes_cookies,
    "they remove all cookies in another window": _all_of(
        _acts("removes all cookies in another window"), _removes_cookies
    ),
    "they remove what is left of .+ cookies": _all_of(_acts("removes what is left of .+ cookies: .+"), _leaves_none),
    "they come to the home page while no technical partner answers": _all_of(
        _acts("visits the home page, no partner answering"), _asked_in_vain
    ),
    "they rest the pointer on the link to the network": _acts("rests the pointer on the link to the network"),
    "they restart their browser": _all_of(_had_chosen, _acts("closes the browser", "opens the browser again")),
    "they come back after .+": _all_of(_kept_any_choice, _acts("closes the browser", "comes back after .+")),
    "another person uses the same browser": _all_of(_had_chosen, _CALLED),
    "the same person uses .+": _CALLED,
    "the same person accepts all cookies in a (?:second profile|private window)": _chooses(_all),
    "the first browser still remembers the choice": _all_of(_had_chosen, _CALLED),
    "they sign in": _acts("signs in"),
    "they sign out": _acts("signs out"),
    "they send the order form that is still open": _acts("sends the order form"),
    "they sign in through the network": _acts("signs in through the network"),
    "they put something into the basket": _acts("puts something into the basket"),
    "they place the order": _acts("places the order"),
    "they choose another language": _acts("chooses another language"),
    "they share an article": _acts("shares the article"),
    "they change how they share": _acts("changes how they share"),
    "they are signed out": _acts("looks into the secure area"),
    "the basket is empty": _acts("looks into the basket"),
    "no page asks again": _CALLED,
    "the first click on what refuses is enough, as on what accepts": _acts("clicks once to .+"),
    "no link to another site carries anything that recognises the visitor": _acts(
        "presses the links to other sites, .+"
    ),
    "neither the .+ nor the .+ names the person who has signed out": _acts("tries to use the .+"),
    "the preferences can be opened by keyboard": _acts("opens the preferences by keyboard"),
    "they are (?:still )?signed in": _acts("looks into the secure area"),
    "the basket holds something": _acts("looks into the basket"),
    "the share buttons say why they are off": _acts("visits the article"),
    "the network's own buttons are there": _acts("visits the article"),
}

_RULES = tuple((re.compile(pattern), rule) for pattern, rule in _SENTENCES.items())
