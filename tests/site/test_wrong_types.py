"""Whatever stands in the place of a key or a table of a profile or a policy file, the error is a line about it."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from consentinel.policy.policy_file import PolicyFile
from consentinel.site.explain import explain
from consentinel.site.profile import Profile
from consentinel.site.schema import keys_of, tables

WRONG: tuple[Any, ...] = (3, -1.5, True, "odd", "", [], [3], ["odd"], {}, {"odd": 3}, [{}], None)


def places(schema: type[BaseModel]) -> list[tuple[str, ...]]:
    """Each table and each key of a schema, as the keys that lead to it."""
    found: list[tuple[str, ...]] = [(key,) for key in keys_of(schema)]
    for table in tables(schema):
        path = tuple(table.name.replace("<category>", "analytics").split("."))
        found += [path, *((*path, key) for key in keys_of(table.model))]
    return found


def nested(path: tuple[str, ...], value: Any, repeated: set[str]) -> dict[str, Any]:
    """A file in which a value stands at this place."""
    for depth in range(len(path), 0, -1):
        inner = {path[depth - 1]: value}
        value = [inner] if ".".join(path[: depth - 1]) in repeated else inner
    return dict(value)


@pytest.mark.parametrize("schema", [Profile, PolicyFile])
def test_a_value_of_a_wrong_type_is_a_line(schema: type[BaseModel]) -> None:
    repeated = {table.name for table in tables(schema) if table.repeated}
    for path in places(schema):
        for value in WRONG:
            try:
                schema.model_validate(nested(path, value, repeated))
            except ValidationError as error:
                lines = [str(problem) for problem in explain("site.toml", error, schema)]
                assert lines, path
                assert all(line.startswith("site.toml") and "\n" not in line for line in lines), lines


def test_a_value_in_the_place_of_a_table_is_told_how_to_write_it() -> None:
    with pytest.raises(ValidationError) as raised:
        PolicyFile.model_validate({"source": 3, "register": ["x"], "parameters": {"categories": {"x": 1}}})
    assert [str(problem) for problem in explain("shop.toml", raised.value, PolicyFile)] == [
        "shop.toml: source = 3: is no table; write it as a table: [source]",
        "shop.toml: parameters.categories.x = 1: is no table; write it as a table: [parameters.categories.x]",
        'shop.toml: register[0] = "x": is no table; write it as a table: [[register]]',
    ]
