"""Switches that stand on several steps of the preferences are drafted, read, turned and saved, step by step."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.consent.described import Described
from consentinel.drafting.named import leads_back
from consentinel.drafting.survey import Proposal
from consentinel.site.errors import ProfileError
from consentinel.site.profile import Category
from tests.consent.test_steps import SHOWING, drawn, proposed
from tests.site.builders import loaded

SHOWN = f"""<aside id=ask style="position:fixed;bottom:0;background:#eee;padding:1em">
<div class=step>We use cookies. <button id=no>Reject all</button> <button id=yes>Accept all</button>
<button id=more onclick="show(1)">Choose</button></div>
<div class=step>To count visits <label><input type=checkbox id=stats> Statistics</label>
<button class=back onclick="show(0)">Back</button> <button id=on onclick="show(2)">Next</button></div>
<div class=step>To sell <label><input type=checkbox id=ads> Advertising</label>
<button class=back onclick="show(1)">Back</button> <button id=save onclick="ask.remove()">Save</button></div>
</aside>{SHOWING}"""

DRAWN = """<div id=ask role=dialog></div><script>
const state = {stats: false, ads: false};
const step = (number, key, name, on) => `Step ${number} of 2 <label><input type=checkbox name=${key}> ${name}</label>
<button class=back>Previous step</button> <button class=on>${on}</button>`;
const STEPS = [`We use cookies. <button>Reject all</button> <button>Accept all</button>
<button id=more>Settings</button>`,
  step(1, "stats", "Statistics", "Next"), step(2, "ads", "Advertising", "Save")];
function draw(number) {
  ask.innerHTML = STEPS[number];
  const [box, back, on] = ["input", ".back", ".on"].map((one) => ask.querySelector(one));
  if (!number) { more.onclick = () => draw(1); return; }
  box.checked = state[box.name];
  box.onchange = () => { state[box.name] = box.checked; };
  back.onclick = () => setTimeout(draw, 100, number - 1);
  on.onclick = () => number === 2 ? ask.remove() : setTimeout(draw, 100, 2);
}
draw(0);</script>"""

ONE_WAY = SHOWN.replace(""" <button class=back onclick="show(1)">Back</button>""", "").replace(
    """<button class=back onclick="show(1)">Back</button> """, ""
)


def described(found: Proposal) -> str:
    """A profile with this dialog."""
    table = found.selectors()
    categories = table.pop("categories")
    lines = [
        f"{key} = {value!r}" if isinstance(value, str) else f"{key} = {list(value)!r}" for key, value in table.items()
    ]
    for category, switch in categories.items():
        lines += [f"[consent.dialog.categories.{category}]", f"control = {switch['control']!r}"]
    labels = "".join(f'[categories.{one}]\nlabel = "{one}"\n' for one in categories)
    return "\n".join([labels, "[consent.dialog]", *lines])


@pytest.mark.parametrize(
    ("name", "leads"),
    [("Back", True), ("\N{LEFTWARDS ARROW} Zurück", True), ("Retour à l'accueil", False), ("", False)],
)
def test_a_button_leads_back_where_its_whole_name_says_so(name: str, leads: bool) -> None:
    assert leads_back(name) is leads


def test_each_step_leads_back_to_the_one_before(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="as many clicks in `back` as in `next`"):
        loaded(tmp_path, '[consent.dialog]\nbanner = "#ask"\naccept = ["#yes"]\nrefuse = ["#no"]\nnext = ["#on"]\n')


@pytest.mark.browser
@pytest.mark.parametrize("page", [SHOWN, DRAWN], ids=["shown in turn", "drawn anew"])
def test_switches_on_several_steps_are_proposed_and_worked(driver: WebDriver, tmp_path: Path, page: str) -> None:
    found = proposed(driver, page)
    assert (len(found.next), len(found.back), list(found.switches)) == (
        1,
        1,
        [Category.ANALYTICS, Category.ADVERTISING],
    )
    drawn(driver, page)
    manager = Described(driver, loaded(tmp_path, described(found)))
    manager.open_preferences()
    manager.set_category(Category.ADVERTISING, granted=True)
    manager.set_category(Category.ANALYTICS, granted=False)
    states = {category: switch.on for category, switch in manager.switches().items()}
    assert states == {Category.ANALYTICS: False, Category.ADVERTISING: True}
    assert manager.clicks_to_withdraw() == (1 + 1 + 1, 1)
    manager.save()
    assert [choice.on for choice in manager.clicked_choices] == [states]


@pytest.mark.browser
def test_steps_that_lead_on_alone_are_not_described_and_the_draft_says_why(driver: WebDriver) -> None:
    found = proposed(driver, ONE_WAY)
    assert (found.switches, found.next, found.preferences) == ({}, (), ())
    assert "nothing leads back" in found.unopened
