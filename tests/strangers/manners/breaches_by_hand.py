"""Shops whose one fault shows when a visitor uses a part of a page: unfolds it, marks it, searches, prints."""

from __future__ import annotations

from tests.strangers.manners.breach import URL, Breach

USED = "opened_and_looked_up"
TELL = f"if (chosen()) navigator.sendBeacon('{URL}/used');"
AGREE = 'if (!chosen()) decide("all");'

FOLDED = "<details><summary>Delivery</summary><p>Two days.</p></details>"
MENU = """<nav><button type="button" id="more" aria-expanded="false" aria-controls="list">More</button>
<ul id="list" hidden><li>Gifts</li></ul></nav>"""
TABS = """<div role="tablist"><button role="tab" aria-selected="true">Text</button>
<button role="tab" aria-selected="false" id="second">Facts</button></div>"""
SEARCH = '<form action="/cookies" role="search"><input name="q" aria-label="Search"><button>Search</button></form>'


class OnUnfolding(Breach):
    """Tells the counter of whoever has refused that they have unfolded a part of the page."""

    late = f"document.addEventListener('toggle', () => {{ {TELL} }}, true);"
    seen_in = USED

    def main(self, path: str) -> str:
        return super().main(path) + FOLDED


class OnMenuOpened(Breach):
    """Tells the counter that a menu was opened."""

    late = f"""const more = element("more"), list = element("list");
more.onclick = () => {{
  list.hidden = !list.hidden;
  more.setAttribute("aria-expanded", String(!list.hidden));
  {TELL}
}};"""
    seen_in = USED

    def main(self, path: str) -> str:
        return MENU + super().main(path)


class OnTab(Breach):
    """Tells the counter that another part of the page was looked at."""

    late = f"element('second').onclick = () => {{ {TELL} }};"
    seen_in = USED

    def main(self, path: str) -> str:
        return super().main(path) + TABS


class OnSearching(Breach):
    """Tells the counter that the search was used."""

    late = f"addEventListener('submit', () => {{ {TELL} }});"
    tail = SEARCH
    seen_in = USED


class OnMarking(Breach):
    """Tells the counter that a text is being marked."""

    late = f"addEventListener('selectstart', () => {{ {TELL} }});"
    seen_in = "whatever_the_visitor"


class OnDoubleClick(Breach):
    """Tells the counter of a double click."""

    late = f"addEventListener('dblclick', () => {{ {TELL} }});"
    seen_in = "whatever_the_visitor"


class _Agreeing(Breach):
    broken = "has not chosen"
    seen_in = "parts_is_a_choice"


class ByTurning(_Agreeing):
    """A window whose size changes is consent."""

    late = f"addEventListener('resize', () => {{ {AGREE} }});"


class ByPrinting(_Agreeing):
    """Printing is consent."""

    late = f"addEventListener('beforeprint', () => {{ {AGREE} }});"


class ByUnfolding(_Agreeing):
    """Unfolding a part of the page is consent."""

    late = f"document.addEventListener('toggle', () => {{ {AGREE} }}, true);"

    def main(self, path: str) -> str:
        return super().main(path) + FOLDED


class BySearching(_Agreeing):
    """Using the search is consent."""

    late = f"addEventListener('submit', () => {{ {AGREE} }});"
    tail = SEARCH


class ByLeaving(_Agreeing):
    """A click on a link to another site is consent."""

    late = f"""addEventListener("click", ({{ target }}) => {{
  const link = target.closest?.("a");
  if (link && link.host !== location.host) {{ {AGREE} }}
}});"""
    tail = '<a href="http://else.localhost:[[port]]/">Elsewhere</a>'
