"""Everything that one can do in a contract, each told by two numbers what to do it with.

Each returns the letters that it may take out of any text.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TypeVar

from contract_tui.contract.agreement.values import Answer
from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Writer
from contract_tui.contract.errors import ContractError
from contract_tui.contract.heads import write_heads
from contract_tui.contract.items import paths
from contract_tui.contract.items.notes import is_suggestion
from contract_tui.contract.items.rights import is_students_own, may_remove
from contract_tui.contract.items.tokens import (
    GoalState,
    NoteAnswer,
    Origin,
    Outcome,
    Stretch,
    SupportState,
)
from contract_tui.contract.items.values import Goal, Said
from contract_tui.contract.items.writing import Plain, put_anew
from contract_tui.contract.records import Write
from contract_tui.contract.schema import PartId, StructureChoice
from contract_tui.contract.text.places import read_place
from contract_tui.contract.text.splice import Splice
from contract_tui.session.writing.remarks import About, Passage
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import ElementId
from tests.simulation.author import Author, Deed
from tests.simulation.person import at_once

Letters = Iterable[ElementId]
_T = TypeVar("_T")
NONE: Letters = ()
_SAID: dict[str, dict[str, Sequence[Plain]]] = {
    paths.GOALS_LIST: {
        "state": list(GoalState),
        "stretch": list(Stretch),
        "origin": list(Origin),
        "structure_choice": list(StructureChoice),
    },
    paths.SUPPORTS_LIST: {"state": list(SupportState), "check_on": ("", "2027-05-01")},
    paths.STEPS_LIST: {"done": (True, False), "when": ("", "soon")},
    paths.PROMISES_LIST: {"when": ("", "on Friday", "2027-05-01")},
}


def add(author: Author, number: int, to: int) -> Letters:
    desk, seats = author.desk, sorted(author.replica.contract.seats)
    match number % 5:
        case 0:
            desk.add_goal()
        case 1:
            desk.add_support()
        case 2:
            desk.add_promise(to=seats[to % len(seats)])
        case 3:
            desk.add_reflection()
        case _:
            if goal := _pick(desk.items.goals, to):
                desk.add_step(goal.id)
    return NONE


def write(author: Author, number: int, at: int) -> Letters:
    """Write into any text that one may write in, sometimes over what stands there."""
    part, here = _text(author, author.parts(), number)
    start = at % (len(here) + 1)
    meant = here[start : start + max(0, at // 7 % 4 - 1)]
    author.pen.edit(part, Splice(start, start + len(meant), f"{author.name[0]}{at % 10}"))
    return meant


def undo(author: Author, number: int, other: int) -> Letters:
    part, _ = _own(author, number)
    (author.pen.undo if other % 3 else author.pen.redo)(part)
    return (one for one in author.stood if one.actor == author.replica.contract.actor)


def say(author: Author, number: int, other: int) -> Letters:
    things = [one for one in author.desk.items if paths.kind(one.id) in _SAID]
    if thing := _pick(things, number):
        fields = _SAID[paths.kind(thing.id)]
        field = sorted(fields)[other % len(fields)]
        author.desk.say(thing.id, field, fields[field][number % len(fields[field])])
    return NONE


def move(author: Author, number: int, other: int) -> Letters:
    items = author.desk.items
    steps = [goal.steps for goal in items.goals]
    lists = [one for one in (items.goals, items.supports, items.promises, *steps) if len(one) > 1]
    if some := _pick(lists, number):
        before = some[other % len(some)] if other % 4 else None
        author.desk.move(some[number % len(some)].id, before.id if before else None)
    return NONE


def remove(author: Author, number: int, _: int) -> Letters:
    me, pupils = Said("", author.own.seat.id), author.replica.contract.pupils
    there = [one for one in author.desk.items if one.removal is None]
    mine = [one for one in there if number % 4 and may_remove(one, me, pupils)]
    if thing := _pick(mine or there, number):
        author.remember(thing)
        author.desk.remove(thing.id)
    return NONE


def bring_back(author: Author, number: int, _: int) -> Letters:
    if thing := _pick([one for one in author.desk.items if one.removal], number):
        author.desk.bring_back(thing.id)
    return NONE


def close_promise(author: Author, number: int, other: int) -> Letters:
    mine = [one for one in author.desk.items.promises if one.to == author.own.seat.id]
    if promise := _pick(mine, number):
        author.desk.close_promise(promise.id, list(Outcome)[other % len(Outcome)])
    return NONE


def choose(author: Author, number: int, other: int) -> Letters:
    if number % 2:
        author.pen.choose_structure(list(StructureChoice)[other % len(StructureChoice)])
    else:
        author.desk.set_revisit(("", "in spring", "2027-05-01")[other % 3])
    return NONE


def arrange(author: Author, number: int, other: int) -> Letters:
    """Add, order, hide or show a section; what they are called is written as any text is."""
    sections = author.replica.contract.sections
    one, before = sections[number % len(sections)], sections[other % len(sections)]
    match other % 3:
        case 0:
            author.desk.add_section(f"Part {number}")
        case 1:
            author.desk.move_section(one.part, before.part if number % 4 else None)
        case _:
            author.desk.hide_section(one.part, hidden=not one.hidden)
    return NONE


def remark(author: Author, number: int, other: int) -> Letters:
    """Suggest, wonder or dissent, about some words, a whole text or a thing."""
    part, here = _text(author, sorted(author.replica.contract.texts), number)
    start = other % (len(here) + 1)
    end = min(len(here), start + other // 7 % 4)
    about: list[About] = [part]
    if thing := _pick(list(author.desk.items), other):
        about.append(thing.id)
    if end > start:
        about.append(Passage(part, start, end))
    match other % 4:
        case 0:
            author.remarks.wonder(about[number % len(about)], "why?")
        case 1:
            author.remarks.dissent(about[number % len(about)], "no")
        case _:
            author.remarks.suggest(part, Splice(start, end, f"{author.name}?"))
    return NONE


def answer(author: Author, number: int, other: int) -> Letters:
    """Answer a note as the student; to take a suggestion takes out what it is about."""
    notes = author.remarks.notes
    new = [one for one in notes if is_suggestion(one) and one.answer is NoteAnswer.NOT_SAID]
    note = _pick(new or notes, number)
    if note is None or not author.is_student:
        return NONE
    words = author.replica.contract.text(note.part("answer_text")).ids
    meant = {*words, *read_place(note.about).elements}
    with suppress(ContractError):  # what it is about may be gone
        kinds = [*NoteAnswer, NoteAnswer.TOOK, NoteAnswer.TOOK]
        author.remarks.answer(note.id, kinds[other % len(kinds)], ("", "because")[number % 2])
    return meant


def withdraw(author: Author, number: int, _: int) -> Letters:
    if note := _pick(author.remarks.notes, number):
        author.remember(note)
        author.remarks.withdraw(note.id)
    return NONE


def agree(author: Author, _: int, other: int) -> Letters:
    kind = list(Answer)[other % len(Answer)]
    author.agreeing.answer(kind, "but" if kind is Answer.NOTE else "")
    return NONE


def keep_version(author: Author, number: int, other: int) -> Letters:
    contract = author.replica.contract
    kept = _pick(contract.kept, number)
    if kept and other % 3 == 0:
        author.pen.drop_version(kept.id)
    else:
        author.pen.keep_version(f"{author.name}’s {other % 20}", contract.heads)
    return NONE


def cover(author: Author, number: int, at: int) -> Letters:
    """Cover two letters of a text; with them go those of one's own that undo put in their place."""
    contract = author.replica.contract
    part, here = _own(author, number)
    if here:
        start = at % len(here)
        author.pen.cover(part, here[start : start + 2])
    me = author.own.seat.id
    return (one for one in here if contract.author(Actor(one.actor)).id == me)


