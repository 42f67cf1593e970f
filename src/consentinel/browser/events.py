"""Dispatch of BiDi events: which frame belongs to which visitor, and which listener receives its events."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

SPOKEN = "goog:cdp.Runtime.consoleAPICalled"
"""Chromium's own event of a message on the console, which leaves the page at once and outlives it."""

INTERCEPTED = "goog:cdp.Page.navigatedWithinDocument"
"""Chromium's own event of a document that has got another address. BiDi leaves out those of a page that intercepts a
navigation (HTML, section 7.2.6.10.4) and shows the other page itself."""

DESTROYED = "browsingContext.contextDestroyed"
"""The event that a frame is gone."""

REALM = "script.realmCreated"
"""The event that scripts can run in a frame's document."""

FAILED = "browsingContext.navigationFailed"
"""The event that a document did not come, as that of an `object` element whose address answers with an error."""

DOWNLOADS = "browsingContext.downloadWillBegin"
"""Firefox's event that a download comes in the place of a document."""

DEAD_ENDS = (FAILED, DOWNLOADS)
"""The events that a document does not come."""

UNREAD = "consentinel.unread"
"""An event of the harness: the `event` of that name could not be read, because of `error`."""

EventListener = Callable[[str, dict[str, Any]], None]

TURNS = ("browsingContext.historyUpdated", "browsingContext.fragmentNavigated")
"""Events by which a single-page site may show another page in the place of one."""

MOVES = ("browsingContext.navigationStarted", "browsingContext.load", *TURNS)
"""Events that carry the address of a frame."""

DOCUMENTS = ("http:", "https:", "about:", "blob:", "data:", "file:", "chrome-error:")
"""The schemes of addresses from which a document may come. Others open an app, such as `tel:`; the page stays."""

_OF_FRAMES = ("browsingContext.", "network.", "script.message")
"""The prefixes of events that name the frame they concern."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Frame:
    """A browsing context: a tab's document or a frame in it. `top` is the tab it belongs to, `parent` what holds it.

    `loads` counts the documents that were loaded in it, and the pages that a single-page site has shown in their place.
    `has_realm` is false while no script can run in it or be reached. The first page of a popup may take over the window
    and the realm of its empty document; Chromium's BiDi then reports no new realm. `is_mute` is true of a popup that
    answers nothing.
    """

    id: str
    user_context: str
    top: str
    url: str
    parent: str = ""
    loads: int = 0
    is_loading: bool = False
    has_realm: bool = True
    is_popup: bool = False
    is_mute: bool = False
    coming: str = field(default="", compare=False, repr=False)
    """The navigation that began last."""

    @property
    def answers(self) -> bool:
        """Whether it can run a script now. A frame that waits to be scrolled into view, for example, never answers."""
        return (self.has_realm or self.is_loading or self.is_popup) and not self.is_mute

    @property
    def is_out_of_reach(self) -> bool:
        """Whether Chromium's BiDi may never answer for it, although scripts run in it."""
        return self.is_popup and not self.has_realm

    def moved(self, method: str, url: str) -> None:
        """Record an event that carries the frame's address."""
        is_loaded = method == "browsingContext.load"
        is_turn = method in TURNS and not self.is_loading and url != self.url
        self.loads += is_loaded or is_turn
        self.is_mute = self.is_mute and not is_loaded
        self.is_loading = not is_loaded and (self.is_loading or method == "browsingContext.navigationStarted")
        self.url = url

    def turned(self, url: str) -> None:
        """Record that the page has intercepted a navigation, and shows another page in its own place."""
        self.loads, self.is_loading, self.url = self.loads + 1, False, url

    def gets_realm(self, *, sandbox: bool) -> None:
        """Record that scripts can run. A popup's sandbox is made by the harness, and says nothing of its page."""
        if not (sandbox and self.is_popup):
            self.has_realm, self.is_mute = True, False

    def begins(self, navigation: object, *, is_page: bool) -> None:
        """Record which navigation has begun. One that brings no page opens another app, and a page stays as it is."""
        if is_page or self.is_popup:
            self.coming = str(navigation)
            self.has_realm, self.is_mute = self.has_realm and not self.is_popup, False
        if self.is_popup and not is_page:
            self.failed(navigation)

    def failed(self, navigation: object) -> None:
        """Record that a document does not come. Where another one has been asked for since, that one is still awaited.

        An empty frame then has no document at all. A tab keeps what it showed; a popup that showed nothing stays empty.
        """
        if self.parent or self.coming == str(navigation):
            self.is_loading = False
            self.is_mute = self.is_out_of_reach and not self.loads


