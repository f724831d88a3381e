"""Cuts what is written at once into changes of a size that every relay takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contract_tui.contract.text.splice import Splice

LARGEST_SPLICE = 20_000
"""Characters put in and taken out by one change; no relay takes changes without a limit."""


def portions(splice: Splice) -> Iterator[Splice]:
    """A splice as several where one change could not hold it, each to follow the one before."""
    start, rest, text = splice.start, splice.end - splice.start, splice.text
    while rest + len(text) > LARGEST_SPLICE and rest:
        some = min(rest, LARGEST_SPLICE)
        yield Splice(start, start + some, "")
        rest -= some
    while rest + len(text) > LARGEST_SPLICE:
        yield Splice(start, start, text[:LARGEST_SPLICE])
        start, text = start + LARGEST_SPLICE, text[LARGEST_SPLICE:]
    if rest or text or splice.is_empty:
        yield Splice(start, start + rest, text)


def first_portion(splices: Sequence[Splice]) -> list[Splice]:
    """As many of the first splices as one change can hold, or a portion of the very first."""
    taken: list[Splice] = []
    left = LARGEST_SPLICE
    for splice in splices:
        left -= splice.end - splice.start + len(splice.text)
        if left < 0:
            break
        taken.append(splice)
    return taken or [some for splice in splices[:1] for some in portions(splice)][:1]
