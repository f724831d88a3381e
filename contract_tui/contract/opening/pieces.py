"""Long work in small pieces, so that a key that is pressed meanwhile is let through between two."""

from collections.abc import Generator
from typing import TypeVar

_Result = TypeVar("_Result")

Pieces = Generator[None, None, _Result]
"""Work that yields before each piece that takes some time, and returns what comes of it."""


def whole(pieces: Pieces[_Result]) -> _Result:
    """Do all of the work at once."""
    try:
        while True:
            next(pieces)
    except StopIteration as end:
        result: _Result = end.value
        return result
