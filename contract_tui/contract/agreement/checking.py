"""Whether an answer that somebody noted is one: signed by whom it says, about what there was."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from contract_tui.contract.agreement.content import FORMAT, digest
from contract_tui.contract.agreement.values import Answer
from contract_tui.contract.agreement.words import Fault
from contract_tui.contract.crdt import CrdtDocument, Heads
from contract_tui.contract.outline import Outline
from contract_tui.contract.seats import SeatEntry
from sync_server.access.answer import SignedAnswer, read_answer
from sync_server.access.devices import DeviceProof, verify_device
from sync_server.access.errors import AccessError, Foreign, Forged, WrongKind
from sync_server.access.keys import PublicKey
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import ChangeHash, DocumentId


@dataclass(frozen=True, slots=True)
class Checked:
    """One answer as somebody noted it, and what is to be said against it."""

    device: SeatId
    """The computer in whose name it stands, by the hex of the prefix of its actors."""
    person: SeatEntry
    token: str
    said: SignedAnswer | None
    """None where it is not signed by that computer."""
    fault: Fault | None
    """None for one that counts."""


class Checker:
    """Checks answers against a document; what a version says is worked out once."""

    def __init__(self, document: CrdtDocument, outline: Callable[[], Outline]) -> None:
        self._document, self._outline = document, outline
        self._digests: dict[Heads, bytes] = {}
        self._now: tuple[Heads, bytes] | None = None

    @property
    def digest(self) -> bytes:
        """SHA-256 of what counts, as it stands."""
        heads = self._document.heads
        if self._now is None or self._now[0] != heads:
            self._now = heads, digest(self._document)
        return self._now[1]

    def check(self, device: SeatId, token: str, taken_out: frozenset[bytes]) -> Checked:
        """Check what stands in the name of a computer; `taken_out` are seats and computers."""
        outline = self._outline()
        roster, contract = outline.roster, outline.contract
        person = roster.person(device)
        proof = roster.proofs.get(device)
        if contract is None or proof is None or not person.proven or person.role is None:
            return Checked(device, person, token, None, Fault.NOBODY)
        said = _said(token, contract, _key(proof, contract))
        if isinstance(said, Fault):
            return Checked(device, person, token, None, said)
        fault = None if person.role.writes else Fault.READS_ALONG
        return Checked(device, person, token, said, fault or self._fault(device, said, taken_out))

    def _fault(
        self, device: SeatId, said: SignedAnswer, taken_out: frozenset[bytes]
    ) -> Fault | None:
        if said.content != FORMAT or said.answer not in list(Answer):
            return Fault.NEWER
        if not all(map(self._is_known, said.heads)):
            return Fault.NO_SUCH_VERSION
        if self._digest_of(said.heads) != said.digest:
            return Fault.OTHER_WORDS
        seat = self._outline().roster.devices.get(device, device)
        out = not taken_out.isdisjoint(map(bytes.fromhex, (device, seat)))
        return Fault.TAKEN_OUT if out else None

    def _is_known(self, head: ChangeHash) -> bool:
        """Whether a change is in the history: at a version that is not, there is nothing."""
        return bool(self._document.keys(None, (head,)))

    def _digest_of(self, heads: Heads) -> bytes:
        if heads not in self._digests:
            here = heads == self._document.heads
            self._digests[heads] = self.digest if here else digest(self._document, heads)
        return self._digests[heads]


def sentence(one: Checked) -> str:
    """Say why an answer does not count; empty for one that does."""
    return one.fault.value.format(name=one.person.name) if one.fault else ""


@lru_cache(maxsize=1024)
def _said(token: str, contract: DocumentId, key: PublicKey) -> SignedAnswer | Fault:
    try:
        return read_answer(token, contract, key)
    except Foreign:
        return Fault.FOREIGN
    except Forged:
        return Fault.FORGED
    except WrongKind:
        return Fault.FOREIGN
    except AccessError:
        return Fault.UNREADABLE


def _key(proof: str, contract: DocumentId) -> PublicKey:
    return verify_device(DeviceProof.from_text(proof), contract).key
