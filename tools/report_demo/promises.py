"""The promises of an invented policy, short."""

from __future__ import annotations

from consentinel.report.pack_schema import PromiseData

_TITLES = {
    "P01": "The legal information can be reached from every page",
    "P02": "Preferences can be changed at any time",
    "P03": "No cookie tells who a person is",
    "P04": "Every cookie ends, and then the visitor is new",
    "P05": "Every item belongs to one of the announced categories",
    "P06": "With all cookies blocked the site stays readable",
    "P07": "With third-party cookies blocked the site works",
    "P08": "The browser can ask about every single cookie",
    "P09": "Each browser's own instructions are linked",
    "P10": "Saved preferences rule what is read and changed",
    "P11": "After a change of mind earlier cookies lie idle",
    "P12": "Removing all cookies means choosing again",
    "P13": "Another device, profile or browser means choosing again",
    "P14": "Refusing costs features, politely",
    "P15": "An unknown browser, language or screen still gets an answer",
    "P16": "Secure area, basket and billing work with everything else refused",
    "P17": "The chosen language is kept after a refusal",
    "P18": "Functionality cookies are of no use to marketing",
    "P19": "Technical partners learn only what the service needs",
    "P20": "Functionality cannot be switched off",
    "P21": "The analytics service hears from consenting visitors only",
    "P22": "Campaigns and feature tests are measured with consent only",
    "P23": "A network recognises an open session with consent only",
    "P24": "Social cookies can be accepted or refused",
    "P25": "What a network then does is its own policy",
    "P26": "People who share a browser share one choice",
    "P27": "Other stores obey the same choice as cookies",
}

_NOT_PROVABLE = {
    "P08": "No current browser offers this setting any more, so there is nothing that a test could switch on.",
    "P25": "What happens on the network's own servers cannot be seen from here; the links to its policy are checked.",
}

PROMISES: list[PromiseData] = [
    {"id": name, "title": title, "not_provable": _NOT_PROVABLE.get(name, "")} for name, title in _TITLES.items()
]
