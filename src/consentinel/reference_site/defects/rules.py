"""Rules beyond the policy that are broken: of the Union, of authorities, and of accessibility."""

from __future__ import annotations

from consentinel.reference_site.defects.model import Defect, defect, in_consent_script, in_pages, page
from consentinel.reference_site.deployments import Patch

_STYLES = "/static/harbour.css"
_PREFERENCES = page("#open-preferences", "/")
_REFUSE = page("#consent-refuse-all", "/")
_REFUSE_BUTTON = '<button id="consent-refuse-all" class="button" type="button">'
_ACCEPT_BUTTON = '<button id="consent-accept-all" class="button" type="button">'
_SAVE_BUTTON = '<button id="consent-save" class="button" type="button">'
_CLOSE_BUTTON = '<button id="consent-close" type="button"'
_BANNER = '<section id="consent-banner" role="dialog" aria-modal="false" aria-labelledby="consent-banner-title" hidden>'
_SHOW = "else dialog.showModal();"
_ON_CLOSE = 'onClick("#consent-close", () => dialog.close());'


def _styled(rule: str) -> tuple[Patch, ...]:
    return (Patch(_STYLES, "/* --- header and footer", f"{rule}\n/* --- header and footer"),)


def _on_narrow_screens(rule: str) -> tuple[Patch, ...]:
    return _styled(f"@media (max-width: 30rem) {{ {rule} }}")


ACCESSIBILITY: tuple[Defect, ...] = (
    defect(
        "switch-without-a-name",
        "R-AXE",
        "A switch of the preferences has no name that a screen reader could say.",
        page("#consent-analytics", "/"),
        patches=in_pages('<label for="consent-analytics">', "<label>"),
    ),
    defect(
        "settings-field-without-a-name",
        "R-AXE",
        "The settings page has a field whose name no screen reader could say.",
        page("#settings-note", "/preferences"),
        patches=in_pages(
            '<p id="preferences-saved"',
            '<input id="settings-note" type="text"><p id="preferences-saved"',
            "/preferences",
        ),
    ),
    defect(
        "buttons-too-small-to-hit",
        "R-AXE",
        "The banner's buttons are so small and close that a finger hits the wrong one.",
        _REFUSE,
        page("#consent-accept-all", "/"),
        patches=(
            Patch(
                _STYLES,
                ".choices { display: flex; flex-wrap: wrap; gap: .6rem; }",
                ".choices { display: flex; flex-wrap: wrap; gap: 0; }\n"
                "#consent-banner .choices .button { padding: 0; border: 0; font-size: 11px; line-height: 12px; }",
            ),
        ),
    ),
    defect(
        "save-without-keyboard",
        "R-TAB",
        "The button that saves the preferences cannot be reached by keyboard.",
        page("#consent-save", "/"),
        patches=in_pages(_SAVE_BUTTON, _SAVE_BUTTON.replace("<button", '<button tabindex="-1"')),
    ),
    defect(
        "switch-without-keyboard",
        "R-KEYS",
        "A switch of the preferences can be turned by the pointer alone.",
        page("#consent-banner", "/"),
        patches=in_pages('<input type="checkbox" role="switch"', '<input type="checkbox" role="switch" tabindex="-1"'),
    ),
    defect(
        "consent-without-keyboard",
        "R-KEYS",
        "The button that accepts everything takes no key.",
        page("#consent-banner", "/"),
        patches=in_pages(
            _ACCEPT_BUTTON, _ACCEPT_BUTTON.replace("<button", "<button onkeydown=\"return event.key === 'Tab'\"")
        ),
    ),
    defect(
        "withdrawal-without-keyboard",
        "R-KEYS R-WITHDRAW P02",
        "Who has chosen gets to the preferences by the pointer alone.",
        page("#open-preferences", "/"),
        page("#consent-banner", "/"),
        patches=in_pages('<a id="open-preferences" href="', '<a id="open-preferences" tabindex="-1" href="'),
    ),
    defect(
        "preferences-open-elsewhere",
        "R-FOCUS",
        "The preferences open at the page's end, and the keyboard stays in the banner.",
        _PREFERENCES,
        patches=in_consent_script(_SHOW, "else { dialog.show(); event.target.focus(); }"),
    ),
    defect(
        "keyboard-sent-to-the-footer",
        "R-FOCUS",
        "When the preferences close, the keyboard is sent to the page's end.",
        _PREFERENCES,
        patches=in_consent_script(
            _ON_CLOSE,
            f'{_ON_CLOSE}\n  dialog.addEventListener("close", () => document.getElementById("legal-link").focus());',
        ),
    ),
    defect(
        "banner-over-the-keyboard",
        "R-OBSCURED",
        "The banner lies over the lower part of the window, and over what has the keyboard there.",
        page("#consent-banner", "/"),
        patches=_styled("#consent-banner { position: fixed; inset: auto 0 0; height: 75vh; z-index: 9; }"),
    ),
    defect(
        "banner-that-nobody-hears",
        "R-HEARD",
        "The banner comes at the page's end, and nothing says what it is.",
        page("#consent-banner", "/"),
        patches=(
            *in_pages(_BANNER, _BANNER.partition(" role=")[0] + " hidden>"),
            *in_consent_script(
                "const tabs = openChannel();", "document.body.append(banner);\n  const tabs = openChannel();"
            ),
        ),
    ),
    defect(
        "banner-slides-in",
        "R-MOTION",
        "The banner slides into the window, whatever the visitor asks for.",
        page("#consent-banner", "/"),
        patches=_styled(
            "@keyframes slide { from { transform: translateY(-100%); } } #consent-banner { animation: slide .4s; }"
        ),
    ),
    defect(
        "preferences-grow-by-a-script",
        "R-MOTION",
        "The preferences grow step by step when they open, whatever the visitor asks for.",
        _PREFERENCES,
        patches=in_consent_script(
            _SHOW,
            "else { dialog.showModal(); let step = 0; const growing = setInterval(() => { step += 1; "
            "dialog.style.maxHeight = step < 20 ? `${step * 5}vh` : ''; if (step === 20) clearInterval(growing); "
            "}, 16); }",
        ),
    ),
    defect(
        "dark-refusal-without-contrast",
        "R-AXE",
        "In dark colours the word on the button that refuses hardly stands out from its background.",
        _REFUSE,
        patches=_styled("@media (prefers-color-scheme: dark) { #consent-refuse-all { color: #8fd0d9; } }"),
    ),
    defect(
        "preferences-hold-the-keyboard",
        "R-LEAVE",
        "Who opens the preferences by keyboard leaves them by a choice alone.",
        page("#consent-close", "/"),
        patches=(
            *in_pages(_CLOSE_BUTTON, f'{_CLOSE_BUTTON} tabindex="-1"'),
            *in_consent_script(
                _ON_CLOSE,
                f'{_ON_CLOSE}\n  dialog.addEventListener("keydown", (event) => '
                '{ if (event.key === "Escape") event.preventDefault(); });',
            ),
        ),
    ),
    defect(
        "banner-below-a-narrow-screen",
        "R-REFLOW",
        "On a narrow screen the banner's buttons lie below the window's edge, where nobody can scroll to.",
        _REFUSE,
        page("#consent-accept-all", "/"),
        patches=_on_narrow_screens("#consent-banner { position: fixed; top: 30rem; left: 0; right: 0; z-index: 9; }"),
    ),
    defect(
        "header-over-the-banner",
        "R-REFLOW",
        "On a narrow screen the page's header covers the banner.",
        _REFUSE,
        page("#consent-accept-all", "/"),
        patches=_on_narrow_screens(".site-header { position: fixed; inset: 0; z-index: 9; }"),
    ),
)

