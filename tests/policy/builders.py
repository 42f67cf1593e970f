"""Policy files made by hand."""

from __future__ import annotations

from typing import Any

from consentinel.policy.fingerprints import digest, fingerprint
from consentinel.policy.policy_file import PolicyFile

URL = "https://www.shop.example/cookies"


def policy_of(*sentences: str, **more: Any) -> PolicyFile:
    """A policy of these sentences, each with a promise of its own: P01, P02 and so on."""
    return PolicyFile.model_validate(
        {
            "source": {"url": URL, "date": "2026-03-31", "sha256": digest(sentences)},
            "sentence": [
                {"id": f"S{n}", "fingerprint": fingerprint(text), "promises": [f"P{n:02}"], "confirmed": True}
                for n, text in enumerate(sentences, 1)
            ],
            **more,
        }
    )