def mark_seen(author: Author, _: int, __: int) -> Letters:
    author.pen.mark_seen()
    return NONE


def overstep(author: Author, number: int, other: int) -> Letters:
    """Say as a changed program of an adult might what is the student's to say."""
    contract, goal = author.replica.contract, _pick(author.desk.items.goals, number)
    if goal is not None and not author.is_student:
        write = _overstepping(contract, goal, other)
        author.force(lambda: contract.change(write))
    return NONE


def go_back(author: Author, number: int, other: int) -> Letters:
    """Do the same on an earlier version, or write among the student's own words there."""
    if author.is_student:
        return NONE
    old = author.back_then(number)
    goal = _pick(old.items.goals, other)
    if goal is None:
        return NONE
    part = goal.part("matters")
    if other % 3 == 0 and part in old.texts:
        author.branch(old.splice(part, Splice(0, 0, author.name[0])))
    else:
        author.branch(old.change(_overstepping(old, goal, number)))
    return NONE


def _overstepping(contract: Contract, goal: Goal, number: int) -> Write:
    """Let a goal go or take it up, take it away or bring it back, say whose wish it is."""
    said = {
        "removed": ("", write_heads(contract.heads)),
        "state": (GoalState.LET_GO, GoalState.TRYING),
        "origin": (Origin.MINE, Origin.REQUIRED),
        "stretch": (Stretch.TOO_EASY, Stretch.RIGHT),
    }
    field = sorted(said)[number % len(said)]
    value = said[field][number // len(said) % 2]

    def write(writer: Writer) -> None:
        put_anew(writer, goal.object, field, value)
        if not value or number % 5 == 0:
            writer.delete(goal.object, field)

    return write


def intrude(author: Author, number: int, at: int) -> Letters:
    """Write and take out among the student's own words, where no program of ours lets one."""
    contract = author.replica.contract
    own = [part for part in sorted(contract.texts) if is_students_own(part)]
    if not own or author.is_student:
        return NONE
    part, here = _text(author, own, number)
    start = at % (len(here) + 1)
    meant = here[start : start + 2]
    words = "" if meant and at % 2 else author.name[0]
    author.force(lambda: contract.splice(part, Splice(start, start + len(meant), words)))
    return meant


def settle(author: Author, number: int, other: int) -> Letters:
    """Put back words of the student that somebody else took out, or let them go."""
    at_once(author.recovery.follow())
    if lost := _pick(author.recovery.lost, number):
        (author.recovery.put_back if other % 2 else author.recovery.let_go)(lost)
    return NONE


DEEDS: tuple[Deed, ...] = (
    *(add, write, undo, say, move, remove, bring_back, close_promise, choose, arrange),
    *(remark, answer, withdraw, agree, keep_version, cover, mark_seen, overstep, intrude),
    *(go_back, overstep),
    *(add, write, write, undo, remark, remark, answer, answer, remove, intrude, settle),
)


def _text(
    author: Author, parts: Sequence[PartId], number: int
) -> tuple[PartId, Sequence[ElementId]]:
    """One of some texts, three times of four one with words in it, and the letters in it."""
    contract = author.replica.contract
    full = [part for part in parts if number % 4 and contract.text(part).text] or parts
    part = full[number % len(full)]
    return part, tuple(contract.text(part).ids)


def _own(author: Author, number: int) -> tuple[PartId, Sequence[ElementId]]:
    """A text that this person may write in, if there is one in which words of theirs stand."""
    contract, me = author.replica.contract, author.replica.contract.actor
    parts = author.parts()
    own = [part for part in parts if any(one.actor == me for one in contract.text(part).ids)]
    return _text(author, own or parts, number)


def _pick(some: Sequence[_T], number: int) -> _T | None:
    return some[number % len(some)] if some else None
