"""The site profile: one TOML file, one schema.

The schema is the documentation: `python -m consentinel.site.document` prints each key with its meaning.
Unknown keys are refused, since a misspelt key would otherwise weaken a check without a word.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import Field, HttpUrl, field_validator

from consentinel.site.category import (
    REFUSABLE,
    Category,
    CategoryTable,
    HostPattern,
    Pattern,
    Table,
)
from consentinel.site.consent import Consent, PolicyVersion, StoredChoice
from consentinel.site.dialog import DialogSelectors, Selector, SwitchSelectors
from consentinel.site.signals import Signals
from consentinel.site.ways import Politeness, Region, is_header_name, language_tag

__all__ = [
    "REFUSABLE",
    "Category",
    "CategoryTable",
    "DialogSelectors",
    "PolicyVersion",
    "Profile",
    "StoredChoice",
    "SwitchSelectors",
]


class Site(Table):
    """The site's address and its own hosts."""

    name: str = Field(description="what the report calls the site")
    base_url: HttpUrl = Field(description="the address of its home page, without path")
    hosts: tuple[HostPattern, ...] = Field(description="the hosts that belong to the publisher: the first party")
    reference: bool = Field(
        False, description="true only for the embedded reference site, where every scenario may run"
    )


class Pages(Table):
    """Paths of the pages that the policy speaks of. A scenario that needs a page left out is skipped and says so."""

    home: str = Field("/", description="the home page")
    articles: tuple[str, ...] = Field(
        (), description="pages with content to read, best three; other pages stand in for those that are missing"
    )
    shared: str | None = Field(None, description="a page with the social networks' buttons")
    campaign: str | None = Field(None, description="a landing page with campaign parameters (utm_*)")
    search: str | None = Field(None, description="the search results of some word")
    sign_in: str | None = Field(None, description="the sign-in form")
    secure: str | None = Field(None, description="a page for signed-in visitors alone")
    product: str | None = Field(None, description="a page with a form that puts something into the basket")
    basket: str | None = Field(None, description="the basket")
    billing: str | None = Field(None, description="the order form")
    policy: str | None = Field(None, description="the cookie policy")
    legal: str | None = Field(None, description="the legal information")
    preferences: str | None = Field(None, description="a page of its own for the preferences, if there is one")
    error: str | None = Field(None, description="an address that does not exist")
    subdomain: str | None = Field(
        None, description="a page on another host of the site, as a full address without port"
    )
    own: dict[str, str] = Field(
        default_factory=dict,
        description="pages of your own sentences, by the words that they use",
    )


