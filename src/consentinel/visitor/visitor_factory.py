"""Creates the visitors of one scenario, those with whom others are compared included."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from consentinel.browser.device import DESKTOP, PHONE, Device
from consentinel.browser.errors import BrowserError
from consentinel.browser.spec import BrowserSpec, CookiePolicy, Engine
from consentinel.site.profile import Profile
from consentinel.visitor.errors import MissingEntry
from consentinel.visitor.own_browser import OwnBrowserVisitor
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor

NO_COUNTRY = "Antarctica/Troll"
"""A time zone by which no site can tell a visitor's country (IANA, zone1970.tab)."""

TINY = Device(viewport=(240, 320))
NARROW = Device(viewport=(320, 640))
"""What is left of a window 1280 CSS pixels wide at 400 % zoom (WCAG 2.2, success criterion 1.4.10)."""


@dataclass(slots=True)
class VisitorFactory:
    """Creates the scenario's visitors, each with a cookie jar of their own, and closes them.

    `met` is called with each new visitor.
    """

    resources: Resources
    profile: Profile
    second: BrowserSpec
    met: Callable[[Visitor], None]
    visitors: list[Visitor] = field(default_factory=list)

    def arrive(self, name: str = "visitor", spec: BrowserSpec | None = None, device: Device | None = None) -> Visitor:
        """Return a visitor who has never been here."""
        return self._admit(Visitor(name, self.resources, self.profile, spec, device or self._desktop()))

    def arrive_from(self, name: str) -> Visitor:
        """Return a visitor from a region of the profile. Raises MissingEntry where it has no such region."""
        region = next((one for one in self.profile.regions if one.name == name), None)
        if region is None or self.resources.from_region is None:
            raise MissingEntry(f'[[regions]] name = "{name}"')
        resources = replace(self.resources, wire=self.resources.from_region(region.name))
        device = replace(self._desktop(), timezone=region.timezone, locale=region.locale or self.profile.access.locale)
        return self._admit(Visitor(region.name, resources, self.profile, None, device))

    def arrive_with_own_browser(self) -> OwnBrowserVisitor:
        """Return a visitor whose browser can be restarted."""
        visitor = OwnBrowserVisitor("visitor", self.resources, self.profile, None, self._desktop())
        self._admit(visitor)
        return visitor

    def arrive_blocking(self, cookies: CookiePolicy) -> Visitor:
        """Return a visitor whose browser rejects cookies."""
        return self.arrive(spec=replace(self.resources.spec, cookies=cookies))

    def arrive_rejecting(self, hosts: Iterable[str]) -> Visitor:
        """Return a visitor whose browser rejects the cookies of these host patterns and takes all others."""
        return self.arrive(spec=replace(self.resources.spec, rejected=origins(hosts, self.profile)))

    def arrive_forgetting(self) -> OwnBrowserVisitor:
        """Return a visitor whose browser removes what sites have stored when it is closed."""
        forgets = replace(self.resources.spec, forgets=True)
        visitor = OwnBrowserVisitor("visitor", self.resources, self.profile, forgets, self._desktop())
        self._admit(visitor)
        return visitor

    def arrive_in_private_window(self) -> Visitor:
        """Return the same person in a private window, which shares nothing with the browser's other windows."""
        private = replace(self.resources.spec, private=True)
        # A user context of Chromium's is a private window. One of Firefox's is not: there all of a browser's are.
        kind = OwnBrowserVisitor if private.engine is Engine.FIREFOX else Visitor
        return self._admit(kind("private window", self.resources, self.profile, private, self._desktop()))

    def arrive_asking_not_to_be_sold(self) -> Visitor:
        """Return a visitor whose browser sends Global Privacy Control."""
        return self.arrive(spec=replace(self.resources.spec, gpc=True))

    def arrive_asking_for_less_motion(self) -> Visitor:
        """Return a visitor whose system asks sites for less motion. Raises BrowserCannot."""
        return self.arrive(spec=replace(self.resources.spec, less_motion=True))

    def arrive_asking_for_dark_colours(self, device: Device | None = None) -> Visitor:
        """Return a visitor whose system asks sites for dark colours. Raises BrowserCannot."""
        return self.arrive(spec=replace(self.resources.spec, dark=True), device=device)

    def arrive_by_phone(self, name: str = "visitor") -> Visitor:
        """Return a visitor with a phone."""
        return self.arrive(name, device=replace(PHONE, locale=self.profile.access.locale))

    def arrive_without_country(self) -> Visitor:
        """Return a visitor whose time zone belongs to no country. Raises BrowserCannot."""
        return self.arrive(device=replace(self._desktop(), timezone=NO_COUNTRY))

    def arrive_with_other_browser(self) -> Visitor:
        """Return the same person in another engine. Raises BrowserMissing."""
        return self.arrive("another browser", spec=self.second)

    def stranger_like(self, visitor: Visitor) -> Visitor:
        """Return another visitor, who walks the same way: what differs between the two can recognise."""
        return go_the_same_way(self.arrive("stranger"), visitor.history, "walks the same way")

    def ordinary_like(self, visitor: Visitor) -> Visitor:
        """Return somebody with a desktop browser that rejects nothing, on the page that the visitor has open."""
        ordinary = self.arrive("ordinary visitor")
        ordinary.visit(visitor.history[-1], "visits the same page")
        return ordinary

    def ordinary_after(self, visitor: Visitor, choose: Callable[[Visitor], None]) -> Visitor:
        """Return somebody with a browser that rejects nothing, who goes the same way and chooses on its first page."""
        return go_the_same_way(self.arrive("ordinary visitor"), visitor.history, "goes the same way", choose)

    def close(self) -> None:
        """Close all visitors."""
        for visitor in self.visitors:
            with contextlib.suppress(BrowserError):
                visitor.leave()
        self.visitors.clear()
        self.resources.end_scenario()

    def _admit(self, visitor: Visitor) -> Visitor:
        self.visitors.append(visitor)
        self.met(visitor)
        return visitor

    def _desktop(self) -> Device:
        access = self.profile.access
        return replace(DESKTOP, viewport=access.viewport, locale=access.locale)


def go_the_same_way(
    walker: Visitor, pages: Iterable[str], sentence: str, choose: Callable[[Visitor], None] | None = None
) -> Visitor:
    """Visit pages one after the other, and make a choice, if one is wanted, on the first. Raises SiteUnavailable."""
    for number, url in enumerate(pages):
        walker.visit(url, sentence)
        if choose is not None and not number:
            choose(walker)
    return walker


def origins(hosts: Iterable[str], profile: Profile) -> tuple[str, ...]:
    """Return the origins of host patterns: with the port of the site, and without one."""
    base = profile.site.base_url
    ports = ("", f":{base.port}") if base.port not in (None, 80, 443) else ("",)
    return tuple(f"{base.scheme}://{host.removeprefix('*.')}{port}" for host in hosts for port in ports)
