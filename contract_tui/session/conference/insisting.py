"""What an adult writes in a phase of the student's because they were asked to.

"I was asked to write this" holds for one part, until the phase is left. The characters are noted
when the typing rests, so that the student can say whether these are their words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from contract_tui.contract.conference import words, writing
from contract_tui.contract.conference.floor import may_steer
from contract_tui.contract.conference.insisting import (
    Asked,
    Letters,
    Pending,
    asked,
    letters,
    pending,
)
from contract_tui.contract.conference.tokens import Confirmation
from contract_tui.contract.conference.values import Conference
from contract_tui.contract.contract import Contract
from contract_tui.contract.errors import ContractError, NotYours
from contract_tui.contract.items.rights import refusal
from contract_tui.contract.records import in_one
from contract_tui.contract.schema import PartId
from contract_tui.contract.text.places import MOST_CHARACTERS
from contract_tui.contract.text.splice import Splice, stretches
from contract_tui.library.world import World
from contract_tui.session.copies.portions import first_portion
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
        self._taken_out: list[Pending] = []
        """What the student took out in this sitting, and may put back."""
        self._letters: tuple[object, Mapping[ElementId, Letters]] = ((), {})

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
        self._notice_put_back()
        if self._on is not None:
            self._note(self._typed(self._on))
            self._on = None

    def look(self) -> None:
        """Note what was typed, once the typing rests; to be called now and then."""
        self._notice_put_back()
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
        """The stretches of a part that others were asked to write.

        What this person is just typing is among them, before it is noted.
        """
        text = self._contract.text(part)
        known = self.letters.get(text.object, {})
        if self._on is not None and self.is_on(part):
            typed = dict.fromkeys(self._typed(self._on), (self._pen.person, Confirmation.NOT_YET))
            known = {**typed, **known}
        return asked(known, part, text)

    def is_typed_in(self, part: PartId) -> bool:
        """Whether somebody was asked to write in a part, or is just doing it here."""
        return self.is_on(part) or self._contract.texts.get(part) in self.letters

    @property
    def letters(self) -> Mapping[ElementId, Letters]:
        """What is known of each letter that somebody was asked to write, by its text."""
        everything = self._contract.conferences.all
        if self._letters[0] is not everything:
            self._letters = everything, letters(everything)
        return self._letters[1]

    @property
    def pending(self) -> tuple[Pending, ...]:
        """What waits for the student to say whether these are their words, the first ones first."""
        return self._waiting(Confirmation.NOT_YET)

    @property
    def not_mine(self) -> tuple[Pending, ...]:
        """What stands although the student has said that these are not their words."""
        return self._waiting(Confirmation.NOT_MINE)

    def _waiting(self, confirmation: Confirmation) -> tuple[Pending, ...]:
        contract = self._contract
        wanted = {
            passage.text for one in contract.conferences.all for passage in one.insisted.values()
        }
        texts = {
            obj: (part, contract.text(part))
            for part, obj in contract.texts.items()
            if obj in wanted
        }
        return tuple(pending(contract.conferences.all, texts, confirmation))

    def confirm(self, one: Pending) -> bool:
        """Say as the student that these are their words; returns whether that is new."""
        return self._say(one, is_mine=True)

    def refuse(self, one: Pending) -> bool:
        """Say as the student that these are not their words: they stay, and it says so."""
        return self._say(one, is_mine=False)

    def take_out(self, one: Pending) -> bool:
        """Take what is not the student's out of its text; undo puts it back, marked as before."""
        self._check()
        if not self._pen.may_write(one.part):
            raise NotYours(refusal(one.part))

        def write(turn_at: int | None) -> bytes | None:
            if one.part not in self._contract.texts:
                return None
            ids = self._contract.text(one.part).ids
            standing = stretches(at for at, letter in enumerate(ids) if letter in one.elements)
            splices = first_portion([Splice(*ends, "") for ends in reversed(standing)])
            return self._contract.rewrite(one.part, splices, turn_at) if splices else None

        self._taken_out.append(one)
        return self._pen.write(one.part, write)

    # How it is done

    def _check(self) -> None:
        if self._pen.can_write and not may_steer(self._pen.person, self._contract.pupils):
            raise NotYours(words.NOT_YOURS_TO_CONFIRM)

    def _say(self, one: Pending, *, is_mine: bool) -> bool:
        self._check()

        def write(_: int | None) -> bytes | None:
            conference, key = self._conference(one.conference), one.key
            passage = conference.insisted.get(key)
            if passage is None:
                return None
            sure, refused = _of(conference.confirmed, key), _of(conference.not_mine, key)
            mine = sure | one.elements if is_mine else sure - one.elements
            others = refused - one.elements if is_mine else refused | one.elements
            writes = []
            if mine != sure:
                writes.append(writing.confirm(conference, key, passage.text, _some(mine)))
            if others != refused:
                writes.append(writing.refuse(conference, key, passage.text, _some(others)))
            return self._contract.change(in_one(None, writes)) if writes else None

        return self._pen.write(None, write)

    def _notice_put_back(self) -> None:
        """Say of what undo has put back what was said of it: it is not the student's now either."""
        for one in self._taken_out:
            refused = _of(self._conference(one.conference).not_mine, one.key)
            if refused.isdisjoint(one.elements) or one.part not in self._contract.texts:
                continue
            standing = self._contract.text(one.part).ids
            back = self._contract.kin(one.part, one.elements).intersection(standing) - refused
            if back:
                self._say(replace(one, elements=one.elements | back), is_mine=False)

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


def _of(said: Mapping[str, frozenset[ElementId]], key: str) -> frozenset[ElementId]:
    return said.get(key, frozenset())


def _some(letters: frozenset[ElementId]) -> list[ElementId]:
    return sorted(letters)[:MOST_CHARACTERS]
