"""Who wrote what, apart from what only stands in somebody's name."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from contract_tui.contract.membership.seats import UNKNOWN_NAME
from contract_tui.language import _
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import ElementId

Doubts = Mapping[Actor, int]
"""From which operation of an actor on nothing shows that its words are its own."""
NOBODY: Doubts = MappingProxyType({})
"""Nobody is in doubt."""

Run = tuple[int, int, Actor]
"""From offset to offset, what one actor wrote."""


def in_name_of(name: str) -> str:
    """Return who wrote words in somebody's name of which nothing shows that they are theirs."""
    return name if name == UNKNOWN_NAME else _("somebody in {name}’s name").format(name=name)


class Doubted(bytes):
    """An actor, for words in its name of which nothing shows that they are its own."""


def doubting(
    runs: Sequence[Run], ids: Sequence[ElementId], doubtful: Mapping[Actor, int]
) -> Sequence[tuple[int, int, bytes]]:
    """Return the same runs, cut where what is doubtful begins and ends, under `Doubted` actors.

    `ids` are all characters of the text; `doubtful` says from which operation of an actor on.
    """
    if not doubtful:
        return runs
    cut: list[tuple[int, int, bytes]] = []
    for start, end, actor in runs:
        if actor in doubtful:
            cut += _cut(start, ids[start:end], actor, doubtful[actor])
        else:
            cut.append((start, end, actor))
    return cut


def in_doubt(ids: Iterable[ElementId], doubtful: Mapping[Actor, int]) -> set[Actor]:
    """Return in whose names words stand of which nothing shows that they are theirs."""
    return {Actor(one.actor) for one in ids if is_doubted(one, doubtful)} if doubtful else set()


def is_doubted(element: ElementId, doubtful: Mapping[Actor, int]) -> bool:
    """Return whether nothing shows that a character is of the one in whose name it stands."""
    since = doubtful.get(Actor(element.actor)) if doubtful else None
    return since is not None and element.counter >= since


def _cut(
    start: int, ids: Sequence[ElementId], actor: Actor, since: int
) -> Iterable[tuple[int, int, bytes]]:
    begin = start
    for offset, element in enumerate(ids, start):
        last = offset - start == len(ids) - 1
        doubted = element.counter >= since
        if last or (ids[offset - start + 1].counter >= since) != doubted:
            yield begin, offset + 1, Doubted(actor) if doubted else actor
            begin = offset + 1
