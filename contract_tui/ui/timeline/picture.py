"""How the timeline is painted: chapters by name, turns as letters, and a rail with a knob."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from contract_tui.history.comparison import signed
from contract_tui.history.turns import Turn
from contract_tui.history.walk import Walk
from contract_tui.ui.ink import STRANGER_MARK
from contract_tui.ui.people import Inks
from contract_tui.ui.timeline import words
from contract_tui.ui.timeline.labels import Label, arrange
from contract_tui.ui.timeline.track import Track

GUTTER = 3
"""Columns at either side, for the signs that can be clicked."""
BACK, ON, PLAY, PAUSE = "◂", "▸", "▶", "■"
KNOB, LINE, THICK, GAP, AGREED = "●", "─", "━", "┊", "✓"
MET = "○"
"""A conference in which nobody wrote."""
KEPT, SINCE = "◆", "◇"
Cell = tuple[int, str, Style]
"""A column, what stands from there on, and how it is painted."""


class Picture:
    """One walk as it is painted now."""

    def __init__(
        self,
        walk: Walk,
        track: Track,
        inks: Inks,
        names: Sequence[tuple[str, ...]],
        style: Callable[[str], Style],
    ) -> None:
        """`names` are what each chapter may be called; `style` tells how things are painted."""
        self._walk = walk
        self._track = track
        self._inks = inks
        self._names = names
        self._style = style
        self._plain: dict[str, Style] = {}
        """How letters of each colour are painted."""

    def chapters(self) -> Iterator[Cell]:
        """Yield names of chapters, each where its first turn in sight stands."""
        here, name = self._style("here"), self._style("name")
        for label in arrange(self._labels(), self._track.width):
            yield GUTTER + label.column, label.text, here if label.here else name

    def _labels(self) -> list[Label]:
        walk, track = self._walk, self._track
        labels: dict[int, Label] = {}
        last = list(reversed(walk.route.last))
        met = walk.at_end and any(one.kind is not words.AGREED for one in last)
        # Behind a conference in which nobody wrote, one is in that, and not in the last turn’s.
        for index in track.visible():
            chapter = walk.chapter_of(walk.turns[index])
            if chapter.number not in labels:
                called = self._names[chapter.number - 1]
                here = walk.chapter is chapter and not met
                labels[chapter.number] = Label(max(0, track.column(index)), called, here)
        if track.tail is not None and last:
            names = [self._names[one.number - 1] for one in last]
            called = words.behind(names, [one.kind for one in last])
            labels[last[0].number] = Label(track.tail, called, here=met, is_last=not met)
        return list(labels.values())

    def turns(self) -> Iterator[Cell]:
        """Yield the letters of the turns in sight, and the signs that lead on."""
        walk, track = self._walk, self._track
        sign, off = self._style("sign"), self._style("off")
        yield 1, BACK, off if walk.index <= 0 else sign
        yield right_sign(track), ON, off if walk.at_end else sign
        begins = frozenset(walk.route.begins)
        for index in track.visible():
            column = track.column(index)
            if index in begins and index > 0 and column >= track.pitch:
                yield GUTTER + column - track.pitch, *self._gap(index)
            yield GUTTER + column, *self._tick(walk.turns[index], index == walk.index)
        if track.tail is not None:
            agreed = any(one.kind is words.AGREED for one in walk.route.last)
            yield GUTTER + track.tail, AGREED if agreed else MET, self._style("here")

    def _gap(self, index: int) -> tuple[str, Style]:
        """Return what stands where a chapter begins: what was agreed on or met in before it."""
        if self._walk.route.agreed_before(index):
            return AGREED, self._style("here")
        if self._walk.route.met_before(index):
            return MET, self._style("here")
        return GAP, self._style("rail")

    def _tick(self, turn: Turn, here: bool) -> tuple[str, Style]:
        """Return the mark of who wrote a turn, and how it is painted."""
        actor = signed(self._walk.history.past, turn.changes[-1], self._inks.doubtful)
        ink = self._inks.of_actor(actor)
        if ink is None:
            return STRANGER_MARK, Style(reverse=here)
        if here:
            return ink.mark, ink.caret
        plain = self._plain.get(ink.color)
        if plain is None:
            plain = self._plain[ink.color] = Style(color=ink.color)
        return ink.mark, plain

    def rail(self, playing: bool) -> Iterator[Cell]:
        """Yield the line below the turns, with a knob, kept versions and what is compared with.

        It is thick where the turns are that are in sight, if not all of them are.
        """
        walk, track = self._walk, self._track
        yield 1, PAUSE if playing else PLAY, self._style("sign")
        if walk.turn is None:
            return
        rail, thick, knob = self._style("rail"), self._style("window"), self._style("knob")
        seen = track.visible()
        first, last = track.at_share(seen[0]), track.at_share(seen[-1])
        signs = {track.at_share(at): (KEPT, thick) for at in walk.kept_at}
        if walk.since is not None:
            signs[track.at_share(walk.since)] = SINCE, thick
        signs[track.at_share(walk.index)] = KNOB, knob
        width = track.length if track.whole else track.width
        window = range(0) if track.whole else range(first, last + 1)
        for column, (text, style) in signs.items():
            yield GUTTER + column, text, style
        for start, end in pairwise(sorted({0, width, *_edges(window), *_edges_of(signs)})):
            text, style = (THICK, thick) if start in window else (LINE, rail)
            if start not in signs:
                yield GUTTER + start, text * (end - start), style


def _edges(window: range) -> tuple[int, ...]:
    return (window.start, window.stop) if window else ()


def _edges_of(columns: Iterable[int]) -> Iterator[int]:
    for column in columns:
        yield column
        yield column + 1


def right_sign(track: Track) -> int:
    """The column of the sign that leads on: behind the turns."""
    return GUTTER + 1 + (track.length if track.whole else track.width)


def line(text: str, width: int, style: Style) -> Iterator[Cell]:
    """Yield words, cut where there is no room for all of them."""
    room = max(0, width - 2)
    if cell_len(text) > room:
        text = set_cell_size(text, max(0, room - 1)).rstrip() + "…"
    yield 1, text, style


def strip(cells: Iterable[Cell], width: int, base: Style) -> Strip:
    """Return a row of cells; of two at the same place, the one that was first."""
    segments: list[Segment] = []
    full: dict[int, Style] = {}
    end = 0
    for column, text, style in sorted(cells, key=itemgetter(0)):
        if column >= end:
            if column > end:
                segments.append(Segment(" " * (column - end), base))
            painted = full.get(id(style)) or full.setdefault(id(style), base + style)
            segments.append(Segment(text, painted))
            end = column + cell_len(text)
    return Strip(segments).adjust_cell_length(width, base)
