"""Where a passage stood before: what was cut out and put in again leaves its letters behind.

Each time a passage is put back, by undo or from a clipboard, its letters are new ones. Whoever
wants nobody to read it any more means all of them.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence

from contract_tui.contract.schema import PartId
from contract_tui.history.chronicle import Chronicle
from contract_tui.history.past import Past
from sync_server.protocol.ids import Actor, ElementId

SHORTEST = 4
"""Characters, without spaces, from which on a passage is more than a common word."""


def copies(
    past: Past, part: PartId, elements: Collection[ElementId], is_own: Callable[[Actor], bool]
) -> dict[PartId, frozenset[ElementId]]:
    """Return the letters of a person, by part, that read as these of theirs did, and are gone.

    What still stands is never among them; and nothing is where the passage is very short. Some of
    it may be covered already.
    """
    chronicle = past.chronicles.get(part)
    if chronicle is None:
        return {}
    own = {number for number, actor in enumerate(past.order.actors) if is_own(actor)}
    places = (chronicle.place(one) for one in elements)
    passage = _text(
        chronicle,
        sorted(at for at in places if at is not None and chronicle.authors[at] in own),
    )
    if len("".join(passage.split())) < SHORTEST:
        return {}
    found = {
        other: frozenset(one for one in _gone(chronicle, passage, own) if one not in elements)
        for other, chronicle in past.chronicles.items()
    }
    return {other: some for other, some in found.items() if some}


def _gone(chronicle: Chronicle, passage: str, own: Collection[int]) -> Iterator[ElementId]:
    """Find the passage in what went at once, and in all that ever went."""
    went: dict[int, list[int]] = defaultdict(list)
    every: list[int] = []
    for place, author in enumerate(chronicle.authors):
        if author in own and (gone := chronicle.gone(place)):
            every.append(place)
            for position in gone:
                went[position].append(place)
    for places in (*went.values(), every):
        if len(places) >= len(passage) or not chronicle.plain:
            yield from (chronicle.id(place) for place in _spelling(chronicle, places, passage))


def _spelling(chronicle: Chronicle, places: Sequence[int], passage: str) -> Iterator[int]:
    """Find which of some letters, in their order, spell a passage."""
    text = _text(chronicle, places)
    at = text.find(passage)
    if at < 0:
        return
    owners = [place for place in places for _ in chronicle.written(place)]
    while at >= 0:
        yield from dict.fromkeys(owners[at : at + len(passage)])
        at = text.find(passage, at + 1)


def _text(chronicle: Chronicle, places: Sequence[int]) -> str:
    return "".join(map(chronicle.written, places))
