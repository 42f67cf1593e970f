"""Signs the manifest of a report with a key from the environment, and checks the signature with the public key.

Keys are of Ed25519, in PEM, as `openssl genpkey -algorithm ed25519` makes them and `openssl pkey -pubout` derives them.
"""

from __future__ import annotations

import base64
import binascii
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

ENVIRONMENT = "CONSENTINEL_SIGNING_KEY"
"""The variable that holds the private key itself, as PEM without a password."""

_SUBJECT = b"consentinel manifest 1\n"
"""What a signature begins with, so that it stands for nothing else that somebody signs by the same key."""


class KeyUnusable(ValueError):
    """A key is none, or of another kind. The message is one line and holds nothing of the key."""


def signed(digest: str) -> str:
    """Return the signature of a report's digest in base64; empty where the environment has no key.

    Raises KeyUnusable.
    """
    text = os.environ.get(ENVIRONMENT, "").strip()
    if not text:
        return ""
    try:
        key = load_pem_private_key(text.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyUnusable(f"{ENVIRONMENT} holds no private key in PEM without a password") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyUnusable(f"{ENVIRONMENT} holds a key of another kind than Ed25519")
    return base64.b64encode(key.sign(_SUBJECT + digest.encode())).decode("ascii")


def read_key(file: Path) -> Ed25519PublicKey:
    """Return the public key in a file. Raises KeyUnusable."""
    try:
        key = load_pem_public_key(file.read_bytes())
    except OSError as error:
        raise KeyUnusable(f"{file}: {error.strerror}") from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyUnusable(f"{file}: it holds no public key in PEM") from error
    if not isinstance(key, Ed25519PublicKey):
        raise KeyUnusable(f"{file}: it holds a key of another kind than Ed25519")
    return key


def is_signed_by(key: Ed25519PublicKey, signature: str, digest: str) -> bool:
    """Return whether the signature is the key's for this digest."""
    try:
        key.verify(base64.b64decode(signature, validate=True), _SUBJECT + digest.encode())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True
