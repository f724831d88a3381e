"""Notes in the workshop: where they are shown, how one goes to them, writes and answers them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from textual.screen import Screen
from textual.timer import Timer

from contract_tui.contract.items.rights import is_students_own
from contract_tui.contract.items.values import Items, Note
from contract_tui.contract.past.losses import Lost
from contract_tui.contract.schema import TITLE, PartId
from contract_tui.contract.text.voice import is_guarded
from contract_tui.session.session import Session
from contract_tui.session.writing.hearing import Hearing
from contract_tui.ui import words as shared
from contract_tui.ui.conference.marks import said_of
from contract_tui.ui.notes import words
from contract_tui.ui.notes.beside import decor, stands_below
from contract_tui.ui.notes.board import Board, Posted
from contract_tui.ui.notes.card import NoteCard, answer_told
from contract_tui.ui.people import Inks
from contract_tui.ui.widgets.editor import Editor
from contract_tui.ui.widgets.editor.view import TextView

if TYPE_CHECKING:
    from contract_tui.ui.notes.asking import Spot
    from contract_tui.ui.screens.dialogs import Dialog

Shown = Iterable[tuple[PartId, Editor]]
LATER = 0.3
"""Seconds after a change of a text until its notes are looked up again; until then they are
carried along by what is typed, as carets are."""


class Noting:
    """Shows what is beside the words on a screen, and does what its keys ask for."""

    def __init__(
        self,
        screen: Screen[None],
        session: Session,
        editors: Callable[[], Shown],
        say: Callable[[str], None],
        changed: Callable[[], object],
        hearing: Hearing,
    ) -> None:
        """`changed` is called when there is something else to show or to tell than before."""
        self._screen = screen
        self._session = session
        self._editors = editors
        self._say = say
        self._changed = changed
        self._hearing = hearing
        self._news: dict[str, Note] = {}
        self.card = NoteCard()
        self._board: Board | None = None
        self._made_of: tuple[Items, Inks, tuple[Lost, ...], object] | None = None
        self._versions: dict[PartId, int] = {}
        self._later: Timer | None = None
        self._is_asking = False
        self._waiting: frozenset[PartId] = frozenset()

    @property
    def board(self) -> Board:
        """Everything that is beside the words, as it was looked up last."""
        if self._board is None:
            self._board = Board(self._session, self._made_of[1] if self._made_of else Inks({}))
        return self._board

    # Following the contract

    def follow(self, inks: Inks) -> None:
        """Show what is beside the words now; costs nothing while only words change."""
        session = self._session
        lost = session.recovery.lost
        made_of = session.contract.items, inks, lost, said_of(session)
        known = self._made_of
        if known and known[0] is made_of[0] and known[1:] == made_of[1:]:
            self._follow_texts()
        else:
            self._made_of = made_of
            self._look()

    def _follow_texts(self) -> None:
        """Look at once where a text has just come on the screen, and soon where one changed."""
        versions, known = self._now(), self._versions
        if versions.keys() - known.keys():
            self._look()
        elif self._later is None and self._concerns(
            part for part, version in versions.items() if version != known[part]
        ):
            self._later = self._screen.set_timer(LATER, self._look)

    def _now(self) -> dict[PartId, int]:
        """Return how many splices have made each text that matters here: shown, or of a note."""
        contract = self._session.contract
        parts = [part for part, _ in self._editors()]
        parts += [part for note in contract.items.notes for part in note.parts]
        return {part: contract.text(part).version for part in parts}

    def _concerns(self, parts: Iterable[PartId]) -> bool:
        """Whether anything can be beside one of these texts."""
        noted = {one.part for one in self.board.posted}
        typed_in = self._session.conferring.insisting.is_typed_in
        return any(part in noted or is_guarded(part) or typed_in(part) for part in parts)

    def _look(self) -> None:
        if self._later:
            self._later.stop()
            self._later = None
        made_of = self._made_of
        if made_of is None or not self._screen.is_attached:
            return
        inks = made_of[1]
        self._board = board = Board(self._session, inks)
        self._versions = self._now()
        for part, editor in self._editors():
            if part != TITLE:
                editor.catch_up()
                editor.put_beside(decor(part, board, self._session, inks))
        if self.card.shown is not None:
            self._show(board.find(self.card.shown.key))
        before = self._waiting, self._news
        self._waiting, self._news = board.places(), self._heard()
        if before != (self._waiting, self._news):
            self._changed()

    def _heard(self) -> dict[str, Note]:
        """Return the answers that are news to this person, by the sentence that tells of each."""
        heard = {}
        for note in self._hearing.news:
            if one := self.board.find(note.id):
                heard[answer_told(one, self.board.student)] = note
        return heard

    @property
    def news(self) -> Sequence[str]:
        """What the student answered this person, until they have read it."""
        return list(self._news)

    def read(self, sentence: str) -> None:
        """Take what was told in a sentence for read."""
        if note := self._news.get(sentence):
            self._hearing.read(note)
            self._look()

    @property
    def waiting(self) -> frozenset[PartId]:
        """The places of the outline at which something waits for the student."""
        return self._waiting

    # Going to notes

    def go_on(self, part: PartId | None, editor: Editor | None) -> tuple[PartId, int] | None:
        """Show the next note, at first the next one from here on; returns where it is, if it is."""
        self._look()
        shown, caret = self.card.shown, editor.caret if editor else 0
        one = self.board.next(shown.key) if shown else self.board.behind(part, caret)
        if one is None:
            self._say(words.NO_NOTES)
            return None
        self._show(one)
        return (one.part, one.at) if one.part else None

    def point(self, part: PartId | None, editor: Editor | None) -> None:
        """Show the note that stands where somebody points; of several there, the next one."""
        self._look()
        if part is None or editor is None:
            return
        here = [one for one in self.board.beside(part) if stands_below(one) == editor.caret]
        keys = [one.key for one in here]
        shown = self.card.shown
        if here:
            at = keys.index(shown.key) + 1 if shown and shown.key in keys else 0
            self._show(here[at % len(here)])

    def close(self) -> bool:
        """Put the note away that is shown; returns whether there was one."""
        was_shown = self.card.shown is not None
        self._show(None)
        return was_shown

    def _show(self, one: Posted | None) -> None:
        self.card.show(one, self.board.student, self._key(one) if one else "")
        if self._screen.is_attached:
            self._screen.refresh_bindings()

    def _key(self, one: Posted) -> str:
        """What this person can do with a note."""
        if not self._session.can_write:
            return ""
        if one.lost is not None:
            return words.PUT_BACK_KEY if self._session.recovery.may_settle(one.lost) else ""
        is_mine = self._is_mine(one)
        if self._session.desk.is_student and (one.is_suggestion or not is_mine):
            return words.ANSWER_KEY
        return words.WITHDRAW_KEY if is_mine else words.WRITE_KEY

    def _is_mine(self, one: Posted) -> bool:
        me = self._session.me
        return me is not None and one.note is not None and one.by == me.id

    # Writing and answering

    def write(self, part: PartId | None, editor: Editor | None) -> None:
        """Ask for a note about what is selected."""
        from contract_tui.ui.notes.asking import write_note

        if not self._session.can_write:
            self._say(shared.READING_ALONG)
        elif part is None or editor is None or part not in self._session.contract.texts:
            self._say(words.GO_TO_WORDS)
        elif part == TITLE:
            self._say(words.NOT_BESIDE_TITLE)
        else:
            self._ask(write_note(self._session, self._spot(part, editor)))

    def answer(self) -> bool:
        """Ask what becomes of the note that is shown; returns whether this person can say that."""
        from contract_tui.ui.notes import asking

        one, session = self.card.shown, self._session
        if one is None or not session.can_write:
            return False
        is_student, is_mine = session.desk.is_student, self._is_mine(one)
        if one.lost is not None:
            if not session.recovery.may_settle(one.lost):
                return False
            self._ask(asking.settle_lost(session, one, one.lost))
        elif is_student and (one.is_suggestion or not is_mine):
            self._ask(asking.answer_note(session, one))
        elif is_mine:
            self._ask(asking.withdraw_note(session, one))
        else:
            return False
        return True

    def takes_up(self, editor: TextView) -> bool:
        """Make a suggestion of what somebody typed where only the student writes.

        Returns whether it is such a place, and theirs to suggest something.
        """
        session = self._session
        part = next((part for part, known in self._editors() if known is editor), None)
        if part is None or not isinstance(editor, Editor):
            return False
        if not is_students_own(part) or session.pen.may_write(part) or not session.can_write:
            editor.take_unwritten()
            return False
        if not editor.unwritten.strip():
            student = self.board.student
            self._say(f"{words.ALONE.format(student=student)}. {words.NO_DELETING}")
        elif not self._is_asking:
            from contract_tui.ui.notes.asking import Suggesting

            self._ask(Suggesting(session, self._spot(part, editor), editor.take_unwritten))
        return True

    def _spot(self, part: PartId, editor: Editor) -> Spot:
        from contract_tui.ui.notes.asking import Spot

        editor.catch_up()
        return Spot(part, *editor.selection, self._session.contract.text(part).version)

    def _ask(self, dialog: Dialog[str]) -> None:
        self._is_asking = True
        self._screen.app.push_screen(dialog, self._answered)

    def _answered(self, said: str | None) -> None:
        self._is_asking = False
        for _, editor in self._editors():
            editor.take_unwritten()
        if said:
            if said != words.KEPT:
                self.close()
            self._say(said)
