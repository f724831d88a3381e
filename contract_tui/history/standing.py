"""Which letters of a text stand at one version, and quickly so at a version much like the last."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from contract_tui.history.index import Index
from contract_tui.history.moment import Moment
from sync_server.protocol.ids import ElementId

_REMEMBERED = 6
"""Versions of which it is known what stood: those compared last, and some before."""
_ALIKE = 1024
"""Up to so many changes apart, one version is told from another rather than anew."""


class Standing:
    """The letters of one text, as long as none is added."""

    def __init__(
        self,
        births: Sequence[int],
        deaths: Sequence[int],
        more: Mapping[int, Sequence[int]],
        rivals: Sequence[Sequence[int]],
        element: Callable[[int], ElementId],
    ) -> None:
        """By place: who put a letter in, who took it out first; and all who did, if several.

        Of `rivals`, which overwrote each other, the one with the greatest element id stands.
        """
        self._births, self._deaths, self._more = births, deaths, more
        self._rivals, self._element = rivals, element
        self._index: Index | None = None
        self._stood: dict[Moment, bytes] = {}

    @property
    def index(self) -> Index:
        """Which letters came and went with which change."""
        if self._index is None:
            self._index = Index(self._births, self._deaths, self._more)
        return self._index

    def flags(self, moment: Moment) -> bytes:
        """A byte for each letter, 1 where it is there at a version."""
        if moment not in self._stood:
            there = self._changed(moment) or self._anew(moment)
            while len(self._stood) >= _REMEMBERED:
                del self._stood[next(iter(self._stood))]
            self._stood[moment] = bytes(there)
        return self._stood[moment]

    def stands(self, place: int, moment: Moment) -> bool:
        """Whether one letter is there at a version."""
        if self._rivals:
            return bool(self.flags(moment)[place])
        if not moment[self._births[place]] or moment[self._deaths[place]]:
            return False
        return not any(moment[at] for at in self._more.get(place, ()))

    def _changed(self, moment: Moment) -> bytearray | None:
        """Tell it from the version asked about last; None where they are too different."""
        last = next(reversed(self._stood), None)
        if last is None or len(last) != len(moment) or self._rivals:
            return None
        apart = int.from_bytes(last, "little") ^ int.from_bytes(moment, "little")
        if apart.bit_count() > _ALIKE:
            return None
        there = bytearray(self._stood[last])
        for begin, end in _runs(apart.to_bytes(len(moment), "little")):
            for place in self.index.moved(begin, end):
                there[place] = self.stands(place, moment)
        return there

    def _anew(self, moment: Moment) -> bytearray:
        made = moment.__getitem__
        columns = self._births, self._deaths
        born, dead = (int.from_bytes(bytes(map(made, one)), "little") for one in columns)
        there = bytearray((born & ~dead).to_bytes(len(self._births), "little"))
        for place, gone in self._more.items():
            if there[place] and any(map(made, gone)):
                there[place] = 0
        for rivals in self._rivals:
            standing = [place for place in rivals if there[place]]
            for place in sorted(standing, key=self._element)[:-1]:
                there[place] = 0
        return there


def _runs(flags: bytes) -> Iterator[tuple[int, int]]:
    """Yield from where to where there are ones; a regular expression would take far longer."""
    begin = flags.find(1)
    while begin >= 0:
        end = flags.find(0, begin)
        end = len(flags) if end < 0 else end
        yield begin, end
        begin = flags.find(1, end)
