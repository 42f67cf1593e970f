"""Defects of the garden's choice: objections, versions of the policy, accounts, the browser's wish, consent."""

from functools import partial

from consentinel.reference_site import hosts
from consentinel.reference_site.defects import garden_hooks as hooks
from consentinel.reference_site.defects.hooks import serve
from consentinel.reference_site.defects.model import Defect, cookie, defect, page, request, stored

_garden = partial(defect, domain=hosts.GARDEN)

TALLY_TAG = f"https://{hosts.TALLY}/count.js"
OUTREACH_TAG = f"https://{hosts.OUTREACH}/tag.js"
FILM = f"https://{hosts.PLAYER}/embed/trailer"

_TAG = """((url, garden) => {
  const tag = Object.assign(document.createElement("script"), { src: url });
  Object.assign(tag.dataset, { garden, domain: location.hostname });
  document.head.append(tag);
})"""
LOAD_TALLY = f'{_TAG}(at("{hosts.TALLY}", "/count.js"), "7")'
LOAD_OUTREACH = f'{_TAG}(at("{hosts.OUTREACH}", "/tag.js"), "77")'
LOAD_FILM = (
    f'document.body.append(Object.assign(document.createElement("iframe"), {{ src: at("{hosts.PLAYER}", '
    '"/embed/trailer") }))'
)

_TALLY_AT_WORK = (
    cookie("_tl_id.7", TALLY_TAG),
    request(hosts.TALLY, "/hit", TALLY_TAG),
    request(hosts.TALLY, "/count.js"),
    request(hosts.TALLY, "/count.js", "https://{site}/"),
)
_OUTREACH_AT_WORK = (
    cookie("_otr_77", OUTREACH_TAG),
    request(hosts.OUTREACH, "/tag.js"),
    request(hosts.OUTREACH, "/seen", OUTREACH_TAG),
)
_FILM_SHOWN = (
    cookie("vid_device", FILM, hosts.PLAYER),
    request(hosts.PLAYER, "/embed/trailer"),
    stored("local_storage", "vidora.volume", FILM, hosts.PLAYER),
)

_COMFORT_THERE = (
    cookie("fb_view", "https://{site}/membership"),
    stored("local_storage", "fernbank.comfort", "https://{site}/static/comfort.js"),
)

OBJECTIONS = (
    _garden(
        "objection-ignored",
        "P33 P10 P11",
        "Visits go on being counted after an objection.",
        *_TALLY_AT_WORK,
        script=f'if (refused("counts")) {LOAD_TALLY};',
    ),
    _garden(
        "objection-on-plants-ignored",
        "P33 P10 P11",
        "An objection holds on the home page, and not on the pages about plants.",
        *_TALLY_AT_WORK,
        script=f'if (refused("counts") && location.pathname.startsWith("/plants/")) {LOAD_TALLY};',
    ),
    _garden(
        "refusal-is-no-objection",
        "P33 P10 P11 P02",
        "Who refuses everything is counted all the same.",
        *_TALLY_AT_WORK,
        page("counts", "/settings"),
        answer=hooks.refusing_allows("counts"),
    ),
    _garden(
        "objection-counted-by-beacon",
        "P33 P10 P11",
        "The counting service is told of visitors who have objected, by a message that stores nothing.",
        request(hosts.TALLY, "/hit"),
        script=f'if (refused("counts")) navigator.sendBeacon(at("{hosts.TALLY}", "/hit?url=") + location.pathname);',
    ),
    _garden(
        "objection-renews-identifier",
        "P33 P11 P10",
        "After an objection the identifier of the visitor is written again.",
        cookie("_tl_id.7", "{script}"),
        script='if (refused("counts")) document.cookie = "_tl_id.7=0011223344556677; Max-Age=86400; Path=/; Secure";',
    ),
    _garden(
        "objection-not-shown",
        "P33 P02 P10 P11",
        "The settings show the counting as on, although the visitor has objected.",
        page("counts", "/settings"),
        script='const box = document.querySelector("input[name=counts]"); if (box && decided()) box.checked = true;',
    ),
    _garden(
        "objection-takes-films",
        "P33 P02 P10",
        "Who objects to the counting loses what they had allowed.",
        page("films", "/"),
        page("comfort", "/"),
        page("outreach", "/"),
        page("outreach", "/settings"),
        answer=hooks.saving_refuses_all(),
    ),
)

VERSIONS = (
    _garden(
        "version-not-asked",
        "P29",
        "A choice that was made under an earlier policy goes on holding.",
        page("banner", "/"),
        answer=hooks.earlier_choice_holds(),
    ),
    _garden(
        "version-consent-kept",
        "P29",
        "Who has accepted everything under an earlier policy is not asked again.",
        page("banner", "/"),
        answer=hooks.earlier_choice_holds("outreach-1"),
    ),
    _garden(
        "version-refusal-kept",
        "P29",
        "Who has refused everything under an earlier policy is not asked again.",
        page("banner", "/"),
        answer=hooks.earlier_choice_holds("outreach-0"),
    ),
    _garden(
        "version-replaced-unasked",
        "P29 P02",
        "A choice that was made under an earlier policy is taken over into the new one.",
        page("banner", "/"),
        amend=hooks.take_over_choice,
        answer=hooks.earlier_choice_holds(),
    ),
)

