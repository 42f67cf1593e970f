"""What becomes of a choice as the visitor moves: by links within one document, back and forward, from tab to tab."""

from consentinel.reference_site.defects.model import (
    Defect,
    cookie,
    defect,
    in_consent_script,
    page,
    request,
)
from consentinel.reference_site.hosts import ADNET, CIRCLE, METRICS

_COLLECT = "/g/collect"
_TELL = f"""
  const tell = (event) => fetch(at("{METRICS}", `{_COLLECT}?v=2&tid=HARBOUR1&en=${{event}}`),
    {{ method: "POST", mode: "no-cors", keepalive: true }});
"""
_ROUTER = f"""{_TELL}
  const linkOf = (event) => event.target.closest?.("main a[href^='/'], nav a[href^='/']");
  const follow = (go) => document.addEventListener("click", (event) => {{
    const link = linkOf(event);
    if (!link || event.defaultPrevented) return;
    event.preventDefault();
    go(link.href);
  }});
  const fetched = async (url, headers = {{}}) =>
    new DOMParser().parseFromString(await (await fetch(url, {{ headers }})).text(), "text/html");
  const put = (next) => {{
    document.querySelector("main").replaceWith(next.querySelector("main"));
    document.title = next.title;
  }};
  const count = () => {{ if (refused("analytics")) tell("route"); }};
"""
_OTHER_TABS_UNTOLD = in_consent_script("const tabs = openChannel();", "const tabs = null;")
_FOLLOWS_ON_THE_WAY_BACK = 'window.addEventListener("pageshow", (event) => { if (event.persisted) follow(); });'


def _route(name: str, sentence: str, script: str) -> Defect:
    """Return a site whose pages take each other's place, and that counts each of them for a visitor who refused."""
    return defect(name, "P10 P21", sentence, request(METRICS, _COLLECT), script=f"{_ROUTER}{script}")


ROUTES: tuple[Defect, ...] = (
    _route(
        "route-by-push-state",
        "Pages change without being loaded, by a new entry of the history, and each is counted despite a refusal.",
        "follow(async (url) => { put(await fetched(url)); history.pushState({}, '', url); count(); });",
    ),
    _route(
        "route-by-replace-state",
        "Pages change without being loaded, under another address, and each is counted despite a refusal.",
        "follow(async (url) => { put(await fetched(url)); history.replaceState({}, '', url); count(); });",
    ),
    _route(
        "route-by-hash",
        "Pages change with what follows the # of the address, and each is counted despite a refusal.",
        """follow((url) => { location.hash = new URL(url).pathname; });
  addEventListener("hashchange", async () => { put(await fetched(location.hash.slice(1))); count(); });""",
    ),
    _route(
        "route-by-navigation-api",
        "Pages change by way of the browser's own navigation events, and each is counted despite a refusal.",
        """navigation.addEventListener("navigate", (event) => {
    if (!event.canIntercept || event.formData || event.hashChange || event.navigationType === "reload") return;
    event.intercept({ handler: async () => { put(await fetched(event.destination.url)); count(); } });
  });""",
    ),
    _route(
        "route-by-view-transition",
        "Pages fade into each other, and each is counted despite a refusal.",
        """follow(async (url) => {
    const next = await fetched(url);
    document.startViewTransition(() => put(next)).updateCallbackDone.then(count);
    history.pushState({}, "", url);
  });""",
    ),
    _route(
        "route-by-turbo",
        "A library swaps the pages' content and says that a page has come: each is counted despite a refusal.",
        """addEventListener("turbo:load", count);
  follow(async (url) => {
    put(await fetched(url, { accept: "text/html, application/xhtml+xml" }));
    history.pushState({ turbo: { restorationIdentifier: crypto.randomUUID() } }, "", url);
    dispatchEvent(new CustomEvent("turbo:load", { detail: { url } }));
  });""",
    ),
    _route(
        "route-by-pjax",
        "A library asks for parts of pages alone, and each is counted despite a refusal.",
        """addEventListener("pjax:end", count);
  follow((url) => {
    const asking = new XMLHttpRequest();
    asking.open("GET", url);
    asking.setRequestHeader("X-PJAX", "true");
    asking.responseType = "document";
    asking.onload = () => {
      put(asking.response);
      history.pushState({}, "", url);
      dispatchEvent(new Event("pjax:end"));
    };
    asking.send();
  });""",
    ),
)

