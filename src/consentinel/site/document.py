"""Prints the profile's schema key by key, as Markdown: `python -m consentinel.site.document > docs/profile.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from consentinel.site.profile import Category, Profile
from consentinel.site.schema import (
    Table,
    keys_of,
    tables,
    words_for,
)

HEAD = f"""# The site profile

A profile is one TOML file that says what a deployed site is. This page is printed from the schema itself
(`python -m consentinel.site.document`); a key that does not stand here is refused.

- Categories are {", ".join(f"`{category}`" for category in Category)}, and any others of the policy's own by a
  key of lower-case letters, digits, hyphens and underscores, such as `personalisation`.
- A name pattern is a name in which `*` stands for any run of characters; case matters.
- A host pattern is a host name; a leading `*.` also covers its sub-domains. Whole labels only: `bing.com` never
  matches `shopbing.com`. Letters beyond ASCII may stand as their owner writes them.
- A selector is CSS; ` >>> ` steps into an open shadow root.
- Secrets never stand in a profile: keys that end in `_env` name the environment variable that holds them."""


def document() -> str:
    """Return the whole schema as Markdown."""
    sections = [HEAD, *_top_level(), *(section_of(table) for table in tables())]
    return "\n\n".join(sections) + "\n"


def _top_level() -> Iterator[str]:
    yield "## At the top of the file\n\n" + rows_of(Profile)


def section_of(table: Table) -> str:
    """Return a table of a schema as a section."""
    need = "Required." if table.required else "Optional."
    text = (table.model.__doc__ or "").strip()
    name = f"[[{table.name}]]" if table.repeated else f"[{table.name}]"
    return f"## `{name}`\n\n{text} {need}\n\n{rows_of(table.model)}"


def rows_of(model: type[BaseModel]) -> str:
    """Return the keys of a table as the rows of a Markdown table."""
    lines = ["| key | what stands there | meaning |", "| --- | --- | --- |"]
    lines += [_row(key, field) for key, field in keys_of(model).items()]
    return "\n".join(lines)


def _row(key: str, field: FieldInfo) -> str:
    stands = f"{words_for(field.annotation)}, {_default(field)}"
    return f"| `{key}` | {stands} | {_cell(field.description or '')} |"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value: Any = field.get_default(call_default_factory=True)
    if value is None:
        return "optional"
    if value in ((), {}, ""):
        return "empty unless given"
    return f"default `{_toml(value)}`"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(part) for part in value)}]"
    return f'"{value}"' if isinstance(value, str) else f"{value:g}"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


if __name__ == "__main__":
    sys.stdout.write(document())
