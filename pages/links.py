"""The links by which a visitor may leave the site."""

from __future__ import annotations

from consentinel.browser.isolated import isolated_answer
from consentinel.visitor import sitemap
from consentinel.visitor.page import Page

MOST = 300
"""How many links of a page are looked at."""

# A link may be given its address while it is pressed; whoever lets go of it elsewhere follows none.
_PRESSED = f"""
const isOutside = (link) => /^https?:$/.test(link.protocol) && link.host !== location.host;
const links = Array.from(document.links).filter(isOutside).slice(0, {MOST});
const happens = {{ bubbles: true, cancelable: true, view: window }};
for (const link of links) {{
  for (const word of ["over", "down", "up"]) {{
    link.dispatchEvent(new PointerEvent(`pointer${{word}}`, happens));
    link.dispatchEvent(new MouseEvent(`mouse${{word}}`, happens));
  }}
}}
return links.map((link) => link.href);
"""


class Links(Page):
    """A visitor who presses links to other sites, and follows none."""

    def pressed(self) -> list[list[str]]:
        """Return the addresses of the links to other hosts, as they are when pressed, on the home page and an article.

        There is a list for each page.
        """
        profile = self.visitor.profile
        (_, article), *_ = sitemap.readings(profile, 1)
        return [self._on(url) for url in (sitemap.address(profile, "home page"), article)]

    def pressed_twice(self) -> list[list[str]]:
        """Return the same of each page loaded twice: what is new with each load recognises nobody."""
        return self.pressed() + self.pressed()

    def _on(self, url: str) -> list[str]:
        self.visitor.visit(url, "visits a page with links")
        with self.visitor.doing("presses the links to other sites, and follows none"):
            addresses: list[str] = isolated_answer(self.driver, _PRESSED)
        return addresses
