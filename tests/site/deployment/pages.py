"""The pages that every site has, with its manager's own part."""

from __future__ import annotations

from pathlib import Path

from starlette.templating import Jinja2Templates

from tests.site.deployment import hosts

TEMPLATES = Jinja2Templates(Path(__file__).with_name("templates"))

PAGES = {
    "/": ("home", "Tea, slowly"),
    "/articles/water": ("article", "Water first"),
    "/articles/leaves": ("article", "Whole leaves"),
    "/articles/time": ("article", "Three minutes"),
    "/cookies": ("policy", "Cookies"),
    "/legal": ("legal", "Legal information"),
}


def render(place: hosts.Place, path: str, port: int, **more: object) -> tuple[int, str]:
    """The status and the text of a page of a site; `more` is what its manager's own part of the page shows."""
    kind, title = PAGES.get(path, ("error", "Not found"))
    values = {
        "kind": kind,
        "title": title,
        "manager": place.manager,
        "manners": place.manners,
        "port": port,
        "hosts": hosts,
        **more,
    }
    return (404 if kind == "error" else 200), TEMPLATES.get_template("page.html").render(values)
