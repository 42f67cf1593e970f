"""Services are told something else about consent than the visitor chose, by Google's or Microsoft's consent mode."""

from starlette.requests import Request
from starlette.responses import Response

from consentinel.reference_site import hosts
from consentinel.reference_site.commands import DENY, QUEUES, TELL
from consentinel.reference_site.consent_mode import (
    DEFAULT,
    DENIED,
    GRANTED,
    LAYER,
    SPEECH,
    UPDATE,
    patches,
)
from consentinel.reference_site.defects.analytics import LOAD_METRICS, METRICS_TAG
from consentinel.reference_site.defects.model import Defect, Expected, defect, page, request

_COUNTED = request(hosts.METRICS, "/g/collect", METRICS_TAG)
_DEFAULT = page("consent default", "/")
_UPDATE = page("consent update", "/")
_ALL = "gcs=G111&gcd=13r3r3r2r5l1"
_NONE = "gcs=G100&gcd=13q3q3q2q5l1"


def _speaking(
    name: str, promises: str, sentence: str, *expected: Expected, speech: str = SPEECH, script: str = ""
) -> Defect:
    """Return a deployment that tells services by consent mode, and tells them wrong, by `speech` or by a `script`."""
    return defect(
        name,
        promises,
        sentence,
        *expected,
        script=script,
        patches=patches(speech),
        answer=_own_path,
        signals=("google_consent_mode",),
    )


def _by_uet(name: str, promises: str, sentence: str, *, script: str) -> Defect:
    """Return a deployment that tells a UET tag at a path of the site's own."""
    expected = request("{site}", "/action/0")
    by_microsoft = ("microsoft_consent_mode",)
    return defect(name, promises, sentence, expected, script=script, answer=_own_path, signals=by_microsoft)


def _commanding(name: str, promises: str, sentence: str, expected: Expected, *, speech: str) -> Defect:
    """Return a deployment that tells the tags of several makers, by their own commands, and tells one of them wrong."""
    by_commands = ("consent_commands", "microsoft_consent_mode")
    return defect(name, promises, sentence, expected, patches=patches(speech), signals=by_commands)


def _uet(condition: str, query: str) -> str:
    return f"when(() => {condition}, () => fetch(`/action/0?ti=187000001&Ver=2&evt=pageLoad&{query}`));"


async def _own_path(request: Request) -> Response | None:
    """Take what the page sends to a path of the site's own."""
    if request.url.path.partition(";")[0] in ("/events", "/activity", "/action/0"):
        await request.body()
        return Response(status_code=204)
    return None


