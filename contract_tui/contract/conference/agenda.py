"""What a conference goes through: one of two ready agendas, or what the student made of one.

Nothing is written for a ready one but which it is. Every phase of one's own is an entry under an id
of its own; those that the program has words for go under constant ids, so that two computers that
both begin the same agenda of one's own do not have it twice.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NewType

from contract_tui.contract.conference.tokens import Floor, Form, ReadyPhase
from contract_tui.contract.crdt import Branch, CrdtDocument, Kind, Value
from contract_tui.contract.crdt.spoken import SpokenBefore
from contract_tui.contract.items.hands import KnownHands
from contract_tui.contract.items.rightful import students_word
from contract_tui.contract.membership.seats import as_string
from contract_tui.contract.opening.check import refused, unusable
from contract_tui.contract.schema import ROOT_OBJECTS
from contract_tui.language import _
from sync_server.access.proof import Role
from sync_server.protocol.operations import ElementId

PhaseId = NewType("PhaseId", str)
"""What a phase is called in the document, and in the steps of a conference."""

AGENDA = ROOT_OBJECTS["agenda"]
FORM_KEY = "agenda_form"
"""The key of the root under which it says which agenda is followed; nothing: that of 25 minutes."""
MOST_MINUTES = 60
MOST_PHASES = 40
LONGEST_NAME = 80
LONGEST_PROMPT = 300
PHASE_NAME = re.compile(r"[0-9a-z-]{1,40}")
"""What an id of a phase may look like: it is part of every step that leads there."""
_LAST = "\U0010ffff"

_READY_PHASES = {one.value: one for one in ReadyPhase}


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of a conference."""

    id: PhaseId
    name: str
    """A token of `ReadyPhase`, or what the student calls it."""
    minutes: int
    floor: Floor
    prompts: Mapping[Role, str] = field(default_factory=lambda: MappingProxyType({}))
    """What each role is asked, in the student's words; where there are none, in the program's."""
    position: str = ""
    """What the phases are sorted by."""
    object: ElementId | None = None
    """The map that holds it; None in a ready agenda, of which nothing is written."""
    prompts_map: ElementId | None = None
    """The map in it that holds what is asked."""

    @property
    def ready(self) -> ReadyPhase | None:
        """The phase that the program has words for; None for one that the student has named.

        It stands under the word for it: whoever calls a phase of their own so means that word.
        """
        return _READY_PHASES.get(self.name) if self.id == self.name else None


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a conference goes through, in order."""

    form: Form
    phases: tuple[Phase, ...]
    own: tuple[Phase, ...] = ()
    """What the student's own agenda consists of, also while a ready one is followed."""
    taken_out: tuple[Phase, ...] = ()
    """What the student took out of it; it can be brought back."""

    def find(self, id_: str) -> Phase | None:
        """The phase of an id, also one that is not in the agenda any more, if it is known."""
        everything = (*self.phases, *self.own, *self.taken_out, *READY[Form.FULL])
        return next((one for one in everything if one.id == id_), None)

    def following(self, path: tuple[str, ...]) -> Phase | None:
        """The phase behind the one that was reached; None behind the last one.

        Where that is in the agenda no more, behind the one that came before it.
        """
        ids = [one.id for one in self.phases]
        for reached in reversed(path):
            if reached in ids:
                at = ids.index(PhaseId(reached)) + 1
                return self.phases[at] if at < len(ids) else None
        return self.phases[0] if self.phases else None

    def preceding(self, id_: str) -> Phase | None:
        """The phase in front of one; None in front of the first one."""
        ids = [one.id for one in self.phases]
        at = ids.index(PhaseId(id_)) if id_ in ids else 0
        return self.phases[at - 1] if at else None

    @property
    def minutes(self) -> int:
        """How long all of it takes."""
        return sum(one.minutes for one in self.phases)


def _form(*minutes: int) -> tuple[Phase, ...]:
    floors = (
        Floor.STUDENT,
        Floor.STUDENT,
        Floor.STUDENT_FIRST,
        Floor.ADULTS_ASK,
        Floor.STUDENT_FIRST,
        Floor.STUDENT,
        Floor.STUDENT,
    )
    rows = zip(ReadyPhase, minutes, floors, "BDFHJLN", strict=True)
    return tuple(
        Phase(PhaseId(ready), ready, length, floor, position=f"{place}V")
        for ready, length, floor, place in rows
    )


