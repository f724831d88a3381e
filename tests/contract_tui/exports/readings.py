"""Contracts as they are read, for exporting."""

from functools import cache

from contract_tui.contract.membership.seats import SeatEntry, unknown
from contract_tui.contract.reading import Reading, ReadSection
from contract_tui.contract.schema import (
    INTERESTS,
    STRUCTURE,
    SUPPORTS,
    PartId,
    StructureChoice,
)
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import ChangeHash
from tests.contract_tui.contract.people import CONTRACT, CONTRACT_KEY, MAYA, MAYA_PROOF
from tests.contract_tui.full_contract import full_contract

SECRETS = (CONTRACT_KEY.public.text, MAYA.key.text, MAYA_PROOF.claim, MAYA_PROOF.certificate)


def section(
    part: PartId, heading: str, text: str = "", *writers: str, hidden: bool = False
) -> ReadSection:
    return ReadSection(part, heading, text, hidden, writers)


def reading(
    *sections: ReadSection,
    title: str = "Birds and me",
    choice: StructureChoice = StructureChoice.NOT_CHOSEN,
) -> Reading:
    seats = (SeatEntry(MAYA.id, "Maya", MAYA.role, MAYA), unknown(SeatId("ff")))
    return Reading(CONTRACT, title, sections, choice, seats, (ChangeHash(b"\xab" * 32),))


SAMPLE = reading(
    section(INTERESTS, "Interests", "I like birds.\n\nBig ones:\n  eagles", "Maya", "Ms Okafor"),
    section(SUPPORTS, "Supports needed"),
    section(STRUCTURE, "Structure wanted", "Ask me on Mondays.", "Maya"),
    section(PartId("secret"), "Hidden", "not shown", "Maya", hidden=True),
    choice=StructureChoice.CHECK_IN,
)
DOUBTED = reading(
    ReadSection(INTERESTS, "Interests", "I like birds.", False, ("Maya",), ("Ms Okafor",))
)
EMPTY = reading(title="")
ODD = reading(
    section(INTERESTS, "# <b>", "*stars* & <script>alert(1)</script>\n1. one\n- two\n\\", "<i>"),
    title="<title> _x_",
)


@cache
def full_reading() -> Reading:
    """The contract that has everything in it."""
    return full_contract().reading()
