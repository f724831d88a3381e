"""One's own changes of the words: each is one change of the document, and can be taken back."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from contract_tui.contract.crdt import CrdtDocument, LocalChange, Writer
from contract_tui.contract.records import Write, begin_turn
from contract_tui.contract.schema import PartId
from contract_tui.contract.text.mirror import SharedText, Written
from contract_tui.contract.text.mirrors import Texts
from contract_tui.contract.text.splice import Splice, clean, stretches
from contract_tui.contract.text.undo import Plan, UndoHistory
from sync_server.protocol.operations import ElementId


class Hand:
    """Writes in the texts of one contract; returns raw changes."""

    def __init__(self, document: CrdtDocument, texts: Texts) -> None:
        self._document = document
        self._texts = texts
        self._undo: dict[PartId, UndoHistory] = {}

    def splice(self, part: PartId, splice: Splice, turn_at: int | None, now: float) -> bytes:
        """Replace characters of a part; `Contract.splice` says what it raises."""
        text = self._texts[part]
        if splice.is_empty or not splice.fits(len(text.text)):
            raise ValueError(f"cannot apply {splice!r} to {len(text.text)} characters")
        if clean(splice.text) != splice.text:
            raise ValueError("clean the text before it is inserted")
        change, written = self._write(text, [splice], turn_at)
        self._history(part).record(written[0], splice.text, now)
        return change.raw

    def rewrite(
        self,
        part: PartId,
        splices: Sequence[Splice],
        turn_at: int | None,
        note: Write | None = None,
    ) -> bytes:
        """Make one change of several splices, each of the text after the one before; one undo.

        What is noted with them stays when they are undone.
        """
        change, written = self._write(self._texts[part], splices, turn_at, note)
        self._history(part).record_together(written)
        return change.raw

    def cover(
        self, part: PartId, elements: frozenset[ElementId], note: Write, turn_at: int | None
    ) -> bytes:
        """Delete what stands of some characters, and note in the same change that they are covered.

        A turn begins only where something is deleted.
        """
        text = self._texts[part]
        standing = [offset for offset, element in enumerate(text.ids) if element in elements]
        splices = [Splice(start, end, "") for start, end in reversed(stretches(standing))]
        return self._write(text, splices, turn_at if splices else None, note)[0].raw

    def kin(self, part: PartId, elements: Iterable[ElementId]) -> set[ElementId]:
        """Return characters of a part with those that undo put in their place, or took from it."""
        return self._history(part).kin(elements)

    def forget(self, covered: Mapping[PartId, frozenset[ElementId]]) -> None:
        """Never put back what is covered."""
        for part in covered.keys() & self._undo.keys():
            self._undo[part].forget(covered[part])

    def undo(self, part: PartId, turn_at: int | None) -> bytes | None:
        """Take back one's own last step in a part; None when there is none."""
        history = self._history(part)
        return self._replay(part, history.undo(self._texts[part]), history.undone, turn_at)

    def redo(self, part: PartId, turn_at: int | None) -> bytes | None:
        """Do again what was last taken back; None when there is nothing."""
        history = self._history(part)
        return self._replay(part, history.redo(self._texts[part]), history.redone, turn_at)

    def _history(self, part: PartId) -> UndoHistory:
        return self._undo.setdefault(part, UndoHistory())

    def _write(
        self,
        text: SharedText,
        splices: Sequence[Splice],
        turn_at: int | None,
        note: Write | None = None,
    ) -> tuple[LocalChange, list[Written]]:
        """Make one change of some splices, applied one after the other, and of a note behind."""
        wide = text.widen(splices)

        def write(writer: Writer) -> None:
            begin_turn(writer, turn_at)
            for splice in wide:
                writer.splice(text.object, splice, plain=text.plain)
            if note is not None:
                note(writer)

        change = self._document.transact(write)
        assert change is not None
        first = change.start_op + (turn_at is not None)
        return change, text.wrote(wide, first, self._document.actor)

    def _replay(
        self,
        part: PartId,
        plan: Plan | None,
        note: Callable[[Plan, Sequence[Written]], None],
        turn_at: int | None,
    ) -> bytes | None:
        if plan is None:
            return None
        change, written = self._write(self._texts[part], plan.splices, turn_at)
        note(plan, written)
        return change.raw
