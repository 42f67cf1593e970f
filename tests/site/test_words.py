"""A switch's category is told by its label, in many languages, or it is not told."""

from __future__ import annotations

import pytest

from consentinel.drafting.page_links import link_kind, opener_rank
from consentinel.drafting.switches import _category
from consentinel.drafting.tour import named_links
from consentinel.drafting.words import category_of, is_necessary
from consentinel.site.profile import Category


@pytest.mark.parametrize(
    ("label", "category"),
    [
        ("Strictly necessary cookies", Category.FUNCTIONALITY),
        ("Technisch notwendig", Category.FUNCTIONALITY),
        ("Functional", Category.FUNCTIONALITY),
        ("Statistik", Category.ANALYTICS),
        ("Mesure d'audience", Category.ANALYTICS),
        ("Estad\u00edsticas", Category.ANALYTICS),
        ("Webanalyse", Category.ANALYTICS),
        ("Soziale Netzwerke", Category.SOCIAL),
        ("Social media", Category.SOCIAL),
        ("Werbung", Category.ADVERTISING),
        ("Publicit\u00e9", Category.ADVERTISING),
        ("Reklama", Category.ADVERTISING),
        ("Statistics (always on)", Category.ANALYTICS),
        ("Werbung, immer aktiv", Category.ADVERTISING),
        ("Always active", Category.FUNCTIONALITY),
        ("Necessary statistics", None),
        ("Preferences", None),
        ("Marketing and statistics", None),
        ("Chat", None),
        ("", None),
        ("Toiminnalliset ev\u00e4steet", Category.FUNCTIONALITY),
        ("Funkcionalit\u00e1s s\u00fctik", Category.FUNCTIONALITY),
        ("Potrebn\u00e9 cookies", Category.FUNCTIONALITY),
        ("Publizitate Cookieak", Category.ADVERTISING),
        ("Mainosev\u00e4steet", Category.ADVERTISING),
    ],
)
def test_a_label_tells_one_category_or_none(label: str, category: Category | None) -> None:
    assert category_of(label) is category


@pytest.mark.parametrize(
    ("label", "is_locked", "category"),
    [
        ("Functional", True, Category.FUNCTIONALITY),
        ("Functional", False, None),
        ("Necessary", False, Category.FUNCTIONALITY),
        ("Analytics", False, Category.ANALYTICS),
    ],
)
def test_what_is_called_functional_and_can_be_refused_is_no_category_of_the_policy(
    label: str, is_locked: bool, category: Category | None
) -> None:
    assert _category({"label": label, "name": label, "locked": is_locked}) is category


def test_necessary_leaves_no_choice_and_functional_does() -> None:
    assert is_necessary("Immer aktiv: notwendige Cookies")
    assert not is_necessary("Funktionale Cookies")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Gestion des cookies", "preferences"),
        ("G\u00e9rer les cookies", "preferences"),
        ("Cookies verwalten", "preferences"),
        ("Cookie preferences", "preferences"),
        ("Cookies", "policy"),
        ("Politique de cookies", "policy"),
        ("Gestion du site", None),
        ("Preferenze cookie", "preferences"),
        ("Configurar cookies", "preferences"),
        ("Preferencias de privacidad", "preferences"),
        ("Ustawienia plik\u00f3w cookie", "preferences"),
        ("Cookieinst\u00e4llningar", "preferences"),
        ("Ev\u00e4steasetukset", "preferences"),
        ("\u00c7erez ayarlar\u0131", "preferences"),
        ("Einwilligung \u00e4ndern", "preferences"),
        ("Cookie\u8a2d\u5b9a", "preferences"),
        (
            "\u0625\u0639\u062f\u0627\u062f\u0627\u062a \u0645\u0644\u0641\u0627\u062a "
            "\u062a\u0639\u0631\u064a\u0641 \u0627\u0644\u0627\u0631\u062a\u0628\u0627\u0637",
            "preferences",
        ),
        ("Informativa cookie", "policy"),
        ("Pol\u00edtica de cookies", "policy"),
        ("Personal data & cookies", "policy"),
        ("More about cookies", "policy"),
        ("Innstillinger for informasjonskapsler", "preferences"),
        ("Vafrak\u00f6kustillingar", "preferences"),
        ("Configuraci\u00f3 de galetes", "preferences"),
        ("Gosodiadau cwcis", "preferences"),
        ("Mipangilio ya vidakuzi", "preferences"),
        ("Koekie-instellings", "preferences"),
        ("Privatsph\u00e4re-Einstellungen", "preferences"),
        ("Privatlivsindstillinger", "preferences"),
        ("Personverninnstillinger", "preferences"),
        ("Integritetsinst\u00e4llningar", "preferences"),
        ("Gizlilik ayarlar\u0131", "preferences"),
        ("\u30d7\u30e9\u30a4\u30d0\u30b7\u30fc\u8a2d\u5b9a", "preferences"),
        ("Impostazioni sulla privacy", "preferences"),
        ("Cookies beheren", "preferences"),
        ("Ustawienia prywatno\u015bci", "preferences"),
        ("Polisi cwcis", "policy"),
        ("Ch\u00ednh s\u00e1ch cookie", "policy"),
        ("K\u00fcpsiste kasutamine", "policy"),
        ("Polasa\u00ed fian\u00e1n", "policy"),
        ("Galettes", None),
        ("Galletas", None),
        ("Einstellungen", None),
        ("Mentions l\u00e9gales", "legal"),
        ("Pol\u00edtica de privacidad", "policy"),
        ("Polityka prywatno\u015bci", "policy"),
        ("Integritetspolicy", "policy"),
        ("Tietosuojaseloste", "policy"),
        ("Z\u00e1sady ochrany osobn\u00edch \u00fadaj\u016f", "policy"),
        ("How we use cookies", "policy"),
        ("\u30d7\u30e9\u30a4\u30d0\u30b7\u30fc\u30dd\u30ea\u30b7\u30fc", "policy"),
        ("Oatmeal cookies", None),
        ("How to bake cookies", None),
        ("Privacy is dead, and we killed it", None),
        ("Manage your tracker settings", "preferences"),
        ("Tracking preferences", "preferences"),
        ("G\u00e9rer mes traceurs", "preferences"),
        ("Управление файлами cookie", "preferences"),
        ("Track your parcel", None),
        ("Tracking", None),
        ("Termini e condizioni", "legal"),
        ("AGB", "legal"),
        ("Ten legal battles that changed how we think of maps", None),
    ],
)
def test_a_link_leads_to_what_it_names(text: str, kind: str | None) -> None:
    assert link_kind(text) == kind


