"""Typed records of what a page says of consent by an industry's API, and of what a browser says for its visitor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from consentinel.evidence.value import Value

Api = Literal["tcf", "gpp"]
"""IAB Europe's Transparency & Consent Framework (`__tcfapi`), or IAB's Global Privacy Platform (`__gpp`)."""


Maker = Literal["google", "microsoft", "meta", "tiktok", "clarity"]
"""Whose tags take commands about consent.

Google, "Consent mode"; Microsoft Advertising, "UET consent mode"; Meta, "Meta Pixel: GDPR" (`fbq("consent", …)`);
TikTok's pixel (`ttq.grantConsent`, `revokeConsent`, `holdConsent`, as in its template for tag managers); Microsoft
Clarity, "Consent API" (`consent`, `consentv2`). LinkedIn documents no such command: a site loads its tag or does not.
"""

MAKERS: tuple[Maker, ...] = get_args(Maker)


@dataclass(frozen=True, slots=True)
class ConsentCommand:
    """A page told its tags about consent: through `window.dataLayer`, as Google's consent mode has it, or by a command
    of another maker's.

    `maker` is whose tags are told. `name` is `default` or `update`, or another maker's own word. `states` are the
    purposes that it names, each with what it says of it, such as `granted`. `regions` are those that it is limited to
    (ISO 3166-2), none where it holds everywhere. `wait_ms` is how many milliseconds tags shall wait for an update.
    `works` is false for a pushed array, which no tag reads as a command. `script` is `url:line` of the code that gave
    it, `frame` the address of its document.
    """

    at: float
    name: str
    states: tuple[tuple[str, str], ...]
    regions: tuple[str, ...] = ()
    wait_ms: float | None = None
    works: bool = True
    script: str = ""
    frame: str = ""
    maker: Maker = "google"


@dataclass(frozen=True, slots=True)
class ConsentString:
    """A page's API told its listeners of the visitor's choice.

    `event` is the API's own word for why, such as `cmpuishown` or `useractioncomplete`. `applies` is whether the law
    applies to the visitor in the site's eyes, None where the site does not say. `text` is empty where the API has no
    string yet. `frame` is the address of the document whose API it is.
    """

    at: float
    api: Api
    text: Value
    event: str = ""
    applies: bool | None = None
    frame: str = ""


@dataclass(frozen=True, slots=True)
class PrivacyPreference:
    """The visitor's wishes as scripts see them: `gpc` by `navigator.globalPrivacyControl`, `dnt` by
    `navigator.doNotTrack`; None where the browser says nothing.
    """

    at: float
    gpc: bool | None
    dnt: str | None
    frame: str = ""
