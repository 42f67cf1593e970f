"""The clean site keeps the policy, as far as can be seen without scripts."""

import re
import time

import pytest

from consentinel.reference_site import consent, hosts
from consentinel.reference_site.content import words
from consentinel.reference_site.declared import DECLARED
from consentinel.reference_site.serve import RunningSite
from consentinel.reference_site.store import DEMO
from tests.reference_site.client import ACCEPTED, REFUSED, Client

PAGES = {
    "/": "home",
    "/articles/ghost-meetings": "article",
    "/products/quay": "article",
    "/search?q=room": "search",
    "/account/sign-in": "sign-in",
    "/basket": "basket",
    "/cookies": "policy",
    "/browser-help/firefox": "policy",
    "/legal": "legal",
    "/preferences": "preferences",
    "/?utm_source=news": "home",
}


def choose(visitor: Client, value: str) -> None:
    visitor.cookies[consent.COOKIE] = value.format(now=int(time.time()))


def token(visitor: Client, path: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', visitor.get(path).data.decode())
    assert found
    return found[1]


def sign_in(visitor: Client) -> None:
    csrf = token(visitor, "/account/sign-in")
    assert visitor.post("/account/sign-in", csrf=csrf, email=DEMO.email, password=DEMO.password).status == 303


@pytest.mark.parametrize(("path", "page"), PAGES.items())
def test_every_page_answers_and_links_to_what_the_policy_promises(visitor: Client, path: str, page: str) -> None:
    response = visitor.get(path)
    html = response.data.decode()
    assert response.status == 200
    assert f'data-page="{page}"' in html
    for marker in ('id="legal-link"', 'id="policy-link"', 'id="open-preferences"', 'id="consent-banner"'):
        assert html.count(marker) == 1
    assert "data-consent" not in html


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/articles/none", 404), ("/boom", 500)])
def test_error_pages_are_pages_of_the_site(visitor: Client, path: str, status: int) -> None:
    response = visitor.get(path)
    assert response.status == status
    assert 'data-page="error"' in response.data.decode()


def test_before_a_choice_only_pages_with_forms_set_a_cookie(visitor: Client) -> None:
    for path in PAGES:
        visitor.get(path)
    assert set(visitor.cookies) == {"harbour_csrf"}
    assert "Max-Age" not in visitor.attributes["harbour_csrf"]


def test_pages_without_forms_set_no_cookie(running: RunningSite) -> None:
    for path in ("/articles/ghost-meetings", "/cookies", "/legal", "/preferences", "/search", "/nowhere"):
        visitor = Client(running)
        visitor.get(path)
        assert visitor.cookies == {}


def test_the_feature_test_keeps_an_assignment_only_with_consent(visitor: Client) -> None:
    choose(visitor, REFUSED)
    assert 'data-variant="A"' in visitor.get("/").data.decode()
    assert "harbour_ab" not in visitor.cookies
    choose(visitor, ACCEPTED)
    visitor.get("/")
    assigned = visitor.cookies["harbour_ab"]
    assert all(f'data-variant="{assigned}"' in visitor.get("/").data.decode() for _ in range(5))


def test_the_choice_is_shown_to_the_page(visitor: Client) -> None:
    choose(visitor, "v1:analytics=1,social=0,advertising=1:{now}")
    assert 'data-consent="advertising analytics"' in visitor.get("/").data.decode()


def test_share_buttons_explain_why_they_are_off(visitor: Client) -> None:
    assert 'class="share-notice"' in visitor.get("/articles/ghost-meetings").data.decode()
    choose(visitor, ACCEPTED)
    assert 'class="share-notice"' not in visitor.get("/articles/ghost-meetings").data.decode()


def test_an_order_needs_nothing_but_functionality(visitor: Client) -> None:
    choose(visitor, REFUSED)
    assert visitor.post("/basket", csrf=token(visitor, "/products/quay"), product="quay").status == 303
    assert visitor.get("/billing").headers["location"].startswith("/account/sign-in?why=billing")
    sign_in(visitor)
    assert DEMO.name in visitor.get("/account").data.decode()
    confirmation = visitor.post("/billing", csrf=token(visitor, "/billing")).data.decode()
    assert 'id="order-confirmed"' in confirmation
    assert set(visitor.cookies) == {consent.COOKIE, "harbour_csrf", "harbour_session", "harbour_basket"}


@pytest.mark.parametrize("path", ["/account/sign-in", "/basket", "/account/sign-out"])
def test_forms_without_cookies_are_refused_politely(visitor: Client, path: str) -> None:
    response = visitor.post(path, csrf="whatever", product="quay")
    assert response.status == 403
    assert re.search(r'id="needs-cookies"[^>]*role="alert">', response.data.decode())


def test_a_wrong_password_is_said_to_be_wrong(visitor: Client) -> None:
    csrf = token(visitor, "/account/sign-in")
    response = visitor.post("/account/sign-in", csrf=csrf, email=DEMO.email, password="guess")
    assert response.status == 400
    assert 'id="sign-in-wrong"' in response.data.decode()


def test_signing_in_never_leads_to_another_site(visitor: Client) -> None:
    csrf = token(visitor, "/account/sign-in")
    fields = {"csrf": csrf, "email": DEMO.email, "password": DEMO.password, "next": "//evil.localhost/"}
    assert visitor.post("/account/sign-in", **fields).headers["location"] == "/account"


def test_signing_in_with_the_network_needs_social_consent(visitor: Client) -> None:
    assert visitor.get("/account/circle").headers["location"].startswith("/account/sign-in?why=circle")
    choose(visitor, ACCEPTED)
    assert hosts.CIRCLE in visitor.get("/account/circle").headers["location"]


@pytest.mark.parametrize(
    ("header", "language"),
    [("", "en"), ("fr", "fr"), ("tlh, fr-CH;q=0.5", "fr"), (";;;,", "en"), ("*", "en")],
)
def test_the_language_follows_the_browser(visitor: Client, header: str, language: str) -> None:
    html = visitor.get("/", **{"Accept-Language": header}).data.decode()
    assert f'<html lang="{language}"' in html


def test_a_chosen_language_is_kept_on_the_sub_domain_as_well(visitor: Client) -> None:
    assert visitor.get("/language/fr?next=/legal").headers["location"] == "/legal"
    assert '<html lang="fr"' in visitor.get("/legal").data.decode()
    assert f"Domain={hosts.SITE}" in visitor.attributes["harbour_lang"]


@pytest.mark.parametrize("agent", ["", "x", "Lynx/2.9", "Mozilla/5.0 " + "(" * 500])
def test_unusual_browsers_are_answered(visitor: Client, agent: str) -> None:
    assert visitor.get("/", **{"User-Agent": agent}).status == 200


def test_the_policy_lists_all_that_is_declared(visitor: Client) -> None:
    html = visitor.get("/cookies").data.decode()
    assert all(f"<code>{row.name}</code>" in html for row in DECLARED)
    links = re.findall(r'href="(/browser-help/[^"]+)"', html)
    assert len(links) == 4
    assert all(visitor.get(link).status == 200 for link in links)


def test_the_help_centre_is_there(running: RunningSite) -> None:
    helper = Client(running, f"help.{hosts.SITE}")
    for path in ("/", "/answers/pairing"):
        response = helper.get(path)
        assert response.status == 200
        assert 'data-page="help"' in response.data.decode()
    assert helper.cookies == {}


def test_both_languages_say_the_same_things() -> None:
    def shape(value: object) -> object:
        if isinstance(value, dict):
            return {key: shape(inner) for key, inner in value.items() if key != "body"}
        return [shape(inner) for inner in value] if isinstance(value, list) else type(value)

    assert shape(words("en")) == shape(words("fr"))
    slugs = [[entry["slug"] for entry in words(language)["articles"]] for language in ("en", "fr")]
    assert slugs[0] == slugs[1]
