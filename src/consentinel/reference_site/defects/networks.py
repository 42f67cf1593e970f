"""The social and the advertising network, let in although the visitor did not grant them."""

from consentinel.reference_site import hosts
from consentinel.reference_site.defects.hooks import redirect, serve
from consentinel.reference_site.defects.model import (
    Defect,
    cookie,
    defect,
    request,
)

ADNET_TAG = f"https://{hosts.ADNET}/tag.js"
ADNET_PIXEL = f"https://{hosts.ADNET}/pixel"
EMBED = f"https://{hosts.WIDGETS}/embed.js"
BUTTON = f"https://{hosts.WIDGETS}/button"

LOAD_ADNET = f'load(at("{hosts.ADNET}", "/tag.js"))'
LOAD_EMBED = f'load(at("{hosts.WIDGETS}", "/embed.js"))'

_FRAME = """<!doctype html><title>Frame</title><script>
const inner = document.createElement("iframe");
inner.src = `https://{widgets}${location.port ? `:${location.port}` : ""}/button`;
addEventListener("DOMContentLoaded", () => document.body.append(inner));
</script>""".replace("{widgets}", hosts.WIDGETS)


SOCIAL: tuple[Defect, ...] = (
    defect(
        "social-before-choice",
        "P23 P10 R-PRIOR",
        "The network's share buttons appear before the visitor has chosen.",
        cookie("circle_id", BUTTON, hosts.CIRCLE),
        cookie("_cbp", EMBED),
        request(hosts.WIDGETS, "/embed.js"),
        script=f"if (document.querySelector('.share-buttons')) when(() => !decided(), () => {LOAD_EMBED});",
    ),
    defect(
        "social-after-refusal",
        "P24 P10",
        "The network's share buttons appear although social cookies were refused.",
        cookie("circle_id", BUTTON, hosts.CIRCLE),
        cookie("_cbp", EMBED),
        request(hosts.WIDGETS, "/embed.js"),
        script=f"if (document.querySelector('.share-buttons')) when(() => refused(\"social\"), () => {LOAD_EMBED});",
    ),
    defect(
        "social-frame-in-frame",
        "P24 P10",
        "A hidden frame holds another one, of the social network, after a refusal.",
        cookie("circle_id", BUTTON, hosts.CIRCLE),
        request(hosts.WIDGETS, "/button", "https://{site}/frame.html"),
        script='when(() => refused("social"), () => document.body.append(Object.assign('
        'document.createElement("iframe"), { src: "/frame.html", hidden: true })));',
        answer=serve({"/frame.html": ("text/html", _FRAME)}),
    ),
    defect(
        "social-prefetch",
        "P23 P24 R-PRIOR",
        "The network's script is fetched ahead, so that the network hears of everybody.",
        request(hosts.WIDGETS, "/embed.js"),
        script=f"""const href = at("{hosts.WIDGETS}", "/embed.js");
  when(() => !granted("social"), () => document.head.append(
    Object.assign(document.createElement("link"), {{ rel: "preload", as: "script", href }})));""",
    ),
    defect(
        "social-silent-fetch",
        "P23 P24 R-PRIOR",
        "Nothing is seen of it, but each page asks the network who is signed in there.",
        request(hosts.WIDGETS, "/button"),
        cookie("circle_id", BUTTON, hosts.CIRCLE),
        script='when(() => refused("social"), () => fetch('
        f'at("{hosts.WIDGETS}", "/button"), {{ mode: "no-cors", credentials: "include" }}));',
    ),
    defect(
        "social-after-withdrawal",
        "P11 P24",
        "The share buttons stay at work after consent to social cookies was withdrawn.",
        cookie("_cbp", EMBED),
        cookie("circle_id", BUTTON, hosts.CIRCLE),
        request(hosts.WIDGETS, "/button", EMBED),
        request(hosts.WIDGETS, "/embed.js"),
        script="if (document.querySelector('.share-buttons')) "
        f'when(() => refused("social") && document.cookie.includes("_cbp="), () => {LOAD_EMBED});',
    ),
    defect(
        "social-with-advertising",
        "P24 P10",
        "Who accepts advertising gets the social network as well.",
        cookie("circle_id", BUTTON, hosts.CIRCLE),
        cookie("_cbp", EMBED),
        request(hosts.WIDGETS, "/embed.js"),
        script="if (document.querySelector('.share-buttons')) "
        f'when(() => granted("advertising") && refused("social"), () => {LOAD_EMBED});',
    ),
)

ADVERTISING: tuple[Defect, ...] = (
    defect(
        "advertising-before-choice",
        "P10 P05 R-PRIOR",
        "Advertising is at work before the visitor has chosen.",
        cookie("adnet_id", ADNET_PIXEL, hosts.ADNET),
        cookie("_adn", ADNET_TAG),
        request(hosts.ADNET, "/tag.js"),
        script=f"when(() => !decided(), () => {LOAD_ADNET});",
    ),
    defect(
        "advertising-after-refusal",
        "P10",
        "Advertising is at work although the visitor refused it.",
        cookie("adnet_id", ADNET_PIXEL, hosts.ADNET),
        cookie("_adn", ADNET_TAG),
        request(hosts.ADNET, "/tag.js"),
        script=f'when(() => refused("advertising"), () => {LOAD_ADNET});',
    ),
    defect(
        "advertising-with-analytics",
        "P10",
        "Who accepts analytics gets advertising as well.",
        cookie("adnet_id", ADNET_PIXEL, hosts.ADNET),
        cookie("_adn", ADNET_TAG),
        request(hosts.ADNET, "/tag.js"),
        script=f'when(() => granted("analytics") && refused("advertising"), () => {LOAD_ADNET});',
    ),
    defect(
        "advertising-by-redirect",
        "P10",
        "A picture of the site leads on to the advertising network, which sets a cookie, after a refusal.",
        cookie("adnet_id", ADNET_PIXEL, hosts.ADNET),
        request(hosts.ADNET, "/pixel"),
        script='when(() => refused("advertising"), () => { new Image().src = "/pictures/corner.gif"; });',
        answer=redirect("/pictures/corner.gif", hosts.ADNET, "/pixel"),
    ),
)
