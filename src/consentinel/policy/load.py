"""Reads a policy file."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from consentinel.policy.policy_file import PolicyFile
from consentinel.site.errors import Problem, ProfileError
from consentinel.site.explain import explain
from consentinel.site.load import read_toml


def load_policy(file: Path) -> PolicyFile:
    """The policy file at this path, checked. Raises ProfileError, one line per problem."""
    if not file.is_file():
        remedy = "write one with: consentinel policy draft URL -o FILE"
        raise ProfileError((Problem(str(file), "", "", "no such file", remedy),))
    try:
        return PolicyFile.model_validate(read_toml(file))
    except ValidationError as error:
        raise ProfileError(explain(file.name, error, PolicyFile)) from error
