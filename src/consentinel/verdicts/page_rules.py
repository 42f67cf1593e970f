"""Rules about the content of a page (P01, P02, P05, P06, P09, P12, P13, P14, P16, P17, P20, P24, P25, P27)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from consentinel.evidence.dialog_audit import Effort
from consentinel.evidence.payload import address_fields
from consentinel.evidence.records import Kind
from consentinel.evidence.timeline import Timeline
from consentinel.policy.item_names import is_named
from consentinel.site.classify import is_choice
from consentinel.site.profile import Profile
from consentinel.verdicts.finding import Verdict, on_page
from consentinel.verdicts.identifiers import identifiers_in
from consentinel.verdicts.language import asks_for_itself
from consentinel.verdicts.messages import listed, shortened, thing
from consentinel.verdicts.travelling import shows_kept_page, shows_question_of_history

HELD = Verdict()

LEAST = {"area": 0.4, "letters": 0.75, "opacity": 0.75, "part in sight": 0.5}
"""How much of the accepting button's area, letters' size and opacity the refusing one must have at the least, and of
the part of it that shows before anybody scrolls the banner."""

FEW = 40
"""Letters up to which a page may have been emptied: its content is then compared with what others see."""

LEAST_READ = 0.5
"""How much of an ordinary visitor's letters a page of few words must show."""

TURNED_AWAY = (
    "The site did not ask the visitor, whose browser rejects its cookies: that browser has answered for them, and "
    "the site has only to do as after a refusal."
)
"""What is noted of a site that asks nobody who rejects all its cookies."""

OPENING = 1
"""Clicks that withdrawing may take beyond those of consenting: one, which opens the preferences. The number is ours."""


def expect(timeline: Timeline, held: bool, rule: str, name: str, statement: str, category: str = "") -> Verdict:
    """A finding with this rule and sentence unless it held."""
    return HELD if held else on_page(timeline, rule, name, statement, category)


def asks(timeline: Timeline, profile: Profile, shows: bool, doubt: str = "", is_turned_away: bool = False) -> Verdict:
    """The site asks for a choice (P02, P12, P13). `doubt`: why not seeing it ask proves nothing.

    `is_turned_away`: the visitor's browser rejects every cookie of the site. That is an answer by itself, which no site
    could keep, and the policy promises that browsers may give it (P06): a site that does not ask then has only to do
    as after a refusal, of which other sentences speak. Whether its own check keeps the dialog away, or an error of its
    script where the browser denies it local storage, is all the same to the visitor.

    The policy keeps the choice in a cookie. Where the profile has it elsewhere, it has no term that a browser keeps, so
    that a site which still knows an earlier choice cannot be judged by its not asking.
    """
    if shows:
        return HELD
    kept, place = _kept_choices(timeline, profile), profile.consent.stored.kind
    if is_turned_away and not kept:
        return Verdict(notes=(TURNED_AWAY,))
    if timeline.choices and timeline.choices[-1].granted is not None and place != "cookie":
        if place == "server":
            return Verdict(doubts=("the site keeps the choice on its server, whose clock stays where it is",))
        if kept:
            return Verdict(doubts=(f"the site keeps the choice in {listed(kept)}, which has no term of its own",))
    if doubt:
        return Verdict(doubts=(doubt,))
    statement = "the site does not ask for a choice, although none is stored"
    if kept:
        statement = f"the site does not ask for a choice: it still has one in {listed(kept)}"
    elif place == "server":
        statement += " on the device; it keeps the choice on its server"
    elif left := _left_by_choices(timeline):
        statement += f"; outside cookies an earlier choice has left {listed(left)}"
    return on_page(timeline, "not asked", "banner", statement)


