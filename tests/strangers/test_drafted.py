"""A whole draft of a stranger's site: led on to another host, with downloads, a token, a probe and a strange switch."""

from __future__ import annotations

import pytest

from consentinel.site.load import load_profile
from consentinel.site.profile import Category, Profile
from tests.calls import call
from tests.strangers.draft_sites import Answer, serving

LIMIT = 300.0
"""Seconds that a draft may take on a busy machine."""

BANNER = """<!doctype html><html lang="en"><title>Garden</title><main><h1>Garden</h1><p>Words to read.</p>
<a href="/catalogue">Catalogue</a> <a href="/gone">Archive</a> <a href="/roses">Roses</a> <a href="/tulips">Tulips</a>
</main><div id="ask" hidden style="position:fixed;bottom:0;background:#eee;padding:2em"><p>We use cookies.</p>
<a href="#" id="without">Continue without agreeing</a> <button id="agree">Agree</button>
<button id="more">Customise</button>
<div id="choices" hidden><label><input type="checkbox" id="comfort"> Functional</label> <button id="keep">Save</button>
</div></div><footer><a href="/cookies">Cookie policy</a> <button id="again">Cookie settings</button></footer><script>
localStorage.setItem('storage_test', '1'); localStorage.removeItem('storage_test');
const kept = () => (document.cookie.match(/garden_consent=(\\w+)/) || [])[1];
const work = () => {
  if (kept() !== 'all') return;
  document.cookie = '_ga=GA1.1.123456789.987654321; path=/';
  new Image().src = 'http://count.localhost:{port}/c?id=GA1.1.123456789.987654321';
};
const choose = (what) => { document.cookie = `garden_consent=${what}; path=/`; ask.hidden = true; work(); };
agree.onclick = () => choose('all');
without.onclick = (event) => {
  event.preventDefault();
  if (kept() === 'all') localStorage.setItem('count_off', '1');
  choose('none');
};
again.onclick = () => { ask.hidden = false; };
more.onclick = () => { choices.hidden = false; };
keep.onclick = () => choose(comfort.checked ? 'comfort' : 'none');
ask.hidden = Boolean(kept());
work();
</script>"""

ANSWERS = {
    ("www.garden.localhost", "/"): Answer("", status=301, headers=(("Location", "http://garden.localhost:{port}/"),)),
    **{("garden.localhost", path): Answer(BANNER) for path in ("/", "/roses", "/tulips")},
    ("garden.localhost", "/cookies"): Answer(BANNER, headers=(("Set-Cookie", "csrftoken=c0ffee; Path=/"),)),
    ("garden.localhost", "/catalogue"): Answer("%PDF-1.7", "application/pdf"),
    ("count.localhost", "/c"): Answer("", "image/gif"),
}


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Profile]:
    file = tmp_path_factory.mktemp("draft") / "garden.toml"
    with serving(ANSWERS) as port:
        done = call("consentinel.drafting.draft", f"http://www.garden.localhost:{port}/", "-o", str(file), limit=LIMIT)
    assert done.returncode == 0, done.stderr
    return file.read_text(encoding="utf-8"), load_profile(str(file), environ={})


@pytest.mark.browser
def test_a_draft_of_a_strangers_site_is_right_and_says_what_it_could_not_tell(draft: tuple[str, Profile]) -> None:
    text, profile = draft
    assert profile.site.base_url.host == "garden.localhost"
    assert profile.site.hosts == ("*.garden.localhost",)
    assert profile.pages.articles == ("/roses", "/tulips")
    assert "# ? Three pages with content are wanted; the home page links to 2." in text
    dialog = profile.consent.dialog
    assert dialog is not None
    assert (dialog.accept, dialog.refuse) == (("#agree",), ("#without",))
    assert profile.consent.stored.name == "garden_consent"
    functionality, analytics = (profile.categories[c] for c in (Category.FUNCTIONALITY, Category.ANALYTICS))
    assert {"garden_consent", "csrftoken"} <= set(functionality.cookies)
    assert functionality.local_storage == ("count_off", "storage_test")
    assert (analytics.cookies, analytics.hosts) == (("_ga",), ("count.localhost",))
    assert 'allowed "Functional" alone, which fits no category by its name: it brought nothing' in text
    assert "leads to http://garden.localhost" in text
