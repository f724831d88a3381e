"""Which characters the bundled fonts have; whatever they lack is replaced so that one sees it."""

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise

INSTEAD = "\N{REPLACEMENT CHARACTER}"
_BREAK = "\N{ZERO WIDTH SPACE}"
_WORDS = re.compile(r"(\s+)")
_SELECTORS = range(0xFE00, 0xFE10)


class Printing:
    """Makes texts printable, and remembers what could not be."""

    def __init__(self) -> None:
        self.missing: dict[str, None] = {}
        """The characters that were replaced, in the order in which they came."""

    def text(self, text: str) -> str:
        """Return a text with what no font has replaced."""
        return "".join(map(self._character, text.expandtabs(4)))

    def _character(self, one: str) -> str:
        if ord(one) in _covered() or unicodedata.category(one) == "Cf" or ord(one) in _SELECTORS:
            return one
        self.missing[one] = None
        return INSTEAD


def breakable(text: str, longest: int) -> str:
    """Return a text in which words that would run off the page may go on in the next line.

    `longest` is how many letters a word may have that is kept whole.
    """
    return "".join(
        _open(word) if len(word) > longest else word for word in _WORDS.split(text) if word
    )


def _open(word: str) -> str:
    """Put a place to break between letters that neither shape nor join each other."""
    opened = word[:1]
    for before, one in pairwise(word):
        opened += f"{_BREAK}{one}" if _stands_alone(before) and _stands_alone(one) else one
    return opened


def _stands_alone(one: str) -> bool:
    if unicodedata.bidirectional(one) in ("R", "AL"):
        return False
    return one.isascii() or unicodedata.category(one)[0] in "LNP"


@cache
def _covered() -> frozenset[int]:
    """Every character that one of the fonts has."""
    fonts = (one for one in files(__package__).joinpath("fonts").iterdir())
    named = sorted((one for one in fonts if one.name.endswith(".ttf")), key=lambda one: one.name)
    return frozenset(code for font in named for code in _characters(font.read_bytes()))


def _characters(font: bytes) -> Iterator[int]:
    """Yield the characters in the `cmap` table of a TrueType font."""
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * number) for number in range(tables))
    cmap = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    places = {struct.unpack_from(">HHI", font, cmap + 4 + 8 * number)[2] for number in range(count)}
    for place in places:
        (form,) = struct.unpack_from(">H", font, cmap + place)
        if form == 12:
            yield from _groups(font, cmap + place)
        elif form == 4:
            yield from _segments(font, cmap + place)


def _groups(font: bytes, at: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">I", font, at + 12)
    for number in range(count):
        first, last, _ = struct.unpack_from(">III", font, at + 16 + 12 * number)
        yield from range(first, last + 1)


def _segments(font: bytes, at: int) -> Iterator[int]:
    (twice,) = struct.unpack_from(">H", font, at + 6)
    ends = struct.unpack_from(f">{twice // 2}H", font, at + 14)
    starts = struct.unpack_from(f">{twice // 2}H", font, at + 16 + twice)
    for first, last in zip(starts, ends, strict=True):
        yield from range(first, min(last, 0xFFFE) + 1)