class Elements(Table):
    """Selectors for what pages show, for scenarios that look at it."""

    legal_link: Selector | None = Field(
        None, description="the link to the legal information; a menu that hides it is unfolded first"
    )
    policy_link: Selector | None = Field(None, description="the link to the cookie policy")
    preferences_link: Selector | None = Field(
        None, description="what opens the preferences on every page; a menu that hides it is unfolded first"
    )
    browser_help: Selector | None = Field(None, description="the links to the browsers' instructions in the policy")
    cookie_table: Selector | None = Field(None, description="the rows of the policy's table of cookies")
    sister_link: Selector | None = Field(
        None, description="the link to a sister site with which the policy says that choices are shared"
    )
    network_policy: Selector | None = Field(None, description="links to the privacy policies of social networks")
    network_link: Selector | None = Field(
        None, description="a plain link to the site's page at a social network, on the page with the share buttons"
    )
    share_buttons: Selector | None = Field(None, description="the networks' own buttons, once allowed")
    share_notice: Selector | None = Field(
        None, description="what stands in for them while social cookies are not allowed"
    )
    share_enable: Selector | None = Field(None, description="what opens the preferences from that notice")
    share_action: Selector | None = Field(None, description="the button inside the network's frame that shares")
    share_done: Selector | None = Field(None, description="what shows, in that frame, that sharing worked")
    share_preference: Selector | None = Field(
        None, description="what changes, inside the network's frame, how the visitor shares"
    )
    share_preference_kept: Selector | None = Field(
        None, description="what shows, in that frame, that the network remembers it"
    )
    social_sign_in: Selector | None = Field(None, description="the link that signs in through the network")
    social_sign_in_notice: Selector | None = Field(
        None, description="what stands in for it while social cookies are not allowed"
    )
    user: Selector | None = Field(None, description="the sign-in form's field for the user's name or address")
    password: Selector | None = Field(None, description="its field for the password")
    submit: Selector | None = Field(None, description="its button")
    signed_in: Selector | None = Field(None, description="what only a signed-in visitor sees")
    sign_out: Selector | None = Field(None, description="what signs out")
    add_to_basket: Selector | None = Field(None, description="the button that puts something into the basket")
    basket_item: Selector | None = Field(None, description="something in the basket")
    place_order: Selector | None = Field(None, description="the button that places the order")
    order_done: Selector | None = Field(None, description="what shows that the order was placed")
    needs_cookies: Selector | None = Field(
        None, description="the explanation shown where cookies are needed and blocked"
    )
    cookies_blocked: Selector | None = Field(None, description="the notice shown while the browser blocks cookies")
    gpc_notice: Selector | None = Field(
        None, description="what shows that the site honours the browser's wish not to be sold or shared (GPC)"
    )
    language: Selector | None = Field(None, description="the link to another language; its code is in `language_code`")
    language_code: str = Field("fr", description="the code of that language")
    small_screen: Selector | None = Field(None, description="what shows only in the small-screen presentation")
    feature_test_parameter: str | None = Field(
        None, description="the parameter by which the analytics service is told of that element's variant"
    )
    feature_test: Selector | None = Field(None, description="the element that a feature test varies")
    content: Selector = Field("main", description="the page's content: a page is readable when it is visible")
    own: dict[str, Selector] = Field(default_factory=dict, description="elements of your own sentences, by name")


class Account(Table):
    """The account that scenarios sign in with. Secrets stand in the environment, never in the profile."""

    user_env: str = Field(description="the environment variable with the user's name or address")
    password_env: str = Field(description="the environment variable with the password")
    network_sign_in: HttpUrl | None = Field(None, description="the social network's sign-in page")
    network_user: Selector | None = Field(None, description="the field for the user in the network's form")
    network_password: Selector | None = Field(None, description="the field for the password in the network's form")
    network_submit: Selector | None = Field(None, description="the button of the network's form")


class Person(Table):
    """What identifies the test visitor: no cookie may hold any of it (P03). Use an invented person."""

    emails: tuple[str, ...] = Field((), description="e-mail addresses of the test visitor")
    names: tuple[str, ...] = Field((), description="full names of the test visitor")
    phones: tuple[str, ...] = Field((), description="telephone numbers of the test visitor")


class Access(Table):
    """What it takes to reach the site at all."""

    basic_user_env: str | None = Field(None, description="environment variable with the user for basic authentication")
    basic_password_env: str | None = Field(None, description="environment variable with its password")
    headers_env: dict[str, str] = Field(default_factory=dict, description="extra headers: name = environment variable")
    secrets: tuple[Pattern, ...] = Field(
        (),
        description="names of cookies, storage keys, parameters and headers that hold what signs somebody in, beside "
        "those whose names say so: their values are never written, not even with --show-values",
    )
    ahead: tuple[Selector, ...] = Field(
        (),
        description="what to click on a page that asks something else before it can be used, such as the visitor's age "
        "or country, or whether they want a newsletter; each is clicked where it shows, and ` >>> ` steps into an "
        "iframe as well",
    )
    locale: str | None = Field(None, description="the visitor's language, as a BCP 47 tag")
    viewport: tuple[int, int] = Field((1280, 800), description="the size of the window in CSS pixels")

    _locale_is_one = field_validator("locale")(language_tag)

    @field_validator("headers_env")
    @classmethod
    def _names_are_headers(cls, value: dict[str, str]) -> dict[str, str]:
        if not all(map(is_header_name, value)):
            raise ValueError("has a name that is no header's")
        return value


