"""Describes what a profile says of the consent manager, and of where the choice is kept."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from consentinel.site.category import HostPattern, Pattern, Table
from consentinel.site.dialog import DialogSelectors


class PolicyVersion(Table):
    """How the stored choice names the version of the policy under which it was made."""

    now: str = Field(min_length=1, description="what the stored choice says under today's policy, such as `v=4`")
    before: str = Field(
        min_length=1, description="what it said in the same place under an earlier policy, such as `v=3`"
    )

    @model_validator(mode="after")
    def _differ(self) -> PolicyVersion:
        if self.now == self.before:
            raise ValueError("`now` and `before` must differ")
        return self


class StoredChoice(Table):
    """Where the site keeps the visitor's choice, by its policy."""

    kind: Literal["cookie", "local_storage", "indexed_db", "server"] = Field(
        "cookie",
        description="what holds the choice. `cookie`: whoever removes all cookies must be asked again, whatever else "
        "still knows the choice. `local_storage`, `indexed_db`: it goes together with the cookies, as in every "
        "browser's settings, and has no term. `server`: nothing on the device holds it, and its term cannot be judged",
    )
    name: Pattern | None = Field(None, description='the name of that item; none for kind = "server"')
    also_cookies: tuple[Pattern, ...] = Field((), description="cookies that hold the same choice once more")
    also_local_storage: tuple[Pattern, ...] = Field((), description="local storage keys that hold it once more")
    hosts: tuple[HostPattern, ...] = Field(
        (),
        description="hosts besides the site's own on which an item of such a name holds the choice, such as the "
        "consent manager's; on any other host it is another item",
    )
    lifetime_days: float = Field(395, gt=0, description="the longest time that a choice may be kept, in days")
    policy_version: PolicyVersion | None = Field(
        None,
        description="how the choice names the version of the policy, where it is kept in a cookie: `now` and `before`. "
        "Scenarios about a policy that has changed need it",
    )
    undecided: tuple[Pattern, ...] = Field(
        (),
        description="values that it holds before there is a choice, where the site notes that it still waits. Without "
        "them, what it holds while the site asks is compared with what it holds of other visitors",
    )

    @model_validator(mode="after")
    def _named_unless_on_the_server(self) -> StoredChoice:
        if (self.name is None) is not (self.kind == "server"):
            raise ValueError('give `name`, the item that holds the choice, unless kind = "server"')
        return self


class Consent(Table):
    """The consent manager, and where it keeps the choice."""

    manager: str = Field(
        "auto",
        description="`auto` to recognise it, `described` to use [consent.dialog], or a manager by name: `harbour` (the "
        "reference site's own), `klaro`, `orejime`, `osano`, `tarteaucitron`, `vanilla-cookieconsent`; `autoconsent` "
        "works many others by the rules of an npm package, all or nothing",
    )
    module: str | None = Field(
        None,
        description="a Python file with a page object of your own, relative to this profile; `manager` is its name",
    )
    stored: StoredChoice = Field(description="where the choice is kept")
    dialog: DialogSelectors | None = Field(None, description='the dialog by selectors, for manager = "described"')
    served_from: tuple[Pattern, ...] = Field(
        (),
        description="where the consent manager's scripts and settings come from: hosts, or host/path patterns; one "
        "that begins with a slash holds on the site's own hosts. Scenarios about a manager that comes late, broken or "
        "never need it. Where pages hold the whole manager themselves, leave it out",
    )
    saved_by: tuple[Pattern, ...] = Field(
        (),
        description="the addresses to which a choice is sent when it is saved, as host/path patterns; none where the "
        "choice stays on the device",
    )
    late_s: float = Field(10, gt=0, le=120, description="how long the banner may take to appear, in seconds")
    renews_kept_pages: bool = Field(
        False,
        description="whether the site promises that a page to which the visitor goes back, and which the browser had "
        "kept, knows of a choice made meanwhile. Without that promise, a dialog that still stands there is a note",
    )

    @model_validator(mode="after")
    def _described_needs_a_dialog(self) -> Consent:
        if self.manager == "described" and self.dialog is None:
            raise ValueError('manager = "described" needs a table [consent.dialog]')
        return self
