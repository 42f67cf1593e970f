"""Defects of the garden's policy: what its register, its services and its words promise and the site does not keep."""

from functools import partial

from consentinel.reference_site import hosts
from consentinel.reference_site.defects import garden_hooks as hooks
from consentinel.reference_site.defects.hooks import set_cookie
from consentinel.reference_site.defects.model import Defect, cookie, defect, in_pages, page, request, stored

_garden = partial(defect, domain=hosts.GARDEN)

DAY = 24 * 3600
ADNET_PIXEL = f'new Image().src = at("{hosts.ADNET}", "/pixel")'

REGISTER = (
    _garden(
        "cookie-not-listed",
        "P31 P05",
        "With comfort a cookie is kept that the policy's table does not list.",
        cookie("fb_trail", "{script}"),
        script='if (granted("comfort")) document.cookie = "fb_trail=fern; Max-Age=86400; Path=/; Secure";',
    ),
    _garden(
        "cookie-of-the-server-not-listed",
        "P31 P05 P10",
        "The server keeps a cookie that the policy's table does not list, whatever the visitor chooses.",
        cookie("fb_seen", "https://{site}/"),
        amend=set_cookie("fb_seen", "1", 30 * DAY, http_only=True),
    ),
    _garden(
        "store-not-listed",
        "P31 P05 P27",
        "With comfort something is kept in local storage that the policy's table does not list.",
        stored("local_storage", "fernbank.path"),
        script='if (granted("comfort")) localStorage.setItem("fernbank.path", location.pathname);',
    ),
    _garden(
        "reader-kept-longer",
        "P28 P05",
        "The promotion's cookie is kept for 180 days, where the table says 90.",
        cookie("_otr_77", "{script}"),
        script=f"""if (granted("outreach")) {{
    document.cookie = `_otr_77=0f1e2d3c4b5a6978; Max-Age={180 * DAY}; Path=/; Domain=${{location.hostname}}; Secure`;
  }}""",
    ),
    _garden(
        "visit-kept-longer",
        "P28 P05",
        "What tells visits apart is kept for a week, where the table says 30 minutes.",
        cookie("_tl_ses.7", "{script}"),
        script=f"""if (granted("counts")) {{
    document.cookie = `_tl_ses.7=1; Max-Age={7 * DAY}; Path=/; Domain=${{location.hostname}}; Secure`;
  }}""",
    ),
    _garden(
        "choice-kept-longer",
        "P28 P05",
        "The choice is kept for a year, where the table says 6 months.",
        cookie("fb_choice", "https://{site}/choice"),
        amend=hooks.keep_for("/choice", "fb_choice", 365 * DAY),
    ),
    _garden(
        "choice-kept-for-a-week",
        "P28 P12",
        "The choice is kept for a week, where the policy says 6 months.",
        cookie("fb_choice", "https://{site}/choice"),
        amend=hooks.keep_for("/choice", "fb_choice", 7 * DAY),
    ),
    _garden(
        "view-kept-longer",
        "P28 P05",
        "How lists are shown is kept for 395 days, where the table says a year.",
        cookie("fb_view", "https://{site}/"),
        amend=hooks.keep_for("/", "fb_view", 395 * DAY),
    ),
    _garden(
        "view-mislabelled",
        "P05 P10 R-PRIOR",
        "A cookie that the table calls comfort is kept of everybody.",
        cookie("fb_view", "https://{site}/"),
        amend=set_cookie("fb_view", "list", 365 * DAY, http_only=True),
    ),
    _garden(
        "letters-mislabelled",
        "P05 P10 P27",
        "What the table calls comfort is kept of visitors who have refused it.",
        stored("local_storage", "fernbank.comfort"),
        script='if (refused("comfort")) localStorage.setItem("fernbank.comfort", "{}");',
    ),
    _garden(
        "film-cookie-at-home",
        "P05 P10",
        "A cookie that the table puts on the film service lies on the site's own domain, without consent to films.",
        cookie("vid_device", "{script}"),
        script='if (refused("films")) document.cookie = "vid_device=51a7c09e3b44; Max-Age=86400; Path=/; Secure";',
    ),
    _garden(
        "table-lacks-a-row",
        "P05 P31",
        "The published table has no row for what tells visits apart.",
        page("_tl_ses.7", "/cookies"),
        patches=in_pages("<code>_tl_ses.&lt;garden&gt;</code>", "<code>_tl_old.&lt;garden&gt;</code>", "/cookies"),
    ),
    _garden(
        "table-names-another-reader",
        "P05 P31",
        "The published table names another cookie of the promotion than the one that is kept.",
        page("_otr_77", "/cookies"),
        patches=in_pages("<code>_otr_*</code>", "<code>_otr_1</code>", "/cookies"),
    ),
)

