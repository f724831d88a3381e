"""Tokens that somebody writes into a contract, and what they count for."""

from contract_tui.contract.agreement.values import Given
from contract_tui.contract.agreement.words import Fault
from contract_tui.contract.contract import Contract
from contract_tui.contract.past.milestones import AGREEMENTS
from sync_server.access.proof import Seat
from tests.contract_tui.contract.people import (
    MAYA,
    OKAFOR,
)
from tests.contract_tui.history.noting import PAPA, note

EVERYBODY = (MAYA, OKAFOR, PAPA)


def put(contract: Contract, seat: str, token: str, name: str = "x", by: Seat = PAPA) -> None:
    """Let somebody's program write a token into the contract."""
    note(contract, by, lambda writer: writer.put(AGREEMENTS, seat, {name: token}))


def given_by(contract: Contract, who: Seat) -> Given | None:
    standing = contract.agreement.of(who.id)
    assert standing is not None
    return standing.given


def faults(contract: Contract) -> list[Fault | None]:
    return [one.fault for one in contract.answers.checked()]
