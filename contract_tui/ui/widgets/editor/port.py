"""What an editor knows of the text it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from contract_tui.contract.text.splice import Splice


class EditRefused(Exception):
    """The text was not changed; the message says why, in a sentence for the person."""


class PartPort(Protocol):
    """One shared text. All offsets count code points."""

    @property
    def text(self) -> str:
        """The text as everybody's changes have made it so far."""
        ...

    @property
    def version(self) -> int:
        """How many splices have made it."""
        ...

    def since(self, version: int) -> Sequence[Splice] | None:
        """Return the splices behind a version, in order; None if it is too long ago."""
        ...

    def edit(self, splice: Splice) -> None:
        """Change the text at once; raises EditRefused."""
        ...

    def undo(self) -> bool:
        """Take back one's own last change, if there is one; raises EditRefused."""
        ...

    def redo(self) -> bool:
        """Bring back what was last taken back, if anything; raises EditRefused."""
        ...

    def author_runs(self, start: int, end: int) -> Sequence[tuple[int, int, bytes]]:
        """Return who wrote what between two offsets: start, end and actor of each run, in order."""
        ...
