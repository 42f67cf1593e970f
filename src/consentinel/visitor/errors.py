"""Why a visitor could not do something. None of these is a verdict about the site.

VisitFailure
├── MissingEntry       the profile does not say what this needs: the scenario is skipped
│   ├── NotRefusable   the profile says that there is no choice about this: the scenario is skipped
│   └── MissingPolicy  no policy file says what this needs
├── NotAllowed         the profile does not allow it on this site: the scenario is skipped
└── SiteUnavailable    the site did not answer as itself: the scenario is inconclusive
"""


class VisitFailure(Exception):
    """The root. The message is one line that a person can act on."""


class MissingEntry(VisitFailure):
    """The profile lacks an entry; `entry` is its dotted key."""

    def __init__(self, entry: str) -> None:
        super().__init__(f"the profile has no entry {entry}; adding it would enable this scenario")
        self.entry = entry


class NotRefusable(MissingEntry):
    """A choice about a category that visitors cannot refuse here."""

    def __init__(self, category: str) -> None:
        super().__init__(f"categories.{category}.refusable = true")


class MissingPolicy(MissingEntry):
    """No policy file goes with the site, or it lacks a table; `entry` says which."""

    def __init__(self, entry: str) -> None:
        super().__init__(entry)
        lacks = "no policy file goes with this site" if entry == "policy" else f"the policy file has no {entry}"
        self.args = (f"{lacks}; adding it would enable this scenario (see docs/policy.md)",)


class NotAllowed(VisitFailure):
    """Something that changes data, on a site whose profile does not allow it."""

    def __init__(self, entry: str) -> None:
        super().__init__(f"the profile does not allow this here; {entry} = true would enable this scenario")
        self.entry = entry


class SiteUnavailable(VisitFailure):
    """The page that came was no page of the site: no answer, an error, a wall against robots."""
