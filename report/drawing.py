"""The picture of a timeline: what the visitor did, what was written and sent by party, and what was allowed meanwhile.

Drawn by drawsvg as SVG inside the page, coloured by the page's own style sheet, so that it follows light and dark.
drawsvg escapes text but no attribute: every attribute here is a number or a word of our own. What marks say is escaped
here, since they are handed to drawsvg as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import drawsvg
from markupsafe import escape

from report.inventory import UNDECLARED
from report.schema import ScenarioData
from report.text import count, plain, seconds
from report.timeline import Event, Timeline

WIDTH = 960
GUTTER = 188
RIGHT = 12
LANE = 40
BAND = 20
ROW = 17
ROWS = 3
CELL = 8
"""Marks of one lane that would lie this close, in pixels, become one: hundreds of events stay readable."""

_LETTER = 6.1
_UNKNOWN = "unknown"
_LABEL = "Timeline; the list below it holds the same"
_LANES = (UNDECLARED, "social", "advertising", "analytics", "functionality", _UNKNOWN)
_MOST_LANES = 9
_NAMES = 5
_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 3600)


@dataclass(frozen=True, slots=True)
class Parties:
    """Which party and category a host has: as the verdicts saw it, or else by its name beside the site's own."""

    base_url: str
    known: Mapping[str, tuple[str, str]]

    def of(self, host: str) -> tuple[str, str]:
        """The host's party and category; of a third party that no verdict looked at the category is unknown."""
        found = self.known.get(host)
        if found:
            return found
        site = (urlsplit(self.base_url).hostname or "").removeprefix("www.")
        if site and (host == site or host.endswith(f".{site}")):
            return "first", "functionality"
        return "third", _UNKNOWN


@dataclass(frozen=True, slots=True)
class _Lane:
    """A row of the picture. `party` is what its second line says."""

    label: str
    party: str
    category: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class _Axis:
    """Maps moments in seconds since the epoch to pixels."""

    start: float
    end: float

    def x(self, at: float) -> float:
        share = (at - self.start) / (self.end - self.start)
        return round(GUTTER + min(max(share, 0.0), 1.0) * (WIDTH - GUTTER - RIGHT), 1)


def draw(timeline: Timeline, scenario: ScenarioData, parties: Parties) -> str:
    """The timeline as an SVG element. Times are shown in seconds after the scenario's start."""
    axis = _axis(timeline, scenario)
    lanes = _lanes(timeline.of("request", "write"), parties)
    top = BAND + ROWS * ROW + 6
    bottom = top + LANE * max(len(lanes), 1)
    picture = drawsvg.Drawing(WIDTH, bottom + 24, class_="timeline", role="img", aria_label=_LABEL)
    parts: list[Iterable[drawsvg.DrawingElement]] = [
        _bands(timeline, axis, bottom),
        _grid(axis, scenario["started"], top, bottom),
        _actions(timeline.of("action"), axis, bottom),
        *(_lane(lane, axis, top + LANE * row) for row, lane in enumerate(lanes)),
    ]
    for part in parts:
        picture.extend(part)
    svg: str = picture.as_svg(header="", skip_js=True, skip_css=True)
    return svg


def _axis(timeline: Timeline, scenario: ScenarioData) -> _Axis:
    moments = [event.at for event in timeline.events]
    start = min([scenario["started"], *moments])
    end = max([scenario["started"] + scenario["seconds"], *moments])
    return _Axis(start, max(end, start + 0.1))


def _bands(timeline: Timeline, axis: _Axis, bottom: float) -> Iterator[drawsvg.DrawingElement]:
    """The consent state as background, from each choice to the next."""
    choices = [(axis.start, "before any choice")]
    for event in timeline.of("choice"):
        if event.name != choices[-1][1]:
            choices.append((event.at, event.name))
    ends = [*(at for at, _ in choices[1:]), axis.end]
    for (at, words), end in zip(choices, ends, strict=True):
        left, width = axis.x(at), axis.x(end) - axis.x(at)
        if width > 0:
            yield drawsvg.Rectangle(left, 0, width, bottom, class_=f"band {_band(words)}")
        if width > 40:
            yield drawsvg.Text(_fitted(words, width - 8), 11, left + 5, 14, class_="band-label")


def _band(words: str) -> str:
    return {"before any choice": "unasked", "all refused": "refused"}.get(words, "granted")


def _grid(axis: _Axis, zero: float, top: float, bottom: float) -> Iterator[drawsvg.DrawingElement]:
    span = axis.end - axis.start
    step = next((step for step in _STEPS if span / step <= 10), span / 10)
    offset = 0.0
    while zero + offset <= axis.end:
        x = axis.x(zero + offset)
        yield drawsvg.Line(x, top, x, bottom, class_="grid")
        anchor = "end" if x > WIDTH - 40 else "middle"
        yield drawsvg.Text(f"{offset:g} s", 11, x, bottom + 15, text_anchor=anchor, class_="tick")
        offset = round(offset + step, 6)


