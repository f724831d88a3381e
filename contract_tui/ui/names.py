"""What people are called on every screen, inside a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from contract_tui.contract.contract import Contract
from contract_tui.contract.items import terms
from contract_tui.contract.membership.seats import UNKNOWN_NAME
from contract_tui.ui import words
from sync_server.access.proof import SeatId


def name_of(contract: Contract, seat: SeatId) -> str:
    """Return what somebody is called, by their latest seat; a neutral word for a stranger."""
    name = contract.roster.person(seat).name
    return name if name != UNKNOWN_NAME else terms.SOMEBODY


def student_of(contract: Contract) -> str:
    """Return what the student is called; where several are, the same one on every screen."""
    pupils = sorted(contract.pupils)
    return name_of(contract, pupils[0]) if pupils else terms.THE_STUDENT


def together(names: Sequence[str]) -> str:
    """Return names in one phrase."""
    return words.listed(names)


def sentence_start(name: str) -> str:
    """Return a name as the first word of a sentence."""
    return name[:1].upper() + name[1:]
