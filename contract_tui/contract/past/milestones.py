"""Agreements, as the operations of a document noted them.

What was noted once counts, whatever was written over it or taken out later: it happened. Nothing
here is believed further than that. Whether an agreement is signed is for those to say who check
signatures.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from contract_tui.contract.schema import ROOT_OBJECTS
from sync_server.access.proof import SeatId
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ids import ElementId
from sync_server.protocol.operations import Action, Operation, objects, operations

AGREEMENTS = ROOT_OBJECTS["agreements"]
_SMALLEST = 200
"""Bytes of a change that can hold an answer: two hashes, an id and a signature do not shrink."""
_LONGEST = 10_000
"""Letters of an answer that somebody wrote as a text; all others are no answer."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """One person's signature under a version."""

    seat: SeatId
    """Whose signature it is said to be."""
    noted: ElementId
    """The operation that wrote it."""
    token: str
    """What was signed, as it was written; whether it is, this does not know."""


class Milestones:
    """The agreements of a document, gathered from its operations."""

    def __init__(self) -> None:
        self._inside: dict[ElementId, list[Operation]] = {AGREEMENTS: []}
        self._signed: set[ElementId] = set()
        """The maps in which a computer's signatures stand, and texts in the place of one."""

    def add(self, operation: Operation) -> None:
        """Gather what an operation notes; an object has to be made before it is written in."""
        gathered = self._inside.get(operation.object) if operation.object else None
        if gathered is None:
            return
        is_letter = operation.object in self._signed and isinstance(operation.key, ElementId)
        if operation.action is Action.DELETE and not is_letter:
            return
        if operation.insert and len(gathered) >= _LONGEST:
            return
        gathered.append(operation)
        is_text = operation.action is Action.MAKE_TEXT and operation.object in self._signed
        if is_text or operation.action is Action.MAKE_MAP:
            self._inside.setdefault(operation.id, [])
        if is_text or operation.object == AGREEMENTS:
            self._signed.add(operation.id)

    def read_answers(self, raw: bytes) -> None:
        """Gather what a change notes, if an answer can be in it; what cannot be read notes nothing.

        Most changes are too small for one, and a large text is told by what it works on.
        """
        if len(raw) < _SMALLEST:
            return
        try:
            if not self._inside.keys().isdisjoint(objects(raw)):
                for operation in operations(raw):
                    self.add(operation)
        except BadChunk:
            pass

    def __len__(self) -> int:
        """How many operations noted something."""
        return sum(map(len, self._inside.values()))

    @property
    def agreements(self) -> Iterator[Agreement]:
        """Every signature, in no order."""
        for seat in self._maps(AGREEMENTS):
            for one in self._inside[seat.id]:
                if one.action is Action.SET and one.value and isinstance(one.value, str):
                    yield Agreement(SeatId(str(seat.key)), one.id, one.value)
                elif one.id in self._signed and (token := _spelled(done := self._letters(one))):
                    last = max(letter.id for letter in done)
                    yield Agreement(SeatId(str(seat.key)), last, token)

    def _letters(self, text: Operation) -> list[Operation]:
        """What was done to a text by whoever made it: nobody spoils another's answer."""
        return [one for one in self._inside[text.id] if one.id.actor == text.id.actor]

    def _maps(self, obj: ElementId) -> list[Operation]:
        return [one for one in self._inside[obj] if one.action is Action.MAKE_MAP]


def _spelled(done: Iterable[Operation]) -> str:
    """The string that one person wrote as a text, as they left it.

    What was put behind the same letter stands in the order newest first, as in any such text. Of a
    letter that is read off a whole document, the `predecessors` are what took it out.
    """
    behind: dict[str | ElementId | None, list[Operation]] = defaultdict(list)
    out: set[ElementId] = set()
    for one in done:
        if one.insert:
            behind[one.key].append(one)
            if any(after.actor == one.id.actor for after in one.predecessors):
                out.add(one.id)
        elif one.action is Action.DELETE:
            out.update(one.predecessors)
    words, waiting = "", sorted(behind[None], key=_age)
    while waiting:
        one = waiting.pop()
        if one.id not in out and isinstance(one.value, str):
            words += one.value
        waiting += sorted(behind.pop(one.id, ()), key=_age)
    return words


def _age(operation: Operation) -> ElementId:
    return operation.id
