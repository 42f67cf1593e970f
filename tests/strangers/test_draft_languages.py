"""A banner in any language is described as it is: what accepts, and what refuses, wherever the refusal stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.drafting.proposal import propose
from tests.strangers.draft_sites import Answer, serving

BANNERS = {
    "de": ("Diese Seite setzt Cookies.", "Zustimmen", "Weiter ohne Zustimmung"),
    "de-essential": ("Diese Seite setzt Cookies.", "Alle akzeptieren", "Nur essenzielle Cookies akzeptieren"),
    "fr": ("Ce site dépose des cookies.", "OK pour moi", "Continuer sans accepter"),
    "it": ("Questo sito usa i cookie.", "Accetto", "Continua senza accettare"),
    "es": ("Este sitio usa cookies.", "Aceptar", "Continuar sin aceptar"),
    "nl": ("Deze site gebruikt cookies.", "Akkoord", "Niet akkoord"),
    "pl": ("Ta strona używa ciasteczek.", "Zgadzam się", "Nie zgadzam się"),
    "sv": ("Den här sidan använder kakor.", "Godkänn", "Endast nödvändiga"),
    "fi": ("Tämä sivusto käyttää evästeitä.", "Hyväksyn", "Jatka hyväksymättä"),
    "cs": ("Web ukládá soubory cookie.", "Souhlasím", "Nesouhlasím"),
    "ru": ("Сайт использует куки.", "Принять", "Отклонить"),
    "ar": ("نحن نستخدم ملفات تعريف الارتباط.", "أوافق", "لا أوافق"),
    "ja": ("このサイトはクッキーを使用します。", "同意する", "同意しない"),
    "cy": ("Rydym yn defnyddio cwcis.", "Derbyn pob cwci", "Gwrthod cwcis ychwanegol"),
    "mk": ("Страницава користи колачиња.", "Прифати ги сите", "Само неопходни"),
    "fa": ("این سایت از کوکی استفاده می‌کند.", "پذیرش همه", "فقط ضروری"),
    "ka": ("საიტი იყენებს ქუქი-ფაილებს.", "ყველას მიღება", "უარყოფა"),
    "hy": ("Կայքն օգտագործում է քուքիներ", "Ընդունել բոլորը", "Մերժել"),
    "sw": ("Tovuti hii hutumia vidakuzi.", "Kubali zote", "Kataa zote"),
    "af": ("Hierdie werf gebruik koekies.", "Aanvaar alles", "Slegs noodsaaklike koekies"),
    "de-privacy": ("Wir achten Ihre Privatsphäre.", "Alles klar", "Nein danke"),
    "nb": ("Vi tar vare på ditt personvern.", "Godta alle", "Avvis alle"),
    "en": ("We set cookies.", "Yes, that's fine", "I do not consent"),
}


ODD_BUTTONS = {
    "spans": """<span id="no" style="cursor: pointer">Reject all</span>
        <div id="yes" style="cursor: pointer"><b>Accept all</b></div>""",
    "pictures": """<input type="image" id="no" alt="Reject all" src="data:,">
        <button id="yes"><img alt="Accept all" src="data:,"></button>""",
    "forms": """<form method="post"><input type="hidden" name="token"><button id="no">Reject all</button></form>
        <form method="post"><input type="hidden" name="token"><button id="yes">Accept all</button></form>""",
    "links": """<span id="no" role="link" tabindex="0">Reject all</span> <a id="yes">Accept all</a>""",
}
"""Answers of an English banner that are no plain buttons."""


def page(language: str, words: tuple[str, str, str]) -> Answer:
    text, accept, refuse = words
    return Answer(
        f'<!doctype html><html lang="{language[:2]}"><title>Shop</title><main>Words.</main>'
        f'<div style="position:fixed;bottom:0;padding:2em;background:#eee"><p>{text}</p>'
        f'<a href="#" id="no">{refuse}</a> <button id="yes">{accept}</button></div>'
    )


def odd_page(buttons: str) -> Answer:
    outside = '<b style="cursor: pointer">Reject all</b>'
    sentence = (
        "We set cookies, as you can read on a page of its own, where all of them stand with their makers and terms."
    )
    return Answer(
        f'<!doctype html><html lang="en"><title>Shop</title><main>Words. {outside}</main>'
        '<div style="position:fixed;bottom:0;padding:2em;background:#eee">'
        f'<p style="cursor: pointer">{sentence}</p>{buttons}</div>'
    )


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    plain = {(f"{name}.localhost", "/"): page(name, words) for name, words in BANNERS.items()}
    odd = {(f"{name}.localhost", "/"): odd_page(buttons) for name, buttons in ODD_BUTTONS.items()}
    with serving({**plain, **odd}) as port:
        yield port


@pytest.mark.browser
@pytest.mark.parametrize("name", [*BANNERS, *ODD_BUTTONS])
def test_a_banner_is_described_by_its_words(driver: WebDriver, port: int, name: str) -> None:
    driver.get(f"http://{name}.localhost:{port}/")
    found = propose(driver)
    assert found is not None
    assert (found.accept, found.refuse) == (("#yes",), ("#no",))
