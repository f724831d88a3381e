"""What is written beside the texts of a contract: each makes a part of one change."""

from collections.abc import Callable, Iterable

from contract_tui.contract.crdt import Branch, CrdtDocument, Kind, Writer
from contract_tui.contract.schema import SEATS_MAP, TURNS_LIST, StructureChoice
from contract_tui.contract.values import Item
from sync_server.access.devices import Device, DeviceProof
from sync_server.access.proof import SeatId

Write = Callable[[Writer], None]
"""Writes something into the change that is being made."""


def begin_turn(writer: Writer, turn_at: int | None) -> None:
    """Note that a turn begins at this time, in seconds since 1970; None: the last one goes on."""
    if turn_at is not None:
        writer.append(TURNS_LIST, turn_at)


def in_one(turn_at: int | None, writes: Iterable[Write]) -> Write:
    """Write several things in one change, as one turn."""

    def write(writer: Writer) -> None:
        begin_turn(writer, turn_at)
        for one in writes:
            one(writer)

    return write


def choice(chosen: StructureChoice, turn_at: int | None) -> Write:
    """Say how much structure is wanted."""

    def write(writer: Writer) -> None:
        begin_turn(writer, turn_at)
        writer.put(None, "structure_choice", chosen.value)

    return write


def device_entry(device: Device, proof: DeviceProof, holds: str | None) -> Write:
    """Enter a computer of a person, with what proves it.

    Each has an entry of its own, so that two that write theirs at once hide neither.
    """
    seat = device.seat
    entry: dict[str, Item] = {"role": seat.role.value, "name": seat.name, "proof": proof.text}
    if holds is not None:
        entry["holds"] = holds
    key = device.prefix.hex()
    return lambda writer: writer.put(SEATS_MAP, key, entry)


def holder(document: CrdtDocument, device: SeatId, holds: str) -> Write | None:
    """State in a computer's entry that its person has the contract's key; None without one."""
    entry = document.get(SEATS_MAP, device)
    if not isinstance(entry, Branch) or entry.kind is not Kind.MAP:
        return None
    return lambda writer: writer.put(entry.object, "holds", holds)
