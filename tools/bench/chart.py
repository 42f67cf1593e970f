"""Draws the figures as SVG: one bar for each contender, in two groups, as a five-second guarantee has another scale."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import drawsvg as draw_svg

from tools.bench.contenders import WAYS

WIDTH, BAR, GAP, LABEL = 640, 22, 12, 236

STYLE = """
text { font: 14px system-ui, sans-serif; fill: #1f2933; }
.head { font-weight: 600; }
.ours { fill: #0b6e75; }
.peer { fill: #9aa5b1; }
@media (prefers-color-scheme: dark) {
  text { fill: #e4e7eb; }
  .ours { fill: #4fb8bf; }
  .peer { fill: #7b8794; }
}
"""

GROUPS = (
    ("Seconds per flow", ("f", "b", "a", "c", "d")),
    ("The same, watching 5 s after each action", ("a5", "c5")),
)


def draw(result: dict[str, Any], file: Path) -> None:
    """Write the picture as SVG."""
    shown = [(title, [key for key in keys if key in result]) for title, keys in GROUPS]
    groups = [(title, keys) for title, keys in shown if keys]
    height = sum(44 + len(keys) * (BAR + GAP) for _, keys in groups)
    drawing = draw_svg.Drawing(WIDTH, height, role="img", aria_label="Seconds per consent flow, for each way")
    drawing.append_css(STYLE)
    top = 0
    for title, keys in groups:
        drawing.append(draw_svg.Text(title, None, 0, top + 20, class_="head"))
        _bars(drawing, {key: float(result[key]) for key in keys}, top + 36)
        top += 44 + len(keys) * (BAR + GAP)
    drawing.save_svg(str(file))


def _bars(drawing: draw_svg.Drawing, seconds: dict[str, float], top: float) -> None:
    ways = {way.key: way for way in WAYS}
    scale = (WIDTH - LABEL - 64) / max(seconds.values())
    for number, (key, value) in enumerate(seconds.items()):
        y = top + number * (BAR + GAP)
        kind = "peer" if ways[key].peer else "ours"
        drawing.append(draw_svg.Text(ways[key].name, None, 0, y + 16))
        drawing.append(draw_svg.Rectangle(LABEL, y, max(2.0, value * scale), BAR, rx=3, class_=kind))
        drawing.append(draw_svg.Text(f"{value:.2f} s", None, LABEL + value * scale + 8, y + 16))
