"""Which certificate authorities are trusted, by the proxy and by requests without a browser."""

from __future__ import annotations

import re
import ssl
import tempfile
from pathlib import Path

import certifi

_REFUSED = re.compile(r"certificate verify failed:? ?([^(\n]*)", re.IGNORECASE)
_UNKNOWN = re.compile(r"self.signed|unable to (get|verify)|unknown ca|^$", re.IGNORECASE)
_ASKS = re.compile(r"alert[ _]certificate[ _]required", re.IGNORECASE)
_DECLINES = re.compile(
    r"alert[ _](unknown[ _]ca|bad[ _]certificate|certificate[ _](unknown|expired|revoked)|access[ _]denied)\b",
    re.IGNORECASE,
)
SHOWS = "--client-cert FILE shows one"
"""What helps where a server asks for a client certificate."""

_OTHER_NAME = re.compile(r"doesn't match|CertificateError|(hostname|IP address) mismatch", re.IGNORECASE)


def trust_file(*extra: Path | None) -> Path:
    """Return a new file of all authorities to trust: the public ones, and those given. The caller removes it."""
    authorities = [Path(certifi.where()), *(one for one in extra if one is not None)]
    with tempfile.NamedTemporaryFile("wb", prefix="consentinel-trust-", suffix=".pem", delete=False) as bundle:
        bundle.write(b"\n".join(authority.read_bytes() for authority in authorities))
    return Path(bundle.name)


def flaw(authority: Path) -> str:
    """Return what is wrong with a file that should hold a certificate authority; empty where nothing is."""
    try:
        ssl.create_default_context().load_verify_locations(cafile=authority)
    except FileNotFoundError:
        return f"--ca {authority}: no such file; give a certificate authority as PEM"
    except OSError as error:
        problem = "it holds no certificate" if isinstance(error, ssl.SSLError) else error.strerror
        return f"--ca {authority}: {problem}; give a certificate authority as PEM"
    return ""


def about_certificate(said: str) -> str:
    """Return what is wrong with a server's certificate or our own, and what helps, by the words of OpenSSL.

    It is empty if they name none. The server's words are its alerts (RFC 8446, section 6.2).
    """
    if _ASKS.search(said):
        return f"it asks for a client certificate ({SHOWS})"
    if _DECLINES.search(said):
        return "it does not accept the client certificate (--client-cert)"
    if _OTHER_NAME.search(said):
        return "its certificate is for another name"
    refused = _REFUSED.search(said)
    if refused is None:
        return ""
    reason = refused[1].strip(" .'\"")
    if _UNKNOWN.search(reason):
        return "its certificate is of no trusted authority (--ca FILE trusts one of your own)"
    return f"its certificate is not valid ({reason})"
