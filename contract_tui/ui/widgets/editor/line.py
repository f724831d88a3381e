"""What somebody is about to say: a line of their own, until they leave it."""

from __future__ import annotations

from collections.abc import Sequence

from contract_tui.contract.text.splice import Splice


class Line:
    """What somebody is about to say; a PartPort that keeps it until they leave."""

    def __init__(self, text: str) -> None:
        self.text = self.said = text
        self._splices: list[Splice] = []
        self._undone: list[Splice] = []
        self._base = 0

    @property
    def version(self) -> int:
        """How many splices have made it."""
        return self._base + len(self._splices)

    @property
    def is_open(self) -> bool:
        """Whether something else stands here than what is said in the contract."""
        return " ".join(self.text.split()) != self.said

    def since(self, version: int) -> Sequence[Splice] | None:
        """Return the splices behind a version; None where all of it was said anew."""
        return self._splices[version - self._base :] if version >= self._base else None

    def edit(self, splice: Splice) -> None:
        """Change the line."""
        removed = self.text[splice.start : splice.end]
        self._undone.append(Splice(splice.start, splice.start + len(splice.text), removed))
        self._splices.append(splice)
        self.text = splice.apply(self.text)

    def undo(self) -> bool:
        """Take back the last change of the line since one came here."""
        if not self._undone:
            return False
        splice = self._undone.pop()
        self._splices.append(splice)
        self.text = splice.apply(self.text)
        return True

    def redo(self) -> bool:
        """Nothing is brought back here."""
        return False

    def author_runs(self, start: int, end: int) -> Sequence[tuple[int, int, bytes]]:  # noqa: ARG002 - a PartPort's
        """Nobody is told to have written a line that is said as a whole."""
        return ()

    def follow(self, said: str) -> None:
        """Take what is said in the contract now, unless somebody is about to say something else."""
        changed, is_open = said != self.said, self.is_open
        self.said = said
        if changed and not is_open:
            self._show(said)

    def close(self) -> None:
        """Stand as it was said."""
        self.said = " ".join(self.text.split())
        if self.text != self.said:
            self._show(self.said)

    def _show(self, text: str) -> None:
        self._base = self.version + 1
        self._splices, self._undone, self.text = [], [], text
