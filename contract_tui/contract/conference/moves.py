"""How a conference goes on: steps that each name all that came before, so that none counts twice.

What has happened in a conference is one path: `open/me/+2/helps`. Whoever goes on writes down the
whole path with their step at its end. Two people who press at once from the same place write the
same path, and one step is taken. Where computers that could not reach each other went different
ways, all of them follow the path that came furthest, which anybody can tell from the paths alone.

A path consists of ids of phases, of `~` for a break, and of `+2` for two minutes more.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from contract_tui.contract.conference.agenda import MOST_MINUTES, PHASE_NAME
from sync_server.access.proof import SeatId

Path = tuple[str, ...]
BREAK = "~"
END: Path = (".",)
"""What is noted when a conference is closed, in the place of a path: it closes every path."""
LONGEST = 1_000
"""Characters of a path: some hundred steps, which nobody takes but who plays with the keys."""
_MINUTES = re.compile(r"\+([1-9][0-9]?)")


class Place(NamedTuple):
    """Where a path leads."""

    phase: str
    """The phase that one is in, also during a break."""
    on_break: bool
    visit: Path
    """The path up to where one came here: what is asked and told of this time is about that."""


def write_path(path: Path) -> str:
    """Return a path as it stands in the document."""
    return "/".join(path)


@lru_cache(maxsize=4_096)
def read_path(text: str) -> Path | None:
    """Read what `write_path` wrote; None for what is no path."""
    if len(text) > LONGEST:
        return None
    path = tuple(text.split("/"))
    last = None
    for move in path:
        if not (is_phase(move) or (last is not None and _may_follow(move, last))):
            return None
        last = move
    return path


def _may_follow(move: str, last: str) -> bool:
    """Whether a break or more minutes may come behind a move."""
    return (move == BREAK and last != BREAK) or (added(move) > 0 and last != BREAK)


def write_move(path: Path, computer: SeatId) -> str:
    """Return the key under which a computer notes that it brought a conference along a path."""
    return f"{write_path(path)}@{computer}"


def read_move(name: str) -> tuple[Path | None, str]:
    """Read what `write_move` wrote: the path, if it is one, and the computer."""
    text, _, computer = name.rpartition("@")
    return (END if text == write_path(END) else read_path(text)), computer


@lru_cache(maxsize=1_024)
def is_phase(move: str) -> bool:
    """Whether a move leads to a phase."""
    return PHASE_NAME.fullmatch(move) is not None


@lru_cache(maxsize=1_024)
def added(move: str) -> int:
    """How many minutes a move adds."""
    found = _MINUTES.fullmatch(move)
    return min(int(found[1]), MOST_MINUTES) if found else 0


def place(path: Path) -> Place:
    """Where a path leads."""
    end = len(path)
    while added(path[end - 1]):
        end -= 1
    phases = [move for move in path[:end] if is_phase(move)]
    return Place(phases[-1], path[end - 1] == BREAK, path[:end])


def visits(path: Path) -> Iterable[Path]:
    """Every time that one came to a phase or took a break, as paths."""
    return (path[: end + 1] for end, move in enumerate(path) if not added(move))


def minutes_added(path: Path, phase: str) -> int:
    """How many minutes a phase was given on a path beside those of the agenda."""
    found, at = 0, ""
    for move in path:
        at = move if is_phase(move) else at
        found += added(move) if at == phase else 0
    return found


def furthest(paths: Collection[Path], phases: Sequence[str] = ()) -> Path | None:
    """The path that everybody follows of all that were walked.

    The one that went through most phases; of these, one that begins with what the agenda of these
    `phases` begins with, then the one with most steps between phases, then with most moves of any
    kind. So no phase that was begun is lost, and a step behind the path that is followed makes a
    path that is followed.
    """
    return max(paths, key=lambda path: _reach(path, phases), default=None)


def _reach(path: Path, order: Sequence[str]) -> tuple[int, int, int, int, list[int], Path]:
    phases = [move for move in path if is_phase(move)]
    places = [-order.index(one) if one in order else -len(order) for one in phases]
    return len(set(phases)), places[0], len(phases), len(path), places, path


def believed(walked: Mapping[Path, bool]) -> set[Path]:
    """The paths that count, of those that were written, by whether the student wrote them.

    Others may begin, take a break from a path that counts, and come back from the break.
    """
    found: set[Path] = set()
    for path in sorted(walked, key=len):
        before = path[:-1]
        if walked[path] or (is_anybodys(path) and (not before or before in found)):
            found.add(path)
    return found


def is_anybodys(path: Path) -> bool:
    """Whether the last step of a path is one that not only the student may take."""
    if len(path) == 1:
        return True
    before = place(path[:-1])
    return path[-1] == BREAK or (before.on_break and path[-1] == before.phase)
