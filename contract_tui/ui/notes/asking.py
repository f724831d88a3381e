"""What is asked when somebody writes beside the words, or answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from contract_tui.contract.items import paths
from contract_tui.contract.items.tokens import NoteAnswer, NoteKind
from contract_tui.contract.past.losses import Lost
from contract_tui.contract.schema import PartId
from contract_tui.contract.text.splice import Splice, map_through
from contract_tui.session.session import Session
from contract_tui.session.writing.remarks import About, Passage
from contract_tui.ui.names import sentence_start, student_of
from contract_tui.ui.notes import words
from contract_tui.ui.notes.board import Posted
from contract_tui.ui.notes.card import said
from contract_tui.ui.notes.resuming import Resumable
from contract_tui.ui.screens.dialogs import Answers, Dialog, Field
from contract_tui.ui.screens.questions import Unanswered

KIND, TEXT, ANSWER = "kind", "text", "answer"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody was in a text when they began a note; others write on meanwhile."""

    part: PartId
    start: int
    end: int
    version: int

    def now(self, session: Session) -> tuple[int, int]:
        """Return from where to where that is now."""
        text = session.contract.text(self.part)
        splices = text.since(self.version)
        if splices is None:
            return len(text.text), len(text.text)
        start = map_through(splices, self.start, sticky=self.start < self.end)
        return start, max(start, map_through(splices, self.end))


def text_of(session: Session, spot: Spot) -> str:
    """Return the text that somebody was in, as it is now."""
    return session.contract.text(spot.part).text


def fitted(text: str, start: int, end: int, words_: str) -> Splice:
    """Return words in the place of others, with the spaces that part them from what is there."""
    if not words_ or start < end:
        return Splice(start, end, words_)
    before = " " if text[:start] and not text[start - 1].isspace() and words_[0].isalnum() else ""
    after = " " if text[end:] and text[end].isalnum() else ""
    return Splice(start, end, f"{before}{words_}{after}")


def write_note(session: Session, spot: Spot) -> Dialog[str]:
    """Ask for a note about some words, or about all of a text."""
    text = text_of(session, spot)[spot.start : spot.end]
    about = words.NOTE_ABOUT.format(words=words.short(text)) if text.strip() else ""

    def attempt(answers: Answers) -> str:
        kind, own = NoteKind(answers[KIND]), answers[TEXT]
        start, end = spot.now(session)
        if kind is NoteKind.SUGGESTION:
            if not own and start == end:
                raise Unanswered(words.SAY_SOMETHING)
            session.remarks.suggest(spot.part, fitted(text_of(session, spot), start, end, own))
        elif not own:
            raise Unanswered(words.SAY_SOMETHING)
        else:
            passage = Passage(spot.part, start, end) if start < end else meant(spot.part)
            ask = session.remarks.wonder if kind is NoteKind.WONDERING else session.remarks.dissent
            ask(passage, own)
        return _made(session)

    return Resumable(
        session,
        f"note {spot.part}",
        words.NOTE,
        about or words.NOTE_AT_CARET,
        [
            Field(KIND, words.KIND, options=words.KINDS, value=NoteKind.WONDERING),
            Field(TEXT, words.YOUR_WORDS, words.YOUR_WORDS_HINT, is_long=True),
        ],
        words.WRITE_BESIDE,
        attempt,
    )


class Suggesting(Resumable):
    """Takes up what somebody typed where only the student writes, and what they type on."""

    def __init__(self, session: Session, spot: Spot, typed: Callable[[], str]) -> None:
        """`typed` gives what was typed since it was asked last."""
        student = student_of(session.contract)
        becomes = words.BECOMES if session.contract.pupils else words.NOBODY_YET
        self._typed = typed

        def attempt(answers: Answers) -> str:
            if not answers[TEXT]:
                raise Unanswered(words.SAY_SOMETHING)
            splice = fitted(text_of(session, spot), *spot.now(session), answers[TEXT])
            session.remarks.suggest(spot.part, splice)
            return _made(session)

        super().__init__(
            session,
            f"suggestion {spot.part}",
            words.ALONE.format(student=student),
            becomes.format(student=sentence_start(student)),
            [Field(TEXT, words.YOUR_WORDS, is_long=True)],
            words.SUGGEST,
            attempt,
        )

    def on_mount(self) -> None:
        """Go on behind what was typed until now."""
        super().on_mount()
        self.go_on_with(self._typed())


def answer_note(session: Session, one: Posted) -> Dialog[str]:
    """Ask the student what they say to a note; no answer is chosen for them."""
    note, shown = one.note, one.words
    assert note is not None
    is_asked_why = False

    def attempt(answers: Answers) -> str:
        nonlocal is_asked_why
        answer = NoteAnswer(answers.get(ANSWER, NoteAnswer.NOT_SAID))
        if one.is_suggestion and answer is NoteAnswer.NOT_SAID:
            raise Unanswered(words.CHOOSE_ANSWER)
        if answer is NoteAnswer.NOT_SAID and not answers[TEXT]:
            raise Unanswered(words.WRITE_ANSWER)
        if answer is NoteAnswer.NO and not answers[TEXT] and not is_asked_why:
            is_asked_why = True
            raise Unanswered(words.BECAUSE)
        session.remarks.answer(note.id, answer, answers[TEXT], seen=shown)
        return words.TAKEN if answer is NoteAnswer.TOOK else words.ANSWER_SAID

    field = Field(TEXT, words.IN_YOUR_OWN_WORDS, value=one.answer_text, is_long=True)
    choice = Field(ANSWER, words.YOUR_ANSWER, options=words.ANSWERS, value=note.answer)
    fields = [choice, field] if one.is_suggestion else [field]
    whole = said(one)
    return Resumable(
        session, f"answer {note.id}", words.ANSWER, whole, fields, words.SAY_IT, attempt
    )


def settle_lost(session: Session, one: Posted, lost: Lost) -> Dialog[str]:
    """Ask the student what becomes of words of theirs that somebody else took out."""

    def attempt(answers: Answers) -> str:
        if answers[ANSWER] == words.BACK:
            session.recovery.put_back(lost)
            return words.IS_BACK
        session.recovery.let_go(lost)
        return words.LET_GO

    whole = said(one)
    choice = Field(ANSWER, words.PUT_BACK_WHAT, options=words.PUT_BACK_CHOICES, value=words.BACK)
    return Dialog(words.PUT_BACK, whole, [choice], words.DO_IT, attempt)


def withdraw_note(session: Session, one: Posted) -> Dialog[str]:
    """Ask whether to take back a note of one's own."""
    note = one.note
    assert note is not None

    def attempt(_answers: Answers) -> str:
        session.remarks.withdraw(note.id)
        return words.WITHDRAWN

    whole = said(one)
    return Dialog(words.WITHDRAW, whole, [], words.WITHDRAW_CONFIRM, attempt)


def meant(part: PartId) -> About:
    """What a note is about that is about no words: a goal where it says which, else the text."""
    thing = paths.owner(part)
    is_name = paths.field(part) == "what" and thing is not None
    return thing if is_name and thing is not None else part


def _made(session: Session) -> str:
    if session.desk.is_student:
        return words.MADE_BY_STUDENT
    return words.MADE.format(student=sentence_start(student_of(session.contract)))
