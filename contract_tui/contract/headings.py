"""What each part of a contract is called, for people: a section, or a text of one of its things."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from contract_tui.contract.items import paths
from contract_tui.contract.items.values import Item, Promise
from contract_tui.contract.schema import TITLE, PartId

if TYPE_CHECKING:
    from contract_tui.contract.contract import Contract

LONGEST = 28
"""Characters of a thing's own first words that stand for it."""
TITLE_HEADING = "the title"
_NAMELESS = {
    paths.GOALS_LIST: "a goal",
    paths.SUPPORTS_LIST: "something that helps",
    paths.STEPS_LIST: "a step",
    paths.PROMISES_LIST: "a promise",
    paths.REFLECTIONS_LIST: "a reflection",
    paths.NOTES_LIST: "a note",
}
_NAMED = {
    paths.GOALS_LIST: "‘{words}’",
    paths.SUPPORTS_LIST: "what helps: ‘{words}’",
    paths.STEPS_LIST: "a step: ‘{words}’",
    paths.PROMISES_LIST: "a promise: ‘{words}’",
}
_FIELDS = {
    "matters": "why it matters",
    "success": "how I’ll know I have succeeded",
    "evidence": "what will show it",
    "together_with": "with whom",
    "origin_note": "where it comes from",
    "structure_note": "how much structure, and why",
    "when": "when",
    "answer_text": "the answer",
}
_ITSELF = "what it is"
_FIELD_OF = "{thing}, {field}"
_PROMISED_BY = "a promise of {name}"
_REFLECTION_BY = "a reflection of {name}"
_NOTE_BY = "a note of {name}"
_NAME_OF = "the name of ‘{heading}’"


def headings(contract: Contract) -> dict[PartId, str]:
    """Name every part that has words; two things may have the same name."""
    found = {TITLE: TITLE_HEADING}
    for section in contract.sections:
        found[section.part] = section.heading
        found[section.heading_part] = _NAME_OF.format(heading=section.heading)
    for thing in contract.items:
        name = thing_heading(contract, thing)
        for field in thing.texts:
            said = _FIELDS.get(field)
            found[thing.part(field)] = _FIELD_OF.format(thing=name, field=said) if said else name
    return found


def field_heading(part: PartId) -> str:
    """What a text of a goal is called on the page of that goal."""
    said = _FIELDS.get(paths.field(part), _ITSELF)
    return said[0].upper() + said[1:]


def thing_heading(contract: Contract, thing: Item) -> str:
    """What a thing is called: by its own first words, if it has any."""
    kind = paths.kind(thing.id)
    words = first_words(contract, thing)
    if words and kind in _NAMED:
        return _NAMED[kind].format(words=words)
    return _BY.get(kind, _nameless)(contract, thing)


def first_words(contract: Contract, thing: Item) -> str:
    """How a thing's own text begins, in one line; "" where nothing is written yet."""
    part = paths.main_part(thing.id)
    if paths.field(part) not in thing.texts:
        return ""
    words = " ".join(contract.text(part).text[: 4 * LONGEST].split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"


def _nameless(_: Contract, thing: Item) -> str:
    return _NAMELESS[paths.kind(thing.id)]


def _promise(contract: Contract, thing: Item) -> str:
    by = thing.by if isinstance(thing, Promise) else thing.added_by
    return _PROMISED_BY.format(name=contract.roster.person(by).name)


def _reflection(contract: Contract, thing: Item) -> str:
    return _REFLECTION_BY.format(name=contract.roster.person(thing.added_by).name)


def _note(contract: Contract, thing: Item) -> str:
    return _NOTE_BY.format(name=contract.roster.person(thing.added_by).name)


_BY: dict[str, Callable[[Contract, Item], str]] = {
    paths.PROMISES_LIST: _promise,
    paths.REFLECTIONS_LIST: _reflection,
    paths.NOTES_LIST: _note,
}
