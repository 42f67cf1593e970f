"""Proposes what a published policy says, by rules that can be read (`lexicon.toml`). Nothing proposed is confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from consentinel.policy.categories import head_of, side_by_side
from consentinel.policy.durations import DAY, duration_of
from consentinel.policy.fingerprints import normalised
from consentinel.policy.lexicon import Lexicon, lexicon_for, lexicon_of_sentence, services
from consentinel.policy.listed_items import listed_items
from consentinel.policy.page_text import Block, PolicyText, sentences_in
from consentinel.policy.policy_file import CategoryParameters, RegisterRow

SHORT = 12
"""A heading or an item of more words than this is no name of a category."""

OF_HEADINGS = ("P05", "P31")
"""What a heading may promise: so many categories, and that everything stands below it."""

OF_SECTION = "P20"
"""What a sentence promises of the category that its heading names: "They cannot be switched off"."""

KEPT = "P04"
OBJECTION = "P33"

_NUMBERING = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[a-z]\)|[IVX]{1,4}\.)\s+")
_ARTICLE = re.compile(r"^(?:the|les|la|le|die|der|das|las|los|el|i|gli)\s+", re.I)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a sentence may promise, by id. `silent` is why it promises nothing, where that can be said."""

    sentence: str
    promises: tuple[str, ...]
    silent: str = ""


def proposed_promises(text: PolicyText) -> tuple[Proposal, ...]:
    """Return each sentence with the promises that it may make. What lists items makes none: the register has it."""
    main = lexicon_for(text.language, text.sentences)
    listed = listed_items(text).said
    found: dict[str, Proposal] = {}
    for block in text.blocks:
        for sentence in sentences_in(block):
            found.setdefault(normalised(sentence), _proposal(sentence, block, block.text in listed, main))
    return tuple(proposal for plain, proposal in found.items() if plain)


def _proposal(sentence: str, block: Block, is_listed: bool, main: Lexicon) -> Proposal:
    if is_listed:
        return Proposal(sentence, (), "it lists what is stored: see [[register]]")
    lexicon = lexicon_of_sentence(sentence, main)
    promises = lexicon.promises_of(sentence)
    if block.kind == "heading":
        return Proposal(sentence, tuple(one for one in promises if one in OF_HEADINGS), "a heading")
    return Proposal(sentence, promises or _of_section(sentence, block, lexicon))


def _of_section(sentence: str, block: Block, lexicon: Lexicon) -> tuple[str, ...]:
    """Return what a sentence without a category of its own promises of the one that its heading names."""
    heading = next(iter(block.under), "")
    if lexicon.categories_of(heading) != ("functionality",) or lexicon.categories_of(sentence):
        return ()
    together = lexicon.promises_of(f"{heading} {sentence}")
    return (OF_SECTION,) if OF_SECTION in together and OF_SECTION not in lexicon.promises_of(heading) else ()


def proposed_register(text: PolicyText) -> tuple[RegisterRow, ...]:
    """Return the rows of the register: the items that the policy lists."""
    return tuple(one.row for one in listed_items(text).items)


def proposed_categories(text: PolicyText) -> Mapping[str, CategoryParameters]:
    """Return the categories that headings, lists, tables and sentences name, by the keys of the lexicon."""
    lexicon = lexicon_for(text.language, text.sentences)
    names: dict[str, str] = {}
    for key, name in (*_named_alone(text, lexicon), *_named_by_items(text), *_named_together(text, lexicon)):
        names.setdefault(key, name)
    return {key: _category(key, name, text, lexicon) for key, name in names.items()}


def _named_alone(text: PolicyText, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Categories that a heading or an item of a list names, each alone: what an item says of it is no name."""
    listed = listed_items(text).said
    for block in text.blocks:
        if block.kind in ("heading", "item") and block.text not in listed:
            name = _name(head_of(block.text))
            found = lexicon.categories_of(name)
            if len(found) == 1 and len(name.split()) <= SHORT:
                yield found[0], name


def _named_by_items(text: PolicyText) -> Iterator[tuple[str, str]]:
    return ((one.row.category, _name(one.category_name)) for one in listed_items(text).items if one.row.category)


def _named_together(text: PolicyText, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Categories that a sentence enumerates."""
    for block in text.blocks:
        for sentence in sentences_in(block) if block.kind == "text" else ():
            named = side_by_side(sentence, lexicon)
            yield from ((key, _ARTICLE.sub("", _name(piece))) for key, piece in named.items() if len(named) > 1)


def _name(text: str) -> str:
    return _NUMBERING.sub("", text.strip()).rstrip(" :.")


def _category(key: str, name: str, text: PolicyText, lexicon: Lexicon) -> CategoryParameters:
    about = list(_about(key, text, lexicon))
    listed = listed_items(text).said
    kept = [one for one in about if one not in listed and KEPT in lexicon.promises_of(one)]
    spans = [found for one in kept if (found := duration_of(one))]
    objection = any(OBJECTION in lexicon.promises_of(one) for one in about)
    days = [span.most / DAY for span in spans if span.most]
    return CategoryParameters(
        name=name,
        model="always" if key == "functionality" else "opt-out" if objection else "opt-in",
        services=_services(about),
        max_days=max(days, default=None),
    )


def _about(key: str, text: PolicyText, lexicon: Lexicon) -> Iterator[str]:
    """Yield the sentences about a category: those that name it, and those below a heading that names it alone."""
    for block in text.blocks:
        below = any(lexicon.categories_of(heading) == (key,) for heading in block.under[:1])
        yield from (one for one in sentences_in(block) if below or key in lexicon.categories_of(one))


def _services(about: Sequence[str]) -> tuple[str, ...]:
    said = "\n".join(about).casefold()
    return tuple(service for service in services() if service.casefold() in said)
