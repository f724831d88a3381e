"""What is different between two versions of a contract, and whose doing it was."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import Enum
from itertools import groupby
from types import MappingProxyType

from contract_tui.contract.authorship import Doubted
from contract_tui.contract.schema import PartId
from contract_tui.history.chronicle import Letter
from contract_tui.history.moment import Moment
from contract_tui.history.past import Past
from sync_server.protocol.ids import Actor


class Mark(Enum):
    """What became of a letter between two versions."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Run:
    """Letters in a row that one person wrote and that fared alike."""

    text: str
    mark: Mark
    author: Actor
    """Who wrote them."""
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
    doubtful: Mapping[Actor, int] = MappingProxyType({}),
) -> list[Run]:
    """Return all text of a part at either version, in its order; what was removed is among it.

    The versions may lie in any order, and on different branches. `doubtful` says from which
    operation of an actor on nothing shows that it is theirs: they are `Doubted` actors then.
    """
    chronicle = past.chronicles[part]
    there, then = set(chronicle.standing(after)), set(chronicle.standing(before))
    return told_apart(past, part, then, there, after, doubtful)


def told_apart(
    past: Past,
    part: PartId,
    then: Set[int],
    there: Set[int],
    after: Moment,
    doubtful: Mapping[Actor, int] = MappingProxyType({}),
) -> list[Run]:
    """Return the letters of a part at any of some places, by whether they were there and are."""
    chronicle = past.chronicles[part]
    runs: list[Run] = []
    fates = (
        (
            _fate(past, chronicle.letters[place], place in then, place in there, after, doubtful),
            place,
        )
        for place in sorted(there | then)
    )
    for (mark, author, taker), places in groupby(fates, key=lambda fate: fate[0]):
        letters = [(place, chronicle.letters[place].text) for _, place in places]
        text = "".join(letter for _, letter in letters)
        each = tuple(place for place, letter in letters for _ in letter)
        runs += [Run(text, mark, author, taker, each)] if text else []
    return runs


def changed(past: Past, before: Moment, after: Moment) -> Iterator[PartId]:
    """Yield the parts of which the words differ between two versions."""
    for part, chronicle in past.chronicles.items():
        if chronicle.standing(before) != chronicle.standing(after):
            yield part


def signed(past: Past, position: int, doubtful: Mapping[Actor, int]) -> Actor:
    """Whose a change is, as a `Doubted` actor where nothing shows that it is theirs."""
    actor = past.order.actor(position)
    since = doubtful.get(actor)
    if since is None or past.order.max_op(position) < since:
        return actor
    return Actor(Doubted(actor))


Fate = tuple[Mark, Actor, Actor | None]


def _fate(
    past: Past,
    letter: Letter,
    then: bool,
    now: bool,
    after: Moment,
    doubtful: Mapping[Actor, int],
) -> Fate:
    author = signed(past, letter.born, doubtful)
    if then and now:
        return Mark.KEPT, author, None
    if now:
        return Mark.ADDED, author, None
    takers = [signed(past, at, doubtful) for at in letter.gone if after[at]]
    return Mark.REMOVED, author, takers[0] if takers else None
