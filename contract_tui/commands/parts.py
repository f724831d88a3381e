"""Finds the part of a contract that somebody names on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from contract_tui.contract.contract import Contract
from contract_tui.contract.errors import UnknownPart
from contract_tui.contract.headings import thing_heading
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.values import Item
from contract_tui.contract.schema import CONSTANT_SECTIONS, TITLE, PartId
from contract_tui.language import _

_NO_SECTION = _(
    "“{wanted}” is no section here: there are {names}. The texts of goals and other things are "
    "called like goals/3f09/what; contract-tui show CONTRACT --format json says their ids."
)
_NO_THING = _("“{wanted}” is none of the things of this contract: there are {names}.")
_NO_THINGS = _("“{wanted}” is none of the things of this contract: it has none of that kind.")
_NO_FIELD = _("“{wanted}” is no text of {thing}: there are {names}.")
_SEVERAL = _("“{wanted}” fits several texts: there are {names}.")


def find_part(contract: Contract, text: str) -> PartId:
    """The part of this id or heading, or of the beginning of a thing's key; raises UnknownPart."""
    wanted = text.strip()
    lower = wanted.casefold()
    names = {TITLE: TITLE, **{one.part.casefold(): one.part for one in contract.sections}}
    headings = [one.part for one in contract.sections if one.heading.casefold() == lower]
    if lower in names:
        return PartId(names[lower])
    if len(headings) == 1:
        return headings[0]
    if "/" in wanted:
        return _text(contract, wanted)
    raise UnknownPart(_NO_SECTION.format(wanted=wanted, names=", ".join(_sections(contract))))


def _sections(contract: Contract) -> Iterator[str]:
    """What the title and the sections are called on the command line."""
    yield TITLE
    for section in contract.sections:
        yield section.part if section.part in CONSTANT_SECTIONS else f"“{section.heading}”"


def _text(contract: Contract, wanted: str) -> PartId:
    """A text of a thing: each of its names may be shortened to what begins it."""
    if wanted in contract.texts:
        return PartId(wanted)
    found = _beginning(wanted, contract.texts)
    if len(found) == 1:
        return PartId(found[0])
    if found:
        raise UnknownPart(_SEVERAL.format(wanted=wanted, names=", ".join(found)))
    raise UnknownPart(_nearest(contract, wanted))


def _nearest(contract: Contract, wanted: str) -> str:
    """What is wrong with the name of a text: its last part, or the thing in front of it."""
    things = [one.id for one in contract.items]
    for name in (wanted, wanted.rpartition("/")[0]):
        found = _beginning(name, things)
        if len(found) == 1 and (thing := contract.items.find(ItemId(found[0]))):
            return _field(contract, wanted, thing)
    kind, depth = wanted.partition("/")[0].casefold(), max(1, wanted.count("/") - 1)
    alike = [one for one in things if one.partition("/")[0] == kind and one.count("/") == depth]
    if not alike:
        return _NO_THINGS.format(wanted=wanted)
    return _NO_THING.format(wanted=wanted, names=", ".join(alike))


def _field(contract: Contract, wanted: str, thing: Item) -> str:
    return _NO_FIELD.format(
        wanted=wanted, thing=thing_heading(contract, thing), names=", ".join(thing.parts)
    )


def _beginning(wanted: str, names: Iterable[str]) -> list[str]:
    """Those names whose parts begin with the parts of another one."""
    parts = wanted.split("/")
    return [name for name in names if _begins(parts, name.split("/"))]


def _begins(parts: Sequence[str], others: Sequence[str]) -> bool:
    return len(parts) == len(others) and all(
        part and other.startswith(part) for part, other in zip(parts, others, strict=True)
    )
