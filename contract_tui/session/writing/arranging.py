"""How this person arranges the sections of a contract: the student does, once one is known."""

from __future__ import annotations

from contract_tui.contract import sections
from contract_tui.contract.contract import Contract
from contract_tui.contract.errors import NotYours, TooMuch, UnknownPart
from contract_tui.contract.items import words, writing
from contract_tui.contract.items.positions import place
from contract_tui.contract.items.rights import may_arrange
from contract_tui.contract.schema import PartId, limit
from contract_tui.contract.sections import Section, heading_part
from contract_tui.library.world import World
from contract_tui.session.copies.replica import Replica
from contract_tui.session.writing.pen import Pen
from sync_server.access.proof import SeatId


class Arranger:
    """Adds, orders and hides sections; they are called anew by editing their heading's part.

    Everything raises ReadOnlySeat for who reads along and NotYours for an adult.
    """

    def __init__(self, replica: Replica, pen: Pen, world: World) -> None:
        self._replica = replica
        self._pen = pen
        self._world = world

    @property
    def pupils(self) -> frozenset[SeatId]:
        """Whose contract it is: nearly always one student."""
        return self._contract.pupils

    @property
    def is_student(self) -> bool:
        """Whether this person is the student."""
        return self._pen.person in self.pupils

    @property
    def can_arrange(self) -> bool:
        """Whether this person may add, rename, order and hide sections."""
        return self._pen.can_write and may_arrange(self._pen.person, self.pupils)

    def add_section(self, heading: str = "") -> PartId:
        """Add a section behind all others; raises TooMuch for a heading that is too long."""
        self._check()
        key = self._world.entropy(8).hex()
        title, words_ = heading_part(PartId(key)), " ".join(heading.split())
        if len(words_) > limit(title):
            raise TooMuch(words.HEADING_TOO_LONG.format(most=limit(title)))

        def write(turn_at: int | None) -> bytes:
            places = [one.position for one in self._contract.sections]
            position, _ = place(places, len(places), self._world.chance())
            return self._contract.change(sections.add(key, words_, position, turn_at))

        self._pen.write(title, write)
        return PartId(key)

    def move_section(self, part: PartId, before: PartId | None) -> bool:
        """Put a section in front of another, or at the end; returns whether it was not there."""
        self._check()
        moved = self._section(part)

        def write(turn_at: int | None) -> bytes | None:
            all_ = self._contract.sections
            rest = [one for one in all_ if one.part != part]
            at = next((n for n, one in enumerate(rest) if one.part == before), len(rest))
            if moved.map is None or [*rest[:at], self._section(part), *rest[at:]] == all_:
                return None
            position, others = place([one.position for one in rest], at, self._world.chance())
            maps = {rest[n].map: one for n, one in others.items()} | {moved.map: position}
            return self._contract.change(
                writing.arrange({obj: one for obj, one in maps.items() if obj}, turn_at)
            )

        return self._pen.write(part, write)

    def hide_section(self, part: PartId, hidden: bool = True) -> bool:
        """Hide a section, which keeps its words, or show it; returns whether it was otherwise."""
        self._check()

        def write(turn_at: int | None) -> bytes | None:
            change = sections.hide(self._section(part), hidden, turn_at)
            return self._contract.change(change) if change else None

        return self._pen.write(part, write)

    @property
    def _contract(self) -> Contract:
        return self._replica.contract

    def _check(self) -> None:
        if self._pen.can_write and not self.can_arrange:
            raise NotYours(words.SECTIONS_ARE_THE_STUDENTS)

    def _section(self, part: PartId) -> Section:
        found = next((one for one in self._contract.sections if one.part == part), None)
        if found is None:
            raise UnknownPart(words.NO_SUCH_SECTION)
        return found
