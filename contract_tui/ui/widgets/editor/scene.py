"""What is painted over and beside the words: authors, selections, carets, marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rich.style import Style
from textual.strip import Strip

from contract_tui.ui.ink import Ink
from contract_tui.ui.widgets.editor.asides import Aside, Sign
from contract_tui.ui.widgets.editor.layout import Row
from contract_tui.ui.widgets.editor.painting import Mark, Span, paint_row
from contract_tui.ui.widgets.editor.remote import Remote

AuthorRun = tuple[int, int, Ink | None]
"""From offset to offset, somebody's words; None for strangers."""


class Look(NamedTuple):
    """The styles of one painting, looked up once for all its rows."""

    base: Style
    caret: Style
    selection: Style
    prompt: Style


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that one painting of a text has to know."""

    text: str
    authors: Callable[[int, int], Sequence[AuthorRun]]
    """Who wrote what between two offsets; nothing if that is not to be shown."""
    remotes: Sequence[Remote]
    selection: tuple[int, int]
    caret: int | None
    """None while the person is elsewhere."""
    look: Look
    signs: Sequence[Sign] = field(default=(), kw_only=True)
    """What stands over some words beside the ink of whoever wrote them."""

    def paint(self, row: Row, width: int) -> Strip:
        """Return a row of the text."""
        runs = self.authors(self._last_visible_before(row), row.end)
        spans = [Span(*self._visible(start, end), ink.words) for start, end, ink in runs if ink]
        spans += [Span(one.start, one.end, one.style) for one in self.signs]
        mark = self._remote_mark(row) or self._author_mark(row, runs)
        return paint_row(row, [*spans, *self._places(row)], mark, self.look.base, width)

    def paint_aside(self, aside: Aside, row: Row, width: int) -> Strip:
        """Return a row that is beside the text and none of it."""
        return paint_row(row, aside.spans(), aside.mark(row), self.look.base, width)

    def paint_prompt(self, row: Row, width: int) -> Strip:
        """Return a row of the question that stands where nothing is written yet."""
        spans = [Span(row.start, row.end, self.look.prompt), *self._places(row)]
        return paint_row(row, spans, self._remote_mark(row), self.look.base, width)

    def _last_visible_before(self, row: Row) -> int:
        """Return the offset of the last visible character before a row, within its line."""
        line = self.text.rfind("\n", 0, row.start) + 1
        return max(line, line + len(self.text[line : row.start].rstrip()) - 1)

    def _visible(self, start: int, end: int) -> tuple[int, int]:
        """Return the same without the spaces around it, which nobody wants underlined."""
        words = self.text[start:end]
        return start + len(words) - len(words.lstrip()), start + len(words.rstrip())

    def _places(self, row: Row) -> list[Span]:
        """Return the selections and carets of everybody; one's own on top."""
        look, remotes = self.look, self.remotes
        spans = [Span(remote.start, remote.end, remote.ink.selected) for remote in remotes]
        spans += [Span(r.head, r.head + 1, r.ink.caret) for r in remotes if _holds(row, r.head)]
        spans.append(Span(*self.selection, look.selection))
        if self.caret is not None and _holds(row, self.caret):
            spans.append(Span(self.caret, self.caret + 1, look.caret))
        return spans

    def _remote_mark(self, row: Row) -> Mark | None:
        """Return the mark of whoever else is in a row."""
        here = [remote.ink for remote in self.remotes if _holds(row, remote.head)]
        if not here:
            return None
        text = here[0].mark if len(here) == 1 else f"{here[0].mark[0]}+"
        return Mark(text, here[0].caret)

    def _author_mark(self, row: Row, runs: Sequence[AuthorRun]) -> Mark | None:
        """Return the mark of the first person whose visible words begin in a row.

        Of nobody, rather, where it is in doubt whose some of the words are.
        """
        before: Ink | None = None
        beginning: list[Ink] = []
        for start, end, ink in runs:
            words = self.text[start:end].lstrip()
            if words and ink and ink is not before and end - len(words) >= row.start:
                beginning.append(ink)
            before = ink if words else before
        if not beginning:
            return None
        ink = next((one for one in beginning if one.in_doubt), beginning[0])
        return Mark(ink.mark, Style(color=ink.color))


def _holds(row: Row, offset: int) -> bool:
    """Whether a caret at an offset stands in a row."""
    return row.start <= offset < row.end or (row.ends_line and offset == row.end)