def keeps_quiet(timeline: Timeline, profile: Profile, shows: bool, doubt: str = "", out_of_reach: str = "") -> Verdict:
    """The site does not ask a visitor who has chosen (P12). `doubt`: why not seeing it ask proves nothing.

    `out_of_reach` is what the visitor could not press with the keyboard: then they have not chosen. A page from before
    the choice that the browser had kept shows its dialog still: that is no new question, unless the site promises to
    see to it. Neither is a page for the question alone, to which the site led before the choice.
    """
    if not shows and doubt:
        return Verdict(doubts=(doubt,))
    if shows and out_of_reach:
        statement = f"the choice cannot be made by keyboard: {out_of_reach}"
        return on_page(timeline, "choice out of reach", "banner", statement)
    if shows and shows_kept_page(timeline) and not profile.consent.renews_kept_pages:
        return Verdict(notes=("The page as the browser had kept it still shows the dialog, as most sites' do.",))
    if shows and shows_question_of_history(timeline):
        return Verdict(notes=("The page of its own on which the site had asked was called up by the history.",))
    if shows and (own := asks_for_itself(timeline, profile)):
        return Verdict(doubts=(own,))
    return expect(timeline, not shows, "asked again", "banner", "the site asks again, although the visitor has chosen")


def _kept_choices(timeline: Timeline, profile: Profile) -> list[str]:
    """Return what is on the device of that in which the site keeps the choice."""
    items = timeline.state.items if timeline.state else ()
    return [thing(item.kind, item.name) for item in items if is_choice(item, profile)]


def _left_by_choices(timeline: Timeline) -> list[str]:
    """Return what is on the device outside cookies that was not there before the first choice; at most three things."""
    if not timeline.choices or not timeline.state:
        return []
    before = timeline.state_before(timeline.choices[0].at)
    known = {item.identity for item in before.items} if before else set()
    left = (item for item in timeline.state.items if item.kind is not Kind.COOKIE and item.identity not in known)
    return [thing(item.kind, item.name) for item in left][:3]


def readable(timeline: Timeline, letters: int | None, ordinary: Callable[[], int | None]) -> Verdict:
    """The page's content can be read (P06, P15). `letters` are those that it shows; None: no content is visible.

    A page of few words is held against what an ordinary visitor sees of it, who is only then sent there: a finding is
    what the one lacks and the other has.
    """
    if letters is not None and letters > FEW:
        return HELD
    others = ordinary()
    if others is None:
        return Verdict(doubts=("the profile's elements.content shows nothing to an ordinary visitor either",))
    if not others:
        return Verdict(doubts=("the page has no words that could be read",))
    held = letters is not None and letters >= others * LEAST_READ
    return expect(timeline, held, "not readable", "content", "the page's content cannot be read")


def shuts_nobody_out(timeline: Timeline, letters: int | None, ordinary: int | None) -> Verdict:
    """The page can be read after a refusal (R-WALL): at least half of the letters show that show before a choice."""
    if not ordinary:
        return Verdict(doubts=("the profile's elements.content shows nothing before a choice either",))
    held = (letters or 0) >= ordinary * LEAST_READ
    told = f"after a refusal the page shows {letters or 0} letters, and {ordinary} before a choice"
    return expect(timeline, held, "consent wall", "content", told)


def opens_preferences(timeline: Timeline, why_not: str) -> Verdict:
    """The preferences can be opened from this page (P02)."""
    statement = f"the preferences cannot be opened from this page: {why_not}"
    return expect(timeline, not why_not, "preferences out of reach", "preferences", statement)


def reaches_by_keyboard(timeline: Timeline, met: str, opens: bool) -> Verdict:
    """The keyboard alone opens the preferences (P02). `met` is how it meets what opens them."""
    if met == "missing":
        return Verdict(doubts=("the profile's elements.preferences_link shows nowhere on this page",))
    why = (
        "what opens them takes no part in the order of the Tab key" if met != "reached" else "Enter does nothing there"
    )
    statement = f"the preferences cannot be opened by keyboard: {why}"
    return expect(timeline, opens, "preferences out of reach", "preferences", statement)


def recognises_nobody(timeline: Timeline, mine: str | None, theirs: str | None, name: str) -> Verdict:
    """A link carries no identifier that another visitor's does not carry as well (P24)."""
    if mine is None or theirs is None:
        return Verdict(doubts=(f"no visible link on this page leads to the {name}",))
    common = frozenset(token for _, value in address_fields(theirs) for token in identifiers_in(value))
    own = {field for field, value in address_fields(mine) if identifiers_in(value) - common}
    field = shortened("".join(sorted(own)[:1]))
    statement = f'the link to the {name} carries something that recognises the visitor, as "{field}"'
    return expect(timeline, not own, "recognisable: in a link", name, statement, "social")


