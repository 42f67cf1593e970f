"""Suggests what to do about a cause: declare the item in the profile, or treat it as a breach."""

from __future__ import annotations

import json

from consentinel.evidence.records import Kind
from consentinel.report.schema import Item
from consentinel.report.text import plain
from consentinel.site.category import KEY
from consentinel.site.classify import FIELDS

_NAME = 80


def advice(item: Item, category: str, *, undeclared: bool) -> str:
    """Return one or two sentences, or an empty string for a finding about a page, which needs no advice."""
    if undeclared:
        return _undeclared_host(item) if item["kind"] == Kind.REQUEST else _undeclared_item(item)
    if item["kind"] == Kind.PAGE or not KEY.fullmatch(category):
        return ""
    return f"It is a breach, unless the profile is wrong to have it under [categories.{category}]."


def _undeclared_item(item: Item) -> str:
    known = FIELDS.get(item["kind"])
    if known is None:
        return ""
    entry = f"{known} = [{json.dumps(plain(item['name'], _NAME), ensure_ascii=False)}]"
    return f"If the policy covers it, declare it in the profile: {entry} under [categories.…]. If not, it is a breach."


def _undeclared_host(item: Item) -> str:
    host = plain(item["host"], _NAME)
    return (
        f"If the policy covers {host}, name it in the profile: in hosts under [site] if it is the site's own, "
        "in partners if it is a technical partner, else in hosts under [categories.…]. If not, it is a breach."
    )
