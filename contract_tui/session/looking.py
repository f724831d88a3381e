"""Reads a contract as it is on this computer, without opening it to write."""

from __future__ import annotations

from collections.abc import Mapping

from contract_tui.contract.reading import Reading
from contract_tui.library.custody import Custodian
from contract_tui.library.files import READER
from contract_tui.library.holding import revocations
from contract_tui.library.library import Entry, Library
from contract_tui.session.copies.opening import load
from contract_tui.session.copies.replica import Replica
from contract_tui.session.signing.authorship import Authorship
from sync_server.protocol.ids import Actor

_FOR_EVER = 1e9
"""Seconds."""


async def look(library: Library, entry: Entry) -> Replica:
    """The contract as it is here; raises LibraryError or ContractError."""
    replica = await load(library.journal(entry.id), entry.id, READER)
    replica.contract.answers.taken_out = revocations(library, entry).prefixes
    return replica


async def read_here(library: Library, entry: Entry) -> Reading:
    """The contract to be read, with whose words in it are in doubt."""
    replica = await look(library, entry)
    return replica.contract.reading(None, doubts(library, entry, replica))


def doubts(library: Library, entry: Entry, replica: Replica) -> Mapping[Actor, int]:
    """Of whom some words are not shown to be theirs, and from which operation on.

    By the seals that are kept here: whatever has none by now has waited for one for long enough.
    """
    keepsakes = library.keepsakes(entry.id)
    own = library.own_seat(entry.id)
    custodian = Custodian(entry.id, keepsakes, lambda: replica.graph, lambda: None)
    mine = own.device.prefix if own else None
    authorship = Authorship(replica, custodian, keepsakes, mine)
    for now in (0.0, _FOR_EVER):
        authorship.look(now)
    return authorship.doubtful
