"""Whether an answer that somebody noted is one: signed by whom it says, about what there was."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from contract_tui.contract.agreement.content import FORMAT, Plain, content, digest_of, reading
from contract_tui.contract.agreement.values import Answer
from contract_tui.contract.agreement.words import FAULTS, Fault
from contract_tui.contract.crdt import CrdtDocument, Heads
from contract_tui.contract.membership.seats import SeatEntry
from contract_tui.contract.opening.outline import Outline
from contract_tui.contract.opening.pieces import Pieces, whole
from sync_server.access.answer import SignedAnswer, read_answer
from sync_server.access.devices import DeviceProof, verify_device
from sync_server.access.errors import AccessError, Foreign, Forged, WrongKind
from sync_server.access.keys import PublicKey
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import ChangeHash, DocumentId

_MOST_VERSIONS = 8
"""Earlier versions of which what counts is kept: those that people look at who have answered."""


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
        self._now: tuple[Heads, dict[str, Plain]] | None = None
        self._then: dict[Heads, dict[str, Plain]] = {}
        """What counted at the few versions that were asked for last."""

    @property
    def content(self) -> dict[str, Plain]:
        """What counts, as it stands."""
        heads = self._document.heads
        if self._now is None or self._now[0] != heads:
            self._now = heads, content(self._document)
        return self._now[1]

    def content_of(self, heads: Heads) -> Pieces[dict[str, Plain]]:
        """What counted at some heads, which have to be known."""
        found = self._then.pop(heads, None)
        if found is None:
            found = yield from reading(self._document, heads)
        self._then[heads] = found
        if len(self._then) > _MOST_VERSIONS:
            del self._then[next(iter(self._then))]
        return found

    @property
    def digest(self) -> bytes:
        """SHA-256 of what counts, as it stands; of use again when somebody has signed it."""
        heads = self._document.heads
        if heads not in self._digests:
            self._digests[heads] = digest_of(self.content)
        return self._digests[heads]

    def check(self, device: SeatId, token: str, taken_out: frozenset[bytes]) -> Checked:
        """Check what stands in the name of a computer; `taken_out` are seats and computers."""
        return whole(self.checking(device, token, taken_out))

    def checking(self, device: SeatId, token: str, taken_out: frozenset[bytes]) -> Pieces[Checked]:
        """Do the same in pieces: to read a version of long ago takes a while."""
        outline = self._outline()
        roster, contract = outline.roster, outline.contract
        person = roster.person(device)
        proof = roster.proofs.get(device)
        if contract is None or proof is None or not person.proven or person.role is None:
            return Checked(device, person, token, None, Fault.NOBODY)
        yield
        said = _said(token, contract, _key(proof, contract))
        if isinstance(said, Fault):
            return Checked(device, person, token, None, said)
        fault = None if person.role.writes else Fault.READS_ALONG
        fault = fault or (yield from self._fault(said))
        seat = roster.devices.get(device, device)
        is_out = not taken_out.isdisjoint(map(bytes.fromhex, (device, seat)))
        return Checked(device, person, token, said, fault or (Fault.TAKEN_OUT if is_out else None))

    def _fault(self, said: SignedAnswer) -> Pieces[Fault | None]:
        if said.content != FORMAT or said.answer not in list(Answer):
            return Fault.NEWER
        digest = yield from self._digest_of(said.heads)
        if digest is None:
            return Fault.NO_SUCH_VERSION
        return None if digest == said.digest else Fault.OTHER_WORDS

    def _digest_of(self, heads: Heads) -> Pieces[bytes | None]:
        """The digest of what counts at some heads; None where one is not in the history."""
        if heads == self._document.heads:
            return self.digest
        if heads not in self._digests:
            for head in heads:
                yield
                if not self._is_known(head):
                    return None
            self._digests[heads] = digest_of((yield from self.content_of(heads)))
        return self._digests[heads]

    def _is_known(self, head: ChangeHash) -> bool:
        """Whether a change is in the history: at a version that is not, there is nothing."""
        return bool(self._document.keys(None, (head,)))


def sentence(one: Checked) -> str:
    """Say why an answer does not count; empty for one that does."""
    return FAULTS[one.fault].format(name=one.person.name) if one.fault else ""


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
