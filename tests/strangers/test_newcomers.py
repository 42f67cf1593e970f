"""Further visitors, with whom one is compared.

Newcomers' pages read another device: each number gives another one, the same each time, and 0 gives none.
"""

from __future__ import annotations

import pytest

from consentinel.evidence.payload import body_of
from consentinel.evidence.timeline import Timeline
from consentinel.visitor.comparison import goes_again, newcomer_like
from consentinel.visitor.resources import Resources
from tests.strangers.truth_sites import SHOP, Answer, page
from tests.strangers.truth_visits import Visit, proxy, resources, visit

__all__ = ["proxy", "resources", "visit"]

pytestmark = pytest.mark.browser

READ = """(async () => {
  const canvas = document.createElement("canvas"), context = canvas.getContext("2d");
  context.fillText("read", 4, 20);
  const sound = new OfflineAudioContext(1, 2000, 44100), tone = sound.createOscillator();
  tone.connect(sound.destination);
  tone.start();
  const samples = (await sound.startRendering()).getChannelData(0);
  const read = {
    picture: canvas.toDataURL(), points: context.getImageData(0, 0, 40, 30).data.slice(0, 4).join(),
    letters: context.measureText("read").width, sound: samples.reduce((sum, one) => sum + Math.abs(one), 0),
    processors: navigator.hardwareConcurrency, browser: navigator.userAgent, screen: screen.width,
  };
  fetch("/read", {method: "POST", body: JSON.stringify(read)});
})();"""


def test_the_readings_of_the_device_change_with_the_number_alone(visit: Visit) -> None:
    visitor, _ = visit({(SHOP, "/"): page(READ), (SHOP, "/read"): Answer("", status=204)})
    mine = _read(visitor.timeline)
    first, second, again, plain = (_read(newcomer_like(visitor, number)) for number in (1, 2, 1, 0))
    assert plain == mine
    assert again == first
    assert len(mine) == 7
    for name, value in mine.items():
        assert len({value, first[name], second[name]}) == 3, name


OF_A_WORKER = """(async () => {
  const canvas = new OffscreenCanvas(40, 30), context = canvas.getContext("2d");
  context.fillText("read", 4, 20);
  const picture = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer()).join("-");
  const read = {
    picture, points: context.getImageData(0, 0, 40, 30).data.slice(0, 4).join(),
    letters: context.measureText("read").width,
    processors: navigator.hardwareConcurrency, browser: navigator.userAgent,
  };
  await fetch("[[site]]/read?KIND", {method: "POST", mode: "no-cors", body: JSON.stringify(read)});
  self.close();
})();"""

WORKERS = f"""const text = `{OF_A_WORKER}`.replaceAll("[[site]]", location.origin);
const as = (kind) => text.replace("KIND", kind);
const kept = (kind) => URL.createObjectURL(new Blob([as(kind)], {{type: "text/javascript"}}));
new Worker("/of.js");
new Worker("/module.js", {{type: "module"}});
new SharedWorker("/shared.js");
new Worker(kept("blob"));
new Worker("data:text/javascript," + encodeURIComponent(as("data")));
new Worker("data:text/javascript;base64," + btoa(as("packed")));
const within = `new Worker(URL.createObjectURL(new Blob([${{JSON.stringify(as("within"))}}])))`;
new Worker(URL.createObjectURL(new Blob([within])));"""

KINDS = ("of", "module", "shared", "blob", "data", "packed", "within")


def of_a_worker(kind: str) -> Answer:
    return Answer(OF_A_WORKER.replace("[[site]]", "").replace("KIND", kind), "text/javascript")


def test_workers_read_the_other_device_too_whoever_has_written_their_scripts(
    visit: Visit, resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So many workers take a while to begin on a busy machine.
    monkeypatch.setattr(resources, "horizon", 3.0)
    scripts = {(SHOP, f"/{kind}.js"): of_a_worker(kind) for kind in ("of", "module", "shared")}
    visitor, _ = visit({(SHOP, "/"): page(WORKERS), (SHOP, "/read"): Answer("", status=204), **scripts})
    mine = _read_by_kind(visitor.timeline)
    first, again, plain = (_read_by_kind(newcomer_like(visitor, number)) for number in (1, 1, 0))
    assert plain == mine
    assert again == first
    assert mine.keys() == set(KINDS)
    for kind, read in mine.items():
        assert {name for name, value in read.items() if value != first[kind][name]} == read.keys(), kind


CONNECTED = """fetch(`/poll?sid=${crypto.randomUUID()}`);
document.body.innerHTML = '<a href="/">Home</a> <a href="/tea">Tea</a>';
document.onclick = (click) => {
  if (!click.target.href) return;
  click.preventDefault();
  history.pushState({}, "", click.target.href);
};"""


def test_a_single_page_site_is_loaded_anew_by_who_goes_again(visit: Visit) -> None:
    visitor, site = visit({(SHOP, "/"): page(CONNECTED), (SHOP, "/tea"): page(CONNECTED), (SHOP, "/poll"): Answer("")})
    visitor.visit(site.url("/tea"), "reads")
    assert len(_numbers(visitor.timeline)) == 1
    assert len(_numbers(goes_again(visitor, visitor))) == 2


def _numbers(timeline: Timeline | None) -> set[str]:
    assert timeline is not None
    return {request.url for request in timeline.requests if "/poll" in request.url}


def _read_by_kind(timeline: Timeline | None) -> dict[str, dict[str, str]]:
    """What each kind of worker told of what it had read."""
    assert timeline is not None
    return {one.url.partition("?")[2]: dict(body_of(one)) for one in timeline.requests if "/read?" in one.url}


def _read(timeline: Timeline | None) -> dict[str, str]:
    """What the page told of what it had read."""
    assert timeline is not None
    (told,) = (request for request in timeline.requests if request.url.endswith("/read"))
    return dict(body_of(told))
