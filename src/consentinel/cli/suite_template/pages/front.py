"""The front page of our site."""

from __future__ import annotations

from consentinel.testing import Page


class FrontPage(Page):
    """What a visitor sees first."""

    def headline(self) -> str:
        """Return the text of the first headline, empty where there is none."""
        script = "const found = document.querySelector('h1'); return found ? found.innerText : '';"
        return str(self.driver.execute_script(script))
