"""The layers of the dialog, side by side on a page of the report."""

from __future__ import annotations

from pathlib import Path

from consentinel.report.layer_schema import LayerData
from consentinel.report.layers import layers_of
from consentinel.report.pages import pages
from consentinel.report.trend import Trends
from tests.report.builders import run, scenario

WORDS = {"accept": "Accept all", "refuse": "Refuse all"}


def layer(name: str = "banner", width: int = 1280, dark: bool = False, picture: str = "", **words: str) -> LayerData:
    said = [{"name": one, "label": label} for one, label in (words or WORDS).items()]
    return LayerData(layer=name, width=width, height=800, dark=dark, buttons=said, picture=picture)  # type: ignore[typeddict-item]


def page(folder: Path, *layers: LayerData, trends: Trends = {}) -> str:  # noqa: B006 - never changed
    made = dict(pages(run(scenario("passed", layers=list(layers))), folder, trends))
    return made.get("layers.html", "")


def test_each_layer_stands_in_every_window_the_widest_first(tmp_path: Path) -> None:
    data = [layer(width=320, dark=True), layer("preferences"), layer(width=320), layer(dark=True), layer()]
    (banner, preferences) = layers_of(run(scenario("passed", layers=data)), tmp_path)
    assert [one.window for one in banner.sights] == [
        "1280 px wide, light",
        "1280 px wide, dark",
        "320 px wide, light",
        "320 px wide, dark",
    ]
    assert banner.missing == ()
    assert preferences.missing == (
        "a wide window in dark colours",
        "a narrow one in light colours",
        "a narrow one in dark colours",
    )


def test_the_words_of_a_button_stand_side_by_side(tmp_path: Path) -> None:
    html = page(tmp_path, layer(), layer(width=320, accept="OK"))
    assert "accepts everything</th><td>“<bdi>Accept all</bdi>”</td><td>“<bdi>OK</bdi>”</td>" in html
    assert "refuses everything</th><td>“<bdi>Refuse all</bdi>”</td><td>" in html
    assert "not seen here" in html
    assert "saves the preferences" not in html


def test_a_picture_that_was_kept_is_shown_and_one_that_was_seen_later_takes_the_place_of_none(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "one.jpg").write_bytes(b"")
    html = page(tmp_path, layer(picture="pictures/gone.jpg"), layer(picture="pictures/one.jpg"))
    assert html.count('<img src="pictures/one.jpg"') == 1
    assert "gone.jpg" not in html
    assert "No picture was kept" in page(tmp_path, layer(picture="../outside.jpg"))


def test_what_a_site_writes_on_its_buttons_is_harmless(tmp_path: Path) -> None:
    html = page(tmp_path, layer(accept="<script>alert(1)</script>"))
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_a_run_that_looked_at_no_dialog_has_no_such_page(tmp_path: Path) -> None:
    assert page(tmp_path) == ""
    made = dict(pages(run(scenario()), tmp_path, {}))
    assert "layers.html" not in made["index.html"]
