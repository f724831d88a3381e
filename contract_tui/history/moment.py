"""Which changes are made at one version of a contract."""

from collections.abc import Iterable
from itertools import compress

from contract_tui.history.order import Order

Moment = bytes
"""A byte for the change at each position, 1 where it is made; one 0 more behind the last."""


def until(order: Order, end: int) -> Moment:
    """The version at which all changes before a position are made, and no others."""
    return b"\1" * end + bytes(len(order) + 1 - end)


def reached(order: Order, heads: Iterable[int]) -> Moment:
    """The version whose newest changes stand at some positions, with everything in their past."""
    made = bytearray(len(order) + 1)
    order.deps.flag_past(made, heads)
    return bytes(made)


def newest_until(order: Order, ends: Iterable[int]) -> dict[int, list[int]]:
    """The positions of the newest changes among those before each of some positions."""
    found: dict[int, list[int]] = {}
    fresh: dict[int, None] = {}
    done, every = 0, iter(order.deps)
    for end in sorted(set(ends)):
        for at, deps in zip(range(done, end), every, strict=False):
            for dep in deps:
                fresh.pop(dep, None)
            fresh[at] = None
        done = end
        found[end] = list(fresh)
    return found


def newest(order: Order, moment: Moment) -> list[int]:
    """The positions of a version's newest changes, ascending: its heads."""
    below = bytearray(moment)
    order.deps.clear(below, moment)
    return list(compress(range(len(order)), below))


def grown(order: Order, moment: Moment) -> Moment:
    """The same version as it was told before further changes came."""
    return moment.ljust(len(order) + 1, b"\0")
