"""What there is to say of what is proven, cut into messages."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple, TypeVar

MOST_PROOFS, MOST_VOUCHERS, MOST_SEALS = 64, 64, 256
"""In one message."""
_T = TypeVar("_T")


class Page(NamedTuple):
    """What one message says."""

    proofs: tuple[str, ...] = ()
    seals: tuple[bytes, ...] = ()
    vouchers: tuple[str, ...] = ()


def pages(
    proofs: tuple[str, ...], seals: tuple[bytes, ...], vouchers: tuple[str, ...] = ()
) -> Iterator[Page]:
    """Cut what there is to say into messages, proofs first."""
    head = _cut(proofs, MOST_PROOFS)
    front = max(0, len(head) - 1)  # no seal may come before the proof of its device
    tail = [()] * front + _cut(seals, MOST_SEALS)
    parts = zip_longest(head, tail, _cut(vouchers, MOST_VOUCHERS), fillvalue=())
    return (Page(*part) for part in parts)


def _cut(items: tuple[_T, ...], most: int) -> list[tuple[_T, ...]]:
    return [items[at : at + most] for at in range(0, len(items), most)]
