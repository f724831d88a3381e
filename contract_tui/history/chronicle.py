"""Every character a text ever held, in its place, with when it came and when it went.

A saved document keeps them in the order of the text, also those that are gone. With it the text of
any version can be told without asking Automerge, and so can who wrote and who took out each word.
They are kept in columns, some thirty bytes a letter: a contract has fifty thousand.
"""

from array import array
from collections.abc import Collection, Iterable, Sequence
from itertools import compress
from operator import ne
from typing import NamedTuple, overload

from contract_tui.contract.past.covers import veiled
from contract_tui.history.moment import Moment
from contract_tui.history.order import Order
from contract_tui.history.standing import Standing
from sync_server.protocol.ids import Actor, ElementId
from sync_server.protocol.operations import Action, Operation

PLACEHOLDER = "\ufffc"
"""What is shown for something in a text that is no character."""
_NEVER = -1
"""Behind the last position every moment has a 0."""
_NEAR = 64


class Letter(NamedTuple):
    """One character, or none where a program of others marked the text."""

    text: str
    """As it may be shown."""
    born: int
    """The position of the change that put it in."""
    gone: tuple[int, ...]
    """The positions of all changes that took it out, ascending."""


class Chronicle:
    """The whole past of one text. A *place* counts all its letters, also those that are gone."""

    def __init__(
        self,
        operations: Iterable[Operation],
        order: Order,
        covered: Collection[ElementId] = (),
    ) -> None:
        """`operations` are those on the text, in its order, each with its successors."""
        self._order = order
        self._counters = array("I")
        self.authors = array("I")
        """Who wrote each letter, by their numbers in the order."""
        self._births = array("i")
        self._deaths = array("i")
        """The first change each that took a letter out."""
        self._more: dict[int, tuple[int, ...]] = {}
        """All of them, for letters that several took out."""
        self._texts: list[str] = []
        self._shown = self._texts
        self._covered: Collection[ElementId] = ()
        self._characters: dict[str, str] = {}
        self._rivals: list[list[int]] = []
        """Places of the same element, which programs of others overwrote: one of them stands."""
        self._stood: Standing | None = None
        self._borders: Sequence[int] | None = None
        self._last = 0
        self.plain = True
        """Whether each letter is exactly one character."""
        self.extend(list(operations))
        self.cover(covered)

    def extend(self, operations: Sequence[Operation]) -> list[int]:
        """Put operations with their successors behind all others.

        Returns the positions of the changes that wrote them and that took them out.
        """
        usual = all(one.insert and one.action is Action.SET for one in operations)
        if not usual or self._shown is not self._texts:
            return [at for one in operations for at in self._append(one)]
        first = len(self._births)
        born = self._order.of_all([one.id for one in operations])
        self._counters.extend([one.id.counter for one in operations])
        self.authors.extend(map(self._order.author, born))
        self._births.extend(born)
        self._deaths.extend([_NEVER] * len(born))
        self._texts.extend([self._kept(one) for one in operations])
        self._borders = None
        for place, one in enumerate(operations, first):
            if one.predecessors:
                gone = self._order.of_all(one.predecessors)
                self._bury(place, gone)
                born += gone
        return born

    def _append(self, operation: Operation) -> Sequence[int]:
        born = self._order.of(operation.id)
        if operation.action is Action.INCREMENT:
            self._uncount(born)
            return (born,)
        place = len(self._births)
        self._put(place, operation, born)
        gone = self._order.of_all(operation.predecessors)
        if gone:
            self._bury(place, gone)
        if not operation.insert and place:
            if self._rivals and self._rivals[-1][-1] == place - 1:
                self._rivals[-1].append(place)
            else:
                self._rivals.append([place - 1, place])
        return (born, *gone)

    def cover(self, covered: Collection[ElementId]) -> None:
        """Show no character of these elements from now on, but for line breaks."""
        self._shown, self._covered = self._texts, covered
        if covered:
            self._shown = list(self._texts)
            counters = {one.counter for one in covered}
            for place, counter in enumerate(self._counters):
                if counter in counters and self.id(place) in covered:
                    self._shown[place] = veiled(self._texts[place])

    @property
    def letters(self) -> Sequence[Letter]:
        """In the order of the text."""
        return _Letters(self)

    def letter(self, place: int) -> Letter:
        """The letter at a place."""
        return Letter(self._shown[place], self._births[place], self.gone(place))

    def shown(self, place: int) -> str:
        """What is shown of the letter at a place."""
        return self._shown[place]

    def spelled(self, flags: bytes | bytearray, begin: int, end: int) -> str:
        """What is shown of the letters that are flagged, from one place to before another."""
        if flags.find(0, begin, end) < 0:
            return "".join(self._shown[begin:end])
        return "".join(compress(self._shown[begin:end], flags[begin:end]))

    def written(self, place: int) -> str:
        """What was written as the letter at a place, also where that is covered."""
        return self._texts[place]

    def birth(self, place: int) -> int:
        """The position of the change that put a letter in."""
        return self._births[place]

    def gone(self, place: int) -> tuple[int, ...]:
        """The positions of all changes that took a letter out, ascending."""
        first = self._deaths[place]
        return () if first == _NEVER else self._more.get(place, (first,))

    def id(self, place: int) -> ElementId:
        """The id of the letter at a place, by which every Automerge program knows it."""
        return ElementId(self._counters[place], self._author(place))

    def place(self, element: ElementId) -> int | None:
        """Where a letter stands; None for one that never was in this text."""
        near = max(0, self._last - _NEAR)
        for start, end in ((near, self._last + _NEAR), (0, len(self._counters))):
            at = self._find(element, start, end)
            if at is not None:
                self._last = at
                return at
        return None

    def born(self, position: int) -> Sequence[int]:
        """The places of the letters that the change at a position put in."""
        return self._standing.index.born(position)

    def taken(self, position: int) -> Sequence[int]:
        """The places of the letters that the change at a position took out."""
        return self._standing.index.taken(position)

    def moved(self, begin: int, end: int) -> Sequence[int]:
        """The places of the letters that came or went with changes between two positions."""
        return self._standing.index.moved(begin, end)

    def flags(self, moment: Moment) -> bytes:
        """A byte for each letter, 1 where it is there at a version."""
        return self._standing.flags(moment)

    def standing(self, moment: Moment) -> list[int]:
        """The places of the letters that are there at a version, ascending."""
        return list(compress(range(len(self._births)), self.flags(moment)))

    def stands(self, place: int, moment: Moment) -> bool:
        """Whether one letter is there at a version."""
        return self._standing.stands(place, moment)

    def text(self, moment: Moment) -> str:
        """The text at a version."""
        return "".join(compress(self._shown, self.flags(moment)))

    @property
    def borders(self) -> Sequence[int]:
        """The places, ascending, of the letters that another author wrote than those before."""
        if self._borders is None:
            differs = map(ne, self.authors, self.authors[1:])
            self._borders = list(compress(range(1, len(self.authors)), differs))
        return self._borders

    @property
    def is_followable(self) -> bool:
        """Whether `insert` and `take` are all that is needed to go on."""
        return not self._rivals

    def insert(self, operation: Operation) -> None:
        """Put a new letter behind the one that it comes after; newer ones there come first.

        Raises LookupError where there is no such letter.
        """
        place = 0
        if isinstance(operation.key, ElementId):
            before = self.place(operation.key)
            if before is None:
                raise LookupError("a letter comes after one that is not there")
            place = before + 1
        while place < len(self._counters) and self.id(place) > operation.id:
            place += 1
        if self._more:
            self._more = {at + (at >= place): gone for at, gone in self._more.items()}
        self._put(place, operation, self._order.of(operation.id))
        self._last = place
        self._forget()

    def take(self, element: ElementId, position: int) -> None:
        """Take a letter out by the change at a position; raises LookupError."""
        place = self.place(element)
        if place is None:
            raise LookupError("a letter is taken out that is not there")
        self._bury(place, [*self.gone(place), position])
        self._forget()

    def _put(self, place: int, operation: Operation, born: int) -> None:
        self._borders = None
        text = self._kept(operation)
        self._counters.insert(place, operation.id.counter)
        self.authors.insert(place, self._order.author(born))
        self._births.insert(place, born)
        self._deaths.insert(place, _NEVER)
        self._texts.insert(place, text)
        if self._shown is not self._texts:
            self._shown.insert(place, veiled(text) if operation.id in self._covered else text)

    def _kept(self, operation: Operation) -> str:
        """What is kept of a letter: one string for all that are the same."""
        text = _text(operation)
        if len(text) != 1:
            self.plain = False
        return text if text.isascii() else self._characters.setdefault(text, text)

    def _bury(self, place: int, positions: Sequence[int]) -> None:
        if len(positions) == 1 and place not in self._more:  # as nearly always
            self._deaths[place] = positions[0]
            return
        gone = tuple(sorted(positions))
        self._deaths[place] = gone[0] if gone else _NEVER
        self._more.pop(place, None)
        if len(gone) > 1:
            self._more[place] = gone

    def _uncount(self, position: int) -> None:
        """Adding to a number takes nothing out."""
        same = self._rivals[-1] if self._rivals else []
        last = len(self._births) - 1
        for place in same if last in same else [last]:
            gone = list(self.gone(place))
            if position in gone:
                gone.remove(position)
                self._bury(place, gone)

    def _find(self, element: ElementId, start: int, end: int) -> int | None:
        try:
            while True:
                start = self._counters.index(element.counter, start, end)
                if self._author(start) == element.actor:
                    return start
                start += 1
        except ValueError:
            return None

    def _author(self, place: int) -> Actor:
        return self._order.actors[self.authors[place]]

    @property
    def _standing(self) -> Standing:
        if self._stood is None:
            self._stood = Standing(self._births, self._deaths, self._more, self._rivals, self.id)
        return self._stood

    def _forget(self) -> None:
        self._stood = None


class _Letters(Sequence[Letter]):
    def __init__(self, chronicle: Chronicle) -> None:
        self._chronicle = chronicle

    def __len__(self) -> int:
        return len(self._chronicle.authors)

    @overload
    def __getitem__(self, place: int) -> Letter: ...
    @overload
    def __getitem__(self, place: slice) -> list[Letter]: ...
    def __getitem__(self, place: int | slice) -> Letter | list[Letter]:
        if isinstance(place, slice):
            return [self[at] for at in range(len(self))[place]]
        return self._chronicle.letter(range(len(self))[place])


def _text(operation: Operation) -> str:
    if operation.action is Action.SET and isinstance(operation.value, str):
        return operation.value
    return "" if operation.action is Action.MARK else PLACEHOLDER
