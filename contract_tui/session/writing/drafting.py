"""What a person writes for themselves first, and how it comes into the contract when they say so.

Nothing here knows a relay: a draft becomes part of an ordinary edit when it is shared, not before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from contract_tui.contract.errors import TooMuch
from contract_tui.contract.schema import PartId, limit
from contract_tui.contract.text.splice import Splice, clean
from contract_tui.language import _
from contract_tui.library.drafts import Draft, DraftId, Drafts
from contract_tui.library.errors import LibraryError
from contract_tui.session.copies.replica import Replica
from contract_tui.session.writing.pen import Pen

MOST_REMEMBERED = 1_000
"""Splices that an editor can catch up with; beyond that it reads the whole draft again."""
NO_ROOM = _("There is not enough room here for all of your draft: make it shorter first.")


class DraftText:
    """One draft, as an editor sees it; what another program of this person wrote comes in too."""

    def __init__(self, drafts: Drafts, place: DraftId, on_write: Callable[[], None]) -> None:
        self.place = place
        self._drafts = drafts
        self._on_write = on_write
        self._draft = drafts.read(place)
        self._splices: list[Splice] = []
        self._forgotten = 0
        self._undone: list[Splice] = []
        self._done: list[Splice] = []
        """What would take back the last steps, the latest last."""

    @property
    def text(self) -> str:
        """The draft as it was last read or written here."""
        return self._draft.words

    @property
    def version(self) -> int:
        """How many splices have made it since it was opened."""
        return self._forgotten + len(self._splices)

    def since(self, version: int) -> Sequence[Splice] | None:
        """The splices behind a version; None if it is too long ago."""
        at = version - self._forgotten
        return self._splices[at:] if at >= 0 else None

    def catch_up(self) -> bool:
        """Take what another program wrote; returns whether there was anything."""
        return self._take(self._drafts.read(self.place))

    def edit(self, splice: Splice) -> None:
        """Change the draft; it is on the disk when this returns. Raises LibraryError."""
        if splice.is_empty:
            return
        inverse = self._write(splice)
        if not self._joins(inverse):
            self._done.append(inverse)
        self._undone.clear()

    def undo(self) -> bool:
        """Take back the last step; returns whether there was one."""
        return self._turn(self._done, self._undone)

    def redo(self) -> bool:
        """Do again what was taken back."""
        return self._turn(self._undone, self._done)

    def _turn(self, source: list[Splice], target: list[Splice]) -> bool:
        if not source:
            return False
        step = source[-1]
        self.catch_up()
        if not source:  # another program has written: its words are not to be taken back
            return False
        target.append(self._write(step))
        del source[-1:]
        return True

    def _write(self, splice: Splice) -> Splice:
        """Write a splice of the text that stands here; returns what takes it back."""
        before = self.text

        def change(stands: Draft) -> str:
            nonlocal splice, before
            if stands.version != self._draft.version:
                other = difference(before, stands.words)
                splice = Splice(
                    other.map(splice.start),
                    max(other.map(splice.start), other.map(splice.end)),
                    splice.text,
                )
                self._take(stands)
                before = stands.words
            return splice.apply(before)

        draft = self._drafts.edit(self.place, change)
        self._note(splice)
        self._draft = draft
        self._on_write()
        return Splice(
            splice.start, splice.start + len(splice.text), before[splice.start : splice.end]
        )

    def _take(self, stands: Draft) -> bool:
        if stands.version == self._draft.version:
            return False
        self._note(difference(self.text, stands.words))
        self._draft = stands
        self._done.clear()
        self._undone.clear()
        return True

    def _note(self, splice: Splice) -> None:
        self._splices.append(splice)
        if len(self._splices) > MOST_REMEMBERED:
            over = MOST_REMEMBERED // 2
            del self._splices[:over]
            self._forgotten += over

    def _joins(self, inverse: Splice) -> bool:
        """Join what takes back one more letter of a word to what takes back those before it."""
        last = self._done[-1] if self._done and not self._undone else None
        if last is None or last.text or inverse.text or last.end != inverse.start:
            return False
        if self.text[last.end - 1 : last.end].isspace() != self.text[inverse.start].isspace():
            return False
        self._done[-1] = Splice(last.start, inverse.end, "")
        return True


class Drafting:
    """The drafts of one person for an open contract."""

    def __init__(
        self, drafts: Drafts, replica: Replica, pen: Pen, on_write: Callable[[], None]
    ) -> None:
        """`on_write` is called when something new is to be made safe from a power cut."""
        self._drafts = drafts
        self._on_write = on_write
        self._replica = replica
        self._pen = pen
        self._texts: dict[DraftId, DraftText] = {}
        self._places: frozenset[DraftId] = frozenset()

    @property
    def places(self) -> frozenset[DraftId]:
        """Where a draft has words in it, as last known while the library is in trouble."""
        with suppress(LibraryError):
            self._places = self._drafts.places()
        return self._places

    def draft(self, place: DraftId) -> DraftText:
        """One draft, the same each time it is asked for; raises LibraryError."""
        if place not in self._texts:
            self._texts[place] = DraftText(self._drafts, place, self._on_write)
        return self._texts[place]

    def shared(self, place: DraftId, part: PartId, *, single_line: bool = False) -> Splice | None:
        """The edit that puts a draft at the end of a part; None for an empty draft.

        Raises TooMuch where there is no room for all of it, UnknownPart or LibraryError.
        """
        draft = self.draft(place)
        draft.catch_up()
        words = clean(draft.text).strip()
        if not words:
            return None
        stands = self._replica.contract.text(part).text
        between = "" if not stands or stands[-1].isspace() else "\n"
        if single_line:
            words, between = " ".join(words.split()), between and " "
        splice = Splice(len(stands), len(stands), between + words)
        if len(stands) + len(splice.text) > limit(part):
            raise TooMuch(NO_ROOM)
        return splice

    def share(self, place: DraftId, part: PartId, *, single_line: bool = False) -> bool:
        """Put a draft at the end of a part and empty it; returns whether there was anything.

        The words are in the contract before they leave the draft: whatever happens in between,
        they are in one of the two. Raises as `shared`, and as an edit of the part does.
        """
        splice = self.shared(place, part, single_line=single_line)
        if splice is None:
            return False
        self._pen.edit(part, splice)
        self.empty(place)
        return True

    def empty(self, place: DraftId) -> None:
        """Take all words out of a draft; it can be undone there."""
        draft = self.draft(place)
        if draft.text:
            draft.edit(Splice(0, len(draft.text), ""))


def difference(before: str, after: str) -> Splice:
    """The one splice that makes one text of another, as small as can be told from its ends."""
    most = min(len(before), len(after))
    start = next((n for n in range(most) if before[n] != after[n]), most)
    end = next((n for n in range(most - start) if before[-1 - n] != after[-1 - n]), most - start)
    return Splice(start, len(before) - end, after[start : len(after) - end])
