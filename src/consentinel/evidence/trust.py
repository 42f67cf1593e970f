"""Which certificate authorities are trusted, by the proxy and by requests without a browser."""

from __future__ import annotations

import ssl
import tempfile
from pathlib import Path

import certifi


def trust_file(*extra: Path | None) -> Path:
    """A new file of all authorities to trust: the public ones, and those given. The caller removes it."""
    authorities = [Path(certifi.where()), *(one for one in extra if one is not None)]
    with tempfile.NamedTemporaryFile("wb", prefix="consentinel-trust-", suffix=".pem", delete=False) as bundle:
        bundle.write(b"\n".join(authority.read_bytes() for authority in authorities))
    return Path(bundle.name)


def flaw(authority: Path) -> str:
    """What is wrong with a file that should hold a certificate authority; empty where nothing is."""
    try:
        ssl.create_default_context().load_verify_locations(cafile=authority)
    except FileNotFoundError:
        return f"--ca {authority}: no such file; give a certificate authority as PEM"
    except OSError as error:
        problem = "it holds no certificate" if isinstance(error, ssl.SSLError) else error.strerror
        return f"--ca {authority}: {problem}; give a certificate authority as PEM"
    return ""
