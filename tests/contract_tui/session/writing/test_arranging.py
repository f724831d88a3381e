from collections.abc import Callable
from pathlib import Path

import pytest

from contract_tui.contract.errors import NotYours, TooMuch, UnknownPart
from contract_tui.contract.schema import INTERESTS, STRUCTURE, SUPPORTS, PartId
from contract_tui.contract.sections import heading_part
from contract_tui.contract.text.splice import Splice
from contract_tui.library.errors import ReadOnlySeat
from contract_tui.library.world import World
from contract_tui.session.session import Session
from sync_server.access.proof import Role
from tests.contract_tui.session.company import company, relay, until, write

ALONE = World(online=False)


def shown(session: Session) -> list[PartId]:
    return [one.part for one in session.contract.sections if not one.hidden]


async def test_the_student_adds_names_orders_and_hides_sections(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi", ALONE)
        dreams = heidi.desk.add_section(" What I  dream of ")
        assert shown(heidi) == [INTERESTS, SUPPORTS, STRUCTURE, dreams]
        assert heidi.contract.sections[-1].heading == "What I dream of"
        assert heidi.desk.move_section(dreams, before=SUPPORTS)
        assert not heidi.desk.move_section(dreams, before=SUPPORTS)
        assert shown(heidi) == [INTERESTS, dreams, SUPPORTS, STRUCTURE]
        assert heidi.desk.move_section(INTERESTS, before=None)
        assert heidi.desk.hide_section(SUPPORTS)
        assert not heidi.desk.hide_section(SUPPORTS)
        assert shown(heidi) == [dreams, STRUCTURE, INTERESTS]
        assert heidi.desk.hide_section(SUPPORTS, hidden=False)
        heidi.edit(heading_part(dreams), Splice(0, 15, "Dreams"))
        assert heidi.contract.sections[0].heading == "Dreams"
        assert heidi.undo(heading_part(dreams))
        assert heidi.contract.sections[0].heading == "What I dream of"


async def test_what_does_not_fit_or_is_not_there_is_refused(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi", ALONE)
        with pytest.raises(TooMuch, match="at most 80 characters"):
            heidi.desk.add_section("x" * 81)
        for do in (heidi.desk.hide_section, lambda part: heidi.desk.move_section(part, None)):
            with pytest.raises(UnknownPart):
                do(PartId("homework"))


async def test_an_adult_leaves_the_sections_to_the_student(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        people.invite("Opa", Role.OBSERVER)
        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        await until(clara, lambda: len(clara.contract.seats) == 2)
        assert heidi.desk.can_arrange
        assert not clara.desk.can_arrange
        write(clara, "what do you like to do?", part=INTERESTS)
        refused: list[Callable[[], object]] = [
            lambda: clara.desk.add_section("Homework"),
            lambda: clara.desk.move_section(SUPPORTS, None),
            lambda: clara.desk.hide_section(SUPPORTS),
            lambda: write(clara, "Likes", part=heading_part(INTERESTS)),
            lambda: clara.undo(heading_part(INTERESTS)),
            lambda: clara.redo(heading_part(INTERESTS)),
        ]
        for do in refused:
            with pytest.raises(NotYours, match=r"[Tt]he student"):
                do()
        opa = await people.open("Opa")
        await until(opa, lambda: len(opa.contract.seats) >= 2)
        with pytest.raises(ReadOnlySeat):
            opa.desk.add_section("Mine")
        assert shown(heidi) == [INTERESTS, SUPPORTS, STRUCTURE]


async def test_nobody_writes_into_what_is_anothers_alone(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        await until(clara, lambda: len(clara.contract.seats) == 2)
        goal, thought = heidi.desk.add_goal(), heidi.desk.add_reflection()
        await until(clara, lambda: bool(clara.desk.items.find(thought)))
        kite, mine = (clara.desk.items.find(one) for one in (goal, thought))
        assert kite
        assert mine
        for part in (kite.part("matters"), kite.part("success"), mine.part("text")):
            assert heidi.pen.may_write(part)
            assert not clara.pen.may_write(part)
            with pytest.raises(NotYours):
                write(clara, "to please us", part=part)
            with pytest.raises(NotYours):
                clara.pen.bring_back(part, "to please us")
            with pytest.raises(NotYours):
                clara.pen.insert(part, None, "to please us")
            assert clara.contract.text(part).text == ""
        write(clara, "Build a kite", part=kite.part("what"))
        assert clara.undo(kite.part("what"))
