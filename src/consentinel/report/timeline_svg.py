"""Draws a timeline as SVG: the visitor's actions, writes and requests by party, and the consent state.

Drawn by drawsvg as SVG inside the page, coloured by the page's own style sheet, so that it follows light and dark.
drawsvg escapes text but no attribute: every attribute here is a number or a word of our own. What marks say is escaped
here, since they are handed to drawsvg as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import drawsvg
from markupsafe import escape

from consentinel.evidence.guarded import host_of, is_within
from consentinel.report.inventory import UNDECLARED
from consentinel.report.schema import ScenarioData
from consentinel.report.text import choice, count, plain, seconds
from consentinel.report.timeline import Event, Timeline

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
_OWN = "own"
"""In place of any category that a policy has under a name of its own."""
_LABEL = "Timeline; the list below it holds the same"
_LANES = (UNDECLARED, "social", "advertising", "analytics", _OWN, "functionality", _UNKNOWN)
_MOST_LANES = 9
_NAMES = 5
_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 3600)


@dataclass(frozen=True, slots=True)
class Parties:
    """Which party and category a host has: as the verdicts saw it, or else by its name beside the site's own."""

    base_url: str
    known: Mapping[str, tuple[str, str]]

    def of(self, host: str) -> tuple[str, str]:
        """Return the host's party and category; of a third party that no verdict looked at the category is unknown."""
        found = self.known.get(host)
        if found:
            return found
        site = host_of(self.base_url).removeprefix("www.")
        if site and is_within(host, site):
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
    width: int

    def x(self, at: float) -> float:
        place = GUTTER + (at - self.start) / (self.end - self.start) * (self.width - GUTTER - RIGHT)
        return round(min(max(place, GUTTER), self.width - RIGHT), 1)


def draw(
    timeline: Timeline, scenario: ScenarioData, parties: Parties, *, width: int = WIDTH, span_s: float = 0.1
) -> str:
    """Return the timeline as an SVG element. Times are shown in seconds after the scenario's start.

    `width` in pixels; `span_s` is how many seconds it shows at least, so that two pictures have one scale.
    """
    axis = _axis(timeline, scenario, width, span_s)
    lanes = _lanes(timeline.of("request", "write"), parties)
    top = BAND + ROWS * ROW + 6
    bottom = top + LANE * max(len(lanes), 1)
    picture = drawsvg.Drawing(width, bottom + 24, class_="timeline", role="img", aria_label=_LABEL)
    parts: list[Iterable[drawsvg.DrawingElement]] = [
        _bands(timeline, axis, bottom),
        [_grid(axis, scenario["started"], top, bottom)],
        _actions(timeline.of("action"), axis, bottom),
        [_lane(lane, axis, top + LANE * row) for row, lane in enumerate(lanes)],
    ]
    for part in parts:
        picture.extend(part)
    svg: str = picture.as_svg(header="", skip_js=True, skip_css=True)
    return svg


def _axis(timeline: Timeline, scenario: ScenarioData, width: int, span_s: float) -> _Axis:
    moments = [event.at for event in timeline.events]
    start = min([scenario["started"], *moments])
    end = max([scenario["started"] + scenario["seconds"], *moments])
    return _Axis(start, max(end, start + span_s), width)


def _bands(timeline: Timeline, axis: _Axis, bottom: float) -> Iterator[drawsvg.DrawingElement]:
    """Yield the consent state as background, from each choice to the next."""
    choices = [Event(axis.start, "choice", "", choice(None))]
    for event in timeline.of("choice"):
        if event.name != choices[-1].name:
            choices.append(event)
    ends = [*(event.at for event in choices[1:]), axis.end]
    for chosen, end in zip(choices, ends, strict=True):
        left, width = axis.x(chosen.at), axis.x(end) - axis.x(chosen.at)
        if width > 0:
            yield drawsvg.Rectangle(left, 0, width, bottom, class_=f"band {chosen.consent}")
        if width > 40:
            yield drawsvg.Text(_fitted(chosen.name, width - 8), 11, left + 5, 14, class_="band-label")


def _grid(axis: _Axis, zero: float, top: float, bottom: float) -> drawsvg.DrawingElement:
    """Return the lines of the seconds and their numbers, as one element: drawsvg walks each several times."""
    span = axis.end - axis.start
    step = next((step for step in _STEPS if span / step <= 10), span / 10)
    lines, numbers, offset = [], [], 0.0
    while zero + offset <= axis.end:
        x = axis.x(zero + offset)
        anchor = "end" if x > axis.width - 40 else "middle"
        lines.append(f"M{x},{top} V{bottom}")
        numbers.append(f'<text x="{x}" y="{bottom + 15}" text-anchor="{anchor}" class="tick">{offset:g} s</text>')
        offset = round(offset + step, 6)
    return drawsvg.Raw("\n".join([f'<path d="{" ".join(lines)}" class="grid"/>', *numbers]))


