"""Which frame belongs to which visitor, and who is told of its events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

EventListener = Callable[[str, dict[str, Any], float], None]

MOVES = ("browsingContext.navigationStarted", "browsingContext.load", "browsingContext.historyUpdated")
"""Events that tell the address of a frame."""


@dataclass(slots=True)
class Frame:
    """A browsing context: a tab's document or a frame in it. `top` is the tab it belongs to.

    `loads` counts the documents that were loaded in it, and the pages that a single-page site has shown in their place.
    """

    id: str
    user_context: str
    top: str
    url: str
    loads: int = 0
    is_loading: bool = False

    def moved(self, method: str, url: str) -> None:
        """Take note of an event that tells the frame's address."""
        is_loaded = method == "browsingContext.load"
        is_turn = method == "browsingContext.historyUpdated" and not self.is_loading and url != self.url
        self.loads += is_loaded or is_turn
        self.is_loading = not is_loaded and (self.is_loading or method == "browsingContext.navigationStarted")
        self.url = url


@dataclass(slots=True)
class EventHub:
    """Hands each event to the visitor whose frame it concerns; events of nobody's frames are dropped.

    Called on the connection's reader thread, so that everything here happens in the browser's own order.
    """

    frames: dict[str, Frame] = field(default_factory=dict)
    listeners: dict[str, EventListener] = field(default_factory=dict)

    def __call__(self, method: str, params: dict[str, Any], arrived: float) -> None:
        """Take one event."""
        if method == "browsingContext.contextCreated":
            self._created(params)
        context = params.get("context") or params.get("source", {}).get("context")
        frame = self.frames.get(context) if context else None
        if frame is None:
            return
        if method in MOVES:
            frame.moved(method, params["url"])
        listener = self.listeners.get(frame.user_context)
        if listener is not None:
            listener(method, params, arrived)
        if method == "browsingContext.contextDestroyed":
            self.frames.pop(frame.id, None)

    def of(self, user_context: str) -> list[Frame]:
        """The frames that this visitor has open at this moment, tabs first."""
        mine = [frame for frame in list(self.frames.values()) if frame.user_context == user_context]
        return sorted(mine, key=lambda frame: frame.id != frame.top)

    def _created(self, params: dict[str, Any]) -> None:
        parent = self.frames.get(params.get("parent") or "")
        identity = params["context"]
        user_context = params.get("userContext") or (parent.user_context if parent else "default")
        self.frames[identity] = Frame(identity, user_context, parent.top if parent else identity, params["url"])
