"""What a contract keeps of its own past: who looked, what has a name, is covered or settled."""

from collections.abc import Mapping
from dataclasses import dataclass

from contract_tui.contract.crdt import CrdtDocument
from contract_tui.contract.membership.seats import Roster
from contract_tui.contract.past.covers import Covers, read_covers
from contract_tui.contract.past.kept import KeptVersion, read_kept
from contract_tui.contract.past.seen import Seen, read_seen
from contract_tui.contract.past.settled import Settled, read_settled
from contract_tui.language import _
from sync_server.access.proof import SeatId

_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Memory:
    """A contract's memory, as far as it can be believed."""

    seen: Mapping[SeatId, Seen]
    kept: tuple[KeptVersion, ...]
    covers: Covers
    settled: Settled
    set_aside: tuple[str, ...]
    """What is not used, one sentence each."""


def read_memory(document: CrdtDocument, roster: Roster) -> Memory:
    """Read all of it as it stands."""
    aside: list[str] = []
    seen = read_seen(document, roster, aside)
    kept = read_kept(document, roster, aside)
    covers = read_covers(document, roster, aside)
    if len(aside) > _MOST_NAMED:
        aside[_MOST_NAMED:] = [_("There is more of the kind that is not used.")]
    return Memory(seen, kept, covers, read_settled(document, roster), tuple(aside))
