"""What follows an earlier choice: another one by keyboard, for which the banner is gone, and another absence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from consentinel.site.profile import Category, Profile
from consentinel.suite.pages.reading import Reading
from consentinel.verdicts import lifetime
from consentinel.visitor.choices import Choices
from consentinel.visitor.keyboard import Keyboard
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor
from tests.strangers.asking_sites import page, profile_of, served
from tests.strangers.truth_visits import proxy, resources

__all__ = ["proxy", "resources"]

pytestmark = pytest.mark.browser

DAY = 86400.0

LAYERS = """<div id="bar" hidden>Cookies? <button id="yes">Accept all</button> <button id="no">Refuse all</button>
<button id="more">Settings</button></div>
<a id="again" href="#">Cookie settings</a>
<div id="settings" hidden><label><input type="checkbox" name="analytics"> Statistics</label>
<button id="save">Save</button></div>
<script>bar.hidden = Boolean(chosen()); yes.onclick = () => choose('all'); no.onclick = () => choose('none');
again.onclick = more.onclick = () => { settings.hidden = false; };
save.onclick = () => { choose(settings.querySelector('input').checked ? 'all' : 'none'); settings.hidden = true; };
</script>"""


def described(base: str) -> Profile:
    profile = profile_of(base).model_dump(mode="json", exclude_defaults=True)
    dialog: dict[str, Any] = profile["consent"]["dialog"]
    dialog |= {"preferences": ["#more"], "dialog": "#settings", "reopen": ["#again"], "save": ["#save"]}
    dialog["categories"] = {"analytics": {"control": "input[name=analytics]"}}
    return Profile.model_validate(profile)


@pytest.fixture
def visitor(resources: Resources) -> Iterator[Visitor]:
    with served(page(before=LAYERS)) as base:
        visitor = Visitor("visitor", resources, described(base))
        try:
            Reading(visitor).visit("home page")
            yield visitor
        finally:
            visitor.leave()


@pytest.mark.parametrize(
    "choose",
    [lambda keys: keys.accept_all(), lambda keys: keys.allow_only([Category.ANALYTICS])],
    ids=["accepts all", "allows one"],
)
def test_another_choice_is_made_in_the_preferences(visitor: Visitor, choose: Callable[[Keyboard], None]) -> None:
    Choices(visitor).refuse_all()
    choose(Keyboard(visitor))
    assert visitor.out_of_reach == ""
    assert visitor.granted == frozenset({"analytics"})
    assert Choices(visitor).states()[Category.ANALYTICS] is True


def test_a_second_absence_is_not_held_against_the_choice_with_the_first(visitor: Visitor) -> None:
    Choices(visitor).refuse_all()
    for _ in range(2):
        visitor.come_back(10 * DAY, "comes back after 10 days")
    assert not lifetime.not_prolonged(visitor.timeline, visitor.profile, visitor.mark, visitor.away).findings


LINKS = """<div id="bar" hidden>Cookies? <a id="yes" role="button" tabindex="0">Accept all</a>
<a id="no" role="button" tabindex="0">Refuse all</a></div><script>bar.hidden = Boolean(chosen());
yes.onclick = () => choose('all'); no.onclick = () => choose('none');</script>"""
"""Buttons that the Tab key reaches, and for which no key is a click."""

LISTENERS = {
    "nothing": ("", 'neither Enter nor the space bar does anything on "Refuse all", a link without an address (#no)'),
    "Enter": ("no.onkeydown = (event) => { if (event.key === 'Enter') no.click(); };", ""),
    "the space bar": ("no.onkeydown = (event) => { if (event.key === ' ') choose('none'); };", ""),
    "Enter, and stays": ("no.onkeydown = () => { document.cookie = 'choice=none; path=/'; };", ""),
    "an address": ("no.href = '#';", ""),
}


@pytest.mark.parametrize("hears", LISTENERS)
def test_what_the_browser_clicks_for_no_key_has_to_hear_keys(resources: Resources, hears: str) -> None:
    script, out_of_reach = LISTENERS[hears]
    with served(page(f"<script>{script}</script>", before=LINKS)) as base:
        visitor = Visitor("visitor", resources, profile_of(base))
        try:
            Reading(visitor).visit("home page")
            Keyboard(visitor).refuse_all()
            assert visitor.out_of_reach == out_of_reach
            assert visitor.cookie_names() == (set() if out_of_reach else {"choice"})
        finally:
            visitor.leave()
