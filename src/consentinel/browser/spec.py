"""The specification of a browser: its engine and every setting that must be fixed before it starts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from consentinel.browser.device import Device


class Engine(StrEnum):
    """The browser engines that the harness drives."""

    CHROMIUM = "chromium"
    FIREFOX = "firefox"
    WEBKIT = "webkit"

    @property
    def is_classic(self) -> bool:
        """Whether it has no BiDi: then every visitor needs a process of their own."""
        return self is Engine.WEBKIT


class CookiePolicy(StrEnum):
    """The browser's own cookie setting (promises P06 and P07)."""

    ALL = "all"
    FIRST_PARTY = "first party only"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class BrowserSpec:
    """The settings of a browser process. Two equal specifications share one process.

    `profile` is a folder that survives the process: a browser that can be restarted. `proxy` is the address of a
    proxy for all its traffic. `grid` is the address of a Selenium Grid. `device` is emulated from the start by a
    browser without BiDi. `trusted` are the public keys of certificate authorities whose certificates are no error:
    SHA-256 of each, in base64. Chromium keeps nothing in its HTTP cache that came with a certificate error, so that a
    site which recognises a visitor by what is cached would go unseen. `gpc` is whether the browser asks every site not
    to sell or share what it learns of the visitor (W3C, "Global Privacy Control"). `rejected` are origins whose
    cookies, and those of the hosts below them, the browser rejects. `private` is whether its windows are private ones,
    `forgets` whether it removes what sites have stored when it is closed. `less_motion` and `dark` are what its system
    asks sites for (Media Queries Level 5, `prefers-reduced-motion` and `prefers-color-scheme`).
    """

    engine: Engine
    cookies: CookiePolicy = CookiePolicy.ALL
    headed: bool = False
    profile: Path | None = None
    proxy: tuple[str, int] | None = None
    grid: str | None = None
    device: Device | None = None
    trusted: tuple[str, ...] = ()
    gpc: bool = False
    rejected: tuple[str, ...] = ()
    private: bool = False
    forgets: bool = False
    less_motion: bool = False
    dark: bool = False
