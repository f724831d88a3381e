"""What is different between two versions of a contract, and whose doing it was."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import compress, groupby, pairwise
from typing import overload

from contract_tui.contract.membership.authorship import NOBODY, Doubted
from contract_tui.contract.schema import PartId
from contract_tui.history.chronicle import Chronicle
from contract_tui.history.moment import Moment
from contract_tui.history.past import Past
from sync_server.protocol.ids import Actor


class Mark(Enum):
    """What became of a letter between two versions."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


_MARKS = {0b01: Mark.REMOVED, 0b10: Mark.ADDED, 0b11: Mark.KEPT}
"""By whether it was there then (1), and is there now (2)."""
_ALIKE = re.compile(b"\1[\0\1]*|\2[\0\2]*|\3[\0\3]*")


@dataclass(frozen=True, slots=True)
class Run:
    """Letters in a row that one person wrote and that fared alike."""

    text: str
    mark: Mark
    author: Actor
    """Who wrote them; a `Doubted` one where nothing shows that it was they."""
    taker: Actor | None = None
    """Who took them out; None where nobody did, only the later version does not know them yet."""
    places: Sequence[int] = field(default=(), compare=False, repr=False)
    """For each character of the text, the place of the letter that it is of."""

    @property
    def first(self) -> int:
        """The place of the first letter."""
        return self.places[0]


def compare(
    past: Past,
    part: PartId,
    before: Moment,
    after: Moment,
    doubtful: Mapping[Actor, int] = NOBODY,
) -> list[Run]:
    """Return all text of a part at either version, in its order; what was removed is among it.

    The versions may lie in any order, and on different branches. `doubtful` says from which
    operation of an actor on nothing shows that it is theirs.
    """
    chronicle = past.chronicles[part]
    either, fates = _together(chronicle.flags(before), chronicle.flags(after))
    runs: list[Run] = []
    for begin, end, author in _alike(past, chronicle, fates, doubtful):
        stretch, mark = _Stretch(chronicle, either, begin, end), _MARKS[fates[begin]]
        if mark is Mark.REMOVED:
            runs += _removed(past, stretch, author, after, doubtful)
        elif run := stretch.run(mark, author):
            runs.append(run)
    return runs


def changed(past: Past, before: Moment, after: Moment) -> Iterator[PartId]:
    """Yield the parts of which the words differ between two versions."""
    for part, chronicle in past.chronicles.items():
        if chronicle.flags(before) != chronicle.flags(after):
            yield part


def signed(past: Past, position: int, doubtful: Mapping[Actor, int]) -> Actor:
    """Whose a change is, as a `Doubted` actor where nothing shows that it is theirs."""
    actor = past.order.actor(position)
    since = doubtful.get(actor)
    return _named(actor, doubted=since is not None and past.order.max_op(position) >= since)


def _named(actor: Actor, *, doubted: bool) -> Actor:
    return Actor(Doubted(actor)) if doubted else actor


def _together(then: bytes, now: bytes) -> tuple[bytes, bytes]:
    """Where a letter is at either of two versions, and at which: added up; 0 for neither."""
    one, other = int.from_bytes(then, "little"), int.from_bytes(now, "little")
    size = len(then)
    return (one | other).to_bytes(size, "little"), (one | other << 1).to_bytes(size, "little")


def _alike(
    past: Past, chronicle: Chronicle, fates: bytes, doubtful: Mapping[Actor, int]
) -> Iterator[tuple[int, int, Actor]]:
    """Yield from where to where letters fared alike and are by the same author, and by whom.

    Letters of neither version lie among them, and count for nothing.
    """
    borders, whose = _authorship(past, chronicle, doubtful)
    for alike in _ALIKE.finditer(fates):
        begin = alike.start()
        end = fates.rindex(fates[begin], begin, alike.end()) + 1
        author = whose(begin)
        for at in _behind(borders, fates, begin, end):
            if (other := whose(at)) != author:
                yield begin, at, _actor(past, author)
                begin, author = at, other
        yield begin, end, _actor(past, author)


def _behind(borders: Sequence[int], fates: bytes, at: int, end: int) -> Iterator[int]:
    """Yield the places of those letters, of all that fared like the first, next to a border."""
    fate = fates[at]
    while (border := bisect_right(borders, at)) < len(borders):
        at = fates.find(fate, borders[border], end)
        if at < 0:
            return
        yield at


_Whose = tuple[int, bool]
"""An author by their number in the order, and whether nothing shows that it is they."""


def _authorship(
    past: Past, chronicle: Chronicle, doubtful: Mapping[Actor, int]
) -> tuple[Sequence[int], Callable[[int], _Whose]]:
    """Return the places from which on a letter may be by another author, and who wrote each."""
    if not doubtful:
        return chronicle.borders, lambda place: (chronicle.authors[place], False)
    since = [doubtful.get(actor) for actor in past.order.actors]

    def whose(place: int) -> _Whose:
        author = chronicle.authors[place]
        first = since[author]
        return author, first is not None and chronicle.id(place).counter >= first

    all_of_them = [whose(place) for place in range(len(chronicle.authors))]
    return [at + 1 for at, (one, other) in enumerate(pairwise(all_of_them)) if one != other], whose


def _actor(past: Past, author: _Whose) -> Actor:
    return _named(past.order.actors[author[0]], doubted=author[1])


class _Places(Sequence[int]):
    """The places of some letters, looked up only when somebody asks where they are."""

    def __init__(self, flags: bytes, begin: int, end: int) -> None:
        self._flags, self._begin, self._end = flags, begin, end

    def __len__(self) -> int:
        return self._flags.count(1, self._begin, self._end)

    def __iter__(self) -> Iterator[int]:
        begin, end = self._begin, self._end
        return compress(range(begin, end), self._flags[begin:end])

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[int]: ...
    def __getitem__(self, index: int | slice) -> int | Sequence[int]:
        return self._begin if index == 0 else tuple(self)[index]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The letters that are flagged from one place, where there is one, to before another."""

    chronicle: Chronicle
    flags: bytes
    begin: int
    end: int

    @property
    def places(self) -> Sequence[int]:
        """Where they stand."""
        return _Places(self.flags, self.begin, self.end)

    def run(self, mark: Mark, author: Actor, taker: Actor | None = None) -> Run | None:
        """None where no letter has a character."""
        text = self.chronicle.spelled(self.flags, self.begin, self.end)
        if not text:
            return None
        places = self.places
        if not self.chronicle.plain:
            places = [place for place in places for _ in self.chronicle.shown(place)]
        return Run(text, mark, author, taker, places)

    def cut(self, begin: int, end: int) -> "_Stretch":
        """Those of them between two places."""
        return _Stretch(self.chronicle, self.flags, begin, end)


def _removed(
    past: Past, stretch: _Stretch, author: Actor, after: Moment, doubtful: Mapping[Actor, int]
) -> Iterator[Run]:
    """Yield what was removed, by who removed it."""

    def taker(place: int) -> tuple[Actor | None, bool]:
        gone = (at for at in stretch.chronicle.gone(place) if after[at])
        found = next((signed(past, at, doubtful) for at in gone), None)
        return found, isinstance(found, Doubted)

    groups = [(whose, next(same)) for whose, same in groupby(stretch.places, key=taker)]
    ends = [*(begin for _, begin in groups[1:]), stretch.end]
    for ((actor, _), begin), end in zip(groups, ends, strict=True):
        if run := stretch.cut(begin, end).run(Mark.REMOVED, author, actor):
            yield run