def _actions(actions: tuple[Event, ...], axis: _Axis, bottom: float) -> Iterator[drawsvg.DrawingElement]:
    """Each action's number, and its words where there is room for them in one of the rows."""
    free = [0.0] * ROWS
    for number, action in enumerate(actions, start=1):
        x = axis.x(action.at)
        words = plain(f"{number} {action.name}", 60)
        row, before = _place(free, x, _LETTER * len(words) + 6)
        shown = words if before else _fitted(words if free[row] <= x else str(number), WIDTH - x - 6)
        y = BAND + ROW * row + 12
        yield drawsvg.Line(x, y - 9, x, bottom, class_="action")
        anchor = "end" if before else "start"
        label = drawsvg.Text(shown, 11, x - 3 if before else x + 3, y, text_anchor=anchor, class_="action-label")
        label.append_title(f"{number}. {plain(action.name)}")
        yield label
        free[row] = x if before else x + _LETTER * len(shown) + 10


def _place(free: list[float], x: float, width: float) -> tuple[int, bool]:
    """The row for a label of that width, and whether it stands before its line, for want of room behind it."""
    if x + width > WIDTH:
        for row in range(ROWS):
            if free[row] <= x - width:
                return row, True
    return min(range(ROWS), key=lambda row: max(free[row], x)), False


def _lane(lane: _Lane, axis: _Axis, y: float) -> Iterator[drawsvg.DrawingElement]:
    yield drawsvg.Line(0, y + LANE, WIDTH, y + LANE, class_="lane")
    yield drawsvg.Text(_fitted(lane.label, GUTTER - 12), 12, 0, y + 17, class_="lane-label")
    yield drawsvg.Text(lane.party, 10.5, 0, y + 31, class_=f"lane-party c-{lane.category}")
    marks = [*_marks(lane, axis, "request", "circle", y + 14), *_marks(lane, axis, "write", "rect", y + 28)]
    # One element for all of them: drawsvg walks each of its own several times, and there may be hundreds.
    yield drawsvg.Raw("\n".join(marks))


def _marks(lane: _Lane, axis: _Axis, what: str, tag: str, y: float) -> Iterator[str]:
    cells: dict[int, list[Event]] = {}
    for event in lane.events:
        if event.what == what:
            cells.setdefault(int(axis.x(event.at) / CELL), []).append(event)
    for events in cells.values():
        place = _SHAPES[tag](axis.x(events[0].at), y, min(3.5 + 0.6 * (len(events) - 1), 6.5))
        told = escape(_told(events, axis.start))
        yield f'<{tag} {place} class="{what} c-{lane.category}"><title>{told}</title></{tag}>'


def _dot(x: float, y: float, radius: float) -> str:
    return f'cx="{x}" cy="{y}" r="{radius:.1f}"'


def _square(x: float, y: float, radius: float) -> str:
    side = round(radius * 1.8, 1)
    return f'x="{x - side / 2:.1f}" y="{y - side / 2:.1f}" width="{side}" height="{side}"'


_SHAPES: Mapping[str, Callable[[float, float, float], str]] = {"circle": _dot, "rect": _square}


def _told(events: list[Event], start: float) -> str:
    head = f"{seconds(events[0].at - start)}: {count(len(events), events[0].what)}"
    lines = [f"{plain(event.name, 90)} ({plain(event.detail, 60)})" for event in events[:_NAMES]]
    return "\n".join([head, *lines, *(["…"] if len(events) > _NAMES else [])])


def _lanes(events: tuple[Event, ...], parties: Parties) -> list[_Lane]:
    """First parties in one lane, then a lane per third party by category; what does not fit shares the last."""
    first: list[Event] = []
    third: dict[tuple[str, str], list[Event]] = {}
    for event in events:
        party, category = parties.of(event.host)
        if party == "first":
            first.append(event)
        else:
            third.setdefault((category, event.host), []).append(event)
    lanes = [_Lane("The site", "first party", "functionality", tuple(first))] if first else []
    for category, host in sorted(third, key=_rank):
        party = "third party" if category == _UNKNOWN else f"{category}, third party"
        lanes.append(_Lane(plain(host, 80) or "(no host)", party, category, tuple(third[category, host])))
    return lanes if len(lanes) <= _MOST_LANES else [*lanes[: _MOST_LANES - 1], _others(lanes[_MOST_LANES - 1 :])]


def _rank(key: tuple[str, str]) -> tuple[int, str]:
    category, host = key
    return _LANES.index(category), host


def _others(lanes: list[_Lane]) -> _Lane:
    events = tuple(event for lane in lanes for event in lane.events)
    return _Lane(f"{count(len(lanes), 'more host')}", "third parties", _UNKNOWN, events)


def _fitted(words: str, width: float) -> str:
    room = max(int(width / _LETTER), 1)
    return words if len(words) <= room else f"{words[: room - 1]}…"
