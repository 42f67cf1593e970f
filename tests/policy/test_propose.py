"""What a draft proposes, in five languages; the texts are of our own wording."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from consentinel.policy.compose import compose
from consentinel.policy.lexicon import lexicon_for
from consentinel.policy.load import load_policy
from consentinel.policy.page_text import read_page
from consentinel.policy.propose import proposed_categories, proposed_promises, proposed_register

PAGE = """<html lang="{language}"><main><h1>Cookies</h1>{body}</main></html>"""

SENTENCES = {
    "en": [
        ("You can change your choice at any time.", "P02"),
        ("Necessary cookies cannot be switched off here.", "P20"),
        ("We use statistics only with your consent.", "P10"),
        ("Your browser can block all cookies.", "P06"),
        ("What goes for cookies goes for local storage.", "P27"),
        ("The shop opens at nine.", ""),
        ("Cookies are small.", ""),
    ],
    "fr": [
        ("Vous pouvez changer votre choix à tout moment.", "P02"),
        ("Les cookies nécessaires ne peuvent pas être désactivés.", "P20"),
        ("Nous mesurons l'audience uniquement avec votre consentement.", "P10"),
        ("Votre navigateur peut bloquer les cookies.", "P06"),
        ("La boutique ouvre à neuf heures.", ""),
    ],
    "de": [
        ("Sie können Ihre Auswahl jederzeit ändern.", "P02"),
        ("Notwendige Cookies lassen sich nicht deaktivieren.", "P20"),
        ("Statistik gibt es nur mit Ihrer Einwilligung.", "P10"),
        ("Ihr Browser kann Cookies blockieren.", "P06"),
        ("Der Laden öffnet um neun.", ""),
    ],
    "es": [
        ("Puede cambiar su elección en cualquier momento.", "P02"),
        ("Las cookies necesarias no se pueden desactivar.", "P20"),
        ("Elaboramos estadísticas solo con su consentimiento.", "P10"),
        ("Su navegador puede bloquear las cookies.", "P06"),
        ("La tienda abre a las nueve.", ""),
    ],
    "it": [
        ("Può modificare la scelta in qualsiasi momento.", "P02"),
        ("I cookie necessari non si possono disattivare.", "P20"),
        ("Facciamo statistiche solo con il consenso.", "P10"),
        ("Il browser può bloccare i cookie.", "P06"),
        ("Il negozio apre alle nove.", ""),
    ],
}

TABLES = {
    "en": ("Name", "Category", "Lifetime", "Purpose", "13 months", "Statistics"),
    "fr": ("Nom", "Catégorie", "Durée de conservation", "Finalité", "13 mois", "Statistiques"),
    "de": ("Name", "Kategorie", "Speicherdauer", "Zweck", "13 Monate", "Statistik"),
    "es": ("Nombre", "Categoría", "Duración", "Finalidad", "13 meses", "Estadísticas"),
    "it": ("Nome", "Categoria", "Durata", "Finalità", "13 mesi", "Statistiche"),
}


def body(language: str) -> str:
    name, category, lifetime, purpose, months, statistics = TABLES[language]
    head = "".join(f"<th>{cell}</th>" for cell in (name, category, lifetime, purpose))
    rows = f"<tr><td>_ga, _ga_&lt;id&gt;</td><td rowspan=2>{statistics}</td><td rowspan=2>{months}</td><td>1</td></tr>"
    rows += "<tr><td>_hjSession…</td><td>2</td></tr><tr><td colspan=4>Other</td></tr>"
    text = "".join(f"<p>{sentence}</p>" for sentence, _ in SENTENCES[language])
    return f"{text}<h2>{statistics}</h2><table><tr>{head}</tr>{rows}</table><table><tr><th>Day</th></tr></table>"


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("said", ["right", "en"])
def test_promises_are_proposed_in_the_texts_own_language(language: str, said: str) -> None:
    text = read_page(PAGE.format(language=language if said == "right" else said, body=body(language)))
    assert lexicon_for(text.language, text.sentences).language == language
    proposed = {one.sentence: one.promises for one in proposed_promises(text)}
    for sentence, promise in SENTENCES[language]:
        assert (promise in proposed[sentence]) if promise else proposed[sentence] == (), sentence


@pytest.mark.parametrize("language", TABLES)
def test_a_table_becomes_a_register(language: str) -> None:
    rows = proposed_register(read_page(PAGE.format(language=language, body=body(language))))
    assert [row.item for row in rows] == ["_ga", "_ga_<id>", "_hjSession…"]
    assert {(row.category, row.lifetime, row.confirmed) for row in rows} == {("analytics", TABLES[language][4], False)}


def test_categories_are_named_as_the_policy_names_them() -> None:
    found = proposed_categories(read_page(PAGE.format(language="en", body=body("en"))))
    assert {key: one.name for key, one in found.items()} == {"analytics": "Statistics"}
    assert not any(one.confirmed for one in found.values())


@pytest.mark.parametrize("language", TABLES)
def test_a_draft_is_a_policy_file_of_which_nothing_is_confirmed(language: str, tmp_path: Path) -> None:
    text = read_page(PAGE.format(language=language, body=body(language)))
    file = tmp_path / "shop.toml"
    file.write_text(compose("https://www.shop.example/", "#a > b", text, date(2026, 3, 31)), encoding="utf-8")
    policy = load_policy(file)
    assert len(policy.sentence) == len(text.sentences)
    assert "\n# P02: Cookies follow the visitor's preferences" in file.read_text(encoding="utf-8")
    assert "\n#   P29: The visitor is asked again when the policy changes\n" in file.read_text(encoding="utf-8")
    assert policy.sentence[0].silent == "a heading"
    assert "it lists what is stored: see [[register]]" in {one.silent for one in policy.sentence}
    assert not any(one.confirmed for one in policy.sentence)
    assert not any(row.confirmed for row in policy.rows)
    assert not any(entry.confirmed for entry in policy.parameters.categories.values())


def test_what_stands_on_a_page_cannot_break_the_draft(tmp_path: Path) -> None:
    odd = '<p>"""\\ \x07 \x7f [[register]]\n= # \u2028 end.</p>'
    odd += '<table><tr><th>Name</th><th>Purpose</th></tr><tr><td>a"b\\</td>'
    text = read_page(PAGE.format(language="en", body=f"{odd}<td>x\x01y</td></tr></table>"))
    file = tmp_path / "shop.toml"
    file.write_text(compose("https://www.shop.example/", "", text, date(2026, 3, 31)), encoding="utf-8")
    assert load_policy(file).rows[0].item == 'a"b\\'
