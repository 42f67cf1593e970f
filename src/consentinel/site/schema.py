"""Walks a pydantic schema: its tables, their keys, and descriptions of their types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, HttpUrl
from pydantic.fields import FieldInfo

from consentinel.site.profile import Category, Profile

WORDS: dict[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "`true` or `false`",
    HttpUrl: "address",
    date: "date",
    Category: "category",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a schema: its dotted name, with `<category>` where the name is the writer's choice.

    `repeated` is true for what a file writes as `[[table]]`, as often as it likes.
    """

    name: str
    model: type[BaseModel]
    required: bool
    repeated: bool = False


def tables(root: type[BaseModel] = Profile) -> Iterator[Table]:
    """Yield every table of a schema, in the schema's order, parents first."""
    yield from _tables("", root)


def _tables(prefix: str, model: type[BaseModel]) -> Iterator[Table]:
    for key, field in model.model_fields.items():
        inner = inner_model(field.annotation)
        if inner is not None:
            name = f"{prefix}{field.alias or key}" + (".<category>" if is_mapping(field.annotation) else "")
            yield Table(name, inner, field.is_required(), is_list_of_tables(field.annotation))
            yield from _tables(f"{name}.", inner)


def keys_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the keys of a table that hold values, not tables of their own."""
    return {key: field for key, field in model.model_fields.items() if inner_model(field.annotation) is None}


def model_at(location: tuple[int | str, ...], root: type[BaseModel] = Profile) -> type[BaseModel] | None:
    """Return the table that holds the key at this location (a pydantic `loc`), None where no table does."""
    model: type[BaseModel] | None = root
    steps = iter(location[:-1])
    for step in steps:
        field = _field(model, str(step)) if model else None
        if field is None:
            return None
        if is_mapping(field.annotation) or is_list_of_tables(field.annotation):
            next(steps, None)
        model = inner_model(field.annotation)
    return model


def field_at(location: tuple[int | str, ...], root: type[BaseModel] = Profile) -> FieldInfo | None:
    """Return the schema of the key at this location, or of the list that the location is an entry of."""
    names = location[:-1] if location and isinstance(location[-1], int) else location
    model = model_at(names, root)
    return _field(model, str(names[-1])) if model and names else None


def _field(model: type[BaseModel], key: str) -> FieldInfo | None:
    """Return the schema of a key by the name that a file uses."""
    return next((field for name, field in model.model_fields.items() if key == (field.alias or name)), None)


def inner_model(annotation: Any) -> type[BaseModel] | None:
    """Return the table that an annotation speaks of: itself, optional, or the values of a mapping."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in get_args(annotation):
        found = inner_model(part)
        if found is not None:
            return found
    return None


def is_mapping(annotation: Any) -> bool:
    """Return whether the writer chooses the keys."""
    return get_origin(annotation) is dict


def is_list_of_tables(annotation: Any) -> bool:
    """Return whether a file writes it as `[[table]]`, again and again."""
    return get_origin(annotation) is tuple and inner_model(annotation) is not None


def words_for(annotation: Any) -> str:
    """Return an annotation in words, for people who write a profile."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is None:
        return WORDS[annotation]
    if origin is Literal:
        return " or ".join(f'`"{part}"`' for part in parts)
    if origin is tuple:
        if get_origin(parts[0]) is Literal:
            return f"list of {words_for(parts[0])}"
        size = "" if parts[-1] is Ellipsis else f"{len(parts)} "
        return f"list of {size}{_plural(words_for(parts[0]))}"
    if origin is dict:
        return f"table of {words_for(parts[1])}"
    # Annotated[X, ...] or X | None
    return words_for(next(part for part in parts if part is not NoneType))


def _plural(word: str) -> str:
    """Return the plural of one of the `WORDS`; text is not counted."""
    return word if word == "text" else f"{word.removesuffix('y')}ies" if word.endswith("y") else f"{word}s"