class Limits(Table):
    """The bounds that verdicts are held to."""

    horizon_s: float = Field(
        5, ge=0, le=120, description="page time, in seconds, for which nothing may happen after an action"
    )
    lifetime_days: float = Field(400, gt=0, description="the longest lifetime that a stored item may have, in days")


class Allow(Table):
    """What scenarios may do on this site. Everything that changes data is off unless the profile says otherwise."""

    sign_in: bool = Field(False, description="scenarios may sign in")
    orders: bool = Field(False, description="scenarios may fill the basket and place orders")
    share: bool = Field(False, description="scenarios may share at the social network")
    services: Literal["pass", "hold"] = Field(
        "pass",
        description="`hold`: what would count a visitor at a service of a category (messages, pictures, beacons) is "
        "recorded whole and answered by the recording proxy, so that no service hears of it. Scripts still load",
    )
    wire: bool = Field(True, description="traffic may pass through the recording proxy")


class Profile(Table):
    """A site, as the harness needs to know it."""

    schema_version: int = Field(
        1, description="the version of the schema that the file is written for; earlier versions are migrated"
    )
    site: Site
    consent: Consent
    categories: dict[Category, CategoryTable] = Field(
        description="the policy's categories: functionality, and any others, by keys of lower-case letters"
    )
    partners: tuple[HostPattern, ...] = Field(
        (), description="technical partners that may be contacted before a choice"
    )
    policy: str | None = Field(
        None, description="the policy file that goes with this site, relative to this profile; see docs/policy.md"
    )
    pages: Pages = Pages()
    elements: Elements = Elements()
    account: Account | None = None
    person: Person = Person()
    access: Access = Access()
    limits: Limits = Limits()
    allow: Allow = Allow()
    politeness: Politeness = Politeness()
    regions: tuple[Region, ...] = Field((), description="where visitors come from, each by an upstream proxy there")
    signals: Signals = Signals()

    @field_validator("regions")
    @classmethod
    def _regions_differ(cls, value: tuple[Region, ...]) -> tuple[Region, ...]:
        if len({region.name for region in value}) < len(value):
            raise ValueError("two regions have the same name")
        return value

    @field_validator("categories")
    @classmethod
    def _functionality_is_declared(cls, value: dict[Category, CategoryTable]) -> dict[Category, CategoryTable]:
        if Category.FUNCTIONALITY not in value:
            raise ValueError("a table [categories.functionality] is missing")
        if value[Category.FUNCTIONALITY].refusable:
            raise ValueError("functionality cookies cannot be refused: set refusable = false")
        return value

    @property
    def refusable(self) -> tuple[Category, ...]:
        """The categories that this site lets the visitor refuse, in the policy's order, its own ones last."""
        known = (*REFUSABLE, *(one for one in self.categories if one not in REFUSABLE))
        return tuple(one for one in known if one in self.categories and self.categories[one].refusable)

    @property
    def always_on(self) -> frozenset[Category]:
        """The categories that need no choice: functionality, and those whose model is `always`."""
        own = (one for one, table in self.categories.items() if table.model == "always")
        return frozenset({Category.FUNCTIONALITY, *own})

    @property
    def objectionable(self) -> frozenset[Category]:
        """The categories that are at work until the visitor objects to them."""
        return frozenset(one for one, table in self.categories.items() if table.model == "opt-out")

    def allowed_at(self, allowed: Iterable[Category], granted: frozenset[str] | None) -> frozenset[Category]:
        """Return what may be at work where these categories are allowed, and `granted` was chosen.

        `granted` is None while the visitor has chosen nothing.
        """
        unopposed = (one for one in self.objectionable if granted is None or one in granted)
        return frozenset({*self.always_on, *allowed, *unopposed})
