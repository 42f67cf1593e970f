"""The certificate authority of a recording proxy, which signs a certificate for each host that a browser asks for.

mitmproxy would make one of its own, with an RSA key. A handshake with an elliptic curve takes 0.6 ms of processor time
less, and each visitor opens a new connection to each host.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

FILE = "mitmproxy-ca.pem"
"""The name by which mitmproxy finds an authority's key and certificate in its folder."""

_NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Consentinel's recording proxy")])
_VALID = timedelta(days=365)
_MAY = dict.fromkeys(
    (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "encipher_only",
        "decipher_only",
    ),
    False,
)


def write_authority(folder: Path) -> None:
    """Make an authority, and write its key and its certificate for mitmproxy into a folder."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    signs = x509.KeyUsage(key_cert_sign=True, crl_sign=True, **_MAY)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(_NAME)
        .issuer_name(_NAME)
        .serial_number(x509.random_serial_number())
        .public_key(key.public_key())
        .not_valid_before(now - timedelta(days=2))
        .not_valid_after(now + _VALID)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(signs, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = Path(folder, FILE)
    file.touch(0o600)
    file.write_bytes(private + certificate.public_bytes(Encoding.PEM))


def key_of(folder: Path) -> str:
    """Return the public key of the authority in a folder: the SHA-256 of its SubjectPublicKeyInfo, in base64."""
    certificate = x509.load_pem_x509_certificate(Path(folder, FILE).read_bytes())
    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(key).digest()).decode()
