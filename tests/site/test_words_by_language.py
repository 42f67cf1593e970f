"""Words of consent dialogs in further languages: names of categories, ways back to the preferences, and last steps."""

from __future__ import annotations

import pytest

from consentinel.drafting.buttons import button_kind
from consentinel.drafting.page_links import link_kind
from consentinel.drafting.words import category_of
from consentinel.site.profile import Category

LABELS = {
    Category.SOCIAL: (
        *(
            "Redes sociais",
            "Xarxes socials",
            "Közösségi média",
            "Социални мрежи",
            "Društvene mreže",
            "Družbena omrežja",
        ),
        *("Sotsiaalmeedia", "SNS"),
    ),
    Category.ANALYTICS: (
        *(
            "Prestaties",
            "Výkonnostní",
            "Απόδοσης",
            "Performans",
            "Suorituskyky",
            "Prestanda",
            "Ytelse",
            "Ydeevne",
            "Måling",
        ),
        *("パフォーマンス", "Mätning"),
    ),
    Category.ADVERTISING: ("Annonces", "Reklaamid", "Kohdentaminen", "Annoncering", "Màrqueting", "Målretning"),
    Category.FUNCTIONALITY: ("Обязательные", "Obbligatori"),
}

SETTINGS = (
    *(
        "Datenschutzeinstellungen öffnen",
        "Gestisci consenso",
        "Rivedi consenso",
        "Setări de confidențialitate și cookie-uri",
    ),
    *(
        "Gestionați consimțământul",
        "Hozzájárulás kezelése",
        "Ret cookie-samtykke",
        "Skift dit samtykke",
        "Hantera samtycke",
    ),
    *(
        "Tietosuoja-asetukset",
        "Suostumusasetukset",
        "Samtyckesinställningar",
        "Kakinställningar",
        "Inställningar för kakor",
    ),
    *("Διαχείριση συγκατάθεσης", "Spravovat souhlas", "Spravovať súhlas", "Paramètres de confidentialité"),
)

NO_SETTINGS = {
    "Politique de confidentialité": "policy",
    "Gestione dei resi": None,
    "Konsensus": None,
    "Kakfat": None,
    "Sell your car": None,
}

LAST_STEPS = {
    "en": "Finish", "de": "Fertigstellen", "fr": "Terminer", "es": "Finalizar", "pt": "Concluir", "nl": "Klaar",
    "pl": "Gotowe", "sv": "Färdig", "da": "Færdig", "nb": "Ferdig", "fi": "Valmis", "cs": "Hotovo", "hu": "Kész",
    "ro": "Gata", "el": "Τέλος", "ru": "Готово", "tr": "Bitti", "ja": "完了", "ko": "완료", "zh": "完成",
}  # fmt: skip


@pytest.mark.parametrize(("category", "label"), [(kind, one) for kind, labels in LABELS.items() for one in labels])
def test_a_category_is_known_by_its_name_in_many_languages(category: Category, label: str) -> None:
    assert category_of(label) is category


@pytest.mark.parametrize("name", SETTINGS)
def test_a_way_back_to_the_preferences_is_known_in_many_languages(name: str) -> None:
    assert link_kind(name) == "preferences"


@pytest.mark.parametrize("name", NO_SETTINGS)
def test_a_name_that_only_resembles_one_is_none(name: str) -> None:
    assert link_kind(name) == NO_SETTINGS[name]


@pytest.mark.parametrize("language", LAST_STEPS)
def test_what_ends_the_last_step_saves(language: str) -> None:
    assert button_kind(LAST_STEPS[language], language) == "save"
