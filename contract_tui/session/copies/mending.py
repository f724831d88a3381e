"""Writing all the same when the document is lost in the middle of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from contract_tui.contract.errors import DocumentDamaged
from contract_tui.contract.schema import PartId
from contract_tui.contract.text.rewrite import minimal_splices
from contract_tui.contract.text.splice import Splice
from contract_tui.library.errors import OutOfStep
from contract_tui.session.copies.portions import first_portion
from contract_tui.session.copies.replica import OUT_OF_STEP, Replica

_T = TypeVar("_T")
Write = Callable[[int | None], bytes | None]
"""Makes a change, given the time if a turn begins with it; None if there is nothing to change."""


def write_twice(replica: Replica, write: Callable[[], _T]) -> _T:
    """Write; if that breaks the document, build it again and write once more; raises OutOfStep."""
    with suppress(DocumentDamaged):
        return write()
    try:
        replica.mend()
        return write()
    except DocumentDamaged as error:
        with suppress(DocumentDamaged):
            replica.mend()  # to be read, at least
        raise OutOfStep(OUT_OF_STEP) from error


def splicing(replica: Replica, part: PartId, splice: Splice, now: float) -> Write:
    """Return what replaces characters of a part as it stands, also when that was built again.

    It may lack what broke it then: the words go where they belong.
    """
    text = replica.contract.text(part).text

    def write(turn_at: int | None) -> bytes | None:
        left = settled(splice, text, replica.contract.text(part).text)
        if left.is_empty and not splice.is_empty:
            return None
        return replica.contract.splice(part, left, turn_at, now=now)

    return write


def rewriting(replica: Replica, part: PartId, text: str) -> Write:
    """Return what makes a part's text another one by the smallest splices between words.

    To be done again until it changes nothing more: one change does not hold everything.
    """

    def write(turn_at: int | None) -> bytes | None:
        old = replica.contract.text(part).text
        splices = first_portion(minimal_splices(old, text))
        return replica.contract.rewrite(part, splices, turn_at) if splices else None

    return write


def settled(splice: Splice, old: str, new: str) -> Splice:
    """A splice of a text as one of what the text has become: it keeps what it puts in."""
    if new == old:
        return splice
    begin = _alike(old, new)
    same = _alike(old[begin:][::-1], new[begin:][::-1])
    change = Splice(begin, len(old) - same, new[begin : len(new) - same])
    start = change.map(splice.start)
    return Splice(start, max(start, change.map(splice.end)), splice.text)


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    differ = (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differ, min(len(one), len(other)))
