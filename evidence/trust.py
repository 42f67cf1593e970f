"""Which certificate authorities are trusted, by the proxy and by requests without a browser."""

from __future__ import annotations

import tempfile
from pathlib import Path

import certifi


def trust_file(*extra: Path | None) -> Path:
    """A new file of all authorities to trust: the public ones, and those given. The caller removes it."""
    authorities = [Path(certifi.where()), *(one for one in extra if one is not None)]
    with tempfile.NamedTemporaryFile("wb", prefix="consentinel-trust-", suffix=".pem", delete=False) as bundle:
        bundle.write(b"\n".join(authority.read_bytes() for authority in authorities))
    return Path(bundle.name)
