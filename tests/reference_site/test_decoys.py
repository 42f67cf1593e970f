"""The decoys are all there, declared, and served."""

from pathlib import Path

from consentinel.reference_site import decoys, hosts
from consentinel.reference_site.declared import DECLARED
from consentinel.reference_site.serve import RunningSite
from tests.reference_site.client import Client

BY_SERVER = {
    "load-balancer",
    "value-that-decodes",
    "csrf-token",
    "csrf-renewed",
    "variant-with-consent",
    "consent-mode",
    "consent-mode-waits",
    "consent-mode-by-region",
    "commands-of-other-makers",
    "event-called-consent",
    "framework",
    "wish-and-still-asked",
    "wish-and-later-consent",
    "wish-declared",
    "framework-by-a-stub",
    "interest-after-refusal",
    "string-without-vendors-shown",
    "partner",
    "kinds-of-something-else",
    "session-has-ended",
    "manager-missed",
    "banner-without-a-role",
    "banner-that-fades-in",
    "banner-that-makes-room",
}


def test_each_decoy_is_explained_and_done() -> None:
    script = Path(decoys.__file__).with_name("static").joinpath("decoys", "decoys.js").read_text()
    assert len(decoys.DECOYS) >= 20
    assert {name for name in decoys.DECOYS if f'"{name}"()' in script} == set(decoys.DECOYS) - BY_SERVER


def test_what_they_store_is_declared_in_the_policy(running: RunningSite) -> None:
    html = Client(running, f"decoys.{hosts.SITE}").get("/cookies").data.decode()
    assert all(f"<code>{row.name}</code>" in html for row in (*DECLARED, *decoys.DECLARED))


def test_the_server_sets_only_anonymous_functionality_cookies(running: RunningSite) -> None:
    client = Client(running, f"decoys.{hosts.SITE}")
    client.get("/")
    client.get("/articles/ghost-meetings")
    assert set(client.cookies) == {"lb", "harbour_csrf"}
    assert client.get("/go/legal").headers["location"] == "/legal"
    assert client.get("/health").status == 204
