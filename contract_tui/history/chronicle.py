"""Every character a text ever held, in its place, with when it came and when it went.

A saved document keeps them in the order of the text, also those that are gone. With it the text of
any version can be told without asking Automerge, and so can who wrote and who took out each word.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from contract_tui.history.moment import Moment
from contract_tui.history.order import Order
from sync_server.protocol.ids import ElementId
from sync_server.protocol.operations import Action, Operation

PLACEHOLDER = "\ufffc"
"""What is shown for something in a text that is no character."""
COVER = "▒"
"""What is shown for each character that its author covered."""


class Letter(NamedTuple):
    """One character, or none where a program of others marked the text."""

    text: str
    born: int
    """The position of the change that put it in."""
    gone: tuple[int, ...]
    """The positions of all changes that took it out, ascending."""


class Chronicle:
    """The whole past of one text."""

    def __init__(
        self,
        operations: Iterable[Operation],
        order: Order,
        covered: Collection[ElementId] = (),
    ) -> None:
        """`operations` are those on the text, in its order, each with its successors.

        Of the elements that are `covered` no character is read, but for line breaks.
        """
        found = list(operations)
        self._ids = [one.id for one in found]
        self.letters = [
            Letter(
                shade(_text(one)) if one.id in covered else _text(one),
                order.of(one.id),
                tuple(sorted(map(order.of, one.predecessors))),
            )
            for one in found
        ]
        """In the order of the text."""
        never = len(order)
        self._spans = [(one.born, one.gone[0] if one.gone else never) for one in self.letters]
        self._born: dict[int, list[int]] = defaultdict(list)
        self._taken: dict[int, list[int]] = defaultdict(list)
        for place, letter in enumerate(self.letters):
            self._born[letter.born].append(place)
            for at in letter.gone:
                self._taken[at].append(place)
        self._often = [at for at, one in enumerate(self.letters) if len(one.gone) > 1]

    def id(self, place: int) -> ElementId:
        """The id of the letter at a place, by which every Automerge program knows it."""
        return self._ids[place]

    def place(self, element: ElementId) -> int | None:
        """Where a letter stands; None for one that never was in this text."""
        return self._ids.index(element) if element in self._ids else None

    def born(self, position: int) -> Sequence[int]:
        """The places of the letters that the change at a position put in."""
        return self._born.get(position, ())

    def taken(self, position: int) -> Sequence[int]:
        """The places of the letters that the change at a position took out."""
        return self._taken.get(position, ())

    def standing(self, moment: Moment) -> list[int]:
        """The places of the letters that are there at a version, ascending."""
        there = [at for at, (born, gone) in enumerate(self._spans) if moment[born] > moment[gone]]
        if not self._often:
            return there
        over = {at for at in self._often if any(moment[one] for one in self.letters[at].gone)}
        return [at for at in there if at not in over]

    def stands(self, place: int, moment: Moment) -> bool:
        """Whether one letter is there at a version."""
        letter = self.letters[place]
        return bool(moment[letter.born]) and not any(moment[one] for one in letter.gone)

    def text(self, moment: Moment) -> str:
        """The text at a version."""
        return "".join([self.letters[at].text for at in self.standing(moment)])


def shade(text: str) -> str:
    """Cover characters; line breaks stay, so that no line of a page changes."""
    return "".join(one if one == "\n" else COVER for one in text)


def _text(operation: Operation) -> str:
    match operation.action:
        case Action.MARK:
            return ""
        case Action.SET if isinstance(operation.value, str):
            return operation.value
        case _:
            return PLACEHOLDER