_FOR_SALE = (
    "who does not agree is asked to pay; whether that leaves a free choice depends on the price and on who asks, "
    "which no browser sees"
)


def refuses_as_easily(timeline: Timeline, clicks: int | None, is_for_sale: bool = False) -> Verdict:
    """Refusing takes one click, as accepting does (R-EASY). None: it is not offered at all.

    `is_for_sale`: who does not agree is asked to pay, which some authorities let pass for some sites.
    """
    if clicks is None and is_for_sale:
        return Verdict(doubts=(_FOR_SALE,))
    statement = "cannot be done from the banner" if clicks is None else f"takes {clicks} clicks, accepting takes one"
    return expect(timeline, clicks == 1, "harder to refuse", "refuse", f"refusing everything {statement}")


def refuses_at_once(timeline: Timeline, hindrance: str) -> Verdict:
    """The first click on what refuses is the choice, where that on what accepts is (R-EASY)."""
    statement = f"one click accepts everything, and refuses nothing: {hindrance}"
    return expect(timeline, not hindrance, "harder to refuse", "refuse", statement)


def withdraws_as_easily(timeline: Timeline, clicks: int, given: int, where: str = "") -> Verdict:
    """Taking consent back takes one click more than giving it: that which opens the preferences (R-WITHDRAW)."""
    statement = f"{where}taking consent back takes {clicks} clicks, giving it takes {given}"
    return expect(timeline, clicks <= given + OPENING, "harder to withdraw", "withdrawal", statement)


def withdraws_as_easily_everywhere(timeline: Timeline, efforts: Iterable[Effort], consenting: int | None) -> Verdict:
    """On each page consent is taken back as easily as it was given, by keyboard as well (R-WITHDRAW).

    `consenting` are the presses of the Tab key that lead to what accepts, None where the keyboard does not get there.
    No source sets a number of presses, so that they are stated in a note and judged by none.
    """
    verdict = Verdict()
    for one in efforts:
        if one.given:
            verdict += withdraws_as_easily(timeline, one.clicks, one.given, f"on the {one.page} ")
        if one.missed and consenting is not None:
            statement = (
                f"consent can be given by keyboard, and on the {one.page} it cannot be taken back so: {one.missed}"
            )
            verdict += on_page(timeline, "harder to withdraw", "preferences", statement)
        elif one.doubt or one.missed:
            verdict += Verdict(doubts=(f"on the {one.page}: {one.doubt or one.missed}",))
        else:
            given = f"{one.given} and {consenting}" if consenting is not None else f"{one.given}, and no key does it"
            told = (
                f"on the {one.page} consent is taken back by {one.clicks} clicks or {one.stops} presses of the Tab key"
            )
            verdict += Verdict(notes=(f"{told}; giving it takes {given}",))
    return verdict


def refuses_as_visibly(timeline: Timeline, prominence: Mapping[str, float]) -> Verdict:
    """The button that refuses does not hide beside the one that accepts (R-EASY).

    `prominence` is how much of each property of the one shows of the other. A quieter style is the site's to choose.
    """
    lacking = [f"{shown:.0%} of the {one}" for one, shown in prominence.items() if shown < LEAST[one]]
    statement = f"refusing hides: its button has {listed(lacking)} that the one for accepting has"
    if not prominence:
        statement = "the banner has no button for refusing beside the one for accepting"
    return expect(timeline, bool(prominence) and not lacking, "harder to refuse", "refuse", statement)


def leads(timeline: Timeline, link: str | None, name: str) -> Verdict:
    """A visible link leads somewhere (P01)."""
    statement = f"no visible link on this page leads to the {name}"
    return expect(timeline, bool(link), "link missing", name, statement)


def lists_all(timeline: Timeline, listed_names: Collection[str], stored: Collection[str]) -> Verdict:
    """The policy's table names every stored cookie, by patterns as policies write them (P05)."""
    cells = tuple(listed_names)
    missing = sorted(shortened(name) for name in stored if not is_named(name, cells))
    are = "is" if len(missing) == 1 else "are"
    statement = f"the policy's table does not name {listed(missing)}, which {are} stored"
    return expect(timeline, not missing, "not in the policy's table", ", ".join(missing), statement)
