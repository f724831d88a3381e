"""What each part of a contract is called, for people: a section, or a text of one of its things."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from contract_tui.contract.items import paths, terms
from contract_tui.contract.items.values import Item, Promise
from contract_tui.contract.schema import TITLE, PartId
from contract_tui.language import _

if TYPE_CHECKING:
    from contract_tui.contract.contract import Contract

LONGEST = 28
"""Characters of a thing's own first words that stand for it."""
_NAMED = {
    paths.GOALS_LIST: "‘{words}’",
    paths.SUPPORTS_LIST: _("what helps: ‘{words}’"),
    paths.STEPS_LIST: _("a step: ‘{words}’"),
    paths.PROMISES_LIST: _("a promise: ‘{words}’"),
}
_FIELD_OF = "{thing}, {field}"
_PROMISED_BY = _("a promise of {name}")
_REFLECTION_BY = _("a reflection of {name}")
_NOTE_BY = _("a note of {name}")
_NAME_OF = _("the name of ‘{heading}’")


def headings(contract: Contract) -> dict[PartId, str]:
    """Name every part that has words; two things may have the same name."""
    found = {TITLE: terms.TITLE}
    for section in contract.sections:
        found[section.part] = section.heading
        found[section.heading_part] = _NAME_OF.format(heading=section.heading)
    for thing in contract.items:
        name = thing_heading(contract, thing)
        for part in thing.parts:
            is_itself = part == paths.main_part(thing.id)
            found[part] = name if is_itself else _field_of(name, part)
    return found


def field_heading(part: PartId) -> str:
    """What a text of a goal is called on the page of that goal."""
    return _term(part).label


def _field_of(thing: str, part: PartId) -> str:
    return _FIELD_OF.format(thing=thing, field=_term(part).name)


def _term(part: PartId) -> terms.Term:
    thing = paths.owner(part)
    assert thing is not None, "a part of a thing"
    return terms.FIELDS[paths.kind(thing)][paths.field(part)]


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
    return beginning(contract.text(part).text)


def beginning(text: str, most: int = LONGEST) -> str:
    """Return how a text begins, in one line: cut between two words if that leaves enough."""
    line = " ".join(text[: 4 * most].split())
    if len(line) <= most:
        return line
    cut = line[: most - 1].rstrip()
    whole = cut if line[len(cut)] == " " else cut.rpartition(" ")[0]
    return f"{whole if len(whole) > most // 2 else cut}…"


def _nameless(_: Contract, thing: Item) -> str:
    return terms.ONE[paths.kind(thing.id)]


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
