"""Whether everything that is signed in a contract is sound, from nothing but the contract.

What nobody can check so is whether it is the contract that somebody means: whoever makes a new key
can sign everything anew, under another id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from contract_tui.contract.agreement.checking import Checked, sentence
from contract_tui.contract.agreement.values import Agreement
from contract_tui.contract.contract import Contract
from contract_tui.contract.errors import ContractError
from contract_tui.language import _, told
from contract_tui.library.carrying import parcels
from contract_tui.library.errors import NotAContract
from contract_tui.library.files import READER, read_file
from contract_tui.library.library import Entry, Library
from contract_tui.library.parcels import Parcel
from sync_server.access.devices import DeviceProof, verify_device
from sync_server.access.errors import AccessError
from sync_server.access.revocation import Revocations, read_revocations
from sync_server.access.seal import Seal
from sync_server.access.voucher import read_voucher
from sync_server.protocol.ids import DocumentId

DAY = 24 * 60 * 60
"""Seconds that the clock of whoever signs may be ahead of the one here."""
TORN = _("The end of the file is missing or damaged: what stood there is not known.")
LEFT_OUT = _("{count} of the changes in the file are damaged, or lack others that they need.")
NO_SEAT = _("A proof of a seat that goes with the contract is not sound: {reason}.")
NO_SEAL = _("A seal that goes with the contract is not sound.")
NO_LIST = _("The list of who was taken out is not sound: {reason}.")
NO_VOUCHER = _("A voucher that goes with the contract is not sound: {reason}.")
FUTURE = _("An answer of {name} is dated later than today: its date cannot be right.")


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found."""

    contract: DocumentId
    title: str
    document: Contract
    agreement: Agreement
    answers: tuple[Checked, ...]
    """Every answer that was ever given, in the order in which they were noted."""
    broken: tuple[str, ...]
    """What is forged or broken, one sentence each."""
    uncounted: tuple[str, ...]
    """What is sound and does not count, one sentence each."""


def verify_file(path: Path, now: float) -> Verified:
    """Check a contract's file, with nothing but the file; raises NotAContract or FileTrouble."""
    file = read_file(path)
    try:
        contract = Contract.open([change.raw for change in file.changes], READER)
    except ContractError as error:
        raise NotAContract(
            _("{file} is not a learning contract: {reason}").format(file=path, reason=error)
        ) from error
    wrong = [TORN] if file.torn else []
    if file.left_out:
        wrong.append(LEFT_OUT.format(count=file.left_out))
    return verify(contract, file.parcels, now, wrong)


def verify_kept(
    library: Library, entry: Entry, contract: Contract, now: float, wrong: Iterable[str]
) -> Verified:
    """Check a contract of this computer; `wrong` is what its changes on the disk lack."""
    return verify(contract, parcels(library, entry.id), now, wrong)


def verify(
    contract: Contract, carried: Iterable[Parcel], now: float, wrong: Iterable[str]
) -> Verified:
    """Check a contract with what goes with it; `now` is in seconds since 1970."""
    if contract.id is None:
        raise NotAContract(
            _("this does not say which contract it is: nothing in it can be checked")
        )
    custody = _Custody(contract.id)
    broken = [*wrong, *custody.check(carried)]
    contract.vouch(custody.proofs)
    contract.answers.taken_out = custody.revocations.prefixes
    answers, agreement = contract.answers.checked(), contract.agreement
    broken += [*contract.answers.certificates(), *agreement.broken, *_future(answers, now)]
    uncounted = [sentence(one) for one in answers if one.fault and not one.fault.is_forgery]
    return Verified(
        contract.id,
        contract.title,
        contract,
        agreement,
        tuple(answers),
        tuple(dict.fromkeys(broken)),
        tuple(dict.fromkeys(uncounted)),
    )


class _Custody:
    """What goes with a contract and shows who wrote what."""

    def __init__(self, contract: DocumentId) -> None:
        self._contract = contract
        self.proofs: list[str] = []
        self.revocations = Revocations(0, frozenset())

    def check(self, carried: Iterable[Parcel]) -> Iterator[str]:
        for parcel in carried:
            for proof in parcel.proofs:
                yield from self._proof(proof)
            if not all(map(self._is_sealed, parcel.seals)):
                yield NO_SEAL
            if parcel.revocations is not None:
                yield from self._list(parcel.revocations)
            for voucher in parcel.vouchers:
                try:
                    read_voucher(voucher, self._contract)
                except AccessError as error:
                    yield NO_VOUCHER.format(reason=told(error))

    def _proof(self, proof: str) -> Iterator[str]:
        try:
            verify_device(DeviceProof.from_text(proof), self._contract)
        except AccessError as error:
            yield NO_SEAT.format(reason=told(error))
        else:
            self.proofs.append(proof)

    def _is_sealed(self, seal: bytes) -> bool:
        with suppress(AccessError):
            return Seal.from_bytes(seal).verifies(self._contract)
        return False

    def _list(self, token: str) -> Iterator[str]:
        try:
            found = read_revocations(token, self._contract)
        except AccessError as error:
            yield NO_LIST.format(reason=told(error))
        else:
            self.revocations = max(self.revocations, found, key=lambda one: one.number)


def _future(answers: Iterable[Checked], now: float) -> Iterator[str]:
    for one in answers:
        if one.said is not None and one.said.at > now + DAY:
            yield FUTURE.format(name=one.person.name)
