"""What a page puts off in other ways than by a timer belongs to the horizon too."""

from __future__ import annotations

import pytest

from consentinel.reference_site import hosts
from consentinel.reference_site.serve import RunningSite
from consentinel.visitor.visitor import Visitor

pytestmark = [pytest.mark.completeness, pytest.mark.browser]

_SEND = "fetch('/health?late=1')"

WAYS = {
    "at the next picture": f"requestAnimationFrame(() => requestAnimationFrame(() => {_SEND}));",
    "when nothing else is to be done": f"requestIdleCallback(() => {_SEND});",
    "by a task with a delay": f"scheduler.postTask(() => {_SEND}, {{ delay: 700 }});",
    "by a task of little importance": f"scheduler.postTask(() => {_SEND}, {{ priority: 'background' }});",
    "by counting pictures": f"""
        let begun = 0;
        const look = (at) => {{
          begun = begun || at;
          if (at - begun < 700) requestAnimationFrame(look); else {_SEND};
        }};
        requestAnimationFrame(look);
    """,
    "when an animation ends": f"""
        document.body.animate([{{ opacity: 1 }}, {{ opacity: 0.9 }}], 700).onfinish = () => {_SEND};
    """,
    "when a transition of its style ends": f"""
        const notice = document.createElement("p");
        notice.style.cssText = "opacity: 1; transition: opacity 500ms 200ms";
        document.body.append(notice);
        notice.addEventListener("transitionend", () => {_SEND});
        getComputedStyle(notice).opacity;
        notice.style.opacity = "0.5";
    """,
    "when an animation of its style ends, in a shadow tree": f"""
        const host = document.createElement("p");
        document.body.append(host);
        const tree = host.attachShadow({{ mode: "closed" }});
        tree.innerHTML = `<style>@keyframes fade {{ to {{ opacity: 0 }} }} b {{ animation: fade 700ms }}</style>
          <b></b>`;
        tree.addEventListener("animationend", () => {_SEND});
    """,
    "in a worker": """
        const source = `setTimeout(() => fetch("${location.origin}/health?late=1"), 700);`;
        new Worker(URL.createObjectURL(new Blob([source])));
    """,
    "by loading it anew": """
        const refresh = document.createElement("meta");
        refresh.httpEquiv = "refresh";
        refresh.content = "1;url=/health?late=1";
        document.head.append(refresh);
    """,
    "in a frame that shows nothing": f"""
        const frame = document.createElement("iframe");
        frame.style.display = "none";
        document.body.append(frame);
        frame.contentWindow.requestIdleCallback(() => {_SEND});
    """,
}


@pytest.mark.parametrize("way", WAYS)
def test_what_a_page_puts_off_is_waited_for(visitor: Visitor, site: RunningSite, way: str) -> None:
    visitor.visit(site.url(hosts.SITE, "/"), "visits the home page")
    with visitor.doing(f"sees a page that sends {way}", horizon=3.0):
        visitor.browser.driver.execute_script(WAYS[way])
    assert any(request.url.endswith("/health?late=1") for request in visitor.timeline.requests)
    assert [rest.reason for rest in visitor.timeline.settled if not rest.complete] == []


ENDLESS = {
    "draws by one function": "const draw = () => requestAnimationFrame(draw); draw();",
    "draws by new functions": "const draw = () => requestAnimationFrame(() => draw()); draw();",
    "draws by promises": "(async () => { for (;;) await new Promise(requestAnimationFrame); })();",
    "works by promises": "(async () => { for (;;) await new Promise(requestIdleCallback); })();",
    "posts tasks": "const work = () => scheduler.postTask(work, { delay: 50 }); work();",
    "posts one that never ends": "scheduler.postTask(() => new Promise(() => {}));",
    "turns something": "document.body.animate([{ opacity: 0 }], { duration: 90, iterations: Infinity });",
    "moves something again and again": """
        const move = () => document.body.animate([{ opacity: 1 }, { opacity: 0.9 }], 90).finished.then(move);
        move();
    """,
    "draws in a frame out of sight": """
        const [url] = arguments;
        const frame = document.createElement("iframe");
        frame.style.cssText = "position: absolute; top: 20000px";
        frame.src = url;
        document.body.append(frame);
    """,
}


@pytest.mark.parametrize("way", ENDLESS)
def test_a_page_that_goes_on_for_ever_comes_to_rest(visitor: Visitor, site: RunningSite, way: str) -> None:
    visitor.visit(site.url(hosts.SITE, "/"), "visits the home page")
    with visitor.doing(f"sees a page that {way}"):
        visitor.browser.driver.execute_script(ENDLESS[way], site.url(hosts.GUEST, "/corners/page/drawing"))
    assert [rest.reason for rest in visitor.timeline.settled if not rest.complete] == []
    assert visitor.timeline.settled[-1].bound >= visitor.resources.horizon


_KEPT = """
const done = arguments[arguments.length - 1];
(async () => {
  const early = performance.now();
  const told = [];
  told.push(await new Promise((resolve) => requestAnimationFrame((at) => resolve(at >= early - 50))));
  told.push(await scheduler.postTask(() => "done", { delay: 20 }));
  const given = new AbortController();
  const task = scheduler.postTask(() => "not to be", { delay: 5000, signal: given.signal });
  given.abort("given up");
  told.push(await task.catch((reason) => reason));
  told.push(await scheduler.postTask("no function").catch((error) => error.name));
  told.push(requestAnimationFrame.name, `${requestIdleCallback}`.includes("[native code]"));
  let called = false;
  cancelAnimationFrame(requestAnimationFrame(() => { called = true; }));
  await new Promise(requestAnimationFrame);
  told.push(called);
  done(told);
})();
"""


def test_what_is_put_off_keeps_its_meaning(visitor: Visitor, site: RunningSite) -> None:
    """After page time has run ahead, too."""
    visitor.visit(site.url(hosts.SITE, "/"), "visits the home page")
    told = visitor.browser.driver.execute_async_script(_KEPT)
    assert told == [True, "done", "given up", "TypeError", "requestAnimationFrame", True, False]
