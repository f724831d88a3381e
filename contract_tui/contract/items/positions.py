"""Strings to sort things by, of which there is always another one between two.

Automerge's lists cannot move what they hold: two people who move the same thing would have it
twice. A thing that carries its own position is in one place, whoever moves it.
"""

from collections.abc import Sequence

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE = len(_DIGITS)
_LONGEST = 200
"""Digits of a position that another one is looked for beside; our own have a handful."""


def place(others: Sequence[str], at: int, chance: int) -> tuple[str, dict[int, str]]:
    """Return a position in front of the one at an index of a sorted list, or behind them all.

    Where nothing lies between its neighbours, because two have the same position or a program of
    others gave them some of its own, these get new positions too: they are returned by index.
    """
    begin = at
    while begin and not _is_ours(others[begin - 1]):
        begin -= 1
    end = at
    while True:
        while end < len(others) and not _is_ours(others[end]):
            end += 1
        low = others[begin - 1] if begin else ""
        high = others[end] if end < len(others) else ""
        if found := _row(low, high, end - begin + 1, chance):
            moved = {begin + n: one for n, one in enumerate(found[: at - begin])}
            moved |= {at + n: one for n, one in enumerate(found[at - begin + 1 :])}
            return found[at - begin], moved
        end += 1


def _row(low: str, high: str, count: int, chance: int) -> list[str]:
    """So many positions in ascending order between two; none where there is no room."""
    found: list[str] = []
    for _ in range(count):
        low, before = between(low, high, chance), low
        if not before < low or (high and not low < high):
            return []
        found.append(low)
    return found


def _is_ours(position: str) -> bool:
    return 0 < len(position) <= _LONGEST and all(digit in _DIGITS for digit in position)


def between(low: str, high: str, chance: int) -> str:
    """Return a position behind `low` and, if it is not "", before `high`.

    `chance` is any number of at least 0: two people who put something in the same place at once get
    different positions by it. Behind `low` alone where nothing lies between the two.
    """
    if high and not low < high:
        high = ""
    place = _between(low, high)
    return place + _DIGITS[chance // _BASE % _BASE] + _DIGITS[1 + chance % (_BASE - 1)]


def _between(low: str, high: str) -> str:
    """The shortest string of digits whose every continuation lies between the two.

    In the middle, since much is put in front of the same thing; at the end closely behind, since
    much is put behind all others.
    """
    begun, bounded = "", bool(high)
    for index in range(max(len(low), len(high)) + 2):
        first = _digit(low, index, 0)
        last = _digit(high, index, 0) if bounded else _BASE
        if last - first > 1:
            return begun + _DIGITS[(first + last) // 2 if high else first + 1]
        begun += _DIGITS[min(first, _BASE - 1)]
        bounded = bounded and first == last
    return begun


def _digit(position: str, index: int, missing: int) -> int:
    """The value of one digit; what programs of others put there counts as the digit before it."""
    if index >= len(position):
        return missing
    return max(0, sum(digit <= position[index] for digit in _DIGITS) - 1)
