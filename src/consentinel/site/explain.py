"""Explains the schema's errors in lines that a person can act on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from consentinel.site.errors import Problem
from consentinel.site.profile import Category, Profile
from consentinel.site.schema import field_at, inner_model, is_list_of_tables, is_mapping, model_at, words_for

SHOWN = 60
"""Characters of a value that an error shows."""

SECRET = re.compile(r"pass|secret|token|api_?key|authori[sz]ation|credential", re.IGNORECASE)
HOST_REMEDY = "write the name alone, without https://, port or path (a leading *. also covers its sub-domains)"


def explain(file: str, error: ValidationError, schema: type[BaseModel] = Profile) -> tuple[Problem, ...]:
    """Return one problem for each thing that a schema refuses in this file."""
    details = error.errors(include_url=False)
    return tuple(_problem(file, detail, schema) for detail in details if not _is_repeated(detail, details))


def _is_repeated(detail: ErrorDetails, details: Iterable[ErrorDetails]) -> bool:
    """Return whether a list is too short for no other reason than that entries of it are refused."""
    place = detail["loc"]
    return detail["type"] == "too_short" and any(
        other["loc"][: len(place)] == place and other is not detail for other in details
    )


def nearest(word: str, known: list[str]) -> str:
    """Return the remedy for a misspelt word: the nearest known one, else all of them."""
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"did you mean `{close[0]}`?" if close else f"known here: {', '.join(sorted(known))}"


def show(value: Any) -> str:
    """Return a value as TOML would nearly write it, shortened."""
    if isinstance(value, Mapping):
        return "{ table }"
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def _problem(file: str, detail: ErrorDetails, schema: type[BaseModel]) -> Problem:
    location, kind = detail["loc"], detail["type"]
    key = dotted(tuple(part for part in location if part != "[key]"))
    last = str(location[-1]) if location else ""
    if kind == "missing":
        return Problem(file, key, "", "is missing", _add(location, schema))
    if kind == "extra_forbidden":
        return _unknown_key(file, key, detail, schema)
    if "[key]" in location and "categories" in location:
        return Problem(file, key, "", "no such category", nearest(str(detail["input"]), list(Category)))
    value = "withheld" if SECRET.search(key) and not last.endswith("_env") else show(detail["input"])
    shown = value if key else ""
    if kind == "value_error":
        page = "docs/profile.md" if schema is Profile else "docs/policy.md"
        return Problem(file, key, shown, str(detail["ctx"]["error"]), f"see {page}")
    if (table := _table_at(location, schema, kind)) is not None:
        return Problem(file, key, shown, "is no table", f"write it as a table: {table}")
    return Problem(file, key, shown, *_fault(location, detail, schema))


def _unknown_key(file: str, key: str, detail: ErrorDetails, schema: type[BaseModel]) -> Problem:
    location, value = detail["loc"], detail["input"]
    last = str(location[-1])
    if SECRET.search(last):
        remedy = "secrets stay in the environment: name the variable in a key that ends in _env"
        return Problem(file, key, "withheld", "no such key", remedy)
    model = model_at(location, schema)
    return Problem(file, key, show(value), "no such key", nearest(last, list(model.model_fields) if model else []))


def _fault(location: tuple[int | str, ...], detail: ErrorDetails, schema: type[BaseModel]) -> tuple[str, str]:
    kind = detail["type"]
    if kind == "string_pattern_mismatch":
        return "is no host name", HOST_REMEDY
    if kind.startswith("url_"):
        return "is no address", "write it in full, as in https://www.example.com"
    if kind == "literal_error":
        return "is not known", f"write {detail['ctx']['expected']}"
    if kind.startswith(("greater", "less")):
        return "is out of bounds", detail["msg"].replace("Input should be", "it should be")
    field = field_at(location, schema)
    if field is not None and field.annotation is not None:
        wanted = words_for(field.annotation)
        return f"is no {wanted}", f"write {field.description}"
    return "is not understood", detail["msg"]


def _table_at(location: tuple[int | str, ...], schema: type[BaseModel], kind: str) -> str | None:
    """Return how a file writes the table that belongs here; None where it is a value that does."""
    name = dotted(tuple(part for part in location if not isinstance(part, int)))
    field = field_at(location, schema)
    annotation = field.annotation if field else None
    if annotation is not None and is_list_of_tables(annotation):
        return f"[[{name}]]"
    if kind == "model_type" or (annotation is not None and inner_model(annotation) is not None):
        return f"[{name}.<name>]" if annotation is not None and is_mapping(annotation) else f"[{name}]"
    return None


def _add(location: tuple[int | str, ...], schema: type[BaseModel]) -> str:
    field = field_at(location, schema)
    if field is None:
        return "add it"
    return f"add it: {field.description}" if field.description else f"add the table [{dotted(location)}]"


def dotted(location: tuple[int | str, ...]) -> str:
    """Return a location as TOML names it: `categories.analytics.hosts[2]`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")