@dataclass(slots=True)
class EventHub:
    """Passes each event to the visitor whose frame it concerns; an event of an unknown frame is dropped.

    It runs on the connection's reader thread, in the browser's own order.
    """

    frames: dict[str, Frame] = field(default_factory=dict)
    listeners: dict[str, EventListener] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)
    """Whose channel each name is that Chromium's pages speak to the harness by."""
    successors: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The tabs that a page shown ahead took over, each with the tab that the page brought along and whose both are."""
    hears_of_realms: bool = False
    """Whether the browser reports each realm."""

    def __call__(self, method: str, params: dict[str, Any]) -> None:
        """Handle one event. If it cannot be read, every visitor receives UNREAD, for it may be anybody's."""
        try:
            self._take(method, params)
        except Exception as error:
            log.exception("%s could not be read", method)
            self.unread(method, error)

    def unread(self, event: str, error: Exception) -> None:
        """Send UNREAD to every visitor."""
        for listener in list(self.listeners.values()):
            _tell_unread(listener, event, error)

    def _take(self, method: str, params: dict[str, Any]) -> None:
        if method == SPOKEN:
            self._spoken(params["params"]["args"])
            return
        if method == INTERCEPTED:
            self._turned(params["params"])
            return
        if method == "browsingContext.contextCreated":
            self._created(params)
        context = _context_in(method, params)
        frame = self.frames.get(context) if context else None
        if frame is None:
            return
        if method == DESTROYED:
            self._destroyed(frame)
            return
        if method == REALM:
            frame.gets_realm(sandbox=bool(params.get("sandbox")))
            return
        if method in DEAD_ENDS:
            frame.failed(params.get("navigation"))
        elif method == "browsingContext.navigationStarted":
            frame.begins(params.get("navigation"), is_page=not _opens_an_app(method, params))
        if method in MOVES and not _opens_an_app(method, params):
            url = params.get("url")
            # Firefox leaves the address out if the page asks whether to stay; the load event then carries it.
            frame.moved(method, url if isinstance(url, str) else frame.url)
            if not isinstance(url, str) and method != "browsingContext.navigationStarted":
                self._tell(frame, UNREAD, {"event": method, "error": "url is no text"})
        self._tell(frame, method, params)

    def forget(self, user_context: str) -> None:
        """Send no further event to this visitor."""
        self.listeners.pop(user_context, None)
        self.channels = {name: whose for name, whose in self.channels.items() if whose != user_context}
        self.successors = {tab: heir for tab, heir in self.successors.items() if heir[1] != user_context}

    def keep_only(self, reported: Sequence[Frame], tree: list[dict[str, Any]]) -> None:
        """Remove the reported frames that are not in the tree, the `contexts` of BiDi's `browsingContext.getTree`."""
        there = set(_contexts_in(tree))
        for frame in reported:
            if frame.id not in there and frame.id in self.frames:
                self._destroyed(frame)

    def _destroyed(self, frame: Frame) -> None:
        """Remove a frame, and first the frames in it: Chromium may report the outer one alone."""
        for inner in [one for one in self.frames.values() if one.parent == frame.id]:
            self._destroyed(inner)
        self._hand_over(frame)
        self._tell(frame, DESTROYED, {"context": frame.id})
        self.frames.pop(frame.id, None)

    def _tell(self, frame: Frame, method: str, params: dict[str, Any]) -> None:
        listener = self.listeners.get(frame.user_context)
        if listener is not None:
            _tell(listener, method, params)

    def _turned(self, said: dict[str, Any]) -> None:
        frame = self.frames.get(said["frameId"]) if said["navigationType"] == "other" else None
        if frame is not None:
            frame.turned(str(said["url"]))
            self._tell(frame, TURNS[0], {"context": frame.id, "url": frame.url})

    def _spoken(self, said: list[dict[str, Any]]) -> None:
        if not isinstance(said, list):
            raise TypeError("args is no list")
        channel = said[0].get("value") if said and isinstance(said[0], dict) else None
        visitor = self.channels.get(channel) if isinstance(channel, str) else None
        listener = self.listeners.get(visitor) if visitor else None
        if listener is not None:
            data = said[1] if len(said) > 1 else {}
            _tell(listener, "script.message", {"channel": channel, "data": data, "source": {"context": ""}})

    def current(self, tab: str) -> str:
        """Return the tab that shows what a visitor looks at, once they looked at this one."""
        while tab in self.successors:
            tab, _ = self.successors[tab]
        return tab

    def _hand_over(self, frame: Frame) -> None:
        """Let the page that was shown ahead take over the tab that goes to its address, as Chromium does."""
        if not (frame.id == frame.top and frame.is_loading and frame.user_context in self.listeners):
            return
        for heir in self.of(frame.user_context):
            if heir.id == heir.top != frame.id and heir.url == frame.url and not heir.is_popup:
                self.successors[frame.id] = heir.id, frame.user_context
                heir.loads += frame.loads
                return

    def of(self, user_context: str) -> list[Frame]:
        """Return the frames that this visitor has open at this moment, tabs first."""
        mine = [frame for frame in list(self.frames.values()) if frame.user_context == user_context]
        return sorted(mine, key=lambda frame: frame.id != frame.top)

    def _created(self, params: dict[str, Any]) -> None:
        identity, url = str(params["context"]), params.get("url")
        parent = self.frames.get(params.get("parent") or "")
        user_context = params.get("userContext") or (parent.user_context if parent else "default")
        top, above = (parent.top, parent.id) if parent else (identity, "")
        frame = self.frames[identity] = Frame(identity, user_context, top, url if isinstance(url, str) else "", above)
        if self.hears_of_realms:
            frame.has_realm = parent is None
            frame.is_popup = bool(params.get("originalOpener"))
        if not all(isinstance(text, str) for text in (url, user_context, params.get("parent") or "")):
            raise TypeError("url, userContext or parent is no text")


