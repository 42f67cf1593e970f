"""How the visitor is asked: the banner, the preferences, and what they offer."""

from consentinel.reference_site.defects.model import (
    CONSENT_SCRIPT,
    STYLE,
    Defect,
    defect,
    in_consent_script,
    in_pages,
    page,
    stored,
)
from consentinel.reference_site.deployments import Patch

BANNER = page("#consent-banner", "/")

_ACCEPT = '<button id="consent-accept-all" class="button" type="button">'
_REFUSE = '<button id="consent-refuse-all" class="button" type="button">'


def _without_refusal(name: str, sentence: str, rule: str) -> Defect:
    """The banner does not show what refuses, where a rule of the style sheet holds."""
    beginning = "/* --- header and footer"
    found = page("#consent-refuse-all", "/")
    return defect(name, "R-EASY", sentence, found, patches=(Patch(STYLE, beginning, f"{rule}\n{beginning}"),))


ASKING: tuple[Defect, ...] = (
    defect(
        "banner-never",
        "P02 P12 R-PRIOR",
        "Nobody is ever asked about cookies.",
        BANNER,
        patches=in_consent_script("    banner.hidden = false;", "    banner.hidden = true;"),
    ),
    defect(
        "banner-once",
        "P12",
        "Who was asked once is not asked again, although all cookies were deleted.",
        BANNER,
        stored("local_storage", "harbour.asked", f"https://{{site}}{CONSENT_SCRIPT}"),
        patches=(
            *in_consent_script(
                "    delete root.dataset.consent;\n",
                "    delete root.dataset.consent;\n"
                '    if (!cookiesAreBlocked() && localStorage.getItem("harbour.asked")) return;\n',
            ),
            *in_consent_script(
                "    storeChoice(granted);\n",
                "    storeChoice(granted);\n"
                '    if (!cookiesAreBlocked()) localStorage.setItem("harbour.asked", "yes");\n',
            ),
        ),
    ),
    defect(
        "banner-not-on-phones",
        "P13",
        "On a small screen nobody is asked.",
        BANNER,
        patches=(
            Patch(
                STYLE,
                "/* --- header and footer",
                "@media (max-width: 45rem) { #consent-banner { display: none; } }\n/* --- header and footer",
            ),
        ),
    ),
    defect(
        "banner-without-keyboard",
        "R-KEYBOARD",
        "The banner's buttons cannot be reached by keyboard.",
        BANNER,
        patches=(
            *in_pages(_ACCEPT, _ACCEPT.replace("<button", '<button tabindex="-1"')),
            *in_pages(_REFUSE, _REFUSE.replace("<button", '<button tabindex="-1"')),
            *in_pages('<button id="consent-open-preferences"', '<button tabindex="-1" id="consent-open-preferences"'),
        ),
    ),
    defect(
        "refuse-missing",
        "R-EASY",
        "The banner offers to accept, but not to refuse.",
        page("#consent-refuse-all", "/"),
        patches=in_pages(_REFUSE, '<button hidden disabled class="button" type="button">'),
    ),
    defect(
        "refuse-hidden",
        "R-EASY",
        "The button that refuses is there, but nobody can see it.",
        page("#consent-refuse-all", "/"),
        patches=in_pages(_REFUSE, _REFUSE.replace(' type="button"', ' type="button" style="visibility: hidden"')),
    ),
    defect(
        "refuse-faint",
        "R-EASY",
        "Refusing is a small grey word beside a large button for accepting.",
        page("#consent-refuse-all", "/"),
        patches=in_pages(
            _REFUSE,
            _REFUSE.replace(
                'class="button"',
                'style="border: 0; background: none; font-size: 9px; opacity: .4; padding: 0"',
            ),
        ),
    ),
    defect(
        "refuse-two-layers-deep",
        "R-EASY",
        "Refusing takes a way through the preferences and a save, accepting one click.",
        page("#consent-refuse-all", "/"),
        patches=(
            *in_pages(_REFUSE, '<button hidden disabled class="button" type="button">'),
            *in_pages(
                '<button id="consent-preferences-refuse" class="button quiet" type="button">',
                '<button hidden disabled class="button quiet" type="button">',
            ),
        ),
    ),
    defect(
        "switch-unlocked",
        "P20",
        "The switch for functionality cookies can be turned off.",
        page('input[name="functionality"]', "/preferences"),
        patches=in_pages(" checked disabled>", " checked>"),
    ),
    defect(
        "switches-preticked",
        "R-TICKED P10",
        "The preferences open with everything switched on.",
        page('input[name="analytics"]', "/"),
        patches=in_consent_script(
            "const granted = storedChoice() ?? [];\n    switches()",
            "const granted = storedChoice() ?? OPTIONAL;\n    switches()",
        ),
    ),
    defect(
        "interest-left-on",
        "R-TICKED",
        "Refusing everything leaves the switch of a legitimate interest on.",
        page('"Legitimate interest in advertising"', "/"),
        script="""const list = document.querySelector("#consent-preferences ul");
  when(() => decided() && !root.dataset.consent, () => list.after(
    Object.assign(document.createElement("label"), {
      innerHTML: '<input type="checkbox" id="interest" checked> Legitimate interest in advertising',
    })));""",
    ),
    defect(
        "refuse-below-the-fold",
        "R-EASY",
        "Accepting shows at once; the button that refuses shows only to those who scroll within the banner.",
        page("#consent-refuse-all", "/"),
        patches=in_pages(
            _REFUSE,
            '<span style="height: 2.5rem; overflow: auto">'
            f'<span style="display: block; height: 8rem">Our partners</span>{_REFUSE}',
        ),
    ),
    defect(
        "refuse-asks-twice",
        "R-EASY",
        "Who refuses is asked whether they are sure, and who accepts is not.",
        page("#consent-refuse-all", "/"),
        patches=in_consent_script(
            'onClick("#consent-refuse-all, #consent-preferences-refuse", () => choose([]));',
            'onClick("#consent-refuse-all, #consent-preferences-refuse", ({ currentTarget }) => {\n'
            "    if (currentTarget.dataset.sure) choose([]);\n"
            '    else currentTarget.textContent = currentTarget.dataset.sure = "Refuse all the same";\n  });',
        ),
    ),
    _without_refusal(
        "refuse-missing-on-phones",
        "On a small screen the banner offers to accept, but not to refuse.",
        "@media (max-width: 45rem) { #consent-refuse-all { display: none; } }",
    ),
    _without_refusal(
        "refuse-missing-in-dark-colours",
        "In dark colours the banner offers to accept, but not to refuse.",
        "@media (prefers-color-scheme: dark) { #consent-refuse-all { display: none; } }",
    ),
    _without_refusal(
        "refuse-missing-in-french",
        "In French the banner offers to accept, but not to refuse.",
        ":lang(fr) #consent-refuse-all { display: none; }",
    ),
    defect(
        "switches-forgetful",
        "P02",
        "The preferences always show everything as switched off, whatever was chosen.",
        page('input[name="analytics"]', "/"),
        patches=in_consent_script(
            "const granted = storedChoice() ?? [];\n    switches()", "const granted = [];\n    switches()"
        ),
    ),
    defect(
        "category-extra",
        "P05",
        "The preferences offer a category that the policy does not know.",
        page('input[name="partners"]', "/preferences"),
        patches=in_pages(
            "    </ul>\n    <footer",
            '      <li><input type="checkbox" role="switch" id="consent-partners" name="partners">'
            '<label for="consent-partners">Partners</label></li>\n    </ul>\n    <footer',
        ),
    ),
    defect(
        "category-missing",
        "P05",
        "The preferences do not offer social network cookies.",
        page('input[name="social"]', "/preferences"),
        patches=(
            *in_pages('<input type="checkbox" role="switch" id="consent-social"', '<input type="hidden"'),
            *in_pages('<label for="consent-social">', '<label for="consent-social" hidden>'),
        ),
    ),
)
