"""What the pages should say or offer, and do not."""

from consentinel.reference_site import hosts
from consentinel.reference_site.defects.hooks import fail
from consentinel.reference_site.defects.model import (
    CONSENT_SCRIPT,
    Defect,
    defect,
    in_consent_script,
    in_pages,
    page,
    request,
)
from consentinel.reference_site.deployments import Patch

_LEGAL_LINK = '<a id="legal-link" rel="legal"'
_PREFERENCES_LINK = '<a id="open-preferences"'
_ARTICLE = "/articles/ghost-meetings"

LINKS: tuple[Defect, ...] = (
    defect(
        "legal-link-missing",
        "P01",
        "The articles do not lead to the legal information.",
        page("#legal-link", _ARTICLE),
        patches=in_pages(_LEGAL_LINK, "<a hidden", "/articles/*"),
    ),
    defect(
        "legal-link-dead",
        "P01",
        "The link to the legal information leads nowhere.",
        page("/legal", "/legal"),
        answer=fail("/legal", 404),
    ),
    defect(
        "preferences-link-missing",
        "P02",
        "The articles do not lead to the preferences.",
        page("#open-preferences", _ARTICLE),
        patches=in_pages(_PREFERENCES_LINK, "<a hidden", "/articles/*"),
    ),
    defect(
        "preferences-locked-after-choice",
        "P02",
        "Once a choice is made, the preferences no longer open.",
        page("#open-preferences", "/"),
        patches=in_consent_script(
            "    event.preventDefault();\n", "    event.preventDefault();\n    if (storedChoice()) return;\n"
        ),
    ),
    defect(
        "browser-help-dead",
        "P09",
        "The instructions for one browser lead nowhere.",
        page("/browser-help/firefox", "/cookies"),
        answer=fail("/browser-help/firefox", 404),
    ),
    defect(
        "browser-help-missing",
        "P09",
        "The policy names no instructions for browsers.",
        page("#browser-help", "/cookies"),
        patches=in_pages('<ul id="browser-help">', "<ul hidden>", "/cookies"),
    ),
    defect(
        "network-policy-blank",
        "P25",
        "The link to the social network's own policy is empty.",
        page("a.network-policy", "/cookies"),
        patches=in_pages(
            '<a class="network-policy" href="https://',
            '<a class="network-policy" href="" data-was="',
            "/cookies",
        ),
    ),
    defect(
        "network-policy-missing",
        "P25",
        "The policy does not lead to the social network's own.",
        page("a.network-policy", "/cookies"),
        patches=in_pages('<a class="network-policy"', "<a hidden", "/cookies"),
    ),
)

SOCIAL_FEATURES: tuple[Defect, ...] = (
    defect(
        "share-notice-missing",
        "P24",
        "The share buttons are gone after a refusal, and nobody says why.",
        page(".share-notice", _ARTICLE),
        patches=in_pages('<div class="share-notice">', "<div hidden>", "/articles/*"),
    ),
    defect(
        "share-buttons-missing",
        "P24 P23",
        "Social cookies are accepted, but the share buttons do not come.",
        page("iframe.circle-button", _ARTICLE),
        request(hosts.WIDGETS, "/embed.js", f"https://{{site}}{CONSENT_SCRIPT}"),
        patches=in_consent_script(
            "config.tags.filter((tag) => tag.category === category)",
            'config.tags.filter((tag) => tag.category === category && category !== "social")',
        ),
    ),
    defect(
        "network-sign-in-missing",
        "P24",
        "Social cookies are accepted, but signing in through the network is not offered.",
        page("#sign-in-circle", "/account/sign-in"),
        patches=(
            Patch("/account/sign-in", '<a id="sign-in-circle"', "<a hidden"),
            *in_consent_script('    link.id = "sign-in-circle";\n', "    link.hidden = true;\n"),
        ),
    ),
    defect(
        "network-sign-in-broken",
        "P24",
        "Social cookies are accepted, but signing in through the network ends in an error.",
        page("/account/circle", "/account/circle"),
        answer=fail("/account/circle", 500),
    ),
    defect(
        "network-notice-missing",
        "P24",
        "Signing in through the network is gone after a refusal, and nobody says why.",
        page(".circle-notice", "/account/sign-in"),
        patches=in_pages('<p class="circle-notice notice"', "<p hidden", "/account/sign-in"),
    ),
)