def _actions(actions: tuple[Event, ...], axis: _Axis, bottom: float) -> Iterator[drawsvg.DrawingElement]:
    """Yield each action's number, and its words where there is room for them in one of the rows."""
    free = [0.0] * ROWS
    lines = drawsvg.Path(class_="action")
    for number, action in enumerate(actions, start=1):
        x = axis.x(action.at)
        words = plain(f"{number} {action.name}", 60)
        row, before = _place(free, x, _LETTER * len(words) + 6, axis.width)
        shown = words if before else _fitted(words if free[row] <= x else str(number), axis.width - x - 6)
        y = BAND + ROW * row + 12
        lines.M(x, y - 9).V(bottom)
        anchor = "end" if before else "start"
        label = drawsvg.Text(shown, 11, x - 3 if before else x + 3, y, text_anchor=anchor, class_="action-label")
        label.append_title(f"{number}. {plain(action.name)}")
        yield label
        free[row] = x if before else x + _LETTER * len(shown) + 10
    if actions:
        yield lines


def _place(free: list[float], x: float, width: float, room: float) -> tuple[int, bool]:
    """Return the row for a label of that width, and whether it stands before its line, for want of room behind it."""
    if x + width > room:
        for row in range(ROWS):
            if free[row] <= x - width:
                return row, True
    return min(range(ROWS), key=lambda row: max(free[row], x)), False


def _lane(lane: _Lane, axis: _Axis, y: float) -> drawsvg.DrawingElement:
    """Return a lane as one element: there may be hundreds of marks in it."""
    label = escape(_fitted(lane.label, GUTTER - 12))
    parts = [
        f'<path d="M0,{y + LANE} H{axis.width}" class="lane"/>',
        f'<text x="0" y="{y + 17}" font-size="12" class="lane-label">{label}</text>',
        f'<text x="0" y="{y + 31}" font-size="10.5" class="lane-party c-{lane.category}">{lane.party}</text>',
        *_marks(lane, axis, "request", "circle", y + 14),
        *_marks(lane, axis, "write", "rect", y + 28),
    ]
    return drawsvg.Raw("\n".join(parts))


def _marks(lane: _Lane, axis: _Axis, what: str, tag: str, y: float) -> Iterator[str]:
    cells: dict[int, tuple[float, list[Event]]] = {}
    for event in lane.events:
        if event.what == what:
            x = axis.x(event.at)
            cells.setdefault(int(x / CELL), (x, []))[1].append(event)
    shape, end = _SHAPES[tag], f"</title></{tag}>"
    begin, middle = f"<{tag} ", f' class="{what} c-{lane.category}"><title>'
    for x, events in cells.values():
        yield f"{begin}{shape(x, y, len(events))}{middle}{_title(events, axis.start)}{end}"


def _dot(x: float, y: float, events: int) -> str:
    return f'cx="{x}" cy="{y}" r="{_RADII[min(events, len(_RADII)) - 1]}"'


def _square(x: float, y: float, events: int) -> str:
    side = _SIDES[min(events, len(_SIDES)) - 1]
    return f'x="{x - side / 2:.1f}" y="{y - side / 2:.1f}" width="{side}" height="{side}"'


_RADII = (3.5, 4.1, 4.7, 5.3, 5.9, 6.5)
_SIDES = (6.3, 7.4, 8.5, 9.5, 10.6, 11.7)
"""How large a mark is, in pixels, that stands for one event, two, and so on; the last for all that are more."""
_SHAPES: Mapping[str, Callable[[float, float, int], str]] = {"circle": _dot, "rect": _square}


def _title(events: list[Event], start: float) -> str:
    """Return a mark's tooltip, escaped."""
    first, when = events[0], seconds(events[0].at - start)
    if len(events) == 1:
        return f"{when}: 1 {first.what}\n{_line(first.name, first.detail)}"
    lines = [_line(event.name, event.detail) for event in events[:_NAMES]]
    more = ["…"] if len(events) > _NAMES else []
    return "\n".join([f"{when}: {count(len(events), first.what)}", *lines, *more])


@lru_cache(maxsize=16_384)
def _line(name: str, detail: str) -> str:
    """Return an event of a mark, escaped; hundreds of scenarios have the same."""
    return escape(f"{plain(name, 90)} ({plain(detail, 60)})")


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


def _rank(key: tuple[str, str]) -> tuple[int, str, str]:
    """Return where a category and host stand in the picture: undeclared hosts first, unknown ones last."""
    category, host = key
    return _LANES.index(category if category in _LANES else _OWN), category, host


def _others(lanes: list[_Lane]) -> _Lane:
    """Join the lanes for which there is no room."""
    events = tuple(event for lane in lanes for event in lane.events)
    return _Lane(f"{count(len(lanes), 'more host')}", "third parties", _UNKNOWN, events)


def _fitted(words: str, width: float) -> str:
    """Return as many of the words as a width in pixels has room for, with an ellipsis where some are left out."""
    room = max(int(width / _LETTER), 1)
    return words if len(words) <= room else f"{words[: room - 1]}…"