SERVICES = (
    _garden(
        "service-not-named",
        "P32 P05",
        "With films a service hears from the visitor that the policy does not name.",
        request(hosts.CDN, "/kit/1/kit.js"),
        script=f'if (granted("films")) load(at("{hosts.CDN}", "/kit/1/kit.js"));',
    ),
    _garden(
        "service-told-by-message",
        "P32 P05",
        "With visitor counts another service is told of each page that the policy does not name.",
        request(hosts.METRICS, "/g/collect"),
        script=f'if (granted("counts")) navigator.sendBeacon(at("{hosts.METRICS}", "/g/collect?p=1"));',
    ),
    _garden(
        "service-pixel-not-named",
        "P32 P05 P31",
        "With the promotion an advertising network hears from the visitor that the policy does not name.",
        request(hosts.ADNET, "/pixel"),
        script=f'if (granted("outreach")) {ADNET_PIXEL};',
    ),
    _garden(
        "service-despite-refusal",
        "P32 P10 P11",
        "An advertising network that the policy does not name hears from visitors who have refused everything.",
        request(hosts.ADNET, "/pixel"),
        script=f'if (refused("outreach")) {ADNET_PIXEL};',
    ),
)

WORDS = (
    _garden(
        "six-groups-announced",
        "P05",
        "The policy announces six groups and lists five.",
        page("categories", "/cookies"),
        patches=in_pages("one of five groups of cookies", "one of six groups of cookies", "/cookies"),
    ),
    _garden(
        "group-not-described",
        "P05",
        "The policy announces five groups and lists four.",
        page("categories", "/cookies"),
        patches=in_pages("<dt>Films</dt>", "", "/cookies"),
    ),
    _garden(
        "group-renamed",
        "P05",
        "The policy calls a group otherwise than the settings do.",
        page("Visitor counts", "/cookies"),
        patches=in_pages("Visitor counts", "Audience research", "/cookies"),
    ),
    _garden(
        "imprint-out-of-reach",
        "P01",
        "The pages about plants do not lead to the imprint.",
        page("legal information", "/plants/staghorn"),
        patches=in_pages('<a id="imprint-link"', '<a hidden id="imprint-link"', "/plants/*"),
    ),
    _garden(
        "settings-out-of-reach",
        "P02",
        "The pages about plants do not lead to the settings.",
        page("preferences", "/plants/staghorn"),
        patches=in_pages('<a id="settings-link"', '<a hidden id="settings-link"', "/plants/*"),
    ),
    _garden(
        "language-not-kept",
        "P17",
        "A language that was chosen is forgotten on the next page.",
        page("language", "/plants/tree-fern"),
        page("language", "/plants/staghorn"),
        amend=hooks.drop_on("/language/de", "fb_lang"),
    ),
    _garden(
        "greeting-names-the-visitor",
        "P03",
        "After signing in a cookie holds the visitor's address.",
        cookie("fb_greeting", "https://{site}/sign-in"),
        amend=hooks.set_on("/sign-in", "fb_greeting", "ada%40example.com", DAY),
    ),
    _garden(
        "settings-tick-films",
        "R-TICKED P12",
        "Films are ticked before the visitor has chosen.",
        page("films", "/settings"),
        script='const box = document.querySelector("input[name=films]"); if (box && !decided()) box.checked = true;',
    ),
    _garden(
        "essential-can-be-switched-off",
        "P20",
        "The settings offer to switch off what the site needs.",
        page("functionality", "/settings"),
        patches=in_pages('name="functionality" checked disabled', 'name="functionality" checked', "/settings"),
    ),
)

SISTERS = (
    _garden(
        "sister-not-told",
        "P35",
        "The link to the sister site does not bring the choice along: the visitor is asked there.",
        page("banner", "/", f"sister-not-told.{hosts.SISTER}"),
        answer=hooks.forget_told_choice(),
    ),
    _garden(
        "sister-allows-all",
        "P35 P10",
        "Whoever follows the link to the sister site has everything allowed there.",
        page("outreach", "/settings", f"sister-allows-all.{hosts.SISTER}"),
        page("comfort", "/settings", f"sister-allows-all.{hosts.SISTER}"),
        page("counts", "/settings", f"sister-allows-all.{hosts.SISTER}"),
        page("films", "/settings", f"sister-allows-all.{hosts.SISTER}"),
        answer=hooks.told_choice_allows_all(),
    ),
)

GARDEN_POLICY: tuple[Defect, ...] = (*REGISTER, *SERVICES, *WORDS, *SISTERS)
