"""The shape of the published policy in `run.json`: see `consentinel.report.schema`."""

from __future__ import annotations

from typing import Literal, NotRequired

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

TextChange = Literal["", "added", "changed", "removed"]

_DOCUMENTED = with_config(ConfigDict(use_attribute_docstrings=True))


@_DOCUMENTED
class SentenceData(TypedDict):
    """A sentence of the published policy, in the site's own words, and what the policy file says of it."""

    id: str
    """Its name in the policy file; empty where the file does not have it."""
    fingerprint: str
    """The digest of the normalised sentence."""
    text: str
    """The sentence; empty for one that the policy no longer has."""
    promises: list[str]
    """The ids of the promises that it makes, as the file says, for a changed sentence of the one before."""
    silent: str
    """Why it promises nothing."""
    untested: NotRequired[str]
    """What it promises that no id stands for, and nothing tests; missing where there is nothing of the kind."""
    confirmed: bool
    """Whether a person has confirmed this reading."""
    change: TextChange
    """What became of it since the file was made."""
    before: NotRequired[str]
    """What a changed or removed sentence said; missing where no comment of the file has it."""


@_DOCUMENTED
class PolicyData(TypedDict):
    """The published policy as the run read it: a copy of the site's own text."""

    url: str
    """Where it was read."""
    date: str
    """The day on which the policy file was made, as 2026-03-31."""
    fetched: float
    """When the run read it, in seconds since the Unix epoch."""
    problem: str
    """Why the text could not be read; empty where it was."""
    compared: bool
    """Whether a difference from the policy file counts as drift."""
    sentences: list[SentenceData]
    """Its sentences, in order."""
    removed: list[SentenceData]
    """Sentences of the policy file that it no longer has."""
