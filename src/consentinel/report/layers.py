"""The layers of the consent dialog side by side: wide and narrow, light and dark, with what their buttons say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from consentinel.report import links
from consentinel.report.layer_schema import LayerData
from consentinel.report.schema import RunData, ScenarioData

LAYERS = ("banner", "preferences")

SERVES = {
    "accept": "accepts everything",
    "refuse": "refuses everything",
    "preferences": "opens the preferences",
    "save": "saves the preferences",
    "close": "closes without a choice",
}
"""What each button does, in the order of the table."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A layer in one window. `picture` is None where no file of it was kept."""

    scenario: ScenarioData
    data: LayerData
    picture: str | None

    @property
    def window(self) -> str:
        """The window in words, such as `320 px wide, dark`."""
        return f"{self.data['width']} px wide, {'dark' if self.data['dark'] else 'light'}"

    def says(self, name: str) -> str:
        """Return the text of a button; empty where it was not seen."""
        return next((one["label"] for one in self.data["buttons"] if one["name"] == name), "")


@dataclass(frozen=True, slots=True)
class LayerView:
    """One layer in one browser, in each window in which it was looked at, the widest first."""

    browser: str
    layer: str
    sights: tuple[Sight, ...]

    @property
    def words(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What each button does, with its text in each window; a button that shows in none is left out."""
        rows = ((does, tuple(sight.says(name) for sight in self.sights)) for name, does in SERVES.items())
        return tuple((does, texts) for does, texts in rows if any(texts))

    @property
    def missing(self) -> tuple[str, ...]:
        """The windows of which nothing was seen, in words."""
        seen = {(one.data["width"] > NARROW, one.data["dark"]) for one in self.sights}
        wanted = {(wide, dark): _named(wide, dark) for wide in (True, False) for dark in (False, True)}
        return tuple(words for which, words in wanted.items() if which not in seen)


NARROW = 320
"""The width, in CSS pixels, up to which a window is narrow (WCAG 2.2, success criterion 1.4.10)."""


def layers_of(run: RunData, folder: Path) -> tuple[LayerView, ...]:
    """Return each layer in each browser that a run looked at; none where it did not. `folder` holds the pictures."""
    found: dict[tuple[str, str], dict[tuple[int, bool], Sight]] = {}
    for scenario, data in _looked_at(run):
        where = found.setdefault((scenario["browser"], data["layer"]), {})
        picture = data["picture"] if links.inside(data["picture"]) and (folder / data["picture"]).is_file() else None
        window = (-data["width"], data["dark"])
        if window not in where or (picture and not where[window].picture):
            where[window] = Sight(scenario, data, picture)
    order = sorted(found, key=lambda one: (one[0], LAYERS.index(one[1])))
    return tuple(LayerView(*key, tuple(found[key][window] for window in sorted(found[key]))) for key in order)


def _looked_at(run: RunData) -> Iterator[tuple[ScenarioData, LayerData]]:
    for scenario in run["scenarios"]:
        for data in scenario.get("layers", []):
            if data["layer"] in LAYERS:
                yield scenario, data


def _named(wide: bool, dark: bool) -> str:
    return f"{'a wide window' if wide else 'a narrow one'} in {'dark' if dark else 'light'} colours"
