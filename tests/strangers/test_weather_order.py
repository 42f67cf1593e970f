"""What befalls the consent manager and the connection happens in the same order each time: the record shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import groupby

import pytest

from consentinel.evidence.guarded import parts_of
from consentinel.visitor import trouble
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor
from tests.strangers.truth_sites import CDN, SHOP, Answer, deployed, page
from tests.strangers.truth_visits import proxy, resources

__all__ = ["proxy", "resources"]

pytestmark = pytest.mark.browser

PLAYS = 3
TAG, PARTNER = "tag.localhost", "partner.localhost"

WEATHER: dict[str, Callable[[Visitor], None]] = {
    **{words: partial(trouble.befall_manager, words=words) for words in trouble.OF_MANAGERS},
    "saving is cut off": trouble.cut_off_saving,
    "no partner answers": trouble.leave_partners_unanswered,
    "is slow": trouble.slow_down,
}

WRITE = "const write = (name) => { document.cookie = `${name}=1`; };"
HEAD = f"""<script>{WRITE}
for (const seconds of [1, 3, 7, 12, 30]) setTimeout(write, seconds * 1000, `waited_${{seconds}}`);
</script>
<script src="http://{CDN}:{{port}}/manager.js" onerror="write('missed')"></script>"""
BODY = f"""
const tag = Object.assign(document.createElement("script"), {{ src: "http://{TAG}:{{port}}/tag.js" }});
document.head.append(tag);
const told = () => fetch("/one").then(() => write("one")).then(() => fetch("/two")).then(() => write("two"));
const saved = () => fetch("/saved", {{ method: "POST" }}).then(() => write("saved"), () => write("unsaved"));
const seen = () => new Promise((over) => {{
  const picture = Object.assign(new Image(), {{ onload: over, onerror: over }});
  picture.src = "http://{PARTNER}:{{port}}/picture.svg";
}});
addEventListener("load", () => told().then(saved).then(seen).then(() => write("seen")));
"""
ANSWERS = {
    (SHOP, "/"): page(BODY, HEAD),
    (SHOP, "/next"): page(BODY, HEAD),
    (SHOP, "/one"): Answer("1"),
    (SHOP, "/two"): Answer("2"),
    (SHOP, "/saved"): Answer("saved"),
    (CDN, "/manager.js"): Answer("write('came'); setTimeout(write, 2000, 'asked');", "text/javascript"),
    (TAG, "/tag.js"): Answer("write('tag');", "text/javascript"),
    (PARTNER, "/picture.svg"): Answer('<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml"),
}


@contextmanager
def played(resources: Resources, befalls: str) -> Iterator[Visitor]:
    """A visitor whom it befalls, after two pages."""
    with deployed(ANSWERS) as site:
        profile = site.profile()
        consent = profile.consent.model_copy(update={"served_from": (CDN,), "saved_by": ("/saved",)})
        profile = profile.model_copy(update={"consent": consent, "partners": (PARTNER,)})
        visitor = Visitor("visitor", resources, profile)
        try:
            WEATHER[befalls](visitor)
            visitor.visit(site.url(), "visits the shop")
            visitor.visit(site.url("/next"), "visits the next page")
            yield visitor
        finally:
            visitor.leave()


def in_order(visitor: Visitor) -> tuple[str, ...]:
    """What scripts wrote and which answers were altered, in the order of their moments.

    A browser that finds a connection at its end may ask again by itself, on each connection that it has: once counts.
    """
    timeline = visitor.timeline
    told = [(one.at, one.name) for one in timeline.writes if one.operation == "set"]
    for one in timeline.requests:
        if one.altered:
            told.append((one.answered or one.at, f"{one.method} {parts_of(one.url).path} {one.altered}, {one.status}"))
    return tuple(what for what, _ in groupby(what for _, what in sorted(told, key=lambda one: one[0])))


@pytest.mark.strangers
@pytest.mark.parametrize("befalls", WEATHER)
def test_the_record_is_the_same_each_time(resources: Resources, befalls: str) -> None:
    orders = []
    for _ in range(PLAYS):
        with played(resources, befalls) as visitor:
            assert visitor.recorder.missed == []
            assert all(rest.complete for rest in visitor.timeline.settled)
            orders.append(in_order(visitor))
    assert {*orders} == {orders[0]}, "\n".join(map(str, orders))
    assert any(befalls == "is slow" or one.startswith(("GET", "POST")) for one in orders[0])
