"""Packs of rules beyond the policy: what one region or standard asks, each rule with its source.

A pack is a TOML file in the folder `packs`; its name is the file's. A table `[R-…]` cites one rule; `title` is needed
where the catalogue does not know the rule. Several packs may cite the same rule, each by a source of its own. A table
`[[contradicts]]` says where the pack allows what another pack's rule forbids.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

FOLDER = Path(__file__).with_name("packs")

RULE_ID = r"R-[A-Z0-9]+(?:-[A-Z0-9]+)*"
"""What a rule's id looks like: R- and a name, such as R-EASY."""

Status = Literal["binding", "recommendation", "ours"]
Read = Literal["text", "quotation", "summary"]


STATUS: Mapping[Status, str] = {"binding": "binding", "recommendation": "a recommendation", "ours": "our own"}
"""Each status in a reader's words."""

READ: Mapping[Read, str] = {"text": "the text", "quotation": "a quotation of it", "summary": "what others say of it"}
"""What a citation was checked against, in a reader's words."""


def whose(number_of: str) -> str:
    """Whose a number is, in brackets, for the end of a line; empty where it is the source's own."""
    return {"": "", "ours": " (our number)"}.get(number_of, f" (a number of {number_of})")


class PackError(Exception):
    """A pack cannot be used. The message is one line: file, what."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Citation(_Table):
    """What one pack says of a rule."""

    title: str = Field("", description="the rule in a few words; needed where the catalogue does not know the rule")
    source: str = Field(min_length=1, description="the text that asks for it, such as a law or a guideline")
    paragraph: str = Field("", description="where in the text; empty where the text has no such numbers")
    date: datetime.date | None = Field(None, description="the day of the text")
    status: Status = Field(description="whether the text binds, recommends, or is a limit of our own")
    read: Read | None = Field(
        None, description="what the citation was checked against: the `text`, a `quotation`, a `summary` by others"
    )
    number: str = Field("", description="the number that the site is held to; empty where there is none")
    number_of: str = Field("", description="whose number that is, where it is not the source's own: `ours`, or a text")
    by_default: bool = Field(False, description="whether it holds where no policy file chooses packs")

    @property
    def brief(self) -> str:
        """Source and paragraph."""
        return f"{self.source}, {self.paragraph}" if self.paragraph else self.source

    @property
    def text(self) -> str:
        """Source, paragraph, date, status and number, as one line for a reader."""
        parts = [self.brief, self.date.isoformat() if self.date else "", STATUS[self.status]]
        if self.number:
            parts.append(f"held to {self.number}{whose(self.number_of)}")
        return ", ".join(filter(None, parts))


class Contradiction(_Table):
    """What this pack allows although a rule of another pack forbids it."""

    pack: str = Field(description="the other pack")
    rule: str = Field(pattern=RULE_ID, description="its rule")
    says: str = Field(min_length=1, description="what this pack says otherwise, as a whole sentence")


class Head(_Table):
    """What a pack is called."""

    title: str = Field(min_length=1, description="the region or the standard")


class Pack(_Table):
    """A pack, by its name; `rules` are its citations by the id of the rule."""

    name: str
    title: str
    rules: Mapping[str, Citation]
    contradicts: tuple[Contradiction, ...] = ()


_RULES = TypeAdapter(Mapping[Annotated[str, Field(pattern=f"^{RULE_ID}$")], Citation])
_CONTRADICTIONS = TypeAdapter(tuple[Contradiction, ...])


@cache
def packs(folder: Path = FOLDER) -> Mapping[str, Pack]:
    """Return the packs of a folder by name, in the order of their names. Raises PackError."""
    return {file.stem: _read(file) for file in sorted(folder.glob("*.toml"))}


def chosen(rules: Iterable[str] | None) -> tuple[Pack, ...]:
    """Return the packs that a policy file chooses by `rules`, each with the rules that hold by it.

    An id of a rule chooses that rule in each pack that cites it. None: the rules that hold by default.
    """
    wanted = None if rules is None else frozenset(rules)
    found = (pack.model_copy(update={"rules": _held(pack, wanted)}) for pack in packs().values())
    return tuple(pack for pack in found if pack.rules)


def contradictions(held: Iterable[Pack]) -> Mapping[str, tuple[str, ...]]:
    """By pack, what it says otherwise than another of these packs, one sentence each."""
    listed = {pack.name: pack for pack in held}
    return {
        pack.name: tuple(
            f"{one.says} The pack {one.pack} says otherwise ({one.rule})."
            for one in pack.contradicts
            if one.pack in listed and one.rule in listed[one.pack].rules
        )
        for pack in listed.values()
    }


def _held(pack: Pack, wanted: frozenset[str] | None) -> dict[str, Citation]:
    if wanted is None:
        return {rule: one for rule, one in pack.rules.items() if one.by_default}
    return {rule: one for rule, one in pack.rules.items() if pack.name in wanted or rule in wanted}


def _read(file: Path) -> Pack:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        head = Head.model_validate(data.pop("pack", {}))
        contradicts = _CONTRADICTIONS.validate_python(data.pop("contradicts", []))
        rules = _RULES.validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise PackError(f"{file.name}: {place}: {first['msg']}") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PackError(f"{file.name}: cannot be read as TOML: {error}") from error
    return Pack(name=file.stem, title=head.title, rules=rules, contradicts=contradicts)
