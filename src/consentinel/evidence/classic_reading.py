"""Reads a visitor's device without BiDi: scripts in each document and frame, and the jar as far as it shows.

The scripts run beside the page's own, which could deceive them; BiDi's sandbox could not be deceived.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from consentinel.browser.classic import ClassicContext
from consentinel.browser.errors import CommandFailed
from consentinel.evidence.classic_jar import JarReading, from_classic, jar_of
from consentinel.evidence.classic_recorder import ClassicRecorder
from consentinel.evidence.cookies import parse_cookie_header
from consentinel.evidence.guarded import (
    host_of,
    json_of,
    origin_of,
    parts_of,
)
from consentinel.evidence.pictures import keep_picture
from consentinel.evidence.records import (
    Kind,
    State,
    StoredItem,
)
from consentinel.evidence.shapes import READING, from_json
from consentinel.evidence.storage import READ_STORAGE

# WebKitGTK 2.50, which keeps everything in memory under automation, loses what is in a cache when its page goes, and
# keeps the cache. That would be taken for the site's doing, so of a cache no more is read than that it is there.
READ = """async () => {
  const reading = JSON.parse(await (%s)());
  for (const item of reading.items) if (item.kind === "cache") item.value = "";
  const storage = JSON.stringify(reading);
  let cookies = "";
  try { cookies = document.cookie; } catch { /* a sandboxed frame has none */ }
  return JSON.stringify({ storage, cookies, url: location.href });
}"""


@dataclass(frozen=True, slots=True)
class _Document:
    """The reading of one document or frame. `storage` is an answer of READ_STORAGE."""

    storage: str
    cookies: str
    url: str


def read(recorder: ClassicRecorder, picture: Path | None = None, picture_path: str = "") -> State:
    """Read what is on the device now, note it, and take a screenshot to `picture` if one is wanted."""
    context, complete = recorder.context, True
    for tab in context.tabs():
        context.show(tab)
        complete = _read_tab(recorder) and complete
    context.focus()
    now = time.time()
    cookies = jar_of(recorder.timeline().requests, recorder.looks, now)
    state = recorder.ledger.state(now, cookies, complete=complete)
    recorder.add(state)
    if picture is not None:
        file, path = picture.with_suffix(".png"), str(Path(picture_path).with_suffix(".png"))
        keep_picture(recorder, context.screenshot, state.at, file, path)
    return state


def _read_tab(recorder: ClassicRecorder) -> bool:
    """Read the shown tab's document and its frames. Return whether the document itself could be read."""
    context = recorder.context
    if not context.url().startswith("http"):
        return True
    try:
        top = _ask(context)
        jar = tuple(from_classic(raw) for raw in context.cookies())
    except CommandFailed:
        return False
    recorder.looks.append(_look(top.url, jar, whole=True))
    frames = list(_frames(context))
    recorder.looks.extend(_look(frame.url, _scripts_view(frame), whole=False) for frame in frames)
    recorder.ledger.update([(document.storage, origin_of(top.url)) for document in (top, *frames)])
    return True


def _frames(context: ClassicContext) -> Iterator[_Document]:
    """Yield the frames of the current document, and theirs. Frames that go away, or hold no page, are left out."""
    for number in range(context.frames()):
        try:
            with context.inside(number):
                document = _ask(context)
                if document.url.startswith("http"):
                    yield document
                yield from _frames(context)
        except CommandFailed:
            continue


def _ask(context: ClassicContext) -> _Document:
    reading = json_of(str(context.run(READ % READ_STORAGE.strip())))
    texts = [reading.get(key) for key in ("storage", "cookies", "url")] if isinstance(reading, dict) else [None]
    storage, *rest = [text for text in texts if isinstance(text, str)]
    if len(rest) != 2 or from_json(READING, storage) is None:
        raise CommandFailed("a document's storage", "the page's own scripts have changed the answer")
    return _Document(storage, *rest)


def _look(url: str, cookies: tuple[StoredItem, ...], whole: bool) -> JarReading:
    parts = parts_of(url)
    return JarReading(time.time(), parts.hostname or "", parts.path or "/", cookies, whole)


def _scripts_view(frame: _Document) -> tuple[StoredItem, ...]:
    host = host_of(frame.url)
    return tuple(StoredItem(Kind.COOKIE, host, name, value) for name, value in parse_cookie_header(frame.cookies))
