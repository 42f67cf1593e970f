"""Which frame belongs to which visitor, and who is told of its events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

EventListener = Callable[[str, dict[str, Any], float], None]


@dataclass(slots=True)
class Frame:
    """A browsing context: a tab's document or a frame in it. `top` is the tab it belongs to.

    `loads` counts the documents that were loaded in it.
    """

    id: str
    user_context: str
    top: str
    url: str
    loads: int = 0


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
        if method in ("browsingContext.navigationStarted", "browsingContext.load"):
            frame.url = params["url"]
            frame.loads += method == "browsingContext.load"
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