HISTORY: tuple[Defect, ...] = (
    defect(
        "asks-on-the-way-back",
        "P10 P12",
        "Whoever goes back to a page from before their choice is asked again.",
        page("#consent-banner", "/"),
        patches=(*_OTHER_TABS_UNTOLD, *in_consent_script(_FOLLOWS_ON_THE_WAY_BACK, "")),
    ),
    defect(
        "goes-on-on-the-way-back",
        "P11 P21",
        "A page from before a withdrawal that comes back goes on telling the analytics service.",
        request(METRICS, _COLLECT),
        request(METRICS, _COLLECT, f"https://{METRICS}/tag.js"),
        patches=_OTHER_TABS_UNTOLD,
        script=f"""{_TELL}
  when(() => granted("analytics"), () => addEventListener("pageshow", (event) => {{
    if (event.persisted) tell("back");
  }}));""",
    ),
    defect(
        "counts-the-way-back",
        "P10 P21",
        "Going back is counted by the analytics service, although the visitor refused it.",
        request(METRICS, _COLLECT),
        script=f"""{_TELL}
  const [way] = performance.getEntriesByType("navigation");
  if (way.type === "back_forward" && refused("analytics")) tell("back");
  addEventListener("pageshow", (event) => {{ if (event.persisted && refused("analytics")) tell("back"); }});""",
    ),
    defect(
        "counts-reloads",
        "P10 P21",
        "Reloading a page is counted by the analytics service, although the visitor refused it.",
        request(METRICS, _COLLECT),
        script=f"""{_TELL}
  const [way] = performance.getEntriesByType("navigation");
  if (way.type === "reload" && root.dataset.consent === "") tell("reload");""",
    ),
    defect(
        "advertised-on-hover",
        "P10 R-ACT",
        "The advertising network is asked for a picture as soon as the pointer rests on a link.",
        request(ADNET, "/creative"),
        script=f"""document.addEventListener("mouseover", ({{ target }}) => {{
    if (target.closest?.("a") && !granted("advertising")) new Image().src = at("{ADNET}", "/creative?size=hover");
  }}, {{ once: true }});""",
    ),
    defect(
        "network-fetched-on-hover",
        "P10 R-ACT P24",
        "The social network's page is fetched ahead as soon as the pointer rests on any link.",
        request(CIRCLE, "/privacy"),
        script=f"""document.addEventListener("pointerover", ({{ target }}) => {{
    if (!target.closest?.("a") || granted("social")) return;
    setTimeout(() => fetch(at("{CIRCLE}", "/privacy"), {{ mode: "no-cors", credentials: "include" }}), 65);
  }}, {{ once: true }});""",
    ),
)

TABS: tuple[Defect, ...] = (
    defect(
        "other-tab-goes-on",
        "P11 P21",
        "After a withdrawal in one tab, another that was open before goes on telling the analytics service.",
        request(METRICS, _COLLECT),
        patches=_OTHER_TABS_UNTOLD,
        script=f"""{_TELL}
  when(() => granted("analytics"), () => setInterval(() => tell("still_here"), 20000));""",
    ),
    defect(
        "other-tab-comes-back",
        "P11",
        "After a withdrawal in one tab, another tells the advertising network that the visitor has returned to it.",
        request(ADNET, "/pixel"),
        cookie("adnet_id", f"https://{ADNET}/pixel", ADNET),
        patches=_OTHER_TABS_UNTOLD,
        script=f"""when(() => granted("advertising"), () => addEventListener("focus", () => {{
    new Image().src = at("{ADNET}", "/pixel?adn=returned");
  }}));""",
    ),
    defect(
        "other-tab-shows-the-old-choice",
        "P11 P02",
        "After a withdrawal in one tab, the preferences in another still show everything as allowed.",
        page('input[name="analytics"]', "/"),
        patches=(
            *_OTHER_TABS_UNTOLD,
            *in_consent_script("fillSwitches();\n    if (dialog.open)", "if (dialog.open)"),
            *in_consent_script(
                "banner.hidden = true;\n    granted", "banner.hidden = true;\n    fillSwitches();\n    granted"
            ),
        ),
    ),
)

MOVEMENT = (*ROUTES, *HISTORY, *TABS)
