"""What this person does with the agenda of the conferences: the student arranges it."""

from __future__ import annotations

from collections.abc import Callable

from contract_tui.contract.conference import arranging, words
from contract_tui.contract.conference.agenda import Agenda, Phase, PhaseId
from contract_tui.contract.conference.floor import may_steer
from contract_tui.contract.conference.tokens import Floor, Form
from contract_tui.contract.contract import Contract
from contract_tui.contract.errors import ContractError, NotYours
from contract_tui.contract.items import writing
from contract_tui.contract.items.positions import place
from contract_tui.contract.records import Write, in_one
from contract_tui.library.world import World
from contract_tui.session.copies.replica import Replica
from contract_tui.session.writing.pen import Pen
from sync_server.access.proof import Role


class Agendas:
    """Chooses an agenda and arranges one's own, which begins as the one that was followed.

    Everything raises ReadOnlySeat for who reads along, NotYours for an adult, and ContractError
    for a phase that is not there any more. Each tells whether there was something to change.
    """

    def __init__(self, replica: Replica, pen: Pen, world: World) -> None:
        self._replica = replica
        self._pen = pen
        self._world = world

    @property
    def agenda(self) -> Agenda:
        """What a conference goes through."""
        return self._contract.conferences.agenda

    @property
    def can_arrange(self) -> bool:
        """Whether this person says what the conference goes through."""
        return self._pen.can_write and may_steer(self._pen.person, self._contract.pupils)

    def choose(self, form: Form) -> bool:
        """Follow another agenda."""
        return self._write(lambda agenda: arranging.choose_form(agenda, form))

    def add(
        self, name: str, minutes: int = 3, floor: Floor = Floor.STUDENT, before: str | None = None
    ) -> PhaseId:
        """Add a phase in front of another, or at the end; raises TooMuch."""
        self._own()
        id_ = PhaseId(self._world.entropy(4).hex())

        def make(agenda: Agenda) -> Write:
            own = agenda.own
            at = next((n for n, one in enumerate(own) if one.id == before), len(own))
            position, moved = place([one.position for one in own], at, self._world.chance())
            added = arranging.add_phase(agenda, id_, name, minutes, floor, position)
            return in_one(None, [added, _arrange(own, moved)])

        self._write(make)
        return id_

    def move(self, phase: str, before: str | None) -> bool:
        """Put a phase in front of another, or at the end."""
        self._own()

        def make(agenda: Agenda) -> Write | None:
            moved = self._found(agenda, phase)
            rest = [one for one in agenda.own if one.id != phase]
            at = next((n for n, one in enumerate(rest) if one.id == before), len(rest))
            if [*rest[:at], moved, *rest[at:]] == list(agenda.own) or moved.object is None:
                return None
            position, others = place([one.position for one in rest], at, self._world.chance())
            own = writing.arrange({moved.object: position}, None)
            return in_one(None, [own, _arrange(tuple(rest), others)])

        return self._write(make)

    def rename(self, phase: str, name: str) -> bool:
        """Call a phase something else; raises TooMuch."""
        return self._change(phase, lambda one: arranging.rename(one, name))

    def set_minutes(self, phase: str, minutes: int) -> bool:
        """Say how long a phase is meant to last."""
        return self._change(phase, lambda one: arranging.set_minutes(one, minutes))

    def set_floor(self, phase: str, floor: Floor) -> bool:
        """Say whose turn a phase is."""
        return self._change(phase, lambda one: arranging.set_floor(one, floor))

    def set_prompt(self, phase: str, role: Role, prompt: str) -> bool:
        """Ask one role something in a phase; without words, what the program asks."""
        return self._change(phase, lambda one: arranging.set_prompt(one, role, prompt))

    def take_out(self, phase: str) -> bool:
        """Take a phase out; it can be brought back."""
        self._own()
        return self._write(lambda agenda: arranging.take_out(agenda, self._found(agenda, phase)))

    def bring_back(self, phase: str) -> bool:
        """Put a phase back that was taken out."""

        def make(agenda: Agenda) -> Write | None:
            found = next((one for one in agenda.taken_out if one.id == phase), None)
            return arranging.bring_back(found) if found is not None else None

        return self._write(make)

    @property
    def _contract(self) -> Contract:
        return self._replica.contract

    def _own(self) -> None:
        """Make sure that the agenda that is followed is the student's own."""
        self.choose(Form.OWN)

    def _change(self, phase: str, make: Callable[[Phase], Write | None]) -> bool:
        self._own()
        return self._write(lambda agenda: make(self._found(agenda, phase)))

    def _found(self, agenda: Agenda, phase: str) -> Phase:
        found = next((one for one in agenda.own if one.id == phase), None)
        if found is None:
            raise ContractError(words.NO_SUCH_PHASE)
        return found

    def _write(self, make: Callable[[Agenda], Write | None]) -> bool:
        if self._pen.can_write and not self.can_arrange:
            raise NotYours(words.AGENDA_IS_THE_STUDENTS)

        def write(_turn_at: int | None) -> bytes | None:
            change = make(self.agenda)
            return self._contract.change(change) if change is not None else None

        return self._pen.write(None, write)


def _arrange(phases: tuple[Phase, ...], moved: dict[int, str]) -> Write:
    places = {phases[n].object: position for n, position in moved.items()}
    return writing.arrange({obj: one for obj, one in places.items() if obj}, None)
