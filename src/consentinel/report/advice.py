"""Suggests what to do about a cause: declare the item in the profile, or treat it as a breach."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

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


def joint_advice(items: Sequence[Item], category: str, *, undeclared: bool) -> str:
    """Return the advice about several items of one category at once; that of the only one where it is one."""
    if len(items) == 1 or not undeclared:
        return advice(items[0], category, undeclared=undeclared)
    host = next((item for item in items if item["kind"] == Kind.REQUEST), None)
    entries = "; ".join(_entries(items))
    declare = f"declare in the profile what it stores: {entries}, under [categories.…]" if entries else ""
    if host is None:
        return f"If the policy covers it, {declare}. If not, it is a breach."
    rest = f" Then {declare}." if declare else ""
    return f"{_undeclared_host(host)}{rest}"


def _entries(items: Iterable[Item]) -> Iterator[str]:
    names: dict[str, list[str]] = {}
    for item in items:
        if key := FIELDS.get(item["kind"]):
            names.setdefault(key, []).append(plain(item["name"], _NAME))
    for key, found in names.items():
        yield f"{key} = {json.dumps(list(dict.fromkeys(found)), ensure_ascii=False)}"


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
