"""Preferences that some cannot reach, failures that open what should stay shut, links that say too much."""

from consentinel.reference_site.defects.model import (
    Defect,
    cookie,
    defect,
    in_pages,
    page,
    request,
)
from consentinel.reference_site.deployments import Patch
from consentinel.reference_site.hosts import CDN, CIRCLE

_PREFERENCES = 'id="open-preferences"'
_NO_COUNTRY = "!Intl.DateTimeFormat().resolvedOptions().timeZone.match(/^(Europe|America|UTC|Etc)/)"
_COUNT = 'document.cookie = "_ga=GA1.1.7551999.1700000000; Max-Age=34128000; Path=/; Secure; SameSite=Lax";'

PREFERENCES: tuple[Defect, ...] = (
    defect(
        "preferences-not-on-the-order-form",
        "P02",
        "There is no way to the preferences from the order form.",
        page("#open-preferences", "/billing"),
        script='if (location.pathname === "/billing") document.getElementById("open-preferences").remove();',
    ),
    defect(
        "preferences-not-on-the-basket",
        "P02",
        "There is no way to the preferences from the basket.",
        page("#open-preferences", "/basket"),
        script='if (location.pathname === "/basket") document.getElementById("open-preferences").remove();',
    ),
    defect(
        "preferences-not-on-phones",
        "P02 P17",
        "On a phone there is no way to the preferences.",
        page("#open-preferences", "/"),
        script="""if (innerWidth < 600) for (const id of ["open-preferences", "consent-open-preferences"])
    document.getElementById(id)?.remove();""",
    ),
    defect(
        "preferences-not-in-french",
        "P02 P17",
        "In the second language there is no way to the preferences.",
        page("#open-preferences", "/"),
        script='if (root.lang === "fr") document.getElementById("open-preferences").remove();',
    ),
    defect(
        "preferences-without-keyboard",
        "P02",
        "Whoever uses the keyboard alone cannot open the preferences again.",
        page("#open-preferences", "/"),
        patches=in_pages(_PREFERENCES, f'{_PREFERENCES} tabindex="-1"'),
    ),
)

FAILURES: tuple[Defect, ...] = (
    defect(
        "unknown-country-counts",
        "P15 R-PRIOR",
        "Whoever comes from a country that the site does not know is counted without being asked.",
        cookie("_ga", "{script}"),
        script=f"if ({_NO_COUNTRY}) {_COUNT}",
    ),
    defect(
        "unknown-country-unasked",
        "P15 R-PRIOR",
        "Whoever comes from a country that the site does not know is never asked.",
        page("#consent-banner", "/"),
        script=f'if ({_NO_COUNTRY}) document.getElementById("consent-banner").remove();',
    ),
    defect(
        "unknown-country-blank",
        "P15",
        "Whoever comes from a country that the site does not know sees an empty page.",
        page("main", "/"),
        script=f'if ({_NO_COUNTRY}) document.querySelector("main").replaceChildren();',
    ),
    defect(
        "silent-partner-blank",
        "P15",
        "Where a technical partner does not answer, the page stays empty.",
        page("main", "/"),
        script=f"""fetch(at("{CDN}", "/kit/1/mark.svg?here"), {{ mode: "no-cors" }})
    .catch(() => document.querySelector("main").replaceChildren());""",
    ),
    defect(
        "silent-partner-counts",
        "P15 R-PRIOR",
        "Where a technical partner does not answer, visitors are counted without being asked.",
        cookie("_ga", "{script}"),
        script=f"""fetch(at("{CDN}", "/kit/1/mark.svg?here"), {{ mode: "no-cors" }})
    .catch(() => {{ {_COUNT} }});""",
    ),
)

NETWORK_LINKS: tuple[Defect, ...] = (
    defect(
        "network-link-fetched-ahead",
        "P24 P10",
        "The page behind a plain link to the social network is fetched as soon as the pointer rests on the link.",
        request(CIRCLE, "/harbour"),
        script="""document.querySelector("a.network-link")?.addEventListener("mouseenter", ({ target }) =>
    fetch(target.href, { mode: "no-cors", credentials: "include" }));""",
    ),
    defect(
        "network-link-names-the-visitor",
        "P24",
        "A plain link to the social network carries a number by which the network recognises the visitor.",
        page("a.network-link", "/articles/ghost-meetings"),
        script="""const link = document.querySelector("a.network-link");
  if (link) link.href += `?from=${crypto.randomUUID()}`;""",
    ),
    defect(
        "network-link-missing",
        "P24",
        "Whoever refuses social cookies loses even the plain link to the social network.",
        page("a.network-link", "/articles/ghost-meetings"),
        script="""when(() => refused("social"), () => {
    const link = document.querySelector("a.network-link");
    addEventListener("pointerover", () => { if (link) link.hidden = true; }, { once: true });
  });""",
    ),
    defect(
        "network-policy-dead",
        "P25",
        "The link to the social network's own policy leads nowhere.",
        page("a.network-policy", "/privacy-of-old", CIRCLE),
        patches=(Patch("/cookies", "/privacy", "/privacy-of-old"),),
    ),
)
