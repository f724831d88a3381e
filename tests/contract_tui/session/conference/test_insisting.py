"""An adult writes what they were asked to, and the student confirms it."""

from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest

from contract_tui.contract.conference.insisting import Pending
from contract_tui.contract.conference.tokens import Confirmation
from contract_tui.contract.errors import NotYours
from contract_tui.contract.schema import INTERESTS, SUPPORTS, PartId
from contract_tui.session.session import Session
from tests.contract_tui.session.company import Company, read, until, write
from tests.contract_tui.session.table import invited, meet, until_phase


@pytest.fixture
async def people(tmp_path: Path) -> AsyncIterator[Company]:
    async with invited(tmp_path) as people:
        yield people


NOT_YET, CONFIRMED, NOT_MINE = Confirmation


def asked(session: Session, part: PartId = INTERESTS) -> list[tuple[str, Confirmation]]:
    """What is shown as typed by somebody who was asked to, and what the student says of it."""
    text = session.contract.text(part).text
    found = session.conferring.insisting.asked(part)
    return [(text[one.start : one.end], one.confirmation) for one in found]


def said(found: Iterable[Pending]) -> list[str]:
    return [one.words for one in found]


def rest(session: Session) -> None:
    """Two looks between which nobody typed."""
    session.conferring.beat()
    session.conferring.beat()


async def test_what_was_asked_for_is_noted_when_the_typing_rests_and_then_confirmed(
    people: Company,
) -> None:
    heidi, clara = await meet(people, "Heidi", "Clara")
    write(heidi, "bees ")
    await until(clara, lambda: read(clara) == "bees ")
    assert not clara.conferring.may_write_directly(INTERESTS)
    clara.conferring.insisting.insist(INTERESTS)
    assert clara.conferring.may_write_directly(INTERESTS)
    assert not clara.conferring.may_write_directly(SUPPORTS)
    write(clara, "honey", at=5)
    rest(clara)
    await until(heidi, lambda: asked(heidi) == [("honey", NOT_YET)])
    (one,) = heidi.conferring.insisting.pending
    assert one.words == "honey"
    assert heidi.conferring.insisting.confirm(one)
    assert not heidi.conferring.insisting.confirm(one)
    await until(clara, lambda: asked(clara) == [("honey", CONFIRMED)])
    assert heidi.conferring.insisting.pending == ()


async def test_it_holds_until_the_phase_is_left(people: Company) -> None:
    heidi, clara = await meet(people, "Heidi", "Clara")
    clara.conferring.insisting.insist(INTERESTS)
    write(clara, "honey")
    heidi.conferring.go_on()
    await until_phase(clara, "me")
    assert not clara.conferring.may_write_directly(INTERESTS)
    clara.conferring.beat()
    assert asked(clara) == [("honey", NOT_YET)]
    write(clara, "wax ")  # nothing keeps anybody from writing
    rest(clara)
    assert asked(clara) == [("honey", NOT_YET)]


async def test_what_is_typed_on_is_noted_too_and_only_what_was_shown_is_confirmed(
    people: Company,
) -> None:
    heidi, clara = await meet(people, "Heidi", "Clara")
    clara.conferring.insisting.insist(INTERESTS)
    write(clara, "honey")
    rest(clara)
    await until(heidi, lambda: len(heidi.conferring.insisting.pending) == 1)
    (shown,) = heidi.conferring.insisting.pending
    write(clara, " and wax", at=5)
    rest(clara)
    await until(heidi, lambda: asked(heidi) == [("honey and wax", NOT_YET)])
    heidi.conferring.insisting.confirm(shown)
    assert asked(heidi) == [("honey", CONFIRMED), (" and wax", NOT_YET)]


async def test_what_was_typed_last_is_noted_before_the_contract_is_closed(people: Company) -> None:
    heidi, clara = await meet(people, "Heidi", "Clara")
    clara.conferring.insisting.insist(INTERESTS)
    write(clara, "honey")
    await until(heidi, lambda: read(heidi) == "honey")
    await clara.close()
    again = await people.open("Clara")
    assert asked(again) == [("honey", NOT_YET)]


async def test_only_the_student_confirms_and_nobody_is_asked_into_their_own_words(
    people: Company,
) -> None:
    heidi, clara = await meet(people, "Heidi", "Clara")
    goal = heidi.desk.add_goal()
    matters = PartId(f"{goal}/matters")
    await until(clara, lambda: matters in clara.contract.texts)
    with pytest.raises(NotYours, match="Only the student"):
        clara.conferring.insisting.insist(matters)
    clara.conferring.insisting.insist(INTERESTS)
    write(clara, "honey")
    rest(clara)
    (one,) = clara.conferring.insisting.pending
    with pytest.raises(NotYours, match="The student says"):
        clara.conferring.insisting.confirm(one)


async def test_what_one_is_just_typing_shows_at_once_on_ones_own_screen(people: Company) -> None:
    (_, clara) = await meet(people, "Heidi", "Clara")
    clara.conferring.insisting.insist(INTERESTS)
    write(clara, "honey")
    assert asked(clara) == [("honey", NOT_YET)]
    assert clara.conferring.insisting.pending == ()


async def test_what_is_not_the_students_can_be_taken_out_and_undo_puts_it_back_as_it_was(
    people: Company,
) -> None:
    heidi, clara = await meet(people, "Heidi", "Clara")
    write(heidi, "bees ")
    await until(clara, lambda: read(clara) == "bees ")
    clara.conferring.insisting.insist(INTERESTS)
    write(clara, "honey", at=5)
    rest(clara)
    await until(heidi, lambda: len(heidi.conferring.insisting.pending) == 1)
    (one,) = heidi.conferring.insisting.pending
    insisting = heidi.conferring.insisting
    assert insisting.refuse(one)
    assert not insisting.refuse(one)
    assert insisting.pending == ()
    await until(clara, lambda: asked(clara) == [("honey", NOT_MINE)])
    assert insisting.take_out(insisting.not_mine[0])
    assert read(heidi) == "bees "
    assert said(insisting.not_mine) == []
    heidi.undo(INTERESTS)
    heidi.conferring.beat()
    assert read(heidi) == "bees honey"
    await until(clara, lambda: asked(clara) == [("honey", NOT_MINE)])
    assert said(insisting.not_mine) == ["honey"]
    assert insisting.confirm(insisting.not_mine[0])
    heidi.conferring.beat()
    assert said(insisting.not_mine) == []


async def test_nobody_but_the_student_says_that_they_are_not_their_words(people: Company) -> None:
    _, clara = await meet(people, "Heidi", "Clara")
    clara.conferring.insisting.insist(INTERESTS)
    write(clara, "honey")
    rest(clara)
    (one,) = clara.conferring.insisting.pending
    for say in (clara.conferring.insisting.refuse, clara.conferring.insisting.take_out):
        with pytest.raises(NotYours, match="The student says"):
            say(one)
    assert read(clara) == "honey"


async def test_who_writes_directly_anyway_insists_on_nothing(people: Company) -> None:
    (heidi,) = await meet(people, "Heidi")
    heidi.conferring.insisting.insist(INTERESTS)
    write(heidi, "bees")
    rest(heidi)
    assert asked(heidi) == []
    heidi.conferring.end()
    heidi.conferring.insisting.insist(INTERESTS)
    assert not heidi.conferring.insisting.is_on(INTERESTS)
