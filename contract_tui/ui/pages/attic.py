"""What was taken away from a page: one quiet line at its end, from which everything comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from contract_tui.contract.items.paths import ItemId
from contract_tui.ui.pages import item_words as words
from contract_tui.ui.pages.press import PressLine

Kept = tuple[ItemId, str]
"""Something that was taken away, and its first words."""


class KeptLine(PressLine):
    """One thing that was taken away."""

    def __init__(self, first_words: str, restore: Callable[[], object]) -> None:
        said = words.COMES_BACK.format(words=first_words)
        super().__init__(said, restore, classes="press kept")


class Attic(Vertical):
    """Everything that was taken away, listed while somebody is there."""

    def __init__(self, caption: str, restore: Callable[[ItemId], object]) -> None:
        super().__init__(classes="attic")
        self._restore = restore
        self._caption = PressLine(caption, self._go_in)
        self._kept: Sequence[Kept] = ()
        self.display = False

    def compose(self) -> ComposeResult:
        """Begin with one line."""
        yield self._caption

    def show(self, kept: Sequence[Kept]) -> None:
        """List what was taken away."""
        self.display = bool(kept)
        if tuple(kept) == self._kept:
            return
        self._kept = tuple(kept)
        for line in self.query(KeptLine):
            line.remove()
        self.mount(*(KeptLine(said, partial(self._restore, thing)) for thing, said in kept))

    def stops(self) -> Iterator[Widget]:
        """Yield what takes keys now."""
        if self.display:
            yield self._caption
            if self.has_class("-open"):
                yield from self.query(KeptLine)

    def _go_in(self) -> None:
        """Go to the first that can be brought back."""
        for line in self.query(KeptLine):
            self.screen.set_focus(line)
            return

    def on_descendant_focus(self) -> None:
        """List everything."""
        self.add_class("-open")

    def on_descendant_blur(self) -> None:
        """Be one line again."""
        focused = self.screen.focused
        if self.app.app_focus and (focused is None or self not in focused.ancestors):
            self.remove_class("-open")
