"""What is marked as done: by one person in one turn, or by those whom somebody follows.

A turn's doing are the letters it put in that stand when it is shown, and those it took out, except
its own. What others did meanwhile is there, or gone, without a mark: it has its mark in their own
turn. Of several who took out the same letter it is the first in the contract's order.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from contract_tui.contract.schema import PartId
from contract_tui.history.comparison import Mark, Run, compare
from contract_tui.history.history import History
from contract_tui.history.moment import Moment
from contract_tui.history.route import Only
from contract_tui.history.turns import Turn
from sync_server.protocol.ids import Actor


def done(
    history: History,
    turn: Turn,
    doing: Collection[int],
    moment: Moment,
    doubtful: Mapping[Actor, int],
) -> Iterator[Run]:
    """Yield the words of a turn's part at a version, with what some of its changes did to them.

    What the turn put in and took out again is not among it, whichever of its changes these are.
    """
    chronicle = history.past.chronicles[turn.section]
    gone = [chronicle.gone(place) for at in doing for place in chronicle.taken(at)]
    same = {at for takers in gone if takers[0] in doing for at in takers}
    before = without(moment, same.union(doing))
    mine = frozenset(turn.changes)

    def mark(marked: Mark, place: int) -> Mark | None:
        born = chronicle.birth(place)
        if marked is Mark.ADDED:
            return Mark.ADDED if born in doing else Mark.KEPT
        return marked if chronicle.gone(place)[0] in doing and born not in mine else None

    for run in compare(history.past, turn.section, before, moment, doubtful):
        if run.mark is Mark.KEPT:
            yield run
        else:
            yield from _cut(run, (mark(run.mark, place) for place in run.places))


def marks_of(only: Only, history: History, part: PartId, run: Run) -> Run | None:
    """Leave a run its mark if that passes a filter; else it is there, or gone, without a word."""
    doer = run.taker if run.mark is Mark.REMOVED else run.author
    theirs = only.author is None or (doer is not None and history.author(doer).id == only.author)
    if run.mark is Mark.KEPT or (theirs and only.part in (None, part)):
        return run
    return replace(run, mark=Mark.KEPT) if run.mark is Mark.ADDED else None


def _cut(run: Run, marks: Iterable[Mark | None]) -> Iterator[Run]:
    """Yield a run in pieces of one mark each, without what has none."""
    letters = zip(marks, run.text, run.places, strict=True)
    for mark, some in groupby(letters, key=lambda one: one[0]):
        piece = list(some)
        if mark is not None:
            text, places = "".join(one[1] for one in piece), tuple(one[2] for one in piece)
            taker = run.taker if mark is Mark.REMOVED else None
            yield Run(text, mark, run.author, taker, places)


def without(moment: Moment, changes: Iterable[int]) -> Moment:
    """A version without some of its changes, though not without what was made upon them."""
    made = bytearray(moment)
    for at in changes:
        made[at] = 0
    return bytes(made)


def common(one: Moment, other: Moment) -> Moment:
    """What is made at both of two versions."""
    both = int.from_bytes(one, "big") & int.from_bytes(other, "big")
    return both.to_bytes(len(other), "big")
