"""How the constant first change of every contract was made; kept to prove what it says."""

from contract_tui.contract.crdt import CrdtDocument, Kind, Writer
from contract_tui.contract.schema import GENESIS_ACTOR, format_actor

LATER = format_actor("learning-contract/2")
"""Who writes that a contract is of the next format: nobody who has a computer."""
SECTIONS = (("interests", "f"), ("supports", "m"), ("structure", "t"))
MAPS = (
    "support_items",
    "goals",
    "promises",
    "notes",
    "reflections",
    "seats",
    "seen",
    "names",
    "agreements",
    "agenda",
    "conferences",
)


def write_genesis(writer: Writer) -> None:
    writer.put(None, "format", "learning-contract/1")
    writer.make(None, "title", Kind.TEXT)
    sections = writer.make(None, "sections", Kind.MAP)
    for key, position in SECTIONS:
        section = writer.make(sections, key, Kind.MAP)
        writer.make(section, "heading", Kind.TEXT)
        writer.make(section, "body", Kind.TEXT)
        writer.put(section, "pos", position)
        writer.put(section, "hidden", False)
    writer.put(None, "structure_choice", "")
    for key in MAPS:
        writer.make(None, key, Kind.MAP)
    writer.make(None, "turns", Kind.LIST)


def build_genesis() -> bytes:
    change = CrdtDocument(GENESIS_ACTOR).transact(write_genesis)
    assert change is not None
    return change.raw
