"""What an adult writes in a phase of the student's because they were asked to.

"I was asked to write this" holds for one part, until the phase is left. The characters are noted
when the typing rests, so that the student can say whether these are their words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from contract_tui.contract.conference import words, writing
from contract_tui.contract.conference.floor import may_steer
from contract_tui.contract.conference.insisting import Asked, Pending, asked, pending
from contract_tui.contract.conference.values import Conference
from contract_tui.contract.contract import Contract
from contract_tui.contract.errors import ContractError, NotYours
from contract_tui.contract.schema import PartId
from contract_tui.contract.text.places import MOST_CHARACTERS
from contract_tui.library.world import World
from contract_tui.session.copies.replica import Replica
from contract_tui.session.writing.pen import Pen
from sync_server.protocol.operations import ElementId


@dataclass(slots=True)
class _Stretch:
    """What is being insisted on."""

    part: PartId
    text: ElementId
    visit: str
    key: str
    before: frozenset[ElementId]
    """The characters that stood there already."""
    seen: frozenset[ElementId] = frozenset()
    """What had been typed at the last look."""
    noted: frozenset[ElementId] = frozenset()


class Insisting:
    """Notes what this person was asked to write, and what the student confirms of it all."""

    def __init__(
        self,
        replica: Replica,
        pen: Pen,
        world: World,
        may_write_directly: Callable[[PartId], bool],
    ) -> None:
        self._replica = replica
        self._pen = pen
        self._world = world
        self._may_write_directly = may_write_directly
        self._on: _Stretch | None = None

    # For adults

    def is_on(self, part: PartId) -> bool:
        """Whether this person insists on writing in a part, in the phase that it is for."""
        current = self._contract.conferences.current
        on = self._on
        return (
            on is not None
            and on.part == part
            and current is not None
            and (on.visit == current.visit)
        )

    def insist(self, part: PartId) -> None:
        """Write into a part from now on, until the phase is left. Raises NotYours as an edit does.

        Nothing happens where the person writes directly anyway.
        """
        current = self._contract.conferences.current
        if current is None or self._may_write_directly(part):
            return
        if not self._pen.may_write(part):
            raise NotYours(words.STUDENTS_OWN)
        self.stop()
        text = self._contract.text(part)
        key = self._world.entropy(8).hex()
        self._on = _Stretch(part, text.object, current.visit, key, frozenset(text.ids))

    def stop(self) -> None:
        """Insist no more; what was typed until now is noted."""
        if self._on is not None:
            self._note(self._typed(self._on))
            self._on = None

    def look(self) -> None:
        """Note what was typed, once the typing rests; to be called now and then."""
        on = self._on
        if on is None:
            return
        if not self.is_on(on.part):
            self.stop()
            return
        typed = self._typed(on)
        if typed == on.seen:
            self._note(typed)
        on.seen = typed

    # For the student, and for whoever reads

    def asked(self, part: PartId) -> tuple[Asked, ...]:
        """The stretches of a part that others were asked to write."""
        return asked(self._contract.conferences.all, part, self._contract.text(part))

    @property
    def pending(self) -> tuple[Pending, ...]:
        """What waits for the student to say whether these are their words, the first ones first."""
        contract = self._contract
        wanted = {
            passage.text for one in contract.conferences.all for passage in one.insisted.values()
        }
        texts = {
            obj: (part, contract.text(part))
            for part, obj in contract.texts.items()
            if obj in wanted
        }
        return tuple(pending(contract.conferences.all, texts))

    def confirm(self, one: Pending) -> bool:
        """Say as the student that these are their words; returns whether that is new."""
        if self._pen.can_write and not may_steer(self._pen.person, self._contract.pupils):
            raise NotYours(words.NOT_YOURS_TO_CONFIRM)

        def write(_: int | None) -> bytes | None:
            conference = self._conference(one.conference)
            known = conference.confirmed.get(one.key, frozenset())
            if one.elements <= known:
                return None
            text = conference.insisted[one.key].text
            said = frozenset(sorted(known | one.elements)[:MOST_CHARACTERS])
            return self._contract.change(writing.confirm(conference, one.key, text, said))

        return self._pen.write(None, write)

    # How it is done

    @property
    def _contract(self) -> Contract:
        return self._replica.contract

    def _conference(self, number: int) -> Conference:
        everything = self._contract.conferences.all
        if not 1 <= number <= len(everything):
            raise ContractError(words.NO_CONFERENCE)
        return everything[number - 1]

    def _typed(self, on: _Stretch) -> frozenset[ElementId]:
        """What stands of this person's own letters that did not stand there before."""
        if on.part not in self._contract.texts:
            return on.noted
        author, me = self._contract.actor, self._contract.text(on.part).ids
        new = [one for one in me if one.actor == author and one not in on.before]
        return frozenset(new[:MOST_CHARACTERS])

    def _note(self, typed: frozenset[ElementId]) -> None:
        on, everything = self._on, self._contract.conferences.all
        if on is None or not everything or not typed - on.noted:
            return
        number = int(on.visit.partition(":")[0])

        def write(_: int | None) -> bytes | None:
            noted = writing.insist(self._conference(number), on.key, on.text, typed | on.noted)
            return self._contract.change(noted)

        self._pen.write(None, write)
        on.noted |= typed
