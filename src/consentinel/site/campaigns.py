"""The parameters by which campaigns, advertisements and networks mark the visitors whom they send."""

from __future__ import annotations

from collections.abc import Mapping

PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "a letter": ("utm_source", "utm_medium", "utm_campaign"),
    "an advertisement": ("gclid", "msclkid"),
    "a shared post": ("fbclid", "ttclid"),
}
"""The parameters of those who come from there, by the words that the features use."""

MARKS = frozenset(name for names in PARAMETERS.values() for name in names)
"""All of these parameters."""