ACCOUNTS = (
    _garden(
        "account-not-kept",
        "P34",
        "A choice does not come along to another device.",
        page("banner", "/"),
        amend=hooks.drop_on("/sign-in", "fb_choice"),
    ),
    _garden(
        "account-keeps-first-choice",
        "P34 R-ACCOUNT",
        "The account keeps the first choice, whatever the visitor chooses later.",
        *_COMFORT_THERE,
        page("outreach", "/settings"),
        page("comfort", "/settings"),
        page("counts", "/settings"),
        page("films", "/settings"),
        answer=hooks.choose_signed_out(),
    ),
    _garden(
        "account-accepts-all",
        "P34",
        "On another device everything is allowed, whatever the visitor chose.",
        page("outreach", "/settings"),
        page("comfort", "/settings"),
        page("counts", "/settings"),
        page("films", "/settings"),
        amend=hooks.allow_on_sign_in("comfort", "counts", "films", "outreach"),
    ),
    _garden(
        "account-forgets-objection",
        "P34",
        "An objection does not come along to another device; the rest of the choice does.",
        page("counts", "/settings"),
        amend=hooks.allow_on_sign_in("counts"),
    ),
    _garden(
        "account-refuses-all",
        "P34",
        "What was allowed does not come along to another device.",
        page("outreach", "/settings"),
        page("comfort", "/settings"),
        page("counts", "/settings"),
        page("films", "/settings"),
        amend=hooks.refuse_on_sign_in,
    ),
)

WISHES = (
    _garden(
        "garden-wish-ignored",
        "P30 P02",
        "Visitors whose browser asks for privacy are counted all the same, and told nothing.",
        *_TALLY_AT_WORK,
        page("notice", "/"),
        answer=hooks.drop_header(b"sec-gpc"),
    ),
    _garden(
        "garden-wish-sold",
        "P02 P30",
        "Visitors whose browser asks for privacy are handed to the promotion.",
        *_OUTREACH_AT_WORK,
        script=f"if (navigator.globalPrivacyControl && !decided()) {LOAD_OUTREACH};",
    ),
    _garden(
        "garden-wish-counted-by-message",
        "P30 P02",
        "The counting service is told of visitors whose browser asks for privacy.",
        request(hosts.TALLY, "/hit"),
        script=f'if (navigator.globalPrivacyControl && !decided()) navigator.sendBeacon(at("{hosts.TALLY}", "/hit"));',
    ),
    _garden(
        "garden-wish-not-confirmed",
        "P02 P30",
        "Nothing tells visitors that their browser's wish is honoured.",
        page("notice", "/"),
        script='document.getElementById("gpc-heeded")?.remove();',
    ),
    _garden(
        "garden-wish-denied",
        "P02 P30",
        "The site declares that it does not honour the browser's wish.",
        page("/.well-known/gpc.json", "/.well-known/gpc.json"),
        page("/.well-known/gpc.json", "/"),
        answer=serve({"/.well-known/gpc.json": ("application/json", '{"gpc": false}')}),
    ),
)

CONSENT = (
    _garden(
        "outreach-before-choice",
        "P10 R-PRIOR R-ACT P12 P13",
        "The promotion begins before a choice.",
        *_OUTREACH_AT_WORK,
        script=f"if (!decided()) {LOAD_OUTREACH};",
    ),
    _garden(
        "film-before-choice",
        "P10 R-PRIOR R-ACT P12 P13",
        "A film is shown before a choice.",
        *_FILM_SHOWN,
        script=f"if (!decided()) {LOAD_FILM};",
    ),
    _garden(
        "comfort-before-choice",
        "P10 R-PRIOR R-ACT P27 P12 P13",
        "The size of the letters is kept before a choice.",
        stored("local_storage", "fernbank.comfort", "https://{site}/static/comfort.js"),
        script='if (!decided()) load("/static/comfort.js");',
    ),
    _garden(
        "comfort-despite-refusal",
        "P10 P11 P02",
        "Who refuses everything has comfort allowed.",
        stored("local_storage", "fernbank.comfort", "https://{site}/static/comfort.js"),
        cookie("fb_view", "https://{site}/"),
        cookie("fb_view", "https://{site}/plants/tree-fern"),
        page("comfort", "/settings"),
        answer=hooks.refusing_allows("comfort"),
    ),
    _garden(
        "comfort-brings-outreach",
        "P10",
        "Who allows comfort gets the promotion as well.",
        *_OUTREACH_AT_WORK,
        script=f'if (granted("comfort") && refused("outreach")) {LOAD_OUTREACH};',
    ),
    _garden(
        "film-despite-refusal",
        "P10 P11",
        "Films are shown to visitors who have refused them.",
        *_FILM_SHOWN,
        script=f'if (refused("films")) {LOAD_FILM};',
    ),
    _garden(
        "outreach-after-withdrawal",
        "P11 P10 P02",
        "The promotion goes on after a withdrawal where it had begun.",
        *_OUTREACH_AT_WORK,
        script=f'if (refused("outreach") && document.cookie.includes("_otr_77=")) {LOAD_OUTREACH};',
    ),
    _garden(
        "garden-identifier-comes-back",
        "P12 P04 P11 P31 P05 P10",
        "Who has removed all cookies is recognised again by what another store has kept.",
        cookie("_tl_id.7", "{script}"),
        stored("local_storage", "fernbank.spare"),
        script="""
  const id = document.cookie.match(/(?:^|; )_tl_id\\.7=([^;]+)/)?.[1] ?? localStorage.getItem("fernbank.spare");
  if (id) {
    localStorage.setItem("fernbank.spare", id);
    document.cookie = `_tl_id.7=${id}; Max-Age=34128000; Path=/; Domain=${location.hostname}; Secure; SameSite=Lax`;
  }""",
    ),
)

GARDEN: tuple[Defect, ...] = (*OBJECTIONS, *VERSIONS, *ACCOUNTS, *WISHES, *CONSENT)
