"""The garden tells services something else of the choice than its visitor chose."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from consentinel.reference_site import garden_signals as speech
from consentinel.reference_site import hosts
from consentinel.reference_site.defects.garden import OUTREACH_TAG, TALLY_TAG
from consentinel.reference_site.defects.model import Defect, Expected, defect, page, request
from consentinel.reference_site.tc_string import tc_string

_garden = partial(defect, domain=hosts.GARDEN, signals=speech.KEYS)

_ALL, _NONE = "gcs=G111&gcd=13t3t3t2t5l1", "gcs=G100&gcd=13p3p3p2p5l1"
_COUNTED = request(hosts.TALLY, "/hit", TALLY_TAG)
_PROMOTED = request(hosts.OUTREACH, "/seen", OUTREACH_TAG)
_OWN = request("{site}", "/events")
_STALE = 'document.cookie.includes("_otr_77=")'
"""Whether the promotion has been at work in this browser."""
_DEFAULT, _STRING = page("consent default", "/"), page("TC string", "/")


def _speaking(name: str, promises: str, sentence: str, *expected: Expected, old: str, new: str) -> Defect:
    """Return a deployment whose pages say something else in one passage of their speech."""
    return _garden(name, promises, sentence, *expected, patches=speech.patches(speech.SPEECH.replace(old, new)))


def _sending(name: str, promises: str, sentence: str, *, condition: str, query: str) -> Defect:
    """Return a deployment whose pages are right, and that tells a path of the site's own something else."""
    script = f"if ({condition}) fetch(`/events?{query}`);"
    return _garden(name, promises, sentence, _OWN, script=script, patches=speech.patches(), answer=_own_path)


async def _own_path(asked: Request) -> Response | None:
    return Response(status_code=204) if asked.url.path == "/events" else None


_MODE: tuple[Defect, ...] = (
    _speaking(
        "garden-signal-all-granted",
        "P10",
        "Before a choice pages tell their tags that the promotion is allowed as well as the counting.",
        _COUNTED,
        _DEFAULT,
        old='chosen === undefined ? category === "counts" &&',
        new="chosen === undefined ?",
    ),
    _speaking(
        "garden-signal-purposes-swapped",
        "P10 P33",
        "Before a choice pages tell their tags that advertising is allowed and counting is not.",
        _COUNTED,
        _DEFAULT,
        old=speech.LAYER,
        new=speech.LAYER.replace("outreach", "-").replace("counts", "outreach").replace("-", "counts"),
    ),
    _speaking(
        "garden-signal-objection-untold",
        "P33 P10 P11",
        "Who objects to the counting is still reported to allow it.",
        _DEFAULT,
        old=speech.DEFAULT,
        new='gtag("consent", "default", Object.assign(states(), { analytics_storage: "granted" }));\n',
    ),
    _speaking(
        "garden-signal-objection-denies-all",
        "P33",
        "Who objects to the counting is reported to have refused the promotion, which they had allowed.",
        _PROMOTED,
        old='state("outreach")',
        new='(allows("counts") ? state("outreach") : "denied")',
    ),
    _speaking(
        "garden-signal-after-withdrawal",
        "P11 P10",
        "After a withdrawal pages go on to tell their tags that the promotion is allowed.",
        _DEFAULT,
        old='state("outreach")',
        new=f'({_STALE} ? "granted" : state("outreach"))',
    ),
    _speaking(
        "garden-signal-despite-wish",
        "P30 P02",
        "Visitors whose browser asks for privacy are not counted, and reported to allow it.",
        _DEFAULT,
        _STRING,
        old=" && !navigator.globalPrivacyControl",
        new="",
    ),
    _sending(
        "garden-signal-own-path",
        "P10 P33 P11",
        "After a refusal a path of the site's own is told that everything is granted.",
        condition='refused("outreach")',
        query=_ALL,
    ),
    _sending(
        "garden-signal-stable-client",
        "P10",
        "After a refusal a path of the site's own is told of it, along with a number by which it knows the browser.",
        condition='refused("outreach")',
        query=f"{_NONE}&cid=${{screen.width * 7919}}.${{screen.height * 7907}}",
    ),
)

_STRINGS: tuple[Defect, ...] = (
    _speaking(
        "garden-string-counting-consented",
        "P10",
        "Before a choice the page's string says that the visitor has consented to being counted.",
        _STRING,
        _COUNTED,
        old=speech.COUNTED,
        new=tc_string(speech.COUNTING, (speech.TALLY,)),
    ),
    _speaking(
        "garden-string-interest-left",
        "P33 P10 P11",
        "After an objection the page's string still claims a legitimate interest in counting.",
        _STRING,
        old=f'"{speech.NEITHER}"',
        new=f'"{speech.COUNTED}"',
    ),
    _speaking(
        "garden-string-objection-takes-consent",
        "P33",
        "Who objects to the counting loses their consent to the promotion in the page's string.",
        _STRING,
        _PROMOTED,
        old=f'"{speech.PROMOTED}"',
        new=f'"{speech.NEITHER}"',
    ),
    _speaking(
        "garden-string-after-withdrawal",
        "P11 P10",
        "After a withdrawal the page's string still allows the promotion.",
        _STRING,
        old='2 * Number(allows("outreach"))',
        new=f'2 * Number(allows("outreach") || {_STALE})',
    ),
    _sending(
        "garden-string-on-the-wire",
        "P10 P33 P11",
        "After a refusal the page's string is right, and a path of the site's own is told of consent.",
        condition='refused("outreach")',
        query=f"gdpr=1&gdpr_consent={speech.BOTH}",
    ),
)

SIGNALS: tuple[Defect, ...] = (*_MODE, *_STRINGS)
