"""The table of defects is sound, and each defect really changes what is served.

That each one shows in a real browser is checked by ``python -m tests.reference_site``, which takes longer.
"""

import re
import time
from fnmatch import fnmatchcase

import pytest

from consentinel.policy.promises import promises
from consentinel.reference_site import consent
from consentinel.reference_site.defects import DEFECTS, GARDEN_DEFECTS, Defect
from consentinel.reference_site.defects.__main__ import main as list_defects
from consentinel.reference_site.hosts import SUBDOMAINS
from consentinel.reference_site.serve import RunningSite
from tests.commands import code_of
from tests.reference_site.client import ACCEPTED, Client

KINDS = {
    "file",
    "cookie",
    "local_storage",
    "session_storage",
    "indexed_db",
    "cache",
    "service_worker",
    "request",
    "page",
}
NOT_PROVABLE = {"P08"}
SAMPLES = (
    "/",
    "/articles/ghost-meetings",
    "/preferences",
    "/account/sign-in",
    "/cookies",
    "/static/consent.js",
    "/static/harbour.css",
)


@pytest.fixture(scope="session")
def served(running: RunningSite) -> list[tuple[str, str]]:
    """Path and text of what the clean site serves, before and after a choice, in both languages."""
    texts = []
    for choice in (None, ACCEPTED.format(now=int(time.time()))):
        for language in ("en", "fr"):
            client = Client(running)
            if choice:
                client.cookies[consent.COOKIE] = choice
            texts += [(path, client.get(path, **{"Accept-Language": language}).data.decode()) for path in SAMPLES]
    return texts


def test_there_are_enough_and_each_has_a_host_of_its_own() -> None:
    names = [defect.name for defect in DEFECTS]
    assert len(names) >= 60
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in names)
    assert not set(names) & {*SUBDOMAINS, "decoys"}


def test_every_provable_promise_is_broken_by_some_defect_in_the_first_place() -> None:
    provable = {f"P{number:02}" for number in range(1, 28)} - NOT_PROVABLE
    assert {defect.promise for defect in DEFECTS} >= provable - {"P26"}
    broken = {promise for defect in DEFECTS for promise in defect.promises}
    assert {promise for promise in broken if not promise.startswith("R-")} == provable | {"P28", "P31"}


def test_every_rule_beyond_the_policy_is_broken_by_some_defect() -> None:
    rules = {one.id for one in promises() if one.is_rule}
    assert {promise for defect in (*DEFECTS, *GARDEN_DEFECTS) for promise in defect.promises} >= rules


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_its_row_is_complete(defect: Defect) -> None:
    assert defect.sentence.endswith(".")
    assert defect.expected
    for truth in defect.expected:
        assert truth.kind in KINDS
        assert "{" not in truth.host + truth.writer + truth.name
        assert truth.writer.startswith("https://")
    deployment = defect.deployment
    assert deployment.patches or deployment.scripts or deployment.answer or deployment.amend


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_its_patches_find_what_they_change(defect: Defect, served: list[tuple[str, str]]) -> None:
    for patch in defect.deployment.patches:
        assert any(patch.apply(path, text) != text for path, text in served if fnmatchcase(path, patch.path))


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_it_is_deployed_and_loads_its_script(defect: Defect, running: RunningSite) -> None:
    client = Client(running, defect.host)
    response = client.get("/")
    assert response.status == 200
    for path, source in defect.deployment.files().items():
        assert f'<script src="{path}" defer>' in response.data.decode()
        assert client.get(path).data.decode() == source


def test_what_stands_in_for_a_tag_has_all_of_its_parts(running: RunningSite) -> None:
    relay = next(one for one in DEFECTS if one.name == "analytics-relay")
    script = Client(running, relay.host).get("/lib/core.js").data.decode()
    assert "/lib/event" in script
    assert not re.search(r"// \{[\w.-]+\}", script), "what another file holds was not put in: the script throws"


def test_enough_defects_and_decoys_are_about_signals(capsys: pytest.CaptureFixture[str]) -> None:
    assert code_of(list_defects, ["--signals"]) == 0
    *listed, count = capsys.readouterr().out.strip().split("\n\n")
    found = re.fullmatch(r"(\d+) seeded defects about signals, and (\d+) decoys", count)
    assert found
    assert int(found[1]) == len(listed) >= 40
    assert int(found[2]) >= 20
    assert {"signal-array", "garden-string-on-the-wire"} <= {one.partition(" ")[0] for one in listed}