REGULATORS: tuple[Defect, ...] = (
    defect(
        "refuse-without-contrast",
        "R-CONTRAST",
        "The word on the button that refuses hardly stands out from its background.",
        _REFUSE,
        patches=in_pages(
            _REFUSE_BUTTON, _REFUSE_BUTTON.replace(' type="button"', ' type="button" style="color: #3f8490"')
        ),
    ),
    defect(
        "wall-after-a-refusal",
        "R-WALL",
        "Who refuses is shown no content any more.",
        page("main", "/"),
        script="""
            when(() => root.dataset.consent === "", () => {
              const words = "We are sorry: you refused our cookies, so there is nothing for you to read here.";
              document.querySelector("main").innerHTML = `<p>${words}</p>`;
            });
        """,
    ),
    defect(
        "withdrawal-by-switches-alone",
        "R-WITHDRAW",
        "Consent is given by one click and withdrawn by one switch after the other.",
        page("#consent-preferences-refuse", "/"),
        patches=in_pages(
            '<button id="consent-preferences-refuse" class="button quiet" type="button">',
            '<button hidden disabled class="button quiet" type="button">',
        ),
    ),
    defect(
        "policy-page-without-keyboard",
        "R-WITHDRAW",
        "On the policy's page what opens the preferences takes no key.",
        page("#open-preferences", "/cookies"),
        patches=in_pages(
            '<a id="open-preferences" href="', '<a id="open-preferences" tabindex="-1" href="', path="/cookies"
        ),
    ),
    defect(
        "refusal-kept-for-a-month",
        "R-AGAIN",
        "A refusal is kept for a month, and consent for six.",
        page("#consent-banner", "/"),
        patches=in_consent_script(
            "Max-Age=${config.lifetime}; ", "Max-Age=${granted.length ? config.lifetime : 2592000}; "
        ),
    ),
    defect(
        "choice-without-an-end",
        "R-RENEW",
        "A choice is kept for ever.",
        page("#consent-banner", "/"),
        patches=(
            *in_consent_script(
                "const value = document.cookie.match(",
                'const value = (localStorage.getItem("harbour.choice") ?? "").match(',
            ),
            *in_consent_script(
                "if (!value || Date.now() / 1000 - Number(value[2]) > config.lifetime) return null;",
                "if (!value) return null;",
            ),
            *in_consent_script(
                "    document.cookie =\n",
                '    localStorage.setItem("harbour.choice", `${config.cookie}=v1:${flags.join(",")}:${now}`);\n'
                "    document.cookie =\n",
            ),
        ),
    ),
)
