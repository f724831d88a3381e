"""Which names of chapters stand above the timeline: as many as there is room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len, set_cell_size

APART = 2
"""Columns between two names."""


@dataclass(frozen=True, slots=True)
class Label:
    """One chapter's name above its first turn in sight."""

    column: int
    names: Sequence[str]
    """What it may be called, the longest first."""
    here: bool = False
    """Whether it is the chapter one is in: its name is always there, and whole if it can be."""
    is_last: bool = False
    """Whether it is a chapter behind all turns: its name may stand further to the right."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A name where it stands."""

    column: int
    text: str
    here: bool


def arrange(labels: Sequence[Label], width: int) -> list[Placed]:
    """Place the name of the chapter one is in, then the others that fit beside it, in order."""
    here = next((_placed_here(label, width) for label in labels if label.here), None)
    placed = list(_others(labels, width, here))
    return sorted([*placed, *([here] if here else [])], key=lambda one: one.column)


def _placed_here(label: Label, width: int) -> Placed:
    names = [name for name in label.names if cell_len(name) <= width] or [
        set_cell_size(name, width) for name in label.names[-1:]
    ]
    name = names[0] if names else ""
    return Placed(max(0, min(label.column, width - cell_len(name))), name, here=True)


def _others(labels: Sequence[Label], width: int, here: Placed | None) -> Iterator[Placed]:
    end = 0
    for at, label in enumerate(labels):
        if label.here and here is not None:
            end = max(end, here.column + cell_len(here.text) + APART)
            continue
        if label.is_last:
            ends = (label.column, end, here.column + cell_len(here.text) + APART if here else 0)
            label = replace(label, column=max(ends))
        limit = labels[at + 1].column - APART if at + 1 < len(labels) else width
        if here is not None and label.column < here.column + cell_len(here.text) + APART:
            limit = min(limit, here.column - APART)
        room = min(limit, width) - label.column
        name = next((name for name in label.names if cell_len(name) <= room), "")
        if name and label.column >= end:
            yield Placed(label.column, name, here=False)
            end = label.column + cell_len(name) + APART
