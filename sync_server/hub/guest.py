"""Who is at the other end of a connection, as the handshake has shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sync_server.protocol.ids import DocumentId

if TYPE_CHECKING:
    from sync_server.access.devices import Device, DeviceProof


@dataclass(frozen=True, slots=True)
class Guest:
    """One device of one person, admitted to one contract and to nothing else."""

    contract: DocumentId
    device: Device
    """Whose it is and with which key it writes."""
    proof: DeviceProof
    """What the others need to believe the same."""
