"""Each host shows a certificate of its own, by an authority that a client can trust."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import pytest

from consentinel.reference_site.certificates import Certificates

SHOP, ADS = "shop.localhost", "ads.localhost"


@pytest.fixture
def contexts(tmp_path: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A client that trusts the authority, and the server."""
    certificates = Certificates.of([SHOP, ADS])
    certificates.write_authority(tmp_path / "ca.pem")
    return ssl.create_default_context(cafile=tmp_path / "ca.pem"), certificates.server_context(SHOP)


def _names(contexts: tuple[ssl.SSLContext, ssl.SSLContext], host: str) -> list[str]:
    """Shake hands in memory, and return the names in the certificate that the host shows. Raises SSLError."""
    client, server = contexts
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    ours = client.wrap_bio(back, there, server_hostname=host)
    theirs = server.wrap_bio(there, back, server_side=True)
    ended: set[ssl.SSLObject] = set()
    while len(ended) < 2:
        for side in (ours, theirs):
            try:
                side.do_handshake()
                ended.add(side)
            except ssl.SSLWantReadError:
                pass
    certificate: Any = ours.getpeercert()
    return [name for _, name in certificate["subjectAltName"]]


def test_a_host_shows_a_certificate_with_its_own_name_alone(contexts: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    assert [_names(contexts, host) for host in (SHOP, ADS, SHOP)] == [[SHOP], [ADS], [SHOP]]


def test_a_host_that_is_not_there_shows_the_first_ones(contexts: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        _names(contexts, "elsewhere.localhost")
    contexts[0].check_hostname = False
    assert _names(contexts, "elsewhere.localhost") == [SHOP]
