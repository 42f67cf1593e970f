"""The shape of what a cause consists of in `run.json`: see `consentinel.report.schema`."""

from __future__ import annotations

from typing import NotRequired

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

_DOCUMENTED = with_config(ConfigDict(use_attribute_docstrings=True))


@_DOCUMENTED
class PartData(TypedDict):
    """One item, or contact, of a cause: what its scenarios found of it, under whichever promises."""

    id: str
    """The id that its findings have as their cause."""
    also: list[str]
    """Ids of findings of the same item whose writer was not seen: they count with this part."""
    rule: str
    """The rule that it breaks."""
    kind: str
    """As in a finding's item."""
    name: str
    """The item's name as a pattern; empty for a service that was contacted."""
    host: str
    """As in a finding's item."""
    written_by: list[str]
    """Everyone who was seen writing or sending it, each once."""
    sentence: str
    """The finding that most of its scenarios have, as a person reads it."""
    advice: str
    """What to do about it, in one or two sentences; empty where nothing general can be said."""
    promises: list[str]
    """The ids of the promises that it breaks."""
    scenarios: list[str]
    """The ids of the scenarios that showed it."""
    by_hand: NotRequired[list[str]]
    """How a person sees it in a browser window of their own, by the shortest way that a scenario took."""
