"""Sentences that nearly every cookie policy has, in other words each time, are proposed; their neighbours are not."""

from __future__ import annotations

import pytest

from consentinel.policy.lexicon import lexicons

SENTENCES = {
    "en": [
        ("Until you have made a choice, we set only necessary cookies.", "P10"),
        ("Before you agree, no statistics cookie is placed.", "P10"),
        ("If you reject a category, no cookie of that category is stored.", "P10"),
        ("We only use them if you have agreed.", "P10"),
        ("They are placed only if you accept marketing cookies.", "P10"),
        ("We will not set optional cookies unless you enable them.", "P10"),
        ("Without your consent we set no optional cookies.", "P10"),
        ("You can accept everything, reject everything, or choose by category.", "P10"),
        ("You can withdraw your consent at any time by the link at the foot of every page.", "P02 P11"),
        ("You may revoke your consent whenever you like.", "P02 P11"),
        ("You can change your mind at any time.", "P02"),
        ("We remember your choice for six months and do not ask again in that time.", "P12"),
        ("Your choice is stored for 12 months.", "P12"),
        ("The counts stay on our own server and are not shared with third parties.", "P32"),
        ("We do not pass data on to other companies.", "P32"),
        ("Statistics cookies expire after 90 days at the latest.", "P04 P28"),
        ("Your basket is kept for seven days.", "P28"),
        ("Rejecting is as easy as accepting.", ""),
        ("The shop works fully without optional cookies.", ""),
        ("We do not sell your data.", ""),
        ("Withdrawing does not affect the lawfulness of what we did before.", ""),
        ("When you first visit the shop, a banner asks you whether you allow cookies that are not necessary.", ""),
        ("If you have any questions, write to us only by letter.", ""),
        ("Personal data in the order form are deleted after ten years.", ""),
        ("When you withdraw consent, we delete the cookies of that category.", ""),
    ],
    "fr": [
        ("Aucun cookie n'est déposé avant que vous ayez fait votre choix.", "P10"),
        ("Ces cookies ne sont déposés que si vous les acceptez.", "P10"),
        ("Sans votre accord, aucun cookie publicitaire n'est déposé.", "P10"),
        ("Vous pouvez retirer votre consentement à tout moment.", "P02 P11"),
        ("Votre choix est conservé pendant six mois.", "P12"),
        ("Ces données ne sont pas transmises à des tiers.", "P32"),
    ],
    "de": [
        ("Vor Ihrer Entscheidung setzen wir nur notwendige Cookies.", "P10"),
        ("Diese Cookies werden nur gesetzt, wenn Sie zustimmen.", "P10"),
        ("Ohne Ihre Einwilligung setzen wir keine Marketing-Cookies.", "P10"),
        ("Sie können Ihre Einwilligung jederzeit widerrufen.", "P02 P11"),
        ("Wir speichern Ihre Auswahl sechs Monate lang.", "P12"),
        ("Die Daten werden nicht an Dritte weitergegeben.", "P32"),
    ],
    "es": [
        ("Estas cookies solo se instalan si usted las acepta.", "P10"),
        ("Sin su consentimiento no se instala ninguna cookie publicitaria.", "P10"),
        ("Puede retirar su consentimiento en cualquier momento.", "P02 P11"),
        ("Su elección se guarda durante seis meses.", "P12"),
        ("Los datos no se comparten con terceros.", "P32"),
    ],
    "it": [
        ("Questi cookie vengono installati solo se li accetti.", "P10"),
        ("Senza il tuo consenso non installiamo cookie pubblicitari.", "P10"),
        ("Puoi revocare il consenso in qualsiasi momento.", "P02 P11"),
        ("La scelta viene conservata per sei mesi.", "P12"),
        ("I dati non sono condivisi con terze parti.", "P32"),
    ],
}


@pytest.mark.parametrize("language", SENTENCES)
def test_what_nearly_every_policy_says_is_proposed(language: str) -> None:
    for sentence, wanted in SENTENCES[language]:
        found = set(lexicons()[language].promises_of(sentence))
        assert (found >= set(wanted.split())) if wanted else not found, (sentence, found)
