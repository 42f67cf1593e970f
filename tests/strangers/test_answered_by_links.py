"""A banner whose answers are links to pages of the server, which notes the choice and leads back, is drafted whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentinel.site.load import load_profile
from tests.calls import call
from tests.strangers.draft_sites import Answer, serving

LIMIT = 300.0
"""Seconds that a draft may take on a busy machine."""

PAGE = """<!doctype html><html lang="en"><title>Orchard</title>
<nav><a href="/apples">Apples</a> <a href="/pears">Pears</a> <a href="/plums">Plums</a></nav>
<main><h1>Orchard</h1><p>Words to read.</p></main>
<aside id="ask" hidden style="position:fixed;bottom:0;background:#eee;padding:2em">
<p>We would like to count visits with cookies. <a href="/cookies">Read more</a></p>
<a href="/answers/yes">Accept cookies</a> <a href="/answers/no">Decline</a></aside>
<footer><a href="/cookies">Cookie policy</a> <a href="/legal">Legal information</a></footer><script>
const kept = (document.cookie.match(/orchard_consent=(\\w+)/) || [])[1];
ask.hidden = Boolean(kept);
if (kept === 'yes') new Image().src = 'http://count.localhost:{port}/c?seen=1';
</script>"""


def noting(choice: str) -> Answer:
    headers = (("Location", "/"), ("Set-Cookie", f"orchard_consent={choice}; Path=/; Max-Age=86400"))
    return Answer("", status=302, headers=headers)


ANSWERS = {
    **{
        ("orchard.localhost", path): Answer(PAGE) for path in ("/", "/apples", "/pears", "/plums", "/cookies", "/legal")
    },
    ("orchard.localhost", "/answers/yes"): noting("yes"),
    ("orchard.localhost", "/answers/no"): noting("no"),
    ("count.localhost", "/c"): Answer("", "image/gif"),
}


@pytest.mark.browser
@pytest.mark.parametrize("browser", ["chromium", pytest.param("firefox", marks=pytest.mark.strangers)])
def test_links_that_accept_and_refuse_are_found_and_followed(browser: str, tmp_path: Path) -> None:
    file = tmp_path / "orchard.toml"
    with serving(ANSWERS) as port:
        url = f"http://orchard.localhost:{port}/"
        done = call("consentinel.drafting.draft", url, "-o", str(file), "--browser", browser, limit=LIMIT)
    assert done.returncode == 0, done.stderr
    profile = load_profile(str(file), environ={})
    dialog = profile.consent.dialog
    assert profile.consent.manager == "described"
    assert dialog is not None
    assert (dialog.accept, dialog.refuse) == (('a[href="/answers/yes"]',), ('a[href="/answers/no"]',))
    assert profile.consent.stored.name == "orchard_consent"
    assert profile.pages.articles == ("/apples", "/pears", "/plums")
