"""Switches of no category are turned off with a refusal by switches, and on where everything is accepted by them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.consent.described import Described
from tests.site.builders import loaded

DIALOG = """
[categories.analytics]
label = "Analytics"
[consent.dialog]
banner = "#ask"
accept = ["#keep"]
refuse = ["#keep"]
save = ["#keep"]
[consent.dialog.categories.analytics]
control = "#count"
[[consent.dialog.others]]
control = "#comfort"
[[consent.dialog.others]]
grant = "#chat-on"
refuse = "#chat-off"
"""

PAGE = """<title>Shop</title><div id=ask>We use cookies.
<label><input type=checkbox id=count {0}> Analytics</label> <label><input type=checkbox id=comfort {0}> Comfort</label>
<fieldset><legend>Chat</legend><label><input type=radio name=chat id=chat-on {0}> On</label>
<label><input type=radio name=chat id=chat-off {1}> Off</label></fieldset><button id=keep>Save</button></div><script>
keep.onclick = () => {{ document.title = [count, comfort, chat].map((e) => +e.checked).join(''); ask.hidden = true; }};
const chat = document.getElementById('chat-on');
</script>"""


@pytest.mark.parametrize(("accepts", "kept"), [(True, "111"), (False, "000")])
def test_others_go_with_everything(driver: WebDriver, tmp_path: Path, accepts: bool, kept: str) -> None:
    before = ("", "checked") if accepts else ("checked", "")
    driver.get(f"data:text/html,{quote(PAGE.format(*before))}")
    manager = Described(driver, loaded(tmp_path, DIALOG))
    if accepts:
        manager.accept_all()
    else:
        manager.refuse_all()
    assert driver.title == kept


def test_others_that_are_as_wanted_are_not_touched(driver: WebDriver, tmp_path: Path) -> None:
    driver.get(f"data:text/html,{quote(PAGE.format('', 'checked'))}")
    manager = Described(driver, loaded(tmp_path, DIALOG))
    assert manager.set_others(False) == 0
    assert manager.set_others(True) == 2


def test_others_that_have_no_answer_yet_are_given_one(driver: WebDriver, tmp_path: Path) -> None:
    driver.get(f"data:text/html,{quote(PAGE.format('', ''))}")
    manager = Described(driver, loaded(tmp_path, DIALOG))
    assert manager.set_others(False) == 1
    assert driver.execute_script("return document.getElementById('chat-off').checked")
