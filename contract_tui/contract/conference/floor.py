"""Who writes into the text directly in which phase: where the floor is the student's, adults ask.

This is asked of the person who types and of nobody who reads: what somebody insisted on writing
stands, and no phase changes anything about what is written later.
"""

from collections.abc import Collection

from contract_tui.contract.conference.agenda import Phase
from contract_tui.contract.conference.tokens import Floor
from contract_tui.contract.items import paths
from contract_tui.contract.items.rights import ALONE, may_arrange
from contract_tui.contract.items.values import Item
from contract_tui.contract.schema import PartId
from sync_server.access.proof import SeatId

_STUDENTS_FLOOR = frozenset({Floor.STUDENT, Floor.ADULTS_ASK})


def may_steer(person: SeatId, pupils: Collection[SeatId]) -> bool:
    """Whether a person goes on, back and to the end: the student, once one is known."""
    return may_arrange(person, pupils)


def may_write_directly(
    phase: Phase | None,
    person: SeatId,
    part: PartId,
    thing: Item | None,
    pupils: Collection[SeatId],
) -> bool:
    """Whether what a person types in a part goes into the text, or becomes a wondering beside it.

    `phase` is where the conference is, also during a break, None where there is none; `thing` what
    the part belongs to. A person's own promise, reflection and note are theirs at any time.
    """
    if phase is None or phase.floor not in _STUDENTS_FLOOR:
        return True
    if not pupils or person in pupils:
        return True
    return thing is not None and _is_own(part, thing, person)


def _is_own(part: PartId, thing: Item, person: SeatId) -> bool:
    kind = paths.kind(thing.id)
    if kind in ALONE:
        return thing.added_by == person and paths.field(part) != "answer_text"
    return kind == paths.PROMISES_LIST and thing.string("by") == person
