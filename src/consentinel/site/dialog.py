"""The profile's description of a consent dialog, in selectors."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from consentinel.site.category import Category, Table
from consentinel.site.selectors import checked

Selector = Annotated[
    str,
    Field(min_length=1, description="a CSS selector; >>> steps into an open shadow root"),
    AfterValidator(checked),
]


class SwitchSelectors(Table):
    """How to find and work one category's switch in a dialog described by selectors."""

    control: Selector | None = Field(
        None,
        description="a checkbox, an element with role=switch, or a `<select>` with a line that says yes and one no",
    )
    grant: Selector | None = Field(None, description="the button that grants the category, where buttons come in pairs")
    refuse: Selector | None = Field(None, description="the button that refuses it, where buttons come in pairs")
    locked: Selector | None = Field(None, description="an element that is there when the category cannot be switched")
    inverted: bool | None = Field(
        None,
        description="true where the control refuses when it is on, as in `Opt out of analytics`; where its label "
        "sounds so and this key is not given, scenarios that read the preferences end as could not tell",
    )
    on: Selector | None = Field(None, description="what shows while it is on, where the control itself does not tell")
    off: Selector | None = Field(None, description="what shows while it is off, where the control itself does not tell")

    @model_validator(mode="after")
    def _one_way_to_switch(self) -> SwitchSelectors:
        if self.control is None and (self.grant is None or self.refuse is None) and self.locked is None:
            raise ValueError("give either `control`, or both `grant` and `refuse`, or `locked`")
        return self


class OtherSwitch(SwitchSelectors):
    """A switch of no category of the policy: a refusal turns it off, and who accepts all by switches turns it on."""


class DialogSelectors(Table):
    """A consent manager that has no page object, described by selectors alone.

    A CSS list, or selectors with ` || ` between them, stands for a dialog that looks otherwise by region or language,
    or for layers and steps that show one after the other.
    """

    frame: Selector | None = Field(None, description="the iframe that holds the dialog, also from another origin")
    dialog_frame: Selector | None = Field(
        None, description="the iframe that holds the second layer, where it is another one; `:root` for the page itself"
    )
    banner: Selector = Field(
        description="the first layer, visible while the site asks; `a || b` where it differs by language or region"
    )
    accept: tuple[Selector, ...] = Field(min_length=1, description="what to click, in order, to accept everything")
    refuse: tuple[Selector, ...] = Field((), description="what to click, in order, to refuse everything")
    pays: Selector | None = Field(
        None,
        description="what leads to an offer to pay, where nothing refuses: give it in the place of `refuse`. Scenarios "
        "that need a refusal are skipped, and whether refusing is as easy as accepting (R-EASY) cannot be told",
    )
    preferences: tuple[Selector, ...] = Field(
        (),
        description="what to click, from the banner, to open the preferences; where the dialog asks in steps, also "
        "what leads on to the step with the switches",
    )
    dialog: Selector | None = Field(None, description="the second layer, visible while preferences are open")
    reopen: tuple[Selector, ...] = Field(
        (), description="what to click, on a page without banner, to open the preferences"
    )
    save: tuple[Selector, ...] = Field(
        (), description="what to click to save the preferences, also what leads from step to step until then"
    )
    next: tuple[Selector, ...] = Field(
        (),
        description="where the switches of categories stand on several steps: what leads from the first of these to "
        "the last, one click after the other",
    )
    back: tuple[Selector, ...] = Field(
        (), description="what leads back again, as many clicks as `next`: the first from the second step to the first"
    )
    saved: Selector | None = Field(
        None,
        description="what shows once a choice was saved, where the preferences stay open, as on a page of their own",
    )
    at_once: bool = Field(False, description="true where each switch acts at once, and nothing is to be saved")
    panels: tuple[Selector, ...] = Field(
        (),
        description="what to click, in the preferences, to see further switches: tabs, vendors, legitimate interests; "
        "tabs and what unfolds are found without",
    )
    aside: tuple[Selector, ...] = Field(
        (), description="switches in the preferences that are no category: single services, vendors, one for everything"
    )
    close: tuple[Selector, ...] = Field((), description="what to click to close the dialog without a choice")
    dismiss: tuple[Selector, ...] = Field(
        (), description="what to click to close the banner without a choice, such as its cross"
    )
    categories: dict[Category, SwitchSelectors] = Field(
        default_factory=dict,
        description="each category's switch, as a table [consent.dialog.categories.<category>]",
    )
    others: tuple[OtherSwitch, ...] = Field((), description="switches of no category of the policy")

    @model_validator(mode="after")
    def _refuses_or_asks_for_money(self) -> DialogSelectors:
        if bool(self.refuse) is (self.pays is not None):
            raise ValueError("give either `refuse`, or `pays` where nothing refuses")
        return self

    @model_validator(mode="after")
    def _leads_back_as_far(self) -> DialogSelectors:
        if len(self.next) != len(self.back):
            raise ValueError("give as many clicks in `back` as in `next`: each step leads back to the one before")
        return self
