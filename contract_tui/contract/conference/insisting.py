"""What adults were asked to write in a phase of the student's, and whether she confirms it.

The characters are named one by one, as those of a note are: so it is known of what is left of them,
whatever else is written around and between them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from contract_tui.contract.conference.tokens import Confirmation
from contract_tui.contract.conference.values import Conference
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
    confirmation: Confirmation
    """What the student has said of it."""


@dataclass(frozen=True, slots=True)
class Pending:
    """What somebody was asked to write, as far as it stands: the student is asked, or has said."""

    conference: int
    """Its number."""
    key: str
    part: PartId
    by: SeatId
    elements: frozenset[ElementId]
    """Which characters the student is shown."""
    words: str


Letters = Mapping[ElementId, tuple[SeatId, Confirmation]]
"""Of each character that somebody was asked to write: who typed it, what the student says of it."""


def letters(conferences: Iterable[Conference]) -> Mapping[ElementId, Letters]:
    """Everything that somebody was asked to write, by the text that it is in."""
    found: dict[ElementId, dict[ElementId, tuple[SeatId, Confirmation]]] = defaultdict(dict)
    for conference in conferences:
        for key, passage in conference.insisted.items():
            for one in passage.elements:
                found[passage.text][one] = passage.by, _said(conference, key, one)
    return found


def asked(known: Letters, part: PartId, text: SharedText) -> tuple[Asked, ...]:
    """The stretches of a text that others were asked to write, in order."""
    if not known:
        return ()
    found = runs([known.get(one) for one in text.ids])
    return tuple(Asked(part, start, end, *one) for start, end, one in found)


def runs(
    letters: Sequence[tuple[SeatId, Confirmation] | None],
) -> Iterator[tuple[int, int, tuple[SeatId, Confirmation]]]:
    """Yield the stretches of which the same is known, of those of which something is."""
    start = 0
    for one, some in groupby(letters):
        end = start + sum(1 for _ in some)
        if one is not None:
            yield start, end, one
        start = end


def pending(
    conferences: Iterable[Conference],
    texts: Mapping[ElementId, tuple[PartId, SharedText]],
    confirmation: Confirmation = Confirmation.NOT_YET,
) -> Iterator[Pending]:
    """Yield what waits for the student's word, or of which they have said something else.

    `texts` are those that are there, by object.
    """
    for conference in conferences:
        for key, passage in conference.insisted.items():
            if passage.text not in texts:
                continue
            part, text = texts[passage.text]
            meant = frozenset(
                one for one in passage.elements if _said(conference, key, one) is confirmation
            )
            standing = [at for at, one in enumerate(text.ids) if one in meant] if meant else []
            words = "…".join(text.text[start:end] for start, end in stretches(standing))
            if words.strip():
                yield Pending(conference.number, key, part, passage.by, meant, words)


def _said(conference: Conference, key: str, letter: ElementId) -> Confirmation:
    """What the student says of a letter; of two answers at once, the one that claims nothing."""
    if letter in conference.not_mine.get(key, frozenset()):
        return Confirmation.NOT_MINE
    if letter in conference.confirmed.get(key, frozenset()):
        return Confirmation.CONFIRMED
    return Confirmation.NOT_YET
