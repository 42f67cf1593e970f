"""Sentences about who can use the consent dialog."""

from __future__ import annotations

from pytest_bdd import then

from consentinel.evidence.dialog_audit import Button
from consentinel.site.needs import needs
from consentinel.verdicts import accessibility
from consentinel.verdicts.judge import Judge
from consentinel.visitor.accessibility import Accessibility
from consentinel.visitor.stillness import Still
from consentinel.visitor.visitor import Visitor
from consentinel.visitor.visitor_factory import VisitorFactory


@then("the dialog breaks no rule of accessibility that a script can test")
def the_dialog_breaks_no_rule(visitor: Visitor, judge: Judge) -> None:
    judge.require(accessibility.breaks_no_axe_rule(visitor.timeline, Accessibility(visitor).axe()))


@then("the settings page breaks no rule of accessibility that a script can test")
@needs("pages.preferences")
def the_settings_page_breaks_no_rule(visitor: Visitor, judge: Judge) -> None:
    report = Accessibility(visitor).axe_of_settings()
    judge.require(accessibility.breaks_no_axe_rule(visitor.timeline, report))


@then("the keyboard is enough")
def the_keyboard_is_enough(visitor: Visitor, judge: Judge) -> None:
    judge.require(accessibility.keyboard_is_enough(visitor.timeline, visitor.out_of_reach))


@then("each button of the dialog can be reached by keyboard")
def each_button_can_be_reached(visitor: Visitor, judge: Judge) -> None:
    judge.require(accessibility.reaches_each(visitor.timeline, *Accessibility(visitor).reached()))


@then("the keyboard goes into the preferences and comes back")
def the_keyboard_goes_in_and_comes_back(visitor: Visitor, judge: Judge) -> None:
    judge.require(accessibility.focus_goes_and_comes(visitor.timeline, Accessibility(visitor).left().path))


@then("the banner hides nothing that has the keyboard")
def the_banner_hides_no_focus(visitor: Visitor, judge: Judge) -> None:
    judge.require(accessibility.hides_no_focus(visitor.timeline, Accessibility(visitor).stops_beside()))


@then("the dialog keeps still")
def the_dialog_keeps_still(visitor: Visitor, judge: Judge) -> None:
    judge.require(accessibility.keeps_still(visitor.timeline, Still(visitor).layers()))


@then("screen readers hear of the dialog")
def screen_readers_hear_of_the_dialog(visitor: Visitor, judge: Judge) -> None:
    judge.require(accessibility.is_heard(visitor.timeline, Accessibility(visitor).heard()))


@then("the preferences can be left by keyboard without a choice")
def the_preferences_can_be_left(visitor: Visitor, judge: Judge) -> None:
    judge.require(accessibility.can_be_left(visitor.timeline, *Accessibility(visitor).left()))


@then("no button of the dialog is lost")
def no_button_is_lost(visitor: Visitor, visitor_factory: VisitorFactory, judge: Judge) -> None:
    def on_a_wide_screen() -> tuple[Button, ...]:
        return Accessibility(visitor_factory.ordinary_like(visitor)).buttons()

    judge.require(accessibility.loses_no_button(visitor.timeline, Accessibility(visitor).buttons(), on_a_wide_screen))


@then("what refuses can be read")
def what_refuses_can_be_read(visitor: Visitor, judge: Judge) -> None:
    judge.require(accessibility.refusal_can_be_read(visitor.timeline, Accessibility(visitor).contrast_of_refusing()))
