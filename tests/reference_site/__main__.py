"""Check in a real browser that every defect shows: ``python -m tests.reference_site [NAME ...]``.

The clean site is visited several times first, so that what changes by itself is known. Then each defect is
visited in the same ways until something is stored, sent or shown that the clean site never does, or misses
that it always does. A defect of storage or traffic has to show the very item that its table names.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from consentinel.reference_site import hosts
from consentinel.reference_site.defects import DEFECTS, Defect
from consentinel.reference_site.deployments import SCRIPT_PATH
from consentinel.reference_site.serve import RunningSite, start
from tests.reference_site.journeys import BROWSERS, WHERE_TO_LOOK, Journey
from tests.reference_site.notebook import Notebook

CLEAN_VISITS = 2


@dataclass(slots=True)
class Clean:
    """What the clean site does on a journey."""

    ever: set[str] = field(default_factory=set)
    always: set[str] = field(default_factory=set)

    def difference(self, facts: set[str]) -> set[str]:
        """What another deployment does that the clean one never does, or misses that it always does.

        That it loads a script of its own is no difference yet.
        """
        more = {f"+ {fact}" for fact in facts - self.ever if SCRIPT_PATH not in fact}
        return more | {f"- {fact}" for fact in self.always - facts}


def travel(book: Notebook, journey: Journey, site: str) -> set[str]:
    """The facts of one journey by a new visitor."""
    book.renew(site)
    journey(book)
    return book.facts


def learn(book: Notebook, journey: Journey) -> Clean:
    """Visit the clean site until it is known what changes by itself."""
    visits = [travel(book, journey, hosts.SITE) for _ in range(CLEAN_VISITS)]
    return Clean(set.union(*visits), set.intersection(*visits))


def shows(defect: Defect, difference: set[str]) -> bool:
    """Whether one of the items that the defect's table names is among the differences."""
    for truth in defect.expected:
        name, host = truth.name.partition("?")[0], truth.host.replace(defect.host, "{site}")
        items = (f" {truth.kind} {name} {host}", f" {host}{name}")
        if difference and (truth.kind == "page" or any(i in fact for fact in difference for i in items)):
            return True
    return False


def route(defect: Defect, journeys: Sequence[Journey]) -> list[Journey]:
    """The journeys of one browser, the likeliest first; none when another browser is likelier."""
    likely = next(journey for pattern, journey in WHERE_TO_LOOK if re.search(pattern, defect.name))
    return sorted(journeys, key=lambda journey: journey is not likely) if likely in journeys else []


def observe(site: RunningSite, defects: Sequence[Defect]) -> Iterator[tuple[Defect, str, set[str]]]:
    """Each defect as soon as it shows, with the journey on which it did; those that never do come last."""
    hidden = {defect.name: defect for defect in defects}
    seen: dict[str, set[str]] = {defect.name: set() for defect in defects}
    for preferences, journeys in BROWSERS:
        if not hidden:
            return
        book = Notebook(site.port, preferences)
        try:
            clean: dict[Journey, Clean] = {}
            for defect in tuple(hidden.values()):
                for journey in route(defect, journeys):
                    if journey not in clean:
                        clean[journey] = learn(book, journey)
                    seen[defect.name] = clean[journey].difference(travel(book, journey, defect.host))
                    if shows(defect, seen[defect.name]):
                        yield hidden.pop(defect.name), journey.__name__, seen[defect.name]
                        break
        finally:
            book.driver.quit()
    for defect in hidden.values():
        yield defect, "", seen[defect.name]


def main(names: list[str]) -> int:
    """Print what shows of each defect; 1 when some defect does not show."""
    chosen = [defect for defect in DEFECTS if not names or defect.name in names]
    hidden = 0
    with start() as site:
        for defect, journey, difference in observe(site, chosen):
            hidden += not journey
            print(f"{f'shows, {journey}' if journey else 'HIDDEN'}: {defect.name}", flush=True)
            for fact in sorted(difference)[: 3 if journey else 12]:
                print(f"    {fact[:200]}", flush=True)
    print(f"{len(chosen) - hidden} of {len(chosen)} defects show")
    return 1 if hidden else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
