"""Where somebody else is in the text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from contract_tui.contract.text.splice import Splice
from contract_tui.ui.ink import Ink


@dataclass(frozen=True, slots=True)
class Remote:
    """Another person's caret and selection."""

    ink: Ink
    anchor: int
    """Offset where the selection began."""
    head: int
    """Offset of the caret."""

    @property
    def start(self) -> int:
        """Offset where the selection starts."""
        return min(self.anchor, self.head)

    @property
    def end(self) -> int:
        """Offset where the selection ends."""
        return max(self.anchor, self.head)

    def through(self, splice: Splice) -> Remote:
        """Return the same after a change of the text."""
        return replace(self, anchor=splice.map(self.anchor), head=splice.map(self.head))
