"""Strings to sort things by, of which there is always another one between two.

Automerge's lists cannot move what they hold: two people who move the same thing would have it
twice. A thing that carries its own position is in one place, whoever moves it.
"""

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE = len(_DIGITS)


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
    """The shortest string of digits whose every continuation lies between the two."""
    begun, bounded = "", bool(high)
    for index in range(max(len(low), len(high)) + 2):
        first = _digit(low, index, 0)
        last = _digit(high, index, 0) if bounded else _BASE
        if last - first > 1:
            return begun + _DIGITS[(first + last) // 2 if bounded else first + 1]
        begun += _DIGITS[min(first, _BASE - 1)]
        bounded = bounded and first == last
    return begun


def _digit(position: str, index: int, missing: int) -> int:
    """The value of one digit; what programs of others put there counts as the digit before it."""
    if index >= len(position):
        return missing
    return max(0, sum(digit <= position[index] for digit in _DIGITS) - 1)