def _contexts_in(tree: list[dict[str, Any]]) -> Iterator[str]:
    for one in tree:
        yield one["context"]
        yield from _contexts_in(one.get("children") or [])


def _opens_an_app(method: str, params: dict[str, Any]) -> bool:
    url = params.get("url")
    return method == "browsingContext.navigationStarted" and isinstance(url, str) and not url.startswith(DOCUMENTS)


def _context_in(method: str, params: dict[str, Any]) -> str | None:
    """Return the frame that an event concerns, or None if it concerns none. Raises TypeError if it does not say."""
    where = params["source"] if method == "script.message" else params
    context = where.get("context")
    if isinstance(context, str):
        return context
    of_no_frame = method.startswith("network.") and "context" in where  # a request of a worker, say
    if context is not None or (method.startswith(_OF_FRAMES) and not of_no_frame):
        raise TypeError("context is no text")
    return None


def _tell(listener: EventListener, method: str, params: dict[str, Any]) -> None:
    """Call one visitor's listener. If it fails, only this visitor's evidence suffers."""
    try:
        listener(method, params)
    except Exception as error:
        log.exception("%s could not be read", method)
        _tell_unread(listener, method, error)


def _tell_unread(listener: EventListener, event: str, error: Exception) -> None:
    message = f"{type(error).__name__}: {error}"
    try:
        listener(UNREAD, {"event": event, "error": message})
    except Exception:
        log.exception("a listener failed on the report that %s could not be read", event)
