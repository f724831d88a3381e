"""What is different between two versions of a contract, and whose doing it was."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import compress, groupby, pairwise
from operator import ne

from contract_tui.contract.authorship import NOBODY, Doubted
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
_ALIKE = re.compile(b"\1+|\2+|\3+")


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
    places = list(compress(range(len(either)), either))
    texts = chronicle.texts(either)
    authors = list(compress(chronicle.authors, either))
    doubts = _doubts(chronicle, past, places, doubtful)
    runs: list[Run] = []
    for begin, end in pairwise(_edges(fates, authors, doubts)):
        fate, author, doubted = fates[begin], authors[begin], doubts[begin]
        stretch = _Stretch(places[begin:end], texts[begin:end], chronicle.plain)
        actor = _named(past.order.actors[author], doubted=bool(doubted))
        if _MARKS[fate] is Mark.REMOVED:
            runs += _removed(past, chronicle, stretch, actor, after, doubtful)
        elif run := stretch.run(_MARKS[fate], actor):
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
    """Where a letter is at either of two versions; and of those letters, at which: added up."""
    one, other = int.from_bytes(then, "little"), int.from_bytes(now, "little")
    size = len(then)
    fates = (one | other << 1).to_bytes(size, "little").translate(None, b"\0")
    return (one | other).to_bytes(size, "little"), fates


def _edges(fates: bytes, authors: Sequence[int], doubts: Sequence[int]) -> list[int]:
    """Where one of these changes, and the beginning and the end; none for nothing."""
    edges = {alike.start() for alike in _ALIKE.finditer(fates)}
    for column in (authors, doubts):
        edges.update(compress(range(1, len(column)), map(ne, column, column[1:])))
    return [*sorted(edges), len(fates)] if fates else []


def _doubts(
    chronicle: Chronicle, past: Past, places: Sequence[int], doubtful: Mapping[Actor, int]
) -> Sequence[int]:
    if not doubtful:
        return bytes(len(places))
    since = [doubtful.get(actor) for actor in past.order.actors]
    doubts = bytearray(len(places))
    for index, place in enumerate(places):
        first = since[chronicle.authors[place]]
        doubts[index] = first is not None and chronicle.id(place).counter >= first
    return doubts


@dataclass(frozen=True, slots=True)
class _Stretch:
    places: Sequence[int]
    texts: Sequence[str]
    plain: bool

    def run(self, mark: Mark, author: Actor, taker: Actor | None = None) -> Run | None:
        """None where no letter has a character."""
        text = "".join(self.texts)
        if not text:
            return None
        places = self.places
        if not self.plain:
            pairs = zip(self.places, self.texts, strict=True)
            places = [place for place, letter in pairs for _ in letter]
        return Run(text, mark, author, taker, tuple(places))

    def cut(self, begin: int, end: int) -> "_Stretch":
        return _Stretch(self.places[begin:end], self.texts[begin:end], self.plain)


def _removed(
    past: Past,
    chronicle: Chronicle,
    stretch: _Stretch,
    author: Actor,
    after: Moment,
    doubtful: Mapping[Actor, int],
) -> Iterator[Run]:
    """Yield what was removed, by who removed it."""
    takers = [
        next((signed(past, at, doubtful) for at in chronicle.gone(place) if after[at]), None)
        for place in stretch.places
    ]
    begin = 0
    for (taker, _), same in groupby(takers, key=lambda one: (one, isinstance(one, Doubted))):
        end = begin + len(list(same))
        if run := stretch.cut(begin, end).run(Mark.REMOVED, author, taker):
            yield run
        begin = end
