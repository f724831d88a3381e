"""What adults were asked to write in a phase of the student's, and whether she confirms it.

The characters are named one by one, as those of a note are: so it is known of what is left of them,
whatever else is written around and between them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from contract_tui.contract.conference.values import Conference, Passage
from contract_tui.contract.schema import PartId
from contract_tui.contract.text.mirror import SharedText
from contract_tui.contract.text.splice import stretches
from sync_server.access.proof import SeatId
from sync_server.protocol.operations import ElementId


@dataclass(frozen=True, slots=True)
class Asked:
    """A stretch of a text that somebody was asked to write."""

    part: PartId
    start: int
    """Offsets count code points."""
    end: int
    by: SeatId
    """Who typed it."""
    confirmed: bool
    """Whether the student has said that these are their words."""


@dataclass(frozen=True, slots=True)
class Pending:
    """What somebody was asked to write and the student has not confirmed, as far as it stands."""

    conference: int
    """Its number."""
    key: str
    part: PartId
    by: SeatId
    elements: frozenset[ElementId]
    """Which characters the student is shown."""
    words: str


def asked(conferences: Iterable[Conference], part: PartId, text: SharedText) -> tuple[Asked, ...]:
    """The stretches of a text that others were asked to write, in order."""
    found: dict[ElementId, tuple[SeatId, bool]] = {}
    for conference in conferences:
        for key, passage in conference.insisted.items():
            if passage.text == text.object:
                sure = conference.confirmed.get(key, frozenset())
                found |= {one: (passage.by, one in sure) for one in passage.elements}
    if not found:
        return ()
    return tuple(_stretches(part, [found.get(one) for one in text.ids]))


def _stretches(part: PartId, letters: list[tuple[SeatId, bool] | None]) -> Iterator[Asked]:
    start = 0
    for at in range(1, len(letters) + 1):
        if at < len(letters) and letters[at] == letters[start]:
            continue
        if (one := letters[start]) is not None:
            yield Asked(part, start, at, *one)
        start = at


def pending(
    conferences: Iterable[Conference], texts: Mapping[ElementId, tuple[PartId, SharedText]]
) -> Iterator[Pending]:
    """Yield what waits for the student's word; `texts` are those that are there, by object."""
    for conference in conferences:
        for key, passage in conference.insisted.items():
            open_ = _open(conference, key, passage)
            if passage.text not in texts or not open_:
                continue
            part, text = texts[passage.text]
            standing = [at for at, one in enumerate(text.ids) if one in open_]
            words = "…".join(text.text[start:end] for start, end in stretches(standing))
            if words.strip():
                yield Pending(conference.number, key, part, passage.by, open_, words)


def _open(conference: Conference, key: str, passage: Passage) -> frozenset[ElementId]:
    return passage.elements - conference.confirmed.get(key, frozenset())
