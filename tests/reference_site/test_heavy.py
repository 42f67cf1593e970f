"""The heavy deployment is the clean shop, with three hundred requests more on each page."""

import pytest
import zstandard

from consentinel.reference_site import hosts
from consentinel.reference_site.registry import HEAVY
from consentinel.reference_site.serve import RunningSite
from tests.reference_site.client import Client

SITE = f"{HEAVY}.{hosts.SITE}"
_TAKES = {"Accept-Encoding": "gzip, br, zstd"}


def test_each_page_loads_what_makes_it_heavy_and_the_policy_declares_what_stays(running: RunningSite) -> None:
    client = Client(running, SITE)
    assert 'src="/extra/page.js"' in client.get("/").data.decode()
    assert ".partner.localhost" in client.get("/extra/page.js").data.decode()
    assert "<code>/offline/</code>" in client.get("/cookies").data.decode()
    assert client.get("/offline/worker.js").status == 200
    assert set(client.cookies) == {"harbour_csrf"}


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/scripts/1.js", "text/javascript"),
        ("/manager-0.js", "text/javascript"),
        ("/frame.js", "text/javascript"),
        ("/frames/3", "text/html"),
        ("/data/2.json", "application/json"),
        ("/pictures/4.png", "image/png"),
        ("/film.wav", "audio/wav"),
        ("/poll", "application/json"),
    ],
)
def test_each_of_the_forty_partners_serves_its_part_and_stores_nothing(
    running: RunningSite, path: str, kind: str
) -> None:
    client = Client(running, hosts.CROWD[-1])
    answer = client.get(path)
    assert answer.status == 200
    assert answer.headers["content-type"].startswith(kind)
    assert client.cookies == {}


def test_texts_come_in_each_of_the_codings_that_a_browser_takes(running: RunningSite) -> None:
    client = Client(running, hosts.CROWD[0])
    met = set()
    for number in range(6):
        plain, coded = (client.get(f"/scripts/{number}.js", **wanted) for wanted in ({}, _TAKES))
        assert "content-encoding" not in plain.headers
        coding = coded.headers["content-encoding"]
        # urllib3 decodes the others by itself.
        data = zstandard.ZstdDecompressor().decompress(coded.data) if coding == "zstd" else coded.data
        assert data == plain.data
        met.add(coding)
    assert met == {"br", "gzip", "zstd"}
