"""A picture as text, and back: rows as they stand, below them how they look in each theme.

How something looks has a short name that follows from it alone, so that a diff shows the rows that
look otherwise and no others.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from tests.contract_tui.ui.pictures.picture import Group, Look, Picture, Row

_LETTERS = "bcdfghjkmnpqrstvwxyz"
_LOOKS, _MEANS = "-- looks --", "-- means --"
_TITLE, _THEMES = "== ", " | "

Names = dict[str, str]
"""What a look in all themes of a group, " | " between them, is called."""


class Differ(AssertionError):
    """A theme changes more than colours."""


def text_of(picture: Picture) -> str:
    """Return a picture as the text of a file."""
    lines = [f"shows {one}" for one in picture.shows]
    for group in picture.groups:
        lines += ["", f"{_TITLE}{group.title}", *_group(group)]
    return "\n".join(lines) + "\n"


def _group(group: Group) -> Iterator[str]:
    first = group.looks[0]
    for look, theme in zip(group.looks, group.themes, strict=True):
        for here, there in zip(look, first, strict=True):
            if here.text != there.text:
                raise Differ(f"{group.title}: {theme} says {here.text!r}, not {there.text!r}")
    yield from (f"|{row.text}" for row in first)
    names: Names = {}
    runs = [_runs(rows, names) for rows in zip(*group.looks, strict=True)]
    yield _LOOKS
    for at, row in enumerate(runs):
        if not at or row != runs[at - 1]:
            yield f"{at + 1:>2}  {row}"
    yield _MEANS
    yield from sorted(f"{name}  {look}" for look, name in names.items())


def _runs(rows: tuple[Row, ...], names: Names) -> str:
    """Return how a row looks: what each run is called, and how many cells it is long."""
    found: list[tuple[str, int]] = []
    cells = zip(*(_each_cell(row) for row in rows), strict=True)
    for look in cells:
        name = _name(_THEMES.join(look), names)
        if found and found[-1][0] == name:
            found[-1] = name, found[-1][1] + 1
        else:
            found.append((name, 1))
    return " ".join(f"{name}{count}" for name, count in found)


def _each_cell(row: Row) -> list[str]:
    return [look for count, look in row.runs for _ in range(count)]


def _name(look: str, names: Names) -> str:
    """Return what a look is called; two of one picture are never called the same."""
    if look not in names:
        number = int.from_bytes(sha256(look.encode()).digest()[:8], "big")
        while (name := _spelled(number)) in names.values():
            number += 1
        names[look] = name
    return names[look]


def _spelled(number: int) -> str:
    letters = ""
    for _ in range(3):
        number, at = divmod(number, len(_LETTERS))
        letters += _LETTERS[at]
    return letters


def picture_of(text: str) -> Picture:
    """Return the picture that a file holds."""
    head, *groups = text.split(f"\n{_TITLE}")
    shows = tuple(line.removeprefix("shows ") for line in head.splitlines() if line)
    return Picture(shows, tuple(map(_read_group, groups)))


def _read_group(text: str) -> Group:
    title, _, body = text.partition("\n")
    sizes, _, themes = title.partition(" ")
    columns, rows = map(int, sizes.split("x"))
    words, _, rest = body.partition(f"\n{_LOOKS}\n")
    looks, _, means = rest.partition(f"\n{_MEANS}\n")
    names = {line[:3]: line[5:].split(_THEMES) for line in means.splitlines() if line}
    said = [line.removeprefix("|") for line in words.split("\n")]
    known = tuple(themes.split(", "))
    shown = _every_row(looks, rows)
    return Group(
        (columns, rows),
        known,
        tuple(_read_look(said, shown, names, theme) for theme in range(len(known))),
    )


def _every_row(looks: str, rows: int) -> list[str]:
    """Return how each row looks; one that is left out looks like the row above it."""
    found = dict(line.strip().split("  ", 1) for line in looks.splitlines())
    shown: list[str] = []
    for at in range(rows):
        shown.append(found.get(str(at + 1)) or shown[-1])
    return shown


def _read_look(said: list[str], shown: list[str], names: dict[str, list[str]], theme: int) -> Look:
    rows = []
    for words, runs in zip(said, shown, strict=True):
        named = [(int(run[3:]), names[run[:3]][theme]) for run in runs.split()]
        rows.append(Row(words, _joined(named)))
    return tuple(rows)


def _joined(runs: list[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    """Return runs of which no two neighbours look alike."""
    found: list[tuple[int, str]] = []
    for count, look in runs:
        if found and found[-1][1] == look:
            found[-1] = found[-1][0] + count, look
        else:
            found.append((count, look))
    return tuple(found)
