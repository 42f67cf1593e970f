"""Writes a policy file: what was proposed, unconfirmed, each sentence with its text in a comment beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from consentinel.policy.fingerprints import digest, fingerprint
from consentinel.policy.page_text import PolicyText
from consentinel.policy.policy_file import CategoryParameters, RegisterRow
from consentinel.policy.promises import promises
from consentinel.policy.propose import proposed_categories, proposed_promises, proposed_register

HEAD = """\
# Proposed from the published text by rules that read words, not meanings. Read each entry beside its sentence, mend
# it, and set confirmed = true: what nobody has confirmed is "could not tell", never a finding.
# docs/policy.md explains the keys. These are the promises that a sentence can make:
#"""

SILENT = "no rule found a promise in it"


def compose(url: str, selector: str, text: PolicyText, today: date) -> str:
    """Return a policy file for this text, as TOML."""
    source = ["[source]", f"url = {_toml(url)}"]
    source += [f"selector = {_toml(selector)}"] if selector else []
    source += [f"date = {today.isoformat()}", f"sha256 = {_toml(digest(text.sentences))}"]
    listed = [f"#   {one.id}: {one.title}" for one in promises() if not one.is_rule]
    parts = ["\n".join([HEAD, *listed]), "\n".join(source), *_categories(proposed_categories(text)), *_sentences(text)]
    return "\n\n".join([*parts, *rows_as_toml(proposed_register(text))]) + "\n"


def rows_as_toml(rows: Iterable[RegisterRow]) -> list[str]:
    """Rows of the register, each as a table `[[register]]`."""
    return ["[[register]]\n" + _keys(row) for row in rows]


def _categories(found: Mapping[str, CategoryParameters]) -> Iterator[str]:
    for key, category in found.items():
        yield f"[parameters.categories.{key}]\n{_keys(category)}"


def _sentences(text: PolicyText) -> Iterator[str]:
    titles = {promise.id: promise.title for promise in promises()}
    for number, one in enumerate(proposed_promises(text), 1):
        says = f"promises = {_toml(one.promises)}" if one.promises else f"silent = {_toml(one.silent or SILENT)}"
        yield "\n".join(
            [
                f"# {' '.join(word for word in one.sentence.split() if word.isprintable())}",
                "[[sentence]]",
                f'id = "S{number}"',
                f"fingerprint = {_toml(fingerprint(one.sentence))}",
                *(f"# {promise}: {titles[promise]}" for promise in one.promises),
                says,
                "confirmed = false",
            ]
        )


def _keys(table: BaseModel) -> str:
    """Return the keys that say something, and those whose default somebody has to confirm."""
    data = table.model_dump(exclude_defaults=True, exclude={"confirmed"})
    if isinstance(table, CategoryParameters):
        data["model"] = table.model
    return "\n".join([*(f"{key} = {_toml(value)}" for key, value in data.items()), "confirmed = false"])


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
