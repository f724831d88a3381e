"""What this person says to an open contract as it stands: signed, stored and shared at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from contract_tui.contract.agreement.answers import Answers
from contract_tui.contract.agreement.content import FORMAT
from contract_tui.contract.agreement.differences import differences
from contract_tui.contract.agreement.values import Agreement, Answer, Given, Standing
from contract_tui.contract.contract import Contract
from contract_tui.contract.errors import ContractError, TooMuch
from contract_tui.contract.heads import MOST_HEADS
from contract_tui.contract.values import Heads
from contract_tui.exports import dates
from contract_tui.library.errors import ReadOnlySeat
from contract_tui.library.library import OwnSeat
from contract_tui.library.world import World
from contract_tui.session import words
from contract_tui.session.copies.replica import Replica
from contract_tui.session.slices import BREATH, SLICE, do_slice
from contract_tui.session.writing.pen import Pen
from sync_server.access.answer import LONGEST_NOTE, SignedAnswer, plain_note, sign_answer
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import DocumentId

_MOST_SLICES = 20
"""Slices of work between two looks at the clock, which must not wait for it."""


class NoteMissing(ContractError):
    """Somebody agrees with a note and writes none."""


class NoteTooLong(ContractError):
    """A note that is no note any more."""


class Agreeing:
    """Answers for one person, with the key of their computer, which stays there."""

    def __init__(
        self, contract: DocumentId, own: OwnSeat | None, replica: Replica, pen: Pen, world: World
    ) -> None:
        self._id = contract
        self._own = own
        self._replica = replica
        self._pen = pen
        self._world = world
        self._noted: int | None = None
        """How many answers there were at the last look."""
        self._has_news = False
        """Whether one has come of which it is not known yet what it led to."""
        self._work: tuple[Answers, frozenset[Heads], Iterator[None]] | None = None

    @property
    def agreement(self) -> Agreement:
        """Where everybody stands; it takes long as long as `advance` says that it is not known."""
        return self._contract.agreement

    def advance(self, seconds: float = SLICE, others: frozenset[Heads] = frozenset()) -> bool:
        """Work for so long on where everybody stands; returns whether that is known.

        With it what this person answered, if that was another version, and what was said at those
        versions of others that somebody looks at.
        """
        answers = self._contract.answers
        if self._work is None or self._work[0] is not answers or self._work[1] != others:
            self._work = answers, others, self._pieces(answers, others)
        if not do_slice(self._work[2], seconds):
            return False
        self._work = None
        return True

    def _pieces(self, answers: Answers, others: frozenset[Heads]) -> Iterator[None]:
        yield from answers.working_out()
        mine = self.mine
        own = {mine.given.heads} if mine and mine.given and not mine.given.is_current else set()
        for heads in own | others:
            yield from answers.reading(heads)
        if own or others:
            yield from answers.working_out()

    async def follow(self) -> bool:
        """Find out what an answer that came has led to; returns whether it is known by now."""
        for _ in range(_MOST_SLICES if self._has_news else 0):
            if self.advance():
                return True
            await asyncio.sleep(BREATH)
        return False

    @property
    def mine(self) -> Standing | None:
        """Where this person stands; None for who reads along, or has not arrived yet."""
        if self._own is None:
            return None
        return self.agreement.of(self._pen.person)

    def has_just_come_about(self) -> bool:
        """Whether everybody agrees since the last answer came; once for each, quick otherwise."""
        noted, known = self._contract.answers.noted, self._noted
        self._noted = noted
        self._has_news |= known is not None and noted > known
        if not self._has_news or not self.advance():
            return False
        self._has_news = False
        return self.agreement.all_agree

    def changes_since(self, given: Given | None) -> list[str]:
        """What counts and changed since an answer, in sentences; nothing without an answer."""
        if given is None or given.is_current:
            return []
        return differences(self._contract, given.heads, dates.when)

    def answer(self, answer: Answer, note: str = "") -> bool:
        """Answer the contract as it stands; returns whether that was not said already.

        Raises ReadOnlySeat, NoteMissing, NoteTooLong, or TooMuch while too many wrote at once.
        """
        note = plain_note(note)
        if self._own is None or not self._pen.can_write:
            raise ReadOnlySeat(words.NO_ANSWER_ALONG)
        if answer is Answer.NOTE and not note:
            raise NoteMissing(words.NOTE_MISSING)
        if len(note) > LONGEST_NOTE:
            raise NoteTooLong(words.NOTE_BESIDE_TOO_LONG.format(most=LONGEST_NOTE))
        if answer is Answer.AGREE and note:
            answer = Answer.NOTE
        if self._is_said(answer, note):
            return False
        own, id_, at = self._own, self._world.entropy(8).hex(), int(self._world.clock())
        return self._pen.write(None, lambda _: self._write(own, id_, answer, note, at))

    def _is_said(self, answer: Answer, note: str) -> bool:
        mine = self.mine
        given = mine.given if mine else None
        return (
            given is not None and given.is_current and (given.answer, given.note) == (answer, note)
        )

    def _write(self, own: OwnSeat, id_: str, answer: Answer, note: str, at: int) -> bytes:
        """Sign the version that the change is made upon, also when the document was built again."""
        contract = self._contract
        if len(contract.heads) > MOST_HEADS:
            raise TooMuch(words.TOO_MANY_HEADS)
        digest, heads = contract.answers.digest, contract.heads
        said = SignedAnswer(FORMAT, digest, heads, answer, note, at, own.host)
        token = sign_answer(own.key, self._id, said)
        return contract.change(contract.answers.note(SeatId(own.device.prefix.hex()), id_, token))

    @property
    def _contract(self) -> Contract:
        return self._replica.contract
