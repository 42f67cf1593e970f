"""The basket and the order."""

from __future__ import annotations

import time

from consentinel.evidence.records import Deed
from consentinel.visitor import sitemap
from consentinel.visitor.page import Page

UNTOUCHED = "nothing was sent or stored when the visitor put something into the basket: nothing may lie in it"
"""The doubt about whatever a visitor does who was to fill the basket."""


class Shop(Page):
    """Buying something."""

    def put_into_basket(self) -> None:
        """Put one product into the basket. Raises NotAllowed, MissingEntry."""
        self.need("orders")
        self.visitor.visit(sitemap.address(self.visitor.profile, "product page"), "visits a product")
        begun = time.time()
        self.click("add_to_basket", "puts something into the basket")
        self.note(UNTOUCHED, holds=not self.visitor.timeline.has_effect(begun))

    def basket_holds_something(self) -> bool:
        """Return whether the basket shows something, looked up on its own page."""
        self.visitor.attempt(sitemap.address(self.visitor.profile, "basket"), "looks into the basket")
        is_filled = self.shows("basket_item")
        if is_filled:
            self.note(UNTOUCHED, holds=False)
        return is_filled

    def send_open_form(self) -> None:
        """Send the order form that is open. Raises NotAllowed, MissingEntry."""
        self.need("orders")
        self.click("place_order", "sends the order form", Deed.SENDS_FORM)

    def place_order(self) -> None:
        """Order what is in the basket, as far as the site lets one."""
        self.need("orders")
        self.visitor.attempt(sitemap.address(self.visitor.profile, "order form"), "visits the order form")
        self.try_to_click("place_order", "places the order")
