"""One change of one text as a value: it can be applied, and it carries offsets along."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Splice:
    """The characters from `start` to `end` are replaced by `text`; offsets count code points."""

    start: int
    end: int
    text: str

    @property
    def length_change(self) -> int:
        """How many code points longer the text becomes; negative when it becomes shorter."""
        return len(self.text) - (self.end - self.start)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is removed and nothing inserted."""
        return self.start == self.end and not self.text

    def fits(self, length: int) -> bool:
        """Whether it lies within a text of that many code points."""
        return 0 <= self.start <= self.end <= length

    def apply(self, text: str) -> str:
        """Return the text after the splice."""
        return text[: self.start] + self.text + text[self.end :]

    def map(self, offset: int, *, sticky: bool = False) -> int:
        """Return where an offset of the old text lies in the new one.

        The offset stays behind the character before it while that character is there, else in
        front of the character after it. A `sticky` one goes along to the end of what is inserted
        exactly at it.
        """
        if offset < self.start or (offset == self.start and not sticky):
            return offset
        if offset > self.end or (offset == self.end and (sticky or self.start < self.end)):
            return offset + self.length_change
        return self.start + len(self.text) if sticky else self.start


def map_through(splices: Iterable[Splice], offset: int, *, sticky: bool = False) -> int:
    """Return where an offset lies after several splices, applied one after the other."""
    for splice in splices:
        offset = splice.map(offset, sticky=sticky)
    return offset


def clean(text: str) -> str:
    """Return a text as a contract can hold it: newlines end lines, lone surrogates are replaced."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", text)


def stretches(offsets: Iterable[int]) -> list[tuple[int, int]]:
    """Join ascending offsets to stretches (start, end)."""
    runs: list[tuple[int, int]] = []
    for offset in offsets:
        if runs and runs[-1][1] == offset:
            runs[-1] = (runs[-1][0], offset + 1)
        else:
            runs.append((offset, offset + 1))
    return runs
