"""What everybody reads in every part of every page where nothing is written yet."""

from __future__ import annotations

from textual.widgets import Static

from contract_tui.contract.items import paths
from contract_tui.contract.items.values import Item, Promise, Reflection, Support
from contract_tui.session.session import Session
from contract_tui.ui.pages.fields import FieldEditor
from contract_tui.ui.pages.form import Form
from contract_tui.ui.pages.page import AGREEMENT, PROMISES, REFLECTIONS, SUPPORTS, page_of_goal
from contract_tui.ui.screens.workshop import WorkshopScreen
from sync_server.access.proof import Role, SeatId
from tests.contract_tui.ui.pages.turning import settle, turn_to
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import until

WRITERS = (Role.STUDENT, Role.TEACHER, Role.PARENT)
OWN, ANOTHERS = "one’s own", "another’s"
Asked = dict[str, set[str]]
"""By the part, and whose thing it is in: what is asked there."""


def add_one_of_each(session: Session) -> None:
    """Add something empty to every list, with a promise of everybody to everybody."""
    desk = session.desk
    desk.add_support()
    desk.say(desk.add_support(), "offered_by", session.me.id if session.me else "")
    desk.add_step(desk.add_goal())
    desk.add_reflection()
    seats = [one.seat for one in session.people if one.role in WRITERS]
    for by in seats:
        for to in seats:
            desk.add_promise(to, by)
    desk.set_revisit("")


def whose(thing: Item | None, me: SeatId) -> str:
    match thing:
        case Promise():
            owner: str = thing.by
        case Reflection():
            owner = thing.added_by
        case Support():
            owner = thing.offered_by
        case _:
            return OWN
    return OWN if owner == me else ANOTHERS


def empty_editors(page: Form) -> dict[str, list[FieldEditor]]:
    """Every part of a page with its empty editors; what is folded away is opened."""
    me, items = page.session.me, page.session.contract.items
    assert me is not None
    found: dict[str, list[FieldEditor]] = {}
    for card in page.cards():
        card.open()
    for field in page.fields():
        part = field.editor.part
        if part is not None and not field.editor.text:
            thing = paths.owner(part)
            assert thing is not None
            key = f"{paths.kind(thing)} {paths.field(part)}, {whose(items.find(thing), me.id)}"
            found.setdefault(key, []).append(field.editor)
    for card in page.cards():
        for field in card.fields():
            if field.editor.part is None and not field.editor.text:
                kind = paths.kind(card.item.id)
                key = f"{kind} {field._label}, {whose(card.item, me.id)}"
                found.setdefault(key, []).append(field.editor)
    return found


async def asked_of(sitting: Sitting, role: Role) -> Asked:
    """Go through all pages as one person."""
    found: Asked = {}
    async with sitting.workshop(role, size=(100, 40)) as (screen, pilot):
        add_one_of_each(screen.session)
        screen.follow()
        goal = screen.session.contract.items.goals[-1].id
        for page_id in (page_of_goal(goal), SUPPORTS, PROMISES, REFLECTIONS):
            page = await turn_to(screen, page_id)
            if (filled := page.fill()) is not None:
                await filled
            empty_editors(page)
            await settle(pilot)
            screen._follow_people()
            for key, editors in empty_editors(page).items():
                found.setdefault(key, set()).update(one._asked for one in editors)
            for line in page.query(".nothing").results(Static):
                found[f"list of {page_id}"] = {str(line.content)}
        await _agreement(screen, found)
    return found


async def _agreement(screen: WorkshopScreen, found: Asked) -> None:
    page = await turn_to(screen, AGREEMENT)
    for field in page.fields():
        assert not field.editor.text
        found[f"agreement: {field._label}"] = {field.editor._asked}


async def test_every_empty_part_of_every_page_asks_each_role_a_question_of_its_own(
    sitting: Sitting,
) -> None:
    student, teacher, parent = [await asked_of(sitting, role) for role in WRITERS]
    assert set(student) == set(teacher) == set(parent)
    assert len(student) == 25, sorted(student)
    for key in student:
        said = student[key], teacher[key], parent[key]
        assert all("?" in one for some in said for one in some), (key, said)
        assert len(set.union(*said)) == sum(map(len, said)), (key, said)
    for key in (one for one in student if ANOTHERS in one and "promises" in one):
        for some in (student, teacher, parent):
            assert some[key].isdisjoint(some[key.replace(ANOTHERS, OWN)])


async def test_what_somebody_has_emptied_asks_its_question_again(sitting: Sitting) -> None:
    async with sitting.workshop(size=(100, 40)) as (screen, pilot):
        page = await turn_to(screen, page_of_goal(screen.session.contract.items.goals[0].id))
        matters = next(one.editor for one in page.fields() if "matters" in str(one.editor.part))
        assert matters.text
        screen.set_focus(matters)
        await pilot.press("ctrl+a", "delete")
        assert not matters.text
        await until(lambda: "Why does it matter to you?" in matters.prompt)
