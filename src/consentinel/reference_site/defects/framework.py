"""TC strings say something else than the visitor chose: in the page, on the wire or on the device."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from consentinel.reference_site.defects.model import Defect, Expected, cookie, defect, page, request, stored
from consentinel.reference_site.framework import ALL, API, COOKIE, INTERESTS, NONE, SPEECH, STUB, patches
from consentinel.reference_site.tc_string import tc_string

_PAGE = page("TC string", "/")
_COOKIE = cookie(COOKIE, "https://{site}/")
_BID = request("{site}", "/bid")
_LEFT = tc_string(interests=(2, 3, 4, 7), vendor_interests=(1, 2))
_VENDORS = tc_string(vendors=range(1, 60), interests=INTERESTS)
_FEATURE = tc_string(features=(1,), interests=INTERESTS)
_PUBLISHER = tc_string(publisher=(1, 8), interests=INTERESTS)
_IN_FRAME = f"<!doctype html><title>Offers</title><script>{SPEECH.replace(NONE, ALL)}</script>"


def _speaking(
    name: str, promises: str, sentence: str, *expected: Expected, speech: str = SPEECH, script: str = ""
) -> Defect:
    """Return a deployment that tells services by TC strings, and tells them wrong, by its `speech` or by a `script`."""
    shown = patches(speech)
    return defect(name, promises, sentence, *expected, script=script, patches=shown, answer=_answer, signals=("tcf",))


async def _answer(asked: Request) -> Response | None:
    """Take what pages send to paths of the site's own, and serve the frame."""
    match asked.url.path:
        case "/bid":
            await asked.body()
            return Response(status_code=204)
        case "/offers":
            return HTMLResponse(_IN_FRAME)
    return None


def _bid(condition: str, query: str) -> str:
    return f"when(() => {condition}, () => fetch(`/bid?{query}`));"


