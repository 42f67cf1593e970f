"""The names that languages call themselves by, as buttons say them that ask which language a visitor reads."""

from __future__ import annotations

from collections.abc import Sequence

from consentinel.drafting.switches import Found
from consentinel.site.normal_text import normal

NAMES = {
    "ar": "العربية", "bg": "Български", "bs": "Bosanski", "ca": "Català", "cs": "Čeština", "cy": "Cymraeg",
    "da": "Dansk", "de": "Deutsch", "el": "Ελληνικά", "en": "English", "es": "Español", "et": "Eesti",
    "eu": "Euskara", "fa": "فارسی", "fi": "Suomi", "fr": "Français", "ga": "Gaeilge", "gl": "Galego",
    "he": "עברית", "hi": "हिन्दी", "hr": "Hrvatski", "hu": "Magyar", "id": "Bahasa Indonesia",
    "is": "Íslenska", "it": "Italiano", "ja": "日本語", "ko": "한국어", "lb": "Lëtzebuergesch", "lt": "Lietuvių",
    "lv": "Latviešu", "mk": "Македонски", "mt": "Malti", "nb": "Norsk", "nl": "Nederlands", "no": "Norsk",
    "pl": "Polski", "pt": "Português", "rm": "Rumantsch", "ro": "Română", "ru": "Русский",
    "sk": "Slovenčina", "sl": "Slovenščina", "sq": "Shqip", "sr": "Српски", "sv": "Svenska", "th": "ไทย",
    "tr": "Türkçe", "uk": "Українська", "vi": "Tiếng Việt", "zh": "中文",
}  # fmt: skip

FEWEST = 2
"""Buttons that name a language, at least, where a layer asks for one."""


def choice_of(buttons: Sequence[Found], language: str) -> Found | None:
    """Return the button that chooses the page's language, else the first one of a layer that asks for it; None where it
    asks for something else.

    `language` is the language that the page says it is written in, as a BCP 47 tag.
    """
    named = [(code, each) for each in buttons for code, name in NAMES.items() if normal(each["name"]) == normal(name)]
    spoken = language.lower().replace("_", "-").partition("-")[0]
    own = [each for code, each in named if code == spoken]
    is_asked = len({id(each) for _, each in named}) >= FEWEST
    return next((each for each in (*own, *(each for _, each in named))), None) if is_asked else None
