"""Every character a text ever held, in its place, with when it came and when it went.

Automerge's order follows from the insertions alone: each names the element that it comes after, and
of several after the same one the newest comes first. With it the text of any moment can be told
without asking the document, and so can who wrote and who took out each word.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sync_server.protocol.operations import Action, ElementId, Operation

_PLACEHOLDER = "\ufffc"


@dataclass(slots=True)
class Letter:
    """One character, or none where a program of others marked the text."""

    text: str
    born: int
    """The position of the change that put it in, in the order of the history."""
    gone: int | None = None
    """The position of the first change that took it out."""

    def stands(self, before: int) -> bool:
        """Whether it is there when all changes before a position are made, and no others."""
        return self.born < before and (self.gone is None or self.gone >= before)


class Chronicle:
    """The whole past of one text; operations are added in the order of the history."""

    def __init__(self) -> None:
        self._letters: dict[ElementId, Letter] = {}
        self._after: dict[ElementId | None, list[ElementId]] = {}
        self._order: list[Letter] | None = None

    def add(self, operation: Operation, position: int) -> None:
        """Take an operation on this text, of the change at a position of the history."""
        self._order = None
        if operation.action is not Action.MARK:
            for overwritten in operation.predecessors:
                self._remove(overwritten, position)
        if operation.action in (Action.DELETE, Action.INCREMENT):
            return
        self._letters[operation.id] = Letter(_text(operation), position)
        key = operation.key
        assert not isinstance(key, str)
        self._after.setdefault(key, []).append(operation.id)

    def text(self, before: int) -> str:
        """Return the text when all changes before a position are made, and no others."""
        return "".join(letter.text for letter in self.letters if letter.stands(before))

    @property
    def letters(self) -> Sequence[Letter]:
        """Every character there ever was, in the order of the text."""
        if self._order is None:
            self._order = [self._letters[element] for element in self._elements()]
        return self._order

    def _remove(self, element: ElementId, position: int) -> None:
        letter = self._letters.get(element)
        if letter is not None and letter.gone is None:
            letter.gone = position

    def _elements(self) -> Iterator[ElementId]:
        """Walk the tree of insertions: what comes after an element, the newest first."""
        waiting = sorted(self._after.get(None, ()))
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(sorted(self._after.get(element, ())))


def words_with(letters: Iterable[Letter], chosen: Iterable[Letter], before: int) -> list[str]:
    """Return the words of the text before a position that hold one of the chosen characters.

    Chosen characters count as there even if they came later: somebody else's, taken out at once.
    """
    marked = {id(letter) for letter in chosen}
    words: list[str] = []
    word, counts = "", False
    for letter in letters:
        mine = id(letter) in marked
        if not (mine or letter.stands(before)):
            continue
        if letter.text.isspace():
            if counts:
                words.append(word)
            word, counts = "", False
        else:
            word += letter.text
            counts = counts or (mine and bool(letter.text))
    return [*words, word] if counts else words


def _text(operation: Operation) -> str:
    match operation.action:
        case Action.MARK:
            return ""
        case Action.SET if isinstance(operation.value, str):
            return operation.value
        case _:
            return _PLACEHOLDER
