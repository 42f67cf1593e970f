"""Switches that nothing in their own layer saves are not believed to act at once: the site must stop asking.

The button of the banner may save them, or accept everything whatever they stand on.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from consentinel.site.load import load_profile
from consentinel.site.profile import Category, DialogSelectors
from tests.calls import call
from tests.strangers.draft_sites import Answer, serving

LIMIT = 300.0
"""Seconds that a draft may take on a busy machine."""

PAGE = """<!doctype html><html lang="en"><title>Mill</title>
<main><h1>Mill</h1><p>Words to read.</p><a href="/flour">Flour</a> <a href="/bran">Bran</a></main>
<div id="ask" hidden style="position:fixed;bottom:0;background:#eee;padding:1em"><p>Our mill uses cookies.</p>
<button id="more">Cookie settings</button> <button id="no">Reject all</button>
<button id="yes">Accept all</button></div>
<div id="panel" role="dialog" hidden style="position:fixed;top:0;background:#fff;padding:1em"><h2>Cookies</h2>
<label><input type="checkbox" id="count" checked> Analytics</label>
<label><input type="checkbox" id="adverts" checked> Marketing</label> <button id="shut">Close settings</button></div>
<footer><a href="/cookies">Cookie policy</a></footer><script>
const kept = () => (document.cookie.match(/mill_consent=(\\w*)/) || [])[1];
const work = () => {
  if ((kept() || '').includes('count')) new Image().src = 'http://count.localhost:{port}/c?seen=1';
  if ((kept() || '').includes('adverts')) new Image().src = 'http://adverts.localhost:{port}/a?seen=1';
};
const choose = (what) => {
  document.cookie = `mill_consent=${what}_; path=/; max-age=86400`;
  ask.hidden = true;
  work();
};
panel.onchange = () => { yes.textContent = count.checked && adverts.checked ? 'Accept all' : 'Accept selected'; };
more.onclick = () => { panel.hidden = false; };
shut.onclick = () => { panel.hidden = true; };
no.onclick = () => choose('none');
yes.onclick = () => choose({saved}.filter((e) => e.checked).map((e) => e.id).join(''));
ask.hidden = Boolean(kept());
work();
</script>"""

SWITCHES = "[count, adverts]"
EVERYTHING = "[{id: 'count', checked: true}, {id: 'adverts', checked: true}]"


def drafted(saved: str, folder: Path) -> tuple[DialogSelectors, str]:
    """The dialog as it is drafted, and the whole draft, of a site whose banner saves this."""
    page, file = PAGE.replace("{saved}", saved), folder / "mill.toml"
    answers = {
        **{("mill.localhost", path): Answer(page) for path in ("/", "/flour", "/bran", "/cookies")},
        ("count.localhost", "/c"): Answer("", "image/gif"),
        ("adverts.localhost", "/a"): Answer("", "image/gif"),
    }
    with serving(answers) as port:
        done = call("consentinel.drafting.draft", f"http://mill.localhost:{port}/", "-o", str(file), limit=LIMIT)
    assert done.returncode == 0, done.stderr
    dialog = load_profile(str(file), environ={}).consent.dialog
    assert dialog is not None
    assert (dialog.accept, dialog.refuse) == (("#yes",), ("#no",))
    return dialog, file.read_text(encoding="utf-8")


@pytest.mark.browser
@pytest.mark.strangers
def test_switches_that_the_button_of_the_banner_saves_are_saved_by_it(tmp_path: Path) -> None:
    dialog, text = drafted(SWITCHES, tmp_path)
    assert set(dialog.categories) == {Category.ANALYTICS, Category.ADVERTISING}
    assert (dialog.at_once, dialog.save, dialog.preferences) == (False, ("#shut", "#yes"), ("#more",))
    assert '"count.localhost",  # seen only where analytics was allowed' in text
    assert "the site went on asking" not in text


@pytest.mark.browser
@pytest.mark.strangers
def test_switches_that_nothing_saves_are_left_to_a_person(tmp_path: Path) -> None:
    dialog, text = drafted(EVERYTHING, tmp_path)
    assert (dialog.categories, dialog.preferences, dialog.at_once) == ({}, (), False)
    assert "taken to act at once, but the site went on asking" in text
