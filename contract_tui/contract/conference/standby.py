"""Who stands by in a conference: whose computer seats a guest anew when the host's computer dies.

It counts by what is signed, whoever wrote it there: the guest's seat names the computer,
and the conference that it stands in. What is forged, or was given for something else, is passed
over; how long it is valid is asked of whoever makes use of it.
"""

from collections.abc import Iterator
from functools import lru_cache

from contract_tui.contract.conference.values import Conference
from contract_tui.contract.membership.seats import Roster
from sync_server.access.devices import DeviceProof
from sync_server.access.errors import AccessError
from sync_server.access.proof import SeatId, is_seat_id
from sync_server.access.standby import Standby, read_standby
from sync_server.protocol.ids import DocumentId


def write_key(guest: SeatId, computer: SeatId) -> str:
    """Under what a certificate stands: each of a guest's for a computer has a place of its own."""
    return f"{guest}@{computer}"


def standing_by(conference: Conference, roster: Roster, contract: DocumentId) -> Iterator[Standby]:
    """Yield what counts of the certificates in a conference."""
    for key, token in conference.standby.items():
        guest, _, computer = key.partition("@")
        proof = roster.proofs.get(SeatId(guest))
        if proof is None or not is_seat_id(computer):
            continue
        found = _checked(token, proof, contract)
        if found is None or found.conference != conference.number or found.seat.id != guest:
            continue
        if found.computer.fingerprint.hex().startswith(computer):
            yield found


@lru_cache(maxsize=1_024)
def _checked(token: str, proof: str, contract: DocumentId) -> Standby | None:
    try:
        return read_standby(token, DeviceProof.from_text(proof).proof, contract)
    except AccessError:
        return None
