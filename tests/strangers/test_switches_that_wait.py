"""Switches that nothing in their own layer saves are not believed to act at once: the site must stop asking."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentinel.site.load import load_profile
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
yes.onclick = () => choose([count, adverts].filter((e) => e.checked).map((e) => e.id).join(''));
ask.hidden = Boolean(kept());
work();
</script>"""

ANSWERS = {
    **{("mill.localhost", path): Answer(PAGE) for path in ("/", "/flour", "/bran", "/cookies")},
    ("count.localhost", "/c"): Answer("", "image/gif"),
    ("adverts.localhost", "/a"): Answer("", "image/gif"),
}


@pytest.mark.browser
@pytest.mark.strangers
def test_preferences_that_the_banner_saves_are_left_to_a_person(tmp_path: Path) -> None:
    file = tmp_path / "mill.toml"
    with serving(ANSWERS) as port:
        done = call("consentinel.drafting.draft", f"http://mill.localhost:{port}/", "-o", str(file), limit=LIMIT)
    assert done.returncode == 0, done.stderr
    profile = load_profile(str(file), environ={})
    dialog = profile.consent.dialog
    assert dialog is not None
    assert (dialog.accept, dialog.refuse) == (("#yes",), ("#no",))
    assert (dialog.categories, dialog.preferences, dialog.at_once) == ({}, (), False)
    assert "taken to act at once, but the site went on asking" in file.read_text(encoding="utf-8")
