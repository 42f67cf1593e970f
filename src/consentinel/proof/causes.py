"""Checks whether a finding names a defect's right cause: its promise, item, host and writer."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from consentinel.reference_site.defects import Defect, Expected
from consentinel.report.schema import FindingData

SHOWN: Mapping[str, tuple[str, ...]] = {
    "#consent-banner": ("banner",),
    "#consent-refuse-all": ("refuse",),
    "#consent-accept-all": ("accept",),
    "#consent-save": ("save",),
    "#consent-close": ("close",),
    "#consent-preferences-refuse": ("withdrawal",),
    "#open-preferences": ("preferences",),
    "#cookies-blocked": ("notice",),
    "#needs-cookies": ("explanation",),
    "#place-order": ("order",),
    "#menu-button": ("layout",),
    "#legal-link": ("legal information",),
    "#browser-help": ("instructions for browsers",),
    "#sign-in-circle": ("sign-in",),
    "main": ("content",),
    "html[lang]": ("language",),
    "[data-variant]": ("feature test",),
    "a.network-policy": ("the networks' own policies", "a network's own policy"),
    "a.network-link": ("social network",),
    "#basket-lines": ("basket",),
    "iframe.circle-button": ("share buttons", "share"),
    ".share-notice": ("share notice",),
    ".circle-notice": ("sign-in notice",),
    'object[type="application/x-shockwave-flash"]': ("plug-in",),
    'input[name="partners"]': ("Partners",),
    "/": ("the page", "home page"),
    "/account": ("sign-in",),
    "/account/sign-in": ("sign-in",),
    "/account/circle": ("sign-in",),
    "/basket": ("basket",),
    "/billing": ("order",),
    "/legal": ("the legal information",),
    "/browser-help/firefox": ("a link to a browser's instructions",),
}
"""What findings about pages call the parts that the truth names by selector or path."""


def right(defect: Defect, finding: FindingData) -> bool:
    """Return whether a finding names one of a defect's true causes, and a promise that it breaks."""
    return finding["promise"] in defect.promises and named_by(defect, finding)


def named_by(defect: Defect, finding: FindingData) -> bool:
    """Return whether a finding names one of a defect's true causes, under whatever promise."""
    return any(names(truth, finding) for truth in defect.expected)


def names(truth: Expected, finding: FindingData) -> bool:
    """Return whether a finding names this cause."""
    item = finding["item"]
    return (
        item["kind"] == truth.kind
        and any(name in _names_of(truth) for name in (item["name"], *item["name"].split(", ")))
        and item["host"] == truth.host
        and _is_writer(truth, finding["written_by"])
    )


def _names_of(truth: Expected) -> tuple[str, ...]:
    if truth.kind != "page":
        return (truth.name,)
    field = truth.name.removeprefix('input[name="').removesuffix('"]')
    return (truth.name, field, *SHOWN.get(truth.name, ()))


def _is_writer(truth: Expected, written_by: str) -> bool:
    """Return the script or answer, whatever the port, the line and the query.

    Where the truth names the site's first page, it means every page, whichever the visitor was on.
    """
    host, path = _place(truth.writer)
    if truth.kind == "page" or path == "/":
        is_page = not urlsplit(written_by).path.partition(":")[0].endswith(".js")
        return is_page and urlsplit(written_by).hostname == host
    return _place(written_by) == (host, path)


def _place(url: str) -> tuple[str, str]:
    """Host and path of an address that may end in a line number."""
    parts = urlsplit(url)
    head, _, tail = parts.path.rpartition(":")
    path = head if head and tail.isdecimal() else parts.path
    return parts.hostname or "", path
