"""The recording proxy's authority is one that mitmproxy takes for its own, and each is another one."""

from __future__ import annotations

import stat
from pathlib import Path

from cryptography import x509
from mitmproxy import certs

from consentinel.evidence.authority import FILE, key_of, write_authority
from consentinel.evidence.proxy import RecordingProxy


def test_mitmproxy_signs_with_it(tmp_path: Path) -> None:
    write_authority(tmp_path)
    written = (tmp_path / FILE).read_bytes()
    store = certs.CertStore.from_store(tmp_path, "mitmproxy", 2048)
    assert (tmp_path / FILE).read_bytes() == written, "it makes none of its own"
    shown = store.get_cert("shop.example", [x509.DNSName("shop.example")]).cert
    x509.load_pem_x509_certificate(shown.to_pem()).verify_directly_issued_by(x509.load_pem_x509_certificate(written))


def test_proxies_side_by_side_share_one_and_others_do_not(tmp_path: Path) -> None:
    wires = [first := RecordingProxy(), RecordingProxy(beside=first), RecordingProxy()]
    try:
        keys = [wire.key for wire in wires]
    finally:
        for wire in wires:
            wire.close()
    assert keys[0] == keys[1] != keys[2]


def test_nobody_else_reads_the_key(tmp_path: Path) -> None:
    write_authority(tmp_path)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert len(key_of(tmp_path)) == 44
