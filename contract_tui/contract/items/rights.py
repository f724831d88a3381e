"""Who may say what of a thing: asked before something is written, and again when it is read.

A changed program can write anything anywhere. What nobody had a right to say is then not believed,
by any reader.
"""

from collections.abc import Collection

from contract_tui.contract.items import paths, words
from contract_tui.contract.items.tokens import GoalState, Origin
from contract_tui.contract.items.values import Item, Said
from contract_tui.contract.membership.seats import Roster
from contract_tui.contract.schema import PartId
from sync_server.access.proof import Role, SeatId

ALONE = frozenset({paths.NOTES_LIST, paths.REFLECTIONS_LIST})
"""Lists of things in which nobody writes but their author."""
_OWN_FIELDS = {paths.GOALS_LIST: frozenset({"matters", "success"})}
_ANSWERS = frozenset({"answer", "became"})
_PROMISED = frozenset({"by", "to"})
"""Who promises whom: nobody moves somebody else's promise to another person."""
_STUDENTS_TO_SAY = frozenset({("state", GoalState.LET_GO), ("origin", Origin.MINE)})
"""Nobody else drops a goal, or passes one off as the student's own wish."""
_ASKED = {
    paths.GOALS_LIST: frozenset({"stretch", "state", "origin"}),
    paths.PROMISES_LIST: _PROMISED,
}
"""What not everybody may say of a thing, beside taking it away."""
_REMOVED_BY_STUDENT = frozenset({paths.GOALS_LIST, paths.SUPPORTS_LIST, paths.STEPS_LIST})


def students(roster: Roster) -> frozenset[SeatId]:
    """Everybody who has the student's seat, by their latest one."""
    named = (one.id for one in roster.seats.values() if one.role is Role.STUDENT)
    return frozenset(roster.person(one).id for one in named)


def is_students_own(part: PartId) -> bool:
    """Whether only the student writes in a text: why a goal matters, and what success is."""
    thing = paths.owner(part)
    if thing is None:
        return False
    return paths.field(part) in _OWN_FIELDS.get(paths.kind(thing), ())


def is_heading(part: PartId) -> bool:
    """Whether a text is what a section is called."""
    thing = paths.owner(part)
    return thing is not None and paths.kind(thing) == paths.SECTIONS


def may_arrange(person: SeatId, pupils: Collection[SeatId]) -> bool:
    """Whether a person may add, rename, order and hide sections: the student, once one is known."""
    return not pupils or person in pupils


def is_the_students(part: PartId) -> bool:
    """Whether the student writes in a text and nobody else: answers and headings as well."""
    return is_heading(part) or is_students_own(part) or paths.field(part) == "answer_text"


def may_write(part: PartId, person: SeatId, thing: Item | None, pupils: Collection[SeatId]) -> bool:
    """Whether a person may write in a text; `thing` is what it belongs to, if that is known.

    A reflection and a note are their author's, the answer to a note the student's; the headings of
    sections are too, where a student is known.
    """
    if is_heading(part):
        return may_arrange(person, pupils)
    if is_students_own(part) or paths.field(part) == "answer_text":
        return person in pupils
    if thing is not None and paths.kind(thing.id) in ALONE:
        return person == thing.added_by
    return True


def refusal(part: PartId) -> str:
    """Why somebody may not write in a text that they may not write in."""
    if is_heading(part):
        return words.HEADING_IS_THE_STUDENTS
    if is_students_own(part):
        return words.STUDENTS_OWN_WORDS
    if paths.field(part) == "answer_text":
        return words.ANSWER_IS_THE_STUDENTS
    thing = paths.owner(part)
    is_note = thing is not None and paths.kind(thing) == paths.NOTES_LIST
    return words.SOMEBODYS_NOTE if is_note else words.SOMEBODYS_REFLECTION


def may_say(thing: Item, field: str, said: Said, pupils: Collection[SeatId]) -> bool:
    """Whether whoever says something of a thing is the one to say it."""
    match paths.kind(thing.id):
        case paths.GOALS_LIST if field == "stretch" or (field, said.value) in _STUDENTS_TO_SAY:
            return said.early or said.by in pupils
        case paths.GOALS_LIST if field == "origin":
            return said.early or said.by in pupils or not _is_own_wish(thing, pupils)
        case paths.GOALS_LIST if field == "state":
            return said.early or said.by in pupils or not _is_dropped(thing, pupils)
        case paths.NOTES_LIST if field in _ANSWERS:
            return said.early or said.by in pupils
        case paths.PROMISES_LIST if field in _PROMISED:
            return said.by == thing.added_by
        case paths.NOTES_LIST | paths.REFLECTIONS_LIST:
            return said.by == thing.added_by
        case _:
            return True


def is_asked(kind: str, field: str) -> bool:
    """Whether it matters who says something of a thing."""
    return kind in ALONE or field in _ASKED.get(kind, ())


def stays(kind: str, field: str, value: Said | None) -> bool:
    """Whether what the student said stays said, whatever others say without having known of it."""
    if kind != paths.GOALS_LIST or value is None:
        return False
    return (field, value.value) in _STUDENTS_TO_SAY


def _is_own_wish(goal: Item, pupils: Collection[SeatId]) -> bool:
    """Whether a goal came from the student, so that nobody else says where it comes from.

    They added it, as every reader can see at any time; or they say that another's became their own.
    """
    said = goal.said.get("origin")
    is_theirs = said is not None and (said.early or said.by in pupils)
    return goal.added_by in pupils or (is_theirs and goal.string("origin") == Origin.MINE)


def _is_dropped(goal: Item, pupils: Collection[SeatId]) -> bool:
    """Whether the student let a goal go, so that nobody else takes it up again for them."""
    said = goal.said.get("state")
    if said is None or said.value != GoalState.LET_GO:
        return False
    return said.early or said.by in pupils


def may_close(person: SeatId, said: Said, pupils: Collection[SeatId]) -> bool:
    """Whether what is said to be a person's word on a promise is theirs.

    What was written down before the student had a seat counts for the student, and for nobody else.
    """
    return said.by == person or (said.early and person in pupils)


def may_remove(thing: Item, said: Said, pupils: Collection[SeatId]) -> bool:
    """Whether whoever takes a thing away may: no adult takes away a goal of the student's.

    A promise can be taken away by the one whose it is, also where another wrote it down.
    """
    kind, person = paths.kind(thing.id), said.by
    if kind == paths.GOALS_LIST and pupils:
        return said.early or person in pupils
    if kind in _REMOVED_BY_STUDENT and person in pupils:
        return True
    return person == thing.added_by or (
        kind == paths.PROMISES_LIST and person == thing.string("by")
    )


def may_bring_back(thing: Item, said: Said, pupils: Collection[SeatId], *, unseen: bool) -> bool:
    """Whether somebody brings back what was taken away: whoever could take it away does.

    And where its remover had not seen all words that others wrote in it (`unseen`), everybody: but
    a goal is the student's, so that such words are only shown to whoever wrote them.
    """
    if paths.kind(thing.id) == paths.GOALS_LIST and pupils:
        return may_remove(thing, said, pupils)
    return unseen or may_remove(thing, said, pupils)
