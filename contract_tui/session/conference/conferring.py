"""A conference in an open contract: where it is, what time it is, how this person takes part.

The state is in the document and stays; who asks to go on, who leads and how long a phase has lasted
is only said aloud (`presence`), and gone with whoever said it. Nothing of it begins a turn.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from contract_tui.contract.conference import floor, words, writing
from contract_tui.contract.conference.agenda import Agenda, Phase
from contract_tui.contract.conference.moves import Path, minutes_added
from contract_tui.contract.conference.values import Conference
from contract_tui.contract.conference.writing import Press
from contract_tui.contract.contract import Contract
from contract_tui.contract.errors import ContractError, NotYours
from contract_tui.contract.items import paths
from contract_tui.contract.membership.seats import seat_of
from contract_tui.contract.records import Write
from contract_tui.contract.schema import PartId
from contract_tui.library.errors import SessionError
from contract_tui.library.keepsakes import Keepsakes
from contract_tui.library.library import OwnSeat
from contract_tui.library.world import World
from contract_tui.session.conference.afterwards import Afterwards
from contract_tui.session.conference.agendas import Agendas
from contract_tui.session.conference.insisting import Insisting
from contract_tui.session.conference.leading import Leading
from contract_tui.session.conference.standing_by import StandingBy
from contract_tui.session.conference.stopwatch import Stopwatch
from contract_tui.session.copies.replica import Replica
from contract_tui.session.presence.whispers import Whispers
from contract_tui.session.writing.pen import Pen
from sync_server.access.proof import SeatId

REST = 4 * 60 * 60
"""Seconds after the last step in which everybody has gone home; so it is told in chapters, too."""


@dataclass(frozen=True, slots=True)
class Face:
    """What the clock of a conference shows."""

    phase: Phase | None
    """None where the phase is not in the agenda any more, and nothing is known of it."""
    planned: float
    """Seconds that the phase is meant to last, with what was added."""
    elapsed: float
    """Seconds that it has lasted."""
    on_break: bool
    """Whether the clock stands still."""
    knows: bool
    """False while nobody is here who saw the phase begin: then the time is a guess."""

    @property
    def remaining(self) -> float:
        """Seconds that are left; less than 0 where it lasts longer than it was meant to."""
        return self.planned - self.elapsed


class Conferring:
    """Takes part in the conferences of a contract; writing raises ReadOnlySeat and NotYours.

    What steps, pauses or closes returns whether it did: somebody else may have been quicker.
    """

    def __init__(
        self,
        own: OwnSeat | None,
        replica: Replica,
        pen: Pen,
        whispers: Whispers,
        keepsakes: Keepsakes,
        world: World,
    ) -> None:
        self._replica = replica
        self._pen = pen
        self._whispers = whispers
        self._world = world
        self._stopwatch = Stopwatch(whispers, world, lambda: self.current)
        self.agendas = Agendas(replica, pen, world)
        """What a conference goes through, and how the student arranges it."""
        self.insisting = Insisting(replica, pen, world, self.may_write_directly)
        """What an adult writes in a phase of the student's because they were asked to."""
        self.leading = Leading(whispers)
        """Whom this person follows through the contract, or who follows them."""
        self.afterwards = Afterwards(own, replica, keepsakes)
        """About which conferences the student is asked whether these are still their words."""
        self.standby = StandingBy(own, replica, pen, whispers, world, lambda: self._active)
        """Who goes on if the host's computer dies."""

    # Looking

    @property
    def current(self) -> Conference | None:
        """The conference that goes on, or that was interrupted; None after it was closed."""
        return self._contract.conferences.current

    @property
    def can_steer(self) -> bool:
        """Whether this person goes on, back and to the end: the student, once one is known."""
        return self._pen.can_write and floor.may_steer(self._pen.person, self._contract.pupils)

    @property
    def phase(self) -> Phase | None:
        """The phase that the conference is in; None where there is none, or during a break."""
        current = self.current
        return None if current is None or current.place.on_break else self._held

    @property
    def _held(self) -> Phase | None:
        """The phase whose floor it is, also during a break: only the clock stands still then."""
        current = self.current
        return self._contract.conferences.agenda.find(current.place.phase) if current else None

    @property
    def following(self) -> Phase | None:
        """The phase that comes next; None in the last one."""
        current = self.current
        return self._contract.conferences.agenda.following(current.path) if current else None

    @property
    def rests(self) -> bool:
        """Whether the conference was left open so long ago that nobody is in it any more."""
        current = self.current
        return current is not None and self._at() - current.step.at >= REST

    def face(self) -> Face | None:
        """What the clock shows now; None where no conference goes on."""
        current = self.current
        if current is None:
            return None
        phase, on_break = current.place.phase, current.place.on_break
        found = self._contract.conferences.agenda.find(phase)
        minutes = (found.minutes if found else 0) + minutes_added(current.path, phase)
        here = 0.0 if on_break else self._stopwatch.elapsed(current)
        lasted, knows = current.spent(phase) + here, self._stopwatch.knows(current)
        return Face(found, minutes * 60.0, lasted, on_break, knows)

    @property
    def asking(self) -> frozenset[SeatId]:
        """Who asks to go on from where the conference is now, by their latest seat."""
        current = self.current
        if current is None:
            return frozenset()
        everybody = [*self._whispers, *([self._whispers.mine] if self._whispers.mine else [])]
        person, stay = self._contract.roster.person, current.visit
        return frozenset(person(one.seat).id for one in everybody if one.together.asks == stay)

    def may_write_directly(self, part: PartId) -> bool:
        """Whether what this person types goes into the text; else it becomes a wondering."""
        if self.insisting.is_on(part):
            return True
        contract, owner = self._contract, paths.owner(part)
        thing = contract.items.find(owner) if owner is not None else None
        held = self._held
        return floor.may_write_directly(held, self._pen.person, part, thing, contract.pupils)

    # Taking part

    def begin(self, *, anew: bool = False) -> Conference:
        """Begin a conference, or take part in the one that goes on, unless it is begun `anew`.

        Nobody but the student leaves one behind in which people still are.
        """
        if anew and self.current is not None and not self.rests:
            self._check(words.STUDENT_BEGINS_ANOTHER)
        if self.current is None or anew:
            number = len(self._contract.conferences.all) + 1
            key, press = self._world.entropy(8).hex(), self._press()

            def write(_: int | None) -> bytes | None:
                contract = self._contract
                if len(contract.conferences.all) >= number:
                    return None
                agenda, me = contract.conferences.agenda, self._pen.person
                begun = writing.begin(key, number, agenda, me, press, contract.heads)
                return contract.change(begun)

            if self._pen.write(None, write):
                self._stopwatch.arrive(self._there())
        self.take_part()
        return self._there()

    def take_part(self) -> bool:
        """Note that this person is there; an observer is not noted."""
        if not self._pen.can_write:
            return False
        me = self._pen.person
        return self._write(
            lambda one: None if me in one.people else writing.come(one, me, self._at())
        )

    def go_on(self, left: Path | None = None) -> bool:
        """Go on to the next phase; `left` is the stay that the person saw when they said so."""
        self._check(words.STUDENT_GOES_ON)
        stay = left or self._there().place.visit
        return self._move(lambda one, press: self._step(writing.go_on, one, stay, press))

    def go_back(self, left: Path | None = None) -> bool:
        """Go back to the phase before."""
        self._check(words.STUDENT_GOES_ON)
        stay = left or self._there().place.visit
        return self._move(lambda one, press: self._step(writing.go_back, one, stay, press))

    def add_minutes(self, minutes: int) -> bool:
        """Give the phase some more minutes."""
        self._check(words.STUDENT_GOES_ON)
        return self._write(lambda one: writing.add_minutes(one, minutes, self._press()))

    def pause(self) -> bool:
        """Stop the clock, as anybody may."""
        return self._move(writing.take_break)

    def resume(self) -> bool:
        """Go on after a break, as anybody may."""
        return self._move(writing.come_back)

    def ask_to_go_on(self, on: bool = True) -> None:
        """Ask the student to go on, or ask no more; to have gone on ends it, too."""
        current = self.current
        asks = current.visit if current is not None and on else ""
        self._whispers.be_together(replace(self._whispers.together, asks=asks))

    def end(self) -> bool:
        """Close the conference with the version as it stands."""
        self._check(words.STUDENT_CLOSES)
        self.insisting.stop()
        self.afterwards.notice()
        return self._write(lambda one: writing.end(one, self._press(), self._contract.heads))

    def follow(self) -> None:
        """Look at where the conference is by now; to be called when changes came in."""
        self.afterwards.notice()
        self._stopwatch.follow()

    def beat(self) -> None:
        """Note what was typed meanwhile because somebody insisted; to be called now and then."""
        with suppress(SessionError, ContractError):  # the words themselves are kept
            self.insisting.look()
        with suppress(SessionError, ContractError):  # it is tried again
            self.standby.beat()

    def leave(self) -> None:
        """Note the last of it before the contract is closed here."""
        with suppress(SessionError, ContractError):
            self.insisting.stop()

    # How it is done

    @property
    def _contract(self) -> Contract:
        return self._replica.contract

    def _at(self) -> int:
        return int(self._world.clock())

    @property
    def _active(self) -> Conference | None:
        """The conference in which people are."""
        return None if self.rests else self.current

    def _there(self) -> Conference:
        current = self.current
        if current is None:
            raise ContractError(words.NO_CONFERENCE)
        return current

    def _check(self, refusal: str) -> None:
        if self._pen.can_write and not self.can_steer:
            raise NotYours(refusal)

    def _write(self, make: Callable[[Conference], Write | None]) -> bool:
        self._there()

        def write(_: int | None) -> bytes | None:
            change = make(self._there())
            return self._contract.change(change) if change is not None else None

        return self._pen.write(None, write)

    def _press(self, spent: float = 0.0) -> Press:
        return Press(seat_of(self._contract.actor), self._at(), spent)

    def _move(self, make: Callable[[Conference, Press], Write | None]) -> bool:
        """Make a move that ends a stay, with how long that has lasted.

        Nobody knows when people went home who left the conference open: no time counts then.
        """
        lasted = 0.0 if self.rests else self._stopwatch.elapsed(self._there())
        press = self._press(lasted)
        if not self._write(lambda one: make(one, press)):
            return False
        self._stopwatch.arrive(self._there())
        return True

    def _step(
        self,
        make: Callable[[Conference, Agenda, Path, Press], Write | None],
        conference: Conference,
        left: Path,
        press: Press,
    ) -> Write | None:
        return make(conference, self._contract.conferences.agenda, left, press)
