"""The second reference site keeps its own policy, and each of its defects changes what is served."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest

from consentinel.policy.promises import promises
from consentinel.reference_site import garden_decoys, hosts
from consentinel.reference_site.defects import GARDEN_DEFECTS, Defect
from consentinel.reference_site.garden.choice import COOKIE, VERSION, chosen, parse
from consentinel.reference_site.registry import ALL_DEFECTS, DECOYS, GARDEN_DECOYS
from consentinel.reference_site.serve import RunningSite
from tests.reference_site.client import Client
from tests.reference_site.test_defects import KINDS

SAMPLES = ("/", "/plants/staghorn", "/cookies", "/settings", "/imprint", "/no-such-page")


@pytest.fixture
def reader(running: RunningSite) -> Client:
    return Client(running, hosts.GARDEN)


@pytest.fixture(scope="session")
def served(running: RunningSite) -> list[tuple[str, str]]:
    """Path and text of what the clean garden serves, before a choice and after a consent."""
    texts = []
    for value in ("", chosen(("comfort", "counts", "films", "outreach")).value()):
        client = Client(running, hosts.GARDEN)
        if value:
            client.cookies[COOKIE] = value
        texts += [(path, client.get(path).data.decode()) for path in SAMPLES]
    return texts


def scripts(client: Client, path: str = "/") -> list[str]:
    page = client.get(path).data.decode()
    return [name for name in ("count.js", "comfort.js", "tag.js", "/embed/") if name in page]


def test_before_a_choice_only_what_can_be_objected_to_is_at_work(reader: Client) -> None:
    assert scripts(reader, "/plants/staghorn") == ["count.js"]
    assert reader.cookies == {}


def test_a_refusal_by_the_notice_is_an_objection_too(reader: Client) -> None:
    reader.post("/choice", allow="none", next="/")
    assert scripts(reader, "/plants/staghorn") == []
    assert 'id="notice"' not in reader.get("/").data.decode()


def test_the_settings_keep_what_was_switched_on(reader: Client) -> None:
    assert reader.post("/settings", films="on").headers["location"] == "/settings?saved"
    assert scripts(reader, "/plants/staghorn") == ["/embed/"]


def test_a_choice_under_an_earlier_policy_no_longer_holds(reader: Client) -> None:
    kept = chosen(("films",))
    assert parse(kept.value()) == kept
    reader.cookies[COOKIE] = kept.value(VERSION - 1)
    assert 'id="notice"' in reader.get("/").data.decode()


def test_the_wish_of_a_browser_is_an_objection_until_there_is_a_choice(reader: Client) -> None:
    page = reader.get("/", **{"Sec-GPC": "1"}).data.decode()
    assert "count.js" not in page
    assert 'id="gpc-heeded"' in page


def test_a_choice_comes_along_with_the_account(running: RunningSite) -> None:
    first, second = Client(running, hosts.GARDEN), Client(running, hosts.GARDEN)
    first.post("/settings", comfort="on")
    for client in (first, second):
        assert client.post("/sign-in", email="ada@example.com", password="correct horse").status == 303
    assert scripts(second) == ["comfort.js"]


@pytest.mark.parametrize(
    ("host", "loaded"), [(hosts.GARDEN, []), (f"account-keeps-first-choice.{hosts.GARDEN}", ["count.js", "comfort.js"])]
)
def test_a_withdrawal_comes_along_with_the_account_unless_that_is_the_defect(
    running: RunningSite, host: str, loaded: list[str]
) -> None:
    first, second = Client(running, host), Client(running, host)
    first.post("/choice", allow="all", next="/")
    assert first.post("/sign-in", email="ada@example.com", password="correct horse").status == 303
    first.post("/settings", allow="none")
    assert second.post("/sign-in", email="ada@example.com", password="correct horse").status == 303
    assert scripts(second)[:2] == loaded


def test_the_link_to_the_sister_site_brings_the_choice_along(running: RunningSite, reader: Client) -> None:
    reader.post("/settings", comfort="on")
    page = reader.get("/").data.decode()
    way = page.partition('id="sister-link" href="https://arboretum.localhost')[2].partition("/")[2].partition('"')[0]
    sister = Client(running, hosts.SISTER)
    assert sister.get(f"/{way}").headers["location"] == "/"
    assert scripts(sister) == ["comfort.js"]


def test_both_languages_have_the_same_words(reader: Client) -> None:
    english = reader.get("/cookies").data.decode()
    german = reader.get("/cookies", **{"Accept-Language": "de"}).data.decode()
    assert english.count("<tr>") == german.count("<tr>")
    assert '<html lang="de"' in german


def test_there_are_enough_and_none_has_the_name_of_another() -> None:
    names = [*(defect.name for defect in ALL_DEFECTS), *hosts.CLEAN, DECOYS, GARDEN_DECOYS]
    assert len(names) == len(set(names))
    assert len(GARDEN_DEFECTS) >= 40
    assert len(garden_decoys.DECOYS) >= 15


@pytest.mark.parametrize("defect", GARDEN_DEFECTS, ids=lambda defect: defect.name)
def test_a_defect_is_whole_and_deployed(defect: Defect, served: list[tuple[str, str]], running: RunningSite) -> None:
    assert defect.sentence.endswith(".")
    assert defect.expected
    assert {one.id for one in promises()} >= set(defect.promises)
    for truth in defect.expected:
        assert truth.kind in KINDS
        assert "{" not in truth.host + truth.writer + truth.name
    for patch in defect.deployment.patches:
        assert any(patch.apply(path, text) != text for path, text in served if fnmatchcase(path, patch.path))
    client = Client(running, defect.host)
    page = client.get("/").data.decode()
    for path, source in defect.deployment.files().items():
        assert f'<script src="{path}" defer>' in page
        assert client.get(path).data.decode() == source
