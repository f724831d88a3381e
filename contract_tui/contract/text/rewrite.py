"""How to turn one text into another by touching as few words as possible.

Whoever replaces a whole section by a command should not take out and put back every word of it:
the words that stay keep their authors, and what others write beside them meanwhile stays in place.
"""

from collections.abc import Sequence

import regex

from contract_tui.contract.text.splice import Splice

_TOKEN = regex.compile(r"(?:\w\p{M}*)+|\X")
"""A word with its accents, or else one character as a reader sees it."""
_MOST_PAIRS = 400_000_000
"""Pairs of words beyond which comparing them all would take too much memory (50 MB)."""


def minimal_splices(old: str, new: str) -> list[Splice]:
    """Return the splices between words that turn `old` into `new` and keep the most words.

    They go from the end to the beginning: to be applied in this order, and readable in offsets of
    the old text.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    starts = [0]
    for token in before:
        starts.append(starts[-1] + len(token))
    splices: list[Splice] = []
    at = came = 0
    for stays, stays_as in [*longest_common(before, after), (len(before), len(after))]:
        if at < stays or came < stays_as:
            splices.append(Splice(starts[at], starts[stays], "".join(after[came:stays_as])))
        at, came = stays + 1, stays_as + 1
    return splices[::-1]


def longest_common(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the positions (in old, in new) of a longest common subsequence, ascending."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle = _common(old[head : len(old) - tail], new[head : len(new) - tail])
    return [
        *((at, at) for at in range(head)),
        *((at + head, came + head) for at, came in middle),
        *((len(old) - back, len(new) - back) for back in range(tail, 0, -1)),
    ]


def _common(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Find a longest common subsequence with one long integer for each row of the table.

    Bit i of a row is 0 where the best common subsequence grows with the i-th old token (Hyyrö,
    "Bit-Parallel LCS-length Computation Revisited", 2004); a thousand words take a millisecond.
    """
    if len(old) * len(new) > _MOST_PAIRS:
        return []
    places: dict[str, int] = {}
    for at, token in enumerate(old):
        places[token] = places.get(token, 0) | 1 << at
    mask = (1 << len(old)) - 1
    row = mask
    rows = [row]
    for token in new:
        matches = row & places.get(token, 0)
        row = (row + matches | row - matches) & mask
        rows.append(row)
    return _trace(rows, len(old))


def _trace(rows: Sequence[int], width: int) -> list[tuple[int, int]]:
    """Walk back through the table from its far corner."""
    pairs: list[tuple[int, int]] = []
    at, came = width, len(rows) - 1
    while at and came:
        if rows[came] >> (at - 1) & 1:
            at -= 1
            continue
        came -= 1
        if rows[came] >> (at - 1) & 1:
            at -= 1
            pairs.append((at, came))
    return pairs[::-1]
