"""The shape of the promises and the packs of rules in `run.json`: see `consentinel.report.schema`."""

from __future__ import annotations

from typing import Literal, NotRequired

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

_DOCUMENTED = with_config(ConfigDict(use_attribute_docstrings=True))


@_DOCUMENTED
class PromiseData(TypedDict):
    """A promise of the policy, or a rule beyond it, and why it cannot be proved, where it cannot."""

    id: str
    """P01 and so on; R-EASY and the like for a rule."""
    title: str
    """The promise or rule in a few words."""
    not_provable: str
    """Why no browser can show it; empty where one can."""
    source: NotRequired[str]
    """Of a rule, where it comes from, such as a law; empty for a promise."""


@_DOCUMENTED
class CitationData(TypedDict):
    """What a pack says of one rule that the site is held to."""

    rule: str
    """The id of the rule."""
    source: str
    """The text that asks for it, such as a law or a guideline."""
    paragraph: str
    """Where in the text; empty where the text has no such numbers."""
    date: str
    """The day of the text, as 2023-01-17; empty where none is known."""
    status: Literal["binding", "recommendation", "ours"]
    """Whether the text binds, recommends, or is a limit of our own."""
    number: str
    """The number that the site is held to; empty where there is none."""
    number_of: str
    """Whose number that is, where it is not the source's own: `ours`, or a text."""


@_DOCUMENTED
class PackData(TypedDict):
    """A pack of rules that the site is held to."""

    name: str
    """Its name in the policy file."""
    title: str
    """The region or the standard."""
    citations: list[CitationData]
    """Its rules that hold."""
    contradictions: list[str]
    """What it says otherwise than another pack of this run, one sentence each."""
