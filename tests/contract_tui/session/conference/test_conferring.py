"""Conferences between real sessions, over a real relay."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from contract_tui.contract.conference.tokens import Form
from contract_tui.contract.errors import ContractError, NotYours
from contract_tui.contract.schema import INTERESTS
from contract_tui.library.errors import ReadOnlySeat
from contract_tui.session.conference.conferring import REST, Face
from contract_tui.session.session import Session
from sync_server.access.proof import Role
from sync_server.storage import MemoryStore
from tests.contract_tui.session.company import Company, company, read, relay, until, write
from tests.contract_tui.session.table import (
    PHASES,
    Clocks,
    invited,
    meet,
    phase,
    until_here,
    until_phase,
)


@pytest.fixture
async def people(tmp_path: Path) -> AsyncIterator[Company]:
    async with invited(tmp_path) as people:
        yield people


def face(session: Session) -> Face:
    found = session.conferring.face()
    assert found is not None
    return found


async def test_a_conference_begins_for_everybody_and_the_student_goes_on(people: Company) -> None:
    heidi, clara = await meet(people, "Heidi", "Clara")
    with pytest.raises(NotYours):
        clara.conferring.go_on()
    clara.conferring.ask_to_go_on()
    await until(heidi, lambda: bool(heidi.conferring.asking))
    assert clara.me
    assert heidi.conferring.asking == {clara.me.id} == clara.conferring.asking
    assert heidi.conferring.go_on()
    assert phase(heidi) == PHASES[1]
    assert heidi.conferring.asking == frozenset()
    await until_phase(clara, PHASES[1])
    assert clara.conferring.asking == frozenset()
    assert heidi.conferring.go_back()
    await until_phase(clara, PHASES[0])
    assert not heidi.conferring.go_back()


async def test_who_asks_can_ask_no_more(people: Company) -> None:
    heidi, clara = await meet(people, "Heidi", "Clara")
    clara.conferring.ask_to_go_on()
    await until(heidi, lambda: bool(heidi.conferring.asking))
    clara.conferring.ask_to_go_on(False)
    await until(heidi, lambda: not heidi.conferring.asking)


async def test_a_step_is_taken_once_from_what_was_seen(people: Company) -> None:
    (heidi,) = await meet(people, "Heidi")
    seen = heidi.conferring.current
    assert seen is not None
    assert heidi.conferring.go_on(seen.place.visit)
    assert not heidi.conferring.go_on(seen.place.visit)
    assert phase(heidi) == PHASES[1]


async def test_who_is_there_says_so_once(people: Company) -> None:
    heidi, clara = await meet(people, "Heidi", "Clara")
    assert clara.conferring.take_part()
    for session in (heidi, clara):
        before = session.size
        assert not session.conferring.take_part()
        assert session.size == before


async def test_without_a_conference_there_is_nothing_to_go_on_with(people: Company) -> None:
    heidi = await people.open("Heidi")
    assert heidi.conferring.face() is None
    assert heidi.conferring.phase is None
    assert heidi.conferring.asking == frozenset()
    heidi.conferring.ask_to_go_on()
    for act in (heidi.conferring.go_on, heidi.conferring.pause, heidi.conferring.end):
        with pytest.raises(ContractError, match="begin one"):
            act()


async def test_clocks_that_are_minutes_apart_show_the_same_time(people: Company) -> None:
    right, slow, fast = Clocks(), Clocks(5_000, -400), Clocks(90, 900)
    heidi = await people.open("Heidi", right.world())
    clara = await people.open("Clara", slow.world())
    for session in (heidi, clara):
        await until_here(session, 2)
    heidi.conferring.begin()
    heidi.conferring.go_on()
    await until(clara, lambda: phase(clara) == PHASES[1] and face(clara).knows)
    for clocks in (right, slow, fast):
        clocks.counted += 100
    assert face(heidi).remaining == face(clara).remaining == 5 * 60 - 100
    grandfather = await people.open("Grandfather", fast.world())
    await until(grandfather, lambda: phase(grandfather) == PHASES[1] and face(grandfather).knows)
    assert face(grandfather).remaining == 5 * 60 - 100


async def test_who_comes_when_nobody_is_there_guesses_by_the_clock_on_the_wall(
    people: Company,
) -> None:
    first = Clocks()
    heidi = await people.open("Heidi", first.world())
    heidi.conferring.begin()
    await heidi.close()
    later = await people.open("Heidi", Clocks(50, -20).world())
    assert (face(later).elapsed, face(later).knows) == (30, False)


async def test_a_break_stops_the_clock_for_everybody(people: Company) -> None:
    clocks = Clocks()
    heidi, clara = await meet(people, "Heidi", "Clara", clocks=clocks)
    clocks.counted += 40
    assert clara.conferring.pause()
    assert not clara.conferring.pause()
    await until(heidi, lambda: face(heidi).on_break)
    clocks.counted += 500
    assert face(heidi).elapsed == face(clara).elapsed == 40
    assert heidi.conferring.phase is None
    assert heidi.conferring.may_write_directly(INTERESTS)
    assert not clara.conferring.may_write_directly(INTERESTS)  # the floor is Heidi's still
    assert heidi.conferring.resume()
    await until(clara, lambda: not face(clara).on_break)
    clocks.counted += 5
    assert face(heidi).elapsed == face(clara).elapsed == 45


async def test_minutes_are_added_and_time_that_is_over_is_told_calmly(people: Company) -> None:
    clocks = Clocks()
    (heidi,) = await meet(people, "Heidi", clocks=clocks)
    clocks.counted += 130
    assert face(heidi).remaining == -10
    assert heidi.conferring.add_minutes(2)
    assert face(heidi).remaining == 110
    assert heidi.conferring.following is not None
    assert heidi.conferring.following.id == PHASES[1]


async def test_the_student_closes_it_and_everybody_writes_as_before(people: Company) -> None:
    heidi, clara = await meet(people, "Heidi", "Clara")
    assert not clara.conferring.may_write_directly(INTERESTS)
    assert heidi.conferring.may_write_directly(INTERESTS)
    with pytest.raises(NotYours):
        clara.conferring.end()
    assert heidi.conferring.end()
    await until(clara, lambda: clara.conferring.current is None)
    assert clara.conferring.may_write_directly(INTERESTS)
    (one,) = clara.contract.conferences.all
    assert one.closed_heads


async def test_who_begins_while_one_goes_on_takes_part_in_it(people: Company) -> None:
    clocks = Clocks()
    heidi, clara = await meet(people, "Heidi", "Clara", clocks=clocks)
    assert clara.conferring.begin().number == 1
    assert clara.me
    assert clara.me.id in clara.conferring.begin().people
    with pytest.raises(NotYours, match="the student can leave it"):
        clara.conferring.begin(anew=True)
    assert heidi.conferring.begin(anew=True).number == 2


async def test_one_that_was_left_open_is_left_behind_by_anybody_who_begins_another(
    people: Company,
) -> None:
    clocks = Clocks()
    heidi, clara = await meet(people, "Heidi", "Clara", clocks=clocks)
    before = clara.conferring.rests
    clocks.counted += REST
    assert (before, clara.conferring.rests) == (False, True)
    assert clara.conferring.begin().number == 1  # it can be taken up again
    assert clara.conferring.begin(anew=True).number == 2
    await until(heidi, lambda: len(heidi.contract.conferences.all) == 2)
    assert phase(heidi) == PHASES[0]
    assert not heidi.conferring.rests


async def test_the_days_for_which_one_was_left_open_count_in_no_phase(people: Company) -> None:
    clocks = Clocks()
    (heidi,) = await meet(people, "Heidi", clocks=clocks)
    heidi.conferring.go_on()
    clocks.counted += 30 * REST
    assert heidi.conferring.pause()
    assert heidi.conferring.resume()
    clocks.counted += 20
    assert (face(heidi).elapsed, heidi.conferring.rests) == (20, False)


async def test_who_reads_along_begins_nothing_and_is_not_noted(people: Company) -> None:
    people.invite("Uncle", Role.OBSERVER)
    (heidi,) = await meet(people, "Heidi")
    uncle = await people.open("Uncle")
    await until_phase(uncle, PHASES[0])
    assert not uncle.conferring.take_part()
    for act in (uncle.conferring.go_on, uncle.conferring.pause, uncle.conferring.end):
        with pytest.raises(ReadOnlySeat):
            act()
    assert heidi.conferring.current
    assert uncle.me
    assert uncle.me.id not in heidi.conferring.current.people


async def test_nothing_of_a_conference_is_a_turn(people: Company) -> None:
    (heidi,) = await meet(people, "Heidi")
    before = len((await heidi.recall()).turns)
    heidi.conferring.go_on()
    heidi.conferring.pause()
    heidi.conferring.agendas.choose(Form.SHORT)
    heidi.conferring.end()
    assert len((await heidi.recall()).turns) == before


async def test_it_is_a_chapter_with_everybody_who_was_there(people: Company) -> None:
    heidi, clara = await meet(people, "Heidi", "Clara")
    clara.conferring.take_part()
    assert clara.me
    me = clara.me.id
    await until(heidi, lambda: me in (c.people if (c := heidi.conferring.current) else ()))
    write(heidi, "bees")
    heidi.conferring.end()
    chapter = (await heidi.recall()).chapters[-1]
    assert chapter.kind.value == "conference"
    assert me in chapter.people  # who wrote nothing


async def test_an_interrupted_conference_is_where_it_was_when_one_comes_back(
    people: Company,
) -> None:
    heidi, clara = await meet(people, "Heidi", "Clara")
    heidi.conferring.go_on()
    await until_phase(clara, PHASES[1])
    await heidi.close()
    await clara.close()
    again = await people.open("Heidi")
    assert phase(again) == PHASES[1]
    assert again.conferring.go_on()
    assert read(again) == ""


async def test_who_lost_each_other_for_two_phases_meets_in_the_same_one_at_the_same_time(
    tmp_path: Path,
) -> None:
    store, mine, theirs = MemoryStore(), Clocks(), Clocks(900, wrong_by=-600)
    async with relay(store=store) as server, company(tmp_path, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        heidi = await people.open("Heidi", mine.world())
        clara = await people.open("Clara", theirs.world())
        for session in (heidi, clara):
            await until_here(session, 2)
        heidi.conferring.begin()
        await until_phase(clara, PHASES[0])
        port = server.port
        await server._stop()
        for session in (heidi, clara):
            await until_here(session, 1)
        for _ in range(2):
            heidi.conferring.go_on()
            for clocks in (mine, theirs):
                clocks.counted += 100
        assert clara.conferring.pause()
        async with relay(port, store):
            heidi.reconnect()
            clara.reconnect()
            await until(clara, lambda: phase(clara) == PHASES[2] and face(clara).knows)
            assert face(clara).elapsed == face(heidi).elapsed == 100
            assert not face(clara).on_break  # the student had gone on from where it was taken
