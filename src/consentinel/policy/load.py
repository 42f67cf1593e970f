"""Reads a policy file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from pydantic import ValidationError

from consentinel.policy.fingerprints import fingerprint
from consentinel.policy.policy_file import PolicyFile
from consentinel.site.errors import Problem, ProfileError
from consentinel.site.explain import explain
from consentinel.site.load import read_toml


def load_policy(file: Path) -> PolicyFile:
    """Return the policy file at this path, checked. Raises ProfileError, one line per problem."""
    if not file.is_file():
        remedy = "write one with: consentinel policy draft URL -o FILE"
        raise ProfileError((Problem(str(file), "", "", "no such file", remedy),))
    try:
        policy = PolicyFile.model_validate(read_toml(file))
    except ValidationError as error:
        raise ProfileError(explain(file.name, error, PolicyFile)) from error
    return policy.with_texts(commented(file.read_text(encoding="utf-8-sig")))


def commented(toml: str) -> Mapping[str, str]:
    """Return the sentences that stand in comments, by fingerprint: each line of a comment, and its lines together.

    A draft writes each sentence above its entry. A comment that says something else has another fingerprint.
    """
    found: dict[str, str] = {}
    for lines in _comments(toml):
        for text in (*lines, " ".join(lines)):
            found.setdefault(fingerprint(text), text)
    return found


def _comments(toml: str) -> Iterator[list[str]]:
    for is_comment, lines in groupby(toml.splitlines(), key=lambda line: line.startswith("#")):
        if is_comment:
            yield [line.removeprefix("#").strip() for line in lines]
