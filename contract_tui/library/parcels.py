"""What shows who wrote what, on its way to a relay or from one."""

from __future__ import annotations

from dataclasses import dataclass

PARCEL_PROOFS, PARCEL_SEALS, PARCEL_VOUCHERS = 16, 200, 32
"""What one message holds at most."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one side tells the other at once."""

    proofs: tuple[str, ...] = ()
    seals: tuple[bytes, ...] = ()
    revocations: str | None = None
    vouchers: tuple[str, ...] = ()


class Outbox:
    """What one relay may lack, as far as this connection knows."""

    def __init__(self) -> None:
        self._proofs: dict[str, None] = {}
        self._seals: dict[bytes, None] = {}
        self._revocations: str | None = None
        self._vouchers: dict[str, None] = {}

    def put(self, parcel: Parcel) -> None:
        """Put something in, to be sent."""
        self._proofs.update(dict.fromkeys(parcel.proofs))
        self._seals.update(dict.fromkeys(parcel.seals))
        self._revocations = parcel.revocations or self._revocations
        self._vouchers.update(dict.fromkeys(parcel.vouchers))

    def heard(self, parcel: Parcel) -> None:
        """The relay has this itself."""
        for proof in parcel.proofs:
            self._proofs.pop(proof, None)
        for seal in parcel.seals:
            self._seals.pop(seal, None)
        if self._revocations == parcel.revocations:
            self._revocations = None
        for voucher in parcel.vouchers:
            self._vouchers.pop(voucher, None)

    def take(self) -> Parcel | None:
        """The next message's worth, proofs before the seals that need them."""
        proofs = tuple(self._proofs)[:PARCEL_PROOFS]
        room = PARCEL_SEALS if len(proofs) == len(self._proofs) else 0
        seals = tuple(self._seals)[:room]
        vouchers = tuple(self._vouchers)[:PARCEL_VOUCHERS]
        parcel = Parcel(proofs, seals, self._revocations, vouchers)
        if parcel == Parcel():
            return None
        self.heard(parcel)
        return parcel
