"""The shape of the layers of the consent dialog in `run.json`: see `consentinel.report.schema`."""

from __future__ import annotations

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

_DOCUMENTED = with_config(ConfigDict(use_attribute_docstrings=True))


@_DOCUMENTED
class WordsData(TypedDict):
    """What one button of a layer says."""

    name: str
    """What it serves to: accept, refuse, preferences, save or close."""
    label: str
    """Its text."""


@_DOCUMENTED
class LayerData(TypedDict):
    """A layer of the consent dialog as a visitor saw it."""

    layer: str
    """`banner` or `preferences`."""
    width: int
    """The window's width in CSS pixels."""
    height: int
    """The window's height in CSS pixels."""
    dark: bool
    """Whether the visitor's system asked for dark colours."""
    buttons: list[WordsData]
    """What its buttons say, those that are known."""
    picture: str
    """Its screenshot, relative to the run's folder; empty where none was taken."""
