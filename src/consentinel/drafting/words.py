"""Guesses by the words that sites use, in the languages that consent dialogs are commonly written in."""

from __future__ import annotations

import re

from consentinel.site.profile import Category

_CATEGORIES = {
    Category.FUNCTIONALITY: r"necess|nécess|notwend|essen[ct]|required|function|fonctionn|technical|mandatory",
    Category.ANALYTICS: r"analy|statist|audience|performance|measure|mesure|leistung",
    Category.SOCIAL: r"social|sozial|sociaux|share|network|réseau",
    Category.ADVERTISING: r"adverti|advert|\bads?\b|marketing|target|cibl|publicit|werbung|personali",
}

LINKS = {
    "policy": r"cookie(?!.*(pref|setting|choice|choix|manage|gérer|einstell))|privacy|confidential|datenschutz",
    "legal": r"legal|mentions|imprint|impressum|terms",
    "preferences": r"cookie.*(pref|setting|choice|choix|einstell)|(manage|gérer|your|vos|change).*(cookie|consent|choi)"
    r"|privacy settings|consent preferences",
}

# In this order: "accept only what is necessary" refuses, "accept selection" saves.
_BUTTONS = {
    "refuse": r"reject|refus|declin|\bdeny\b|disagree|do(n't| not) (accept|allow)|without (accept|consent|agree)"
    r"|only.*(necess|essential|required)|(necess|essential|required).*only|sans accepter|ablehn|ohne einwilligung"
    r"|\bnur\b.*(notwend|erforder|essen|technisch)|rechaz|rifiut|weiger|rejeit|recus|avvis|neka",
    "save": r"\bsave\b|confirm|\bapply\b|(accept|allow).*(selec|chosen|choice)|enregistrer|valider|speicher|bestätig"
    r"|auswahl (erlauben|akzeptieren)|guardar|salva|opslaan|bevestig|lagre|spara",
    "accept": r"accept|\ballow|\bagree|\bok(ay)?\b|got it|enable all|autoriser|akzeptier|zustimm|erlaub|zulassen"
    r"|einverstanden|acept|accett|aceit|godkän|godta|toestaan|akkoord",
    "close": r"\bclose\b|\bback\b|cancel|dismiss|fermer|retour|annuler|schlie(ß|ss)|zurück|abbrechen|cerrar|chiudi"
    r"|sluit|^[\xd7\u2715\u2716x]$",
    "preferences": r"choose|choice|choisir|prefer|préfér|setting|option|manage|customi[sz]e|\bmore\b|detail|personnali"
    r"|paramètr|paramétr|gérer|einstell|anpass|auswahl|mehr|configur|gesti|personaliz|opciones|opzioni|beheer|instell",
}
_WHOLLY = r"\ball\b|everything|\btou(t|s|tes)\b|\balle[sn]?\b|\btod[oa]s?\b|\btutt[oi]\b"


def button_kind(name: str, wholly: bool = False) -> str | None:
    """What a button of a consent dialog does, by its name; `wholly`: and it speaks of everything."""
    if wholly and not re.search(_WHOLLY, name, re.IGNORECASE):
        return None
    return next((kind for kind, words in _BUTTONS.items() if re.search(words, name, re.IGNORECASE)), None)


def category_of(*texts: str) -> Category | None:
    """The category that a switch's name or label speaks of, None where it cannot be told."""
    for text in texts:
        found = [category for category, words in _CATEGORIES.items() if re.search(words, text, re.IGNORECASE)]
        if len(found) == 1:
            return found[0]
    return None


def link_kind(text: str) -> str | None:
    """What a link or button of a page leads to, None where it is none of what a profile names."""
    order = ("preferences", "policy", "legal")
    return next((kind for kind in order if re.search(LINKS[kind], text, re.IGNORECASE)), None)
