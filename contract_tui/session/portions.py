"""Cuts what is written at once into changes of a size that every relay takes."""

from __future__ import annotations

from collections.abc import Iterator

from contract_tui.contract.splice import Splice

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
