"""The answers that people gave, as the contract holds them, each checked.

What was noted once counts, whatever was written over it or taken out later: so nobody can make an
earlier answer of another person their newest again. Who wrote it into the document does not
matter, and no clock does: all that counts is signed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from contract_tui.contract.agreement.content import FORMAT, Plain, content, digest, left_out
from contract_tui.contract.agreement.standing import stand
from contract_tui.contract.agreement.values import Agreement, Answer, Given
from contract_tui.contract.agreement.words import TAKEN_AWAY, Fault
from contract_tui.contract.check import readable
from contract_tui.contract.crdt import Branch, CrdtDocument, Heads, Kind
from contract_tui.contract.items.tokens import GoalState
from contract_tui.contract.items.values import Goal
from contract_tui.contract.milestones import Agreement as Noted
from contract_tui.contract.milestones import Milestones
from contract_tui.contract.outline import Outline
from contract_tui.contract.records import Write
from contract_tui.contract.schema import AGREEMENTS_MAP
from contract_tui.contract.seats import SeatEntry, read_roster
from sync_server.access.answer import SignedAnswer, read_answer
from sync_server.access.devices import DeviceProof, verify_device
from sync_server.access.errors import AccessError, Foreign, Forged, WrongKind
from sync_server.access.keys import PublicKey
from sync_server.access.proof import SeatId
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ids import ChangeHash, DocumentId
from sync_server.protocol.operations import operations

_SMALLEST = 200
"""Bytes of a change that can hold an answer: two hashes, an id and a signature do not shrink."""
_MOST_NAMED = 20


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


@dataclass(frozen=True, slots=True)
class _Basis:
    heads: Heads
    outline: Outline
    taken_out: frozenset[bytes]

    def is_the_same(self, other: "_Basis") -> bool:
        """Whether the same follows from both."""
        if self.outline is not other.outline:  # it holds everybody, and comparing takes long
            return False
        return (self.heads, self.taken_out) == (other.heads, other.taken_out)


class Answers:
    """Reads the answers in a document; nothing is read before somebody asks."""

    def __init__(self, document: CrdtDocument, outline: Callable[[], Outline]) -> None:
        self.taken_out: frozenset[bytes] = frozenset()
        """The seats and computers that were taken out of the contract, by their prefix."""
        self._document, self._outline = document, outline
        self._milestones = Milestones()
        self._learned: Heads = ()
        self._digests: dict[Heads, bytes] = {}
        self._now: tuple[Heads, bytes] | None = None
        self._agreement = Agreement()
        self._basis: _Basis | None = None
        """What the agreement was worked out from."""

    @property
    def agreement(self) -> Agreement:
        """Where everybody stands; worked out anew only where something was written since."""
        now = _Basis(self._document.heads, self._outline(), self.taken_out)
        if self._basis is None or not self._basis.is_the_same(now):
            self._agreement, self._basis = self._read(), now
        return self._agreement

    @property
    def noted(self) -> int:
        """How many answers stand in the document, sound or not; quick."""
        maps = self._document.items(AGREEMENTS_MAP).values()
        found = (self._document.keys(one.object) for one in maps if isinstance(one, Branch))
        return sum(map(len, found))

    @property
    def digest(self) -> bytes:
        """SHA-256 of what counts, as it stands."""
        heads = self._document.heads
        if self._now is None or self._now[0] != heads:
            self._now = heads, digest(self._document)
        return self._now[1]

    def content(self, heads: Heads | None = None) -> dict[str, Plain]:
        """What counts at some heads, which have to be known; as it stands by default."""
        return content(self._document, heads)

    def checked(self) -> list[Checked]:
        """Every answer that was ever noted, once, in the order in which they were."""
        self._learn()
        noted = sorted(self._milestones.agreements, key=lambda one: one.noted)
        found = dict.fromkeys((one.seat, one.token) for one in noted)
        found.update(dict.fromkeys(self._standing()))
        return [self._check(device, token) for device, token in found]

    def certificates(self) -> list[str]:
        """Say what is wrong with what proves who sits in the contract, one sentence each."""
        wrong: list[str] = []
        read_roster(self._document, self._outline().contract, wrong)
        return wrong

    def signed_at(self, noted: Noted) -> int | None:
        """When a person agreed, by something noted; None for what is no agreement of theirs.

        That it was given on a computer that was taken out later changes nothing that was.
        """
        one = self._check(noted.seat, noted.token)
        if one.said is None or one.fault not in (None, Fault.TAKEN_OUT):
            return None
        return one.said.at if Answer(one.said.answer).agrees else None

    def note(self, device: SeatId, id_: str, token: str) -> Write:
        """Note a signed answer of a computer's person, under a fresh id."""
        found = self._document.get(AGREEMENTS_MAP, device)
        if isinstance(found, Branch) and found.kind is Kind.MAP:
            return lambda writer: writer.put(found.object, id_, token)
        return lambda writer: writer.put(AGREEMENTS_MAP, device, {id_: token})

    def _read(self) -> Agreement:
        checked = self.checked()
        people: dict[SeatId, list[Checked]] = {}
        for one in checked:
            if one.fault is None:
                people.setdefault(one.person.id, []).append(one)
        newest = [self._given(self._newest(some)) for some in people.values()]
        forged = [one for one in checked if one.fault and one.fault.is_forgery]
        wrong = list(dict.fromkeys(map(sentence, forged)))[:_MOST_NAMED]
        taken = list(self._taken_away())[:_MOST_NAMED]
        found = stand(self._outline().roster, newest, [*wrong, *taken])
        return replace(found, all_agree=False) if taken else found

    def _learn(self) -> None:
        """Gather what was noted since the last time."""
        for raw in self._document.changes_since(self._learned):
            if len(raw) >= _SMALLEST:
                try:
                    for operation in operations(raw):
                        self._milestones.add(operation)
                except BadChunk:
                    continue
        self._learned = self._document.heads

    def _standing(self) -> Iterator[tuple[SeatId, str]]:
        """The answers that the document shows: programs of others may note them in small steps."""
        for device, some in self._document.items(AGREEMENTS_MAP).items():
            if isinstance(some, Branch) and some.kind is Kind.MAP:
                for token in self._document.items(some.object).values():
                    if isinstance(token, str) and token:
                        yield SeatId(device), token

    def _check(self, device: SeatId, token: str) -> Checked:
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
        return Checked(device, person, token, said, fault or self._fault(device, said))

    def _fault(self, device: SeatId, said: SignedAnswer) -> Fault | None:
        if said.content != FORMAT or said.answer not in list(Answer):
            return Fault.NEWER
        if not all(map(self._is_known, said.heads)):
            return Fault.NO_SUCH_VERSION
        if self._digest_of(said.heads) != said.digest:
            return Fault.OTHER_WORDS
        seat = self._outline().roster.devices.get(device, device)
        out = not self.taken_out.isdisjoint(map(bytes.fromhex, (device, seat)))
        return Fault.TAKEN_OUT if out else None

    def _is_known(self, head: ChangeHash) -> bool:
        """Whether a change is in the history: at a version that is not, there is nothing."""
        return bool(self._document.keys(None, (head,)))

    def _digest_of(self, heads: Heads) -> bytes:
        if heads not in self._digests:
            here = heads == self._document.heads
            self._digests[heads] = self.digest if here else digest(self._document, heads)
        return self._digests[heads]

    def _given(self, one: Checked) -> Given:
        assert one.said is not None
        said, current = one.said, one.said.digest == self.digest
        answer, person = Answer(said.answer), one.person.id
        return Given(person, answer, said.note, said.at, said.heads, said.digest, current)

    def _newest(self, found: list[Checked]) -> Checked:
        """Of a person's answers the one whose version holds the versions of all others.

        Two that were given on two computers at once do not know of each other: then the one that
        was signed later counts, as that person's own clocks say it.
        """
        left, tops = list(reversed(found)), list[Checked]()
        while left:
            top = left.pop(0)
            left = [one for one in left if not self._follows(top, one)]
            tops.append(top)
        newest = [one for one in tops if not any(self._follows(other, one) for other in tops)]
        return max(newest, key=lambda one: (one.said.at if one.said else 0, one.token))

    def _follows(self, later: Checked, earlier: Checked) -> bool:
        """Whether a version came after another: it holds all of that and is not the same."""
        assert later.said is not None
        assert earlier.said is not None
        if later.said.heads == earlier.said.heads:
            return False
        return self._after(later.said.heads).isdisjoint(earlier.said.heads)

    def _after(self, heads: Heads) -> frozenset[ChangeHash]:
        return frozenset(self._document.hashes_since(heads))

    def _taken_away(self) -> Iterator[str]:
        """Name what nobody's answer covers although it stands in the contract."""
        out = left_out(self._document)
        for one in self._outline().items:
            let_go = isinstance(one, Goal) and one.state is GoalState.LET_GO
            if one.id in out and one.removal is None and not let_go:
                place = "“" + " / ".join(map(readable, one.id.split("/"))) + "”"
                yield TAKEN_AWAY.format(place=place)


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