def test_the_last_part_of_an_address_says_that_a_vague_name_is_the_policys() -> None:
    assert link_kind("What our bakers say about cookies", "/stories/what-bakers-say") is None
    assert link_kind("Straight talk about cookies", "/legal/cookie-policy.html?lang=en") == "policy"


def test_of_several_links_the_cookie_policys_is_named() -> None:
    names = {
        "Cookies": "/shop/cookies",
        "Privacy": "/privacy",
        "Cookie policy": "/cookie-policy",
        "Cookie notice": "/other",
    }
    found = [{"text": text, "selector": f"#{path}", "inside": False, "path": path} for text, path in names.items()]
    assert named_links(found)["policy"][1] == "/cookie-policy"
    assert named_links(found[:2])["policy"][1] == "/shop/cookies"


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("Cookie settings", 0),
        ("Cookie Consent", 1),
        ("Cookies & Consent", 1),
        ("Cookie-Einwilligung", 1),
        ("Consentement aux cookies", 1),
        ("Consenso ai cookie", 1),
        ("Cookiesamtycke", 1),
        ("Do not sell or share my personal information", 1),
        ("AdChoices", 1),
        ("Ne pas vendre mes informations personnelles", 1),
        ("Manage preferences", 2),
        ("G\u00e9rer mes pr\u00e9f\u00e9rences", 2),
        ("Einstellungen \u00e4ndern", 2),
        ("Einwilligung widerrufen", 2),
        ("Ev\u00e4stesuostumus", 2),
        ("Cookies", 2),
        ("Settings", None),
        ("My choices", None),
        ("Manage account", None),
        ("Shipping preferences", None),
        ("Consent to treatment", None),
        ("Privacy", None),
        ("Best practices: do not share passwords with anyone on the web, ever", None),
    ],
)
def test_what_leads_to_no_page_may_open_the_preferences_by_less_of_a_name(text: str, rank: int | None) -> None:
    assert opener_rank(text) == rank


def test_a_link_to_another_page_or_site_opens_the_preferences_by_its_whole_name_alone() -> None:
    here = {"selector": "#here", "inside": False, "path": ""}
    page = {"selector": "#page", "inside": False, "path": "/consent", "leaves": True}
    away = {"selector": "#away", "inside": False, "path": "", "leaves": True, "away": True}
    assert named_links([{**here, "text": "Cookie consent"}]) == {"preferences": ("#here", "")}
    assert named_links([{**page, "text": "Cookie consent"}, {**away, "text": "Your privacy choices"}]) == {}
    assert named_links([{**page, "text": "Cookie settings"}]) == {"preferences": ("#page", "/consent")}
    unsure = {**here, "selector": "#news", "text": "Manage preferences"}
    assert named_links([unsure, {**here, "text": "Cookie settings"}])["preferences"][0] == "#here"
