"""The answers that people gave, as the contract holds them, each checked.

What was noted once counts, whatever was written over it or taken out later: so nobody can make an
earlier answer of another person their newest again. Who wrote it into the document does not
matter, and no clock does: all that counts is signed.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from contract_tui.contract.agreement.checking import Checked, Checker, sentence
from contract_tui.contract.agreement.content import Plain
from contract_tui.contract.agreement.standing import Lineage, newest, stand
from contract_tui.contract.agreement.unshown import unshown
from contract_tui.contract.agreement.values import Agreement, Answer, Given
from contract_tui.contract.agreement.words import Fault
from contract_tui.contract.crdt import Branch, CrdtDocument, Heads, Kind
from contract_tui.contract.membership.hosts import host_of
from contract_tui.contract.membership.seats import as_string, read_roster
from contract_tui.contract.opening.outline import Outline
from contract_tui.contract.opening.pieces import Pieces, whole
from contract_tui.contract.past.milestones import Agreement as Noted
from contract_tui.contract.past.milestones import Milestones
from contract_tui.contract.records import Write
from contract_tui.contract.schema import AGREEMENTS_MAP
from sync_server.access.proof import SeatId

_MOST_NAMED = 20


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
        self._checker = Checker(document, outline)
        self._lineage = Lineage(document.hashes_since)
        self._milestones = Milestones()
        self._learned: Heads = ()
        """The version up to which changes have been gathered, if not read."""
        self._unread: deque[bytes] = deque()
        self._counted: tuple[Outline, int] | None = None
        self._agreement = Agreement()
        self._basis: _Basis | None = None
        """What the agreement was worked out from."""

    def know(self, noted: Milestones | None) -> None:
        """Begin with what all changes up to now noted, if somebody has read it already."""
        if noted is not None:
            self._milestones, self._learned = noted, self._document.heads

    @property
    def agreement(self) -> Agreement:
        """Where everybody stands; worked out anew only where something was written since."""
        whole(self.working_out())
        return self._agreement

    def working_out(self) -> Pieces[None]:
        """Find out where everybody stands, in pieces; after the last one `agreement` is known.

        Where something is written meanwhile it begins again, but not with what never changes: what
        a version says, and which versions it holds.
        """
        while self._basis is None or not self._basis.is_the_same(self._now()):
            before = self._now()
            found = yield from self._reading()
            if before.is_the_same(self._now()):
                self._agreement, self._basis = found, before

    def _now(self) -> _Basis:
        return _Basis(self._document.heads, self._outline(), self.taken_out)

    @property
    def noted(self) -> int:
        """How many answers stand in the document, sound or not; for nothing while one types."""
        outline = self._outline()
        if self._counted is None or self._counted[0] is not outline:
            maps = self._document.items(AGREEMENTS_MAP).values()
            found = (self._document.keys(one.object) for one in maps if isinstance(one, Branch))
            self._counted = outline, sum(map(len, found))
        return self._counted[1]

    @property
    def digest(self) -> bytes:
        """SHA-256 of what counts, as it stands."""
        return self._checker.digest

    def content(self, heads: Heads | None = None) -> dict[str, Plain]:
        """What counts at some heads, which have to be known; as it stands by default."""
        return self._checker.content if heads is None else whole(self.reading(heads))

    def reading(self, heads: Heads) -> Pieces[dict[str, Plain]]:
        """Read the same in pieces; it is known at once the next time, unless many were read."""
        return self._checker.content_of(heads)

    def checked(self) -> list[Checked]:
        """Every answer that was ever noted, once, in the order in which they were."""
        return whole(self._checking())

    def certificates(self) -> list[str]:
        """Say what is wrong with what proves who sits in the contract, one sentence each."""
        wrong: list[str] = []
        read_roster(self._document, self._outline().contract, wrong)
        return wrong

    def signed_at(self, noted: Noted) -> int | None:
        """When a person agreed, by something noted; None for what is no agreement of theirs.

        That it was given on a computer that was taken out later changes nothing that was.
        """
        one = self._checker.check(noted.seat, noted.token, self.taken_out)
        if one.said is None or one.fault not in (None, Fault.TAKEN_OUT):
            return None
        return one.said.at if Answer(one.said.answer).agrees else None

    def note(self, device: SeatId, id_: str, token: str) -> Write:
        """Note a signed answer of a computer's person, under a fresh id."""
        found = self._document.get(AGREEMENTS_MAP, device)
        if isinstance(found, Branch) and found.kind is Kind.MAP:
            return lambda writer: writer.put(found.object, id_, token)
        return lambda writer: writer.put(AGREEMENTS_MAP, device, {id_: token})

    def _reading(self) -> Pieces[Agreement]:
        checked = yield from self._checking()
        people: dict[SeatId, list[Checked]] = {}
        for one in checked:
            if one.fault is None:
                people.setdefault(one.person.id, []).append(one)
        latest: dict[SeatId, Checked] = {}
        for person, some in people.items():
            latest[person] = yield from newest(some, self._lineage)
        yield
        given = [self._given(one) for one in latest.values()]
        forged = [one for one in checked if one.fault and one.fault.is_forgery]
        wrong = list(dict.fromkeys(map(sentence, forged)))[:_MOST_NAMED]
        yield
        unseen = list(unshown(self._document, self._outline(), self.content()))[:_MOST_NAMED]
        found = stand(self._outline().roster, given, [*wrong, *unseen])
        return replace(found, all_agree=False) if unseen else found

    def _checking(self) -> Pieces[list[Checked]]:
        yield from self._learning()
        noted = sorted(self._milestones.agreements, key=lambda one: one.noted)
        found = dict.fromkeys((one.seat, one.token) for one in noted)
        found.update(dict.fromkeys(self._standing()))
        checked: list[Checked] = []
        for device, token in found:
            checked.append((yield from self._checker.checking(device, token, self.taken_out)))
        return checked

    def _learning(self) -> Pieces[None]:
        """Gather what was noted since the last time."""
        self._unread += self._document.changes_since(self._learned)
        self._learned = self._document.heads
        while self._unread:  # somebody else may read on between two pieces
            self._milestones.read_answers(self._unread.popleft())
            yield

    def _standing(self) -> Iterator[tuple[SeatId, str]]:
        """The answers that the document shows: programs of others may note them in small steps."""
        for device, some in self._document.items(AGREEMENTS_MAP).items():
            if isinstance(some, Branch) and some.kind is Kind.MAP:
                for said in self._document.items(some.object).values():
                    if token := as_string(self._document, said):
                        yield SeatId(device), token

    def _given(self, one: Checked) -> Given:
        assert one.said is not None
        said, current = one.said, one.said.digest == self.digest
        answer, person = Answer(said.answer), one.person.id
        roster = self._outline().roster
        on = host_of(roster, one.device) or said.on
        host = roster.person(SeatId(on)).name if on else ""
        return Given(person, answer, said.note, said.at, said.heads, said.digest, current, host)
