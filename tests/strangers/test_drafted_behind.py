"""A whole draft of a site that first asks for the visitor's language, over its banner; each purpose has two answers."""

from __future__ import annotations

import pytest

from consentinel.site.load import load_profile
from consentinel.site.profile import Category
from tests.calls import call
from tests.strangers.draft_sites import Answer, serving

LIMIT = 300.0
"""Seconds that a draft may take on a busy machine."""

PURPOSES = "".join(
    f"""<li><b>{name}</b><span role="radiogroup" aria-label="{name}"><button role="radio" aria-checked="true"
id="no-{key}">Recusar</button><button role="radio" aria-checked="false" id="{key}">Permitir</button></span></li>"""
    for key, name in (("stats", "Desempenho"), ("friends", "Redes sociais"))
)

PAGE = f"""<!doctype html><html lang="pt"><title>Jardim</title><style>[hidden] {{ display: none !important }}</style>
<main><h1>Jardim</h1><p>Palavras para ler.</p><a href="/rosas">Rosas</a></main>
<footer><a href="/cookies">Política de cookies</a> <a href="#" class="again">Gerir consentimento</a></footer>
<div id="ask" hidden style="position:fixed;bottom:0;left:0;right:0;background:#eee;padding:2em"><p>Usamos cookies.</p>
<button id="yes">Aceitar tudo</button> <button id="no">Recusar tudo</button>
<button id="more">Personalizar</button></div>
<div id="choices" hidden style="position:fixed;top:0;background:#eee;padding:2em"><p>Cookies</p><ul>{PURPOSES}</ul>
<button id="keep">Concluir</button></div>
<div id="languages" hidden style="position:fixed;inset:0;background:#fff"><button id="en">English</button>
<button id="pt">Português</button></div>
<script>
const kept = () => (document.cookie.match(/jardim_consent=([\\w.]+)/) || [])[1];
const work = () => {{
  for (const [one, host] of [['stats', 'count'], ['friends', 'friends']]) if ((kept() || '').includes(one)) {{
    document.cookie = `_${{one}}=GA1.1.123456789.987654321; path=/`;
    new Image().src = `http://${{host}}.localhost:{{port}}/c?id=GA1.1.123456789.987654321`;
  }}
}};
const choose = (what) => {{
  document.cookie = `jardim_consent=${{what.join('.') || 'none'}}; path=/`;
  ask.hidden = choices.hidden = true;
  work();
}};
const answered = (one) => document.getElementById(one).getAttribute('aria-checked') === 'true';
const answer = (one, allows) => {{
  document.getElementById(one).setAttribute('aria-checked', allows);
  document.getElementById(`no-${{one}}`).setAttribute('aria-checked', !allows);
}};
for (const one of ['stats', 'friends']) {{
  document.getElementById(one).onclick = () => answer(one, true);
  document.getElementById(`no-${{one}}`).onclick = () => answer(one, false);
}}
const open = () => {{
  for (const one of ['stats', 'friends']) answer(one, (kept() || '').includes(one));
  ask.hidden = true;
  choices.hidden = false;
}};
more.onclick = open;
document.querySelector('.again').onclick = (event) => {{ event.preventDefault(); open(); }};
yes.onclick = () => choose(['stats', 'friends']);
no.onclick = () => choose([]);
keep.onclick = () => choose(['stats', 'friends'].filter(answered));
for (const one of [en, pt]) one.onclick = () => {{ localStorage.setItem('lang', one.id); languages.hidden = true; }};
languages.hidden = Boolean(localStorage.getItem('lang'));
ask.hidden = Boolean(kept());
work();
</script>"""

ANSWERS = {
    **{("jardim.localhost", path): Answer(PAGE) for path in ("/", "/rosas", "/cookies")},
    **{(f"{name}.localhost", "/c"): Answer("", "image/gif") for name in ("count", "friends")},
}


@pytest.mark.browser
def test_a_site_that_asks_for_a_language_first_is_described_behind_that(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    file = tmp_path_factory.mktemp("draft") / "jardim.toml"
    with serving(ANSWERS) as port:
        done = call("consentinel.drafting.draft", f"http://jardim.localhost:{port}/", "-o", str(file), limit=LIMIT)
    assert done.returncode == 0, done.stderr
    profile = load_profile(str(file), environ={})
    assert profile.access.ahead == ("#pt",)
    assert profile.elements.preferences_link == "a.again"
    dialog = profile.consent.dialog
    assert dialog is not None
    assert (dialog.accept, dialog.refuse, dialog.save) == (("#yes",), ("#no",), ("#keep",))
    found = {category: (how.grant, how.refuse) for category, how in dialog.categories.items()}
    assert found == {Category.ANALYTICS: ("#stats", "#no-stats"), Category.SOCIAL: ("#friends", "#no-friends")}
    assert profile.categories[Category.SOCIAL].hosts == ("friends.localhost",)
    assert "not described" not in file.read_text(encoding="utf-8")