READY = {Form.FULL: _form(2, 5, 4, 6, 5, 2, 1), Form.SHORT: _form(1, 3, 2, 4, 3, 1, 1)}
"""The agendas that the program brings along."""


def read_agenda(document: CrdtDocument, hands: KnownHands, aside: list[str]) -> Agenda:
    """Read the agenda as it stands; only what the student said of it counts.

    What is not believed is added to `aside` in words.
    """
    found = list(_Reader(document, hands, aside, document.spoken()).phases())
    if len(found) > MOST_PHASES:
        aside.append(_("There are more phases in the agenda than a conference can have."))
        found = sorted(found, key=lambda one: (one[0].object is None, one[0].object))[:MOST_PHASES]
    found.sort(key=lambda one: (one[0].position or _LAST, one[0].id))
    own = tuple(phase for phase, stands in found if stands)
    gone = tuple(phase for phase, stands in found if not stands)
    form = _read_form(document, hands, aside)
    if form is Form.OWN and own:
        return Agenda(form, own, own, gone)
    return Agenda(form, READY.get(form, READY[Form.FULL]), own, gone)


def _read_form(document: CrdtDocument, hands: KnownHands, aside: list[str]) -> Form:
    value, is_refused = students_word(document, document.spoken(), hands, (None, FORM_KEY))
    if is_refused:
        aside.append(refused(FORM_KEY))
    token = as_string(document, value)
    return Form(token) if token in list(Form) else Form.FULL


@dataclass(frozen=True, slots=True)
class _Reader:
    document: CrdtDocument
    hands: KnownHands
    aside: list[str]
    spoken: SpokenBefore

    def phases(self) -> Iterator[tuple[Phase, bool]]:
        """Yield every phase of one's own, and whether it stands."""
        for key in sorted({*self.document.keys(AGENDA), *self.spoken.keys(AGENDA)}):
            value = self._found(AGENDA, key, "agenda", key)
            if not isinstance(value, Branch) or value.kind is not Kind.MAP:
                continue
            if not PHASE_NAME.fullmatch(key):
                self.aside.append(unusable("agenda", key))
            else:
                obj = value.object
                yield self._phase(PhaseId(key), obj), self._said(obj, key, "removed") is not True

    def _phase(self, id_: PhaseId, obj: ElementId) -> Phase:
        name, floor = self._string(obj, id_, "phase"), self._string(obj, id_, "floor")
        minutes = self._said(obj, id_, "minutes")
        if isinstance(minutes, str | bool) or minutes is None:
            minutes = 1
        prompts = self._found(obj, "prompts", "agenda", id_, "prompts")
        is_map = isinstance(prompts, Branch) and prompts.kind is Kind.MAP
        place = prompts.object if isinstance(prompts, Branch) and is_map else None
        return Phase(
            id_,
            name[:LONGEST_NAME] or id_,
            max(1, min(minutes, MOST_MINUTES)),
            Floor(floor) if floor in list(Floor) else Floor.STUDENT,
            self._prompts(place, id_) if place is not None else {},
            self._string(obj, id_, "pos"),
            obj,
            place,
        )

    def _prompts(self, prompts: ElementId, id_: str) -> Mapping[Role, str]:
        said = {role: self._string(prompts, id_, role.value) for role in Role}
        return {role: words[:LONGEST_PROMPT] for role, words in said.items() if words}

    def _string(self, obj: ElementId, id_: str, key: str) -> str:
        said = self._said(obj, id_, key)
        return " ".join(said.split()) if isinstance(said, str) else ""

    def _said(self, obj: ElementId, id_: str, key: str) -> str | int | bool | None:
        value = self._found(obj, key, "agenda", id_, key)
        return value if isinstance(value, int) else as_string(self.document, value)

    def _found(self, obj: ElementId, key: str, *named: str) -> Value:
        """What the student put under a key, also where somebody else has written over it."""
        value, is_refused = students_word(self.document, self.spoken, self.hands, (obj, key))
        if is_refused:
            self.aside.append(refused(*named))
        return value
