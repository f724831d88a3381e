"""Looks into a contract as it is on this computer, without a relay and without changing it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from contract_tui.commands.console import NOTHING_HERE, say
from contract_tui.commands.versions import find_version, today
from contract_tui.contract.membership.seats import Roster
from contract_tui.contract.reading import Reading
from contract_tui.library.keepsakes import PROOF
from contract_tui.library.library import Entry, Library
from contract_tui.session import looking
from contract_tui.session.copies.replica import Replica
from sync_server.protocol.ids import Actor


def look(library: Library, entry: Entry) -> Replica:
    """The contract as it is here; a person is told where nothing has arrived yet."""
    replica = asyncio.run(looking.look(library, entry))
    if not len(replica.graph):
        say(NOTHING_HERE.format(contract=entry.text_id))
    return replica


def look_closely(library: Library, entry: Entry) -> tuple[Replica, Mapping[Actor, int]]:
    """The contract as it is here, and whose words in it are in doubt."""
    replica = look(library, entry)
    return replica, looking.doubts(library, entry, replica)


def read_at(replica: Replica, doubtful: Mapping[Actor, int], version: str | None) -> Reading:
    """The contract to be read at a version, as somebody says it; by default as it stands."""
    if version is None:
        return replica.contract.reading(None, doubtful)
    history = replica.history()
    found = find_version(history, replica.contract, version, today())
    return replica.contract.reading(history.heads(found), doubtful)


def roster(library: Library, entry: Entry) -> Roster:
    """Everybody in the contract, with those who only read and this computer's own person."""
    contract = look(library, entry).contract
    kept = library.keepsakes(entry.id).all(PROOF).values()
    contract.vouch(proof.decode("utf-8", "replace") for proof in kept)
    if own := library.own_seat(entry.id):
        contract.vouch([own.shown.text])
    return contract.roster
