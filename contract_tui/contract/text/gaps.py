"""Where a text changed, found by the ids of its characters.

Characters that stay keep their order, so every change of a text is a list of gaps: places between
two neighbours that stayed (or an end of the text) where something went, came, or both.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from contract_tui.contract.text.splice import Splice
from sync_server.protocol.operations import ElementId


@dataclass(frozen=True, slots=True)
class Gap:
    """What went and came between two characters that stayed, in offsets of the old text."""

    start: int
    end: int
    text: str
    ids: tuple[ElementId, ...]

    def splice(self, shift: int) -> Splice:
        """Return it as a splice of the text after earlier gaps made it longer by `shift`."""
        return Splice(self.start + shift, self.end + shift, self.text)


class Arrival(NamedTuple):
    """Characters that came in front of the `rank`-th of those that stayed."""

    rank: int
    text: str
    ids: tuple[ElementId, ...]


class _OutOfProbes(Exception):
    """Looking at single elements has become dearer than reading them all."""


def locate(
    ids: Sequence[ElementId],
    removed: Sequence[int],
    pending: Mapping[ElementId, str],
    element_at: Callable[[int], ElementId | None],
    probes: int,
) -> list[Gap] | None:
    """Find the gaps by looking at few elements of the new text.

    `removed` are the ascending offsets of what went, `pending` is what came. The characters that
    stayed and have nothing new before them are a prefix of both texts, so a binary search finds the
    first arrival; then the rest is searched in the same way. None when the two texts cannot be
    made to agree, or would take more than `probes` looks.
    """
    stayed = _without(ids, removed)
    left = probes

    def look(index: int) -> ElementId | None:
        nonlocal left
        left -= 1
        if left < 0:
            raise _OutOfProbes
        return element_at(index)

    try:
        arrivals = _arrivals(stayed, pending, look)
    except _OutOfProbes:
        return None
    return None if arrivals is None else combine(removed, arrivals)


def _arrivals(
    stayed: Sequence[ElementId],
    pending: Mapping[ElementId, str],
    look: Callable[[int], ElementId | None],
) -> list[Arrival] | None:
    arrivals: list[Arrival] = []
    shift = rank = 0
    while shift < len(pending):
        rank = _first_moved(stayed, rank, shift, look)
        found: list[ElementId] = []
        while (element := look(rank + shift + len(found))) is not None and element in pending:
            found.append(element)
        if not found:
            return None
        arrivals.append(Arrival(rank, "".join(pending[one] for one in found), tuple(found)))
        shift += len(found)
    return arrivals if _agree(stayed, rank, shift, look) else None


def _first_moved(
    stayed: Sequence[ElementId],
    low: int,
    shift: int,
    look: Callable[[int], ElementId | None],
) -> int:
    """Return the rank of the first character that stayed but is not found `shift` further on."""
    high = len(stayed)
    while low < high:
        middle = (low + high) // 2
        if look(middle + shift) == stayed[middle]:
            low = middle + 1
        else:
            high = middle
    return low


def _agree(
    stayed: Sequence[ElementId],
    rank: int,
    shift: int,
    look: Callable[[int], ElementId | None],
) -> bool:
    """Check the far end, where mistakes in between show."""
    if rank == len(stayed):
        return look(rank + shift) is None
    return look(len(stayed) - 1 + shift) == stayed[-1]


def difference(old: Sequence[ElementId], new: Sequence[ElementId], text: str) -> list[Gap]:
    """Return the gaps between two full lists of ids; `text` are the characters of the new one."""
    before, after = set(old), set(new)
    removed = [offset for offset, element in enumerate(old) if element not in after]
    stayed = _without(old, removed)
    arrivals: list[Arrival] = []
    rank = offset = 0
    while offset < len(new):
        end = offset
        while end < len(new) and new[end] not in before:
            end += 1
        if end > offset:
            arrivals.append(Arrival(rank, text[offset:end], tuple(new[offset:end])))
        elif rank < len(stayed) and new[offset] == stayed[rank]:
            rank, end = rank + 1, offset + 1
        else:
            return [Gap(0, len(old), text, tuple(new))]
        offset = end
    return (
        combine(removed, arrivals) if rank == len(stayed) else [Gap(0, len(old), text, tuple(new))]
    )


def combine(removed: Sequence[int], arrivals: Sequence[Arrival]) -> list[Gap]:
    """Join what went (ascending offsets) and what came (ascending ranks) at the same places."""
    ranks = [offset - before for before, offset in enumerate(removed)]
    came = {arrival.rank: arrival for arrival in arrivals}
    gaps = []
    for rank in sorted({*ranks, *came}):
        first = bisect_left(ranks, rank)
        last = bisect_right(ranks, rank)
        arrival = came.get(rank, Arrival(rank, "", ()))
        gaps.append(Gap(rank + first, rank + last, arrival.text, arrival.ids))
    return gaps


def _without(ids: Sequence[ElementId], removed: Sequence[int]) -> Sequence[ElementId]:
    if not removed:
        return ids
    stayed: list[ElementId] = []
    start = 0
    for offset in removed:
        stayed += ids[start:offset]
        start = offset + 1
    stayed += ids[start:]
    return stayed