SIGNALS: tuple[Defect, ...] = (
    _speaking(
        "signal-default-late",
        "P21 P10",
        "The analytics service counts for two seconds before it is told anything about consent.",
        _COUNTED,
        speech=LAYER
        + f"setTimeout(() => {{ {DEFAULT} }}, 2000);\n"
        + UPDATE.replace("tellConsent", "tell")
        + "function tellConsent(granted) { setTimeout(() => tell(granted), 2100); }\n",
    ),
    _speaking(
        "signal-update-never",
        "P21",
        "The visitor allows analytics, and the analytics service is never told.",
        _COUNTED,
        speech=LAYER + DEFAULT,
    ),
    _speaking(
        "signal-purposes-swapped",
        "P10 P21",
        "Who allows analytics is reported to have allowed advertising, and the other way round.",
        _COUNTED,
        _UPDATE,
        speech=LAYER
        + DEFAULT
        + UPDATE.replace('state("advertising")', "-")
        .replace('state("analytics")', 'state("advertising")')
        .replace("-", 'state("analytics")'),
    ),
    _speaking(
        "signal-all-for-one",
        "P10 P21",
        "Who allows analytics alone is reported to have allowed everything.",
        _COUNTED,
        _UPDATE,
        speech=LAYER + DEFAULT + UPDATE.replace("granted.includes(category)", "granted.length"),
    ),
    _speaking(
        "signal-default-granted",
        "P10 P21",
        "Pages tell their tags that everything is granted, before the visitor has chosen.",
        _DEFAULT,
        speech=LAYER + f'gtag("consent", "default", {GRANTED});\n' + UPDATE,
    ),
    _speaking(
        "signal-default-unset",
        "P21 P10",
        "The analytics service is never told anything about consent, and takes that for a yes.",
        _COUNTED,
        speech=LAYER,
    ),
    _speaking(
        "signal-array",
        "P10 P21",
        "Commands are pushed in a form that no tag reads, so the analytics service takes everything for granted.",
        _COUNTED,
        speech=LAYER.replace("push(arguments)", "push([...arguments])") + DEFAULT + UPDATE,
    ),
    _speaking(
        "signal-stable-client",
        "P10 P21",
        "After a refusal the service is told of it, along with a number by which it knows the browser.",
        request(hosts.METRICS, "/g/collect"),
        script='when(() => refused("analytics"), () => fetch('
        f'at("{hosts.METRICS}", `/g/collect?en=ping&{_NONE}&cid=${{screen.width * 7919}}.${{screen.height * 7907}}`), '
        '{ mode: "no-cors" }));',
    ),
    _speaking(
        "signal-lost-on-next-page",
        "P21",
        "The analytics service is told of consent on the page of the choice, and not on the next.",
        _COUNTED,
        speech=LAYER
        + DEFAULT
        + "const chosen = document.documentElement.dataset.consent !== undefined;\n"
        + UPDATE.replace("{\n", "{\n  if (chosen) return;\n", 1),
    ),
    _speaking(
        "signal-one-region",
        "P10 P21",
        "The default holds for Germany alone, and the analytics service runs before a choice.",
        _COUNTED,
        speech=LAYER + f'gtag("consent", "default", Object.assign({DENIED}, {{ region: ["DE"] }}));\n' + UPDATE,
        script=f"when(() => !decided(), () => {LOAD_METRICS});",
    ),
    _speaking(
        "signal-own-path",
        "P10 P21",
        "After a refusal a path of the site's own is told that everything is granted.",
        request("{site}", "/events"),
        script=f'when(() => refused("analytics"), () => fetch("/events?en=page_view&{_ALL}"));',
    ),
    _speaking(
        "signal-in-a-batch",
        "P10 P21",
        "After a refusal the second line of a batch says that everything is granted.",
        request("{site}", "/events"),
        script='when(() => refused("analytics"), () => fetch("/events", '
        f'{{ method: "POST", body: "en=page_view&{_NONE}\\nen=scroll&{_ALL}" }}));',
    ),
    _speaking(
        "signal-in-a-path",
        "P10 P18",
        "After a refusal an advertising counter is told, in the path of its address, that everything is granted.",
        request("{site}", "/activity"),
        script='when(() => refused("advertising"), () => { new Image().src = '
        f'"/activity;src=1;cat=visit;{_ALL.replace("&", ";")}"; }});',
    ),
    _speaking(
        "signal-after-withdrawal",
        "P11 P10",
        "After a withdrawal pages go on to say that everything is granted.",
        _UPDATE,
        speech=LAYER
        + DEFAULT
        + UPDATE.replace(
            "{\n",
            '{\n  if (document.cookie.includes("_ga=")) granted = ["analytics", "advertising"];\n',
            1,
        ),
    ),
    _commanding(
        "meta-granted-by-default",
        "P10",
        "Pages tell Meta's pixel that it has consent, before the visitor has chosen.",
        page("consent grant", "/"),
        speech=QUEUES + DENY.replace('"revoke"', '"grant"') + TELL,
    ),
    _commanding(
        "meta-granted-after-refusal",
        "P10 P11",
        "Whatever is chosen, Meta's pixel is told that it has consent.",
        page("consent grant", "/"),
        speech=QUEUES + DENY + TELL.replace('=== "granted" ? "grant" : "revoke"', '? "grant" : "revoke"'),
    ),
    _commanding(
        "meta-never-granted",
        "P21",
        "The visitor allows advertising, and Meta's pixel is never told.",
        page("consent revoke", "/"),
        speech=QUEUES + DENY + TELL.replace('fbq("consent"', 'const unsaid = ("consent"'),
    ),
    _commanding(
        "tiktok-granted-for-analytics",
        "P10",
        "Who allows analytics is reported to TikTok's pixel to have allowed advertising.",
        page("consent grantConsent", "/"),
        speech=QUEUES
        + DENY
        + TELL.replace('if (state("advertising") === "granted") ttq', 'if (granted.includes("analytics")) ttq'),
    ),
    _commanding(
        "tiktok-never-revoked",
        "P11",
        "After a withdrawal TikTok's pixel is told that it has consent.",
        page("consent grantConsent", "/"),
        speech=QUEUES
        + DENY
        + TELL.replace(
            'if (state("advertising") === "granted") ttq',
            'if (document.cookie.includes("_adn=") || state("advertising") === "granted") ttq',
        ),
    ),
    _commanding(
        "clarity-granted-by-default",
        "P10 P21",
        "Clarity is told that it may keep statistics, before the visitor has chosen.",
        page("consent consentv2", "/"),
        speech=QUEUES + DENY.replace('analytics_Storage: "denied"', 'analytics_Storage: "granted"') + TELL,
    ),
    _commanding(
        "uet-page-granted-by-default",
        "P10",
        "Pages tell their UET tag that advertising is allowed, before the visitor has chosen.",
        page("consent default", "/"),
        speech=QUEUES + DENY.replace('{ ad_storage: "denied" }', '{ ad_storage: "granted" }') + TELL,
    ),
    _by_uet(
        "uet-granted-after-refusal",
        "P10",
        "After a refusal a UET tag says that advertising is allowed.",
        script=_uet('refused("advertising")', "asc=G"),
    ),
    _by_uet(
        "uet-granted-by-default",
        "P10",
        "Before a choice a UET tag says that advertising is allowed.",
        script=_uet("!decided()", "asc=G"),
    ),
    _by_uet(
        "uet-never-told",
        "P21",
        "The visitor allows advertising, and the UET tag goes on to say that it is denied.",
        script=_uet('granted("advertising")', "asc=D"),
    ),
    _by_uet(
        "uet-stable-visitor",
        "P10",
        "After a refusal a UET tag is told of it, along with a number by which it knows the browser.",
        script=_uet('refused("advertising")', "asc=D&vid=${screen.width * 7919}${screen.height * 7907}"),
    ),
    _by_uet(
        "uet-after-withdrawal",
        "P11 P10",
        "After a withdrawal a UET tag goes on to say that advertising is allowed.",
        script='when(() => granted("advertising"), () => sessionStorage.setItem("harbour.opened", "1"));\n'
        + _uet('refused("advertising") && sessionStorage.getItem("harbour.opened") === "1"', "asc=G"),
    ),
)
