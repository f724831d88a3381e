"""On whose computer somebody's device is, as far as its own proof shows it."""

from functools import lru_cache

from contract_tui.contract.membership.seats import Roster
from sync_server.access.devices import DeviceProof
from sync_server.access.proof import SeatId
from sync_server.access.standby import seated_by


def host_of(roster: Roster, device: SeatId) -> SeatId | None:
    """Return the computer that seated a guest anew, when their host's had died; mostly None.

    A device says itself on whose computer it is, and a changed program might not; but whoever took
    over signed for it.
    """
    proof = roster.proofs.get(device)
    return _host(proof) if proof is not None else None


@lru_cache(maxsize=256)
def _host(proof: str) -> SeatId | None:
    return seated_by(DeviceProof.from_text(proof))
