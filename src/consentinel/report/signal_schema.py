"""The shape of what was said of the visitor's choice in `run.json`: see `consentinel.report.schema`."""

from __future__ import annotations

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

_DOCUMENTED = with_config(ConfigDict(use_attribute_docstrings=True))


@_DOCUMENTED
class SignalData(TypedDict):
    """What was said of one choice by one means, such as a TC string: by pages, by requests, by what is stored."""

    visitor: str
    """Whose choice it is."""
    chosen: list[str] | None
    """The categories that the visitor allowed; null before a choice."""
    means: str
    """By what it was said."""
    page: list[str]
    """What pages said in the end."""
    requests: list[str]
    """What requests said in the end, by host."""
    stored: list[str]
    """What was stored in the end."""
    differs: list[str]
    """Where two of these disagree, as sentences."""
