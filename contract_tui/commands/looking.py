"""Looks into a contract as it is on this computer, without a relay and without changing it."""

from __future__ import annotations

import asyncio

from contract_tui.commands.console import say
from contract_tui.contract.seats import Roster
from contract_tui.library.keepsakes import PROOF
from contract_tui.library.library import Entry, Library
from contract_tui.session.opening import load
from contract_tui.session.replica import Replica
from sync_server.protocol.ids import Actor


def look(library: Library, entry: Entry) -> Replica:
    """The contract as it is here; a person is told where nothing has arrived yet."""
    journal = library.journal(entry.id)
    replica = asyncio.run(load(journal, entry.id, Actor(bytes(16))))
    if not len(replica.graph):
        say(f"nothing of this contract has arrived yet: contract-tui sync {entry.text_id}")
    return replica


def roster(library: Library, entry: Entry) -> Roster:
    """Everybody in the contract, with those who only read and this computer's own person."""
    contract = look(library, entry).contract
    kept = library.keepsakes(entry.id).all(PROOF).values()
    contract.vouch(proof.decode("utf-8", "replace") for proof in kept)
    if own := library.own_seat(entry.id):
        contract.vouch([own.shown.text])
    return contract.roster
