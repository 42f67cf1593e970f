"""The script that runs in every frame before the page's own: it notes who writes what, and owns the page's time."""

from __future__ import annotations

import json
from pathlib import Path

_FOLDER = Path(__file__).parent / "page"
_PARTS = (
    *("kit", "wall", "arrivals", "notes", "dates", "cookies", "stores"),
    *("signals", "makers", "frameworks", "motion", "pollers", "clock"),
)
_KIT, _WALL, _ARRIVALS, _NOTES, _DATES, _COOKIES, _STORES, _SIGNALS, _MAKERS, _FRAMEWORKS, _MOTION, _POLLERS, _CLOCK = (
    (_FOLDER / f"{part}.js").read_text(encoding="utf-8") for part in _PARTS
)


def preload(handle: str) -> str:
    """Return a function for `Context.add_preload`.

    The `handle` is the name by which the harness reaches its control in a page.
    """
    name = json.dumps(handle)
    return f"""(channel) => {{
if (Object.prototype.hasOwnProperty.call(globalThis, {name})) return;
if (matchMedia("(scripting: none)").matches) return; // no script of the page's will run, and no timer of ours
const kit = ({_KIT})();
const wall = ({_WALL})(kit);
const arrivals = ({_ARRIVALS})(kit);
const notes = ({_NOTES})(kit, wall, arrivals, channel);
({_COOKIES})(kit, ({_DATES})(kit), notes);
({_STORES})(kit, notes, {name});
({_SIGNALS})(kit, notes);
const looks = [({_MAKERS})(kit, notes), ({_FRAMEWORKS})(kit, notes)];
({_CLOCK})(kit, {_MOTION}, wall, arrivals, ({_POLLERS})(kit), () => {{ looks[0](); looks[1](); }}, {name});
}}"""
