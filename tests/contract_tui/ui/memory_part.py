"""A shared text in memory: the same promises as a session's, without a document."""

from __future__ import annotations

from contract_tui.contract.text.splice import Splice
from contract_tui.ui.widgets.editor.port import EditRefused

ME = b"me"


class MemoryPart:
    """A text with authors per character, a log of splices, and undo of one's own."""

    def __init__(self, text: str = "", author: bytes = b"genesis") -> None:
        self.text = text
        self.authors = [author] * len(text)
        self.log: list[Splice] = []
        self.forgotten = 0
        self.refusal = ""
        self._mine: list[Splice] = []
        self._taken_back: list[Splice] = []

    @property
    def version(self) -> int:
        return len(self.log)

    def since(self, version: int) -> list[Splice] | None:
        return None if version < self.forgotten else self.log[version:]

    def edit(self, splice: Splice) -> None:
        self._mine.append(self.change(splice, ME))
        self._taken_back.clear()

    def change(self, splice: Splice, author: bytes) -> Splice:
        """Change the text as anybody; returns the splice that takes it back."""
        if self.refusal:
            raise EditRefused(self.refusal)
        assert splice.fits(len(self.text))
        removed = self.text[splice.start : splice.end]
        self.text = splice.apply(self.text)
        self.authors[splice.start : splice.end] = [author] * len(splice.text)
        self.log.append(splice)
        for stack in (self._mine, self._taken_back):
            stack[:] = [_through(splice, inverse) for inverse in stack]
        return Splice(splice.start, splice.start + len(splice.text), removed)

    def undo(self) -> bool:
        return self._swap(self._mine, self._taken_back)

    def redo(self) -> bool:
        return self._swap(self._taken_back, self._mine)

    def _swap(self, from_stack: list[Splice], to_stack: list[Splice]) -> bool:
        if not from_stack:
            return False
        to_stack.append(self.change(from_stack.pop(), ME))
        return True

    def author_runs(self, start: int, end: int) -> list[tuple[int, int, bytes]]:
        runs: list[tuple[int, int, bytes]] = []
        for offset in range(start, min(end, len(self.authors))):
            if runs and runs[-1][2] == self.authors[offset]:
                runs[-1] = (runs[-1][0], offset + 1, runs[-1][2])
            else:
                runs.append((offset, offset + 1, self.authors[offset]))
        return runs


def _through(splice: Splice, pending: Splice) -> Splice:
    return Splice(splice.map(pending.start), splice.map(pending.end), pending.text)