FRAMEWORK: tuple[Defect, ...] = (
    _speaking(
        "tcf-default-consents",
        "P10",
        "Before a choice the page's string says that everybody may do everything.",
        _PAGE,
        speech=STUB + API.replace('text = STRINGS[""]', "text = STRINGS.both"),
    ),
    _speaking(
        "tcf-refusal-consents",
        "P10",
        "After a refusal the page's string says that everything is allowed.",
        _PAGE,
        _COOKIE,
        speech=STUB + API.replace('told.join("")]', 'told.join("") || "both"]'),
    ),
    _speaking(
        "tcf-wire-granted",
        "P10",
        "After a refusal the page's string is right, and an auction is told that everything is allowed.",
        _BID,
        script=_bid('refused("advertising")', f"gdpr=1&gdpr_consent={ALL}"),
    ),
    _speaking(
        "tcf-auction-body",
        "P10",
        "After a refusal a bid request says in its body that everything is allowed.",
        _BID,
        script='when(() => refused("advertising"), () => fetch("/bid", { method: "POST", body: JSON.stringify('
        f'{{ id: "1", regs: {{ ext: {{ gdpr: 1 }} }}, user: {{ ext: {{ consent: "{ALL}" }} }} }}) }}));',
    ),
    _speaking(
        "tcf-another-name",
        "P10",
        "Before a choice a service is told of consent under a parameter's other name.",
        _BID,
        script=_bid("!decided()", f"tcString={ALL}"),
    ),
    _speaking(
        "tcf-does-not-apply",
        "P10",
        "The page says that the law applies to the visitor, and an auction is told that it does not.",
        _BID,
        script=_bid('refused("advertising")', "gdpr=0"),
    ),
    _speaking(
        "tcf-interest-left",
        "P10",
        "After a refusal a legitimate interest in profiles and personal advertising stays.",
        _PAGE,
        _COOKIE,
        speech=SPEECH.replace(NONE, _LEFT),
    ),
    _speaking(
        "tcf-all-vendors",
        "P10",
        "After a refusal no purpose has consent, and every vendor has.",
        _PAGE,
        _COOKIE,
        speech=SPEECH.replace(NONE, _VENDORS),
    ),
    _speaking(
        "tcf-special-feature",
        "P10",
        "Before a choice the string says that the visitor's place may be measured.",
        _PAGE,
        _COOKIE,
        speech=SPEECH.replace(NONE, _FEATURE),
    ),
    _speaking(
        "tcf-publisher-consents",
        "P10",
        "After a refusal the publisher itself has consent by its own segment of the string.",
        _PAGE,
        _COOKIE,
        speech=SPEECH.replace(NONE, _PUBLISHER),
    ),
    _speaking(
        "tcf-all-for-one",
        "P10",
        "Who allows analytics alone is reported to have allowed everything.",
        _PAGE,
        _COOKIE,
        speech=SPEECH.replace("told.length > 1", "told.length"),
    ),
    _speaking(
        "tcf-purposes-swapped",
        "P10",
        "Who allows analytics is reported to have allowed advertising, and the other way round.",
        _PAGE,
        _COOKIE,
        speech=SPEECH.replace(
            'told.join("")]', '{ analytics: "advertising", advertising: "analytics" }[told[0]] ?? ""]'
        ),
    ),
    _speaking(
        "tcf-update-never",
        "P21",
        "The visitor allows everything, and the page's string goes on to say that nothing is.",
        _PAGE,
        _COOKIE,
        speech=SPEECH.replace("const string = stringFor(granted);", 'const string = STRINGS[""];'),
    ),
    _speaking(
        "tcf-lost-on-next-page",
        "P21",
        "The string says on the page of the choice what was allowed, and not on the next.",
        _PAGE,
        _COOKIE,
        speech=SPEECH.replace(
            "framework.say(string, why);", 'framework.say(early ? STRINGS[""] : string, why);'
        ).replace('let chosen = "";', 'const early = document.cookie.includes("harbour_consent=");\nlet chosen = "";'),
    ),
    _speaking(
        "tcf-stale-cookie",
        "P11 P10",
        "After a withdrawal the page's string is right, and the one on the device still allows everything.",
        _COOKIE,
        speech=SPEECH.replace("  keep(string);\n", "  if (granted.length) keep(string);\n"),
    ),
    _speaking(
        "tcf-stale-after-withdrawal",
        "P11 P10",
        "After a withdrawal the page's string still allows everything.",
        _PAGE,
        _COOKIE,
        speech=SPEECH.replace(
            "const string = stringFor(granted);",
            'const string = document.cookie.includes("euconsent-v2=") && !granted.length ? STRINGS.both '
            ": stringFor(granted);",
        ),
    ),
    _speaking(
        "tcf-refused-on-the-device",
        "P21",
        "The page's string allows everything, and the one on the device nothing.",
        _COOKIE,
        speech=SPEECH.replace("  keep(string);\n", '  keep(STRINGS[""]);\n'),
    ),
    _speaking(
        "tcf-in-local-storage",
        "P10",
        "Before a choice a string in local storage says that everything is allowed.",
        stored("local_storage", "harbour.display"),
        script=f'when(() => !decided(), () => localStorage.setItem("harbour.display", "{ALL}"));',
    ),
    _speaking(
        "tcf-in-a-frame",
        "P10",
        "After a refusal an API inside a frame says that everything is allowed.",
        _PAGE,
        script='when(() => refused("advertising"), () => document.body.append('
        'Object.assign(document.createElement("iframe"), { src: "/offers", title: "Offers" })));',
    ),
    _speaking(
        "tcf-second-event",
        "P10",
        "After a refusal the string is right at first, and allows everything two seconds later.",
        _PAGE,
        script='const late = () => setTimeout(() => framework.say(STRINGS.both, "tcloaded"), 2000);\n'
        'when(() => refused("advertising"), late);',
    ),
)
