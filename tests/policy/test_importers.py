"""What consent managers export becomes rows of the register, none of them confirmed."""

from __future__ import annotations

import json

import pytest

from consentinel.policy.importers import NotImported, import_rows, text_of

ONETRUST = """Cookie Name,Host,Category,Lifespan,Description,Third Party
_ga,shop.example,Performance Cookies,395,"Counts, without names",First Party
sid,www.shop.example,Strictly Necessary Cookies,0,Keeps you signed in,First Party
IDE,doubleclick.net,Targeting Cookies,390,Ads,Third Party
"""

COOKIEBOT = """\ufeffName;Provider;Purpose;Expiry;Type;Category
_ga_#;Google;Counts;2 years;HTTP Cookie;Statistics
theme;shop.example;Look;Persistent;HTML Local Storage;Preferences
px;Ads Inc;Ads;Session;Pixel Tracker;Marketing
*;Odd;Odd;Session;HTTP Cookie;Marketing
"""

IAB = {
    "disclosures": [
        {"identifier": "uid", "type": "cookie", "maxAgeSeconds": 34128000, "cookieRefresh": True, "purposes": [1, 3],
         "domains": ["*.ads.example"]},
        {"identifier": "buf_*", "type": "web", "maxAgeSeconds": None, "purposes": [1]},
        {"identifier": "now", "type": "cookie", "maxAgeSeconds": 0},
        {"identifier": "half", "type": "cookie", "maxAgeSeconds": 1800},
        {"identifier": "sdk", "type": "app"},
        "odd",
    ]
}  # fmt: skip


def test_a_csv_of_onetrust() -> None:
    rows = import_rows(ONETRUST)
    assert [(row.item, row.host, row.category, row.lifetime) for row in rows] == [
        ("_ga", "shop.example", "analytics", "395 days"),
        ("sid", "www.shop.example", "functionality", "session"),
        ("IDE", "doubleclick.net", "advertising", "390 days"),
    ]
    assert not any(row.confirmed for row in rows)
    assert rows[0].purpose == "Counts, without names"


def test_a_csv_of_cookiebot_leaves_out_what_stores_nothing() -> None:
    rows = import_rows(COOKIEBOT)
    assert [(row.item, row.kind, row.lifetime, row.provider) for row in rows] == [
        ("_ga_#", "cookie", "2 years", "Google"),
        ("theme", "local_storage", "Persistent", "shop.example"),
    ]


def test_a_device_storage_disclosure() -> None:
    rows = import_rows(json.dumps(IAB))
    assert [(row.item, row.host, row.kind, row.lifetime, row.purpose) for row in rows] == [
        ("uid", "ads.example", "cookie", "395 days", "purposes 1, 3"),
        ("buf_*", "", "any", "", "purposes 1"),
        ("now", "", "cookie", "session", ""),
        ("half", "", "cookie", "1800 seconds", ""),
    ]


GERMAN = """Name;Anbieter;Zweck;Ablauf;Typ;Kategorie
_ga;Google;"zählt Besuche,
ohne Namen";2 Jahre;HTTP-Cookie;Statistik
theme;laden.example;Aussehen;Beständig;HTML Local Storage;Präferenzen
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1252"])
@pytest.mark.parametrize("head", ["", "sep=;\r\n", "Bericht vom 3. Mai 2026\n\n"])
def test_an_export_of_a_spreadsheet_in_german(encoding: str, head: str) -> None:
    data = f"{head}{GERMAN}".encode(encoding)
    rows = import_rows(text_of(data if encoding != "utf-16-le" else b"\xff\xfe" + data))
    assert [(row.item, row.kind, row.category, row.lifetime, row.purpose) for row in rows] == [
        ("_ga", "cookie", "analytics", "2 Jahre", "zählt Besuche, ohne Namen"),
        ("theme", "local_storage", "preferences", "Beständig", "Aussehen"),
    ]


@pytest.mark.parametrize("data", [bytes(range(256)), "Name;Ablauf".encode("utf-16-le"), b"\xff\xfe\x00"])
def test_what_is_no_text_is_told(data: bytes) -> None:
    with pytest.raises(NotImported, match="no text"):
        text_of(data)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a,b\n1,2\n",
        "{",
        '{"disclosures": {}}',
        "<html>",
        '{"disclosures": []}',
        '{"disclosures": true}',
        "Name,Type,Category\n",
        "\0",
    ],
)
def test_what_is_no_export_is_told(text: str) -> None:
    with pytest.raises(NotImported):
        import_rows(text)
