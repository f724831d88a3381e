from pathlib import Path

import pytest

from contract_tui.contract.errors import NotYours
from contract_tui.contract.items.tokens import GoalState, Origin, Outcome, Stretch
from contract_tui.contract.items.values import standing
from contract_tui.contract.schema import GOALS_MAP, PartId
from contract_tui.contract.text.splice import Splice
from contract_tui.library.world import World
from sync_server.access.proof import Role
from tests.contract_tui.session.company import company, relay, until


async def test_three_people_write_goals_and_promises_and_everybody_has_the_same(
    tmp_path: Path,
) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        goal = heidi.desk.add_goal()
        heidi.edit(heidi.desk.items.goals[0].part("what"), Splice(0, 0, "Build a kite"))
        step = heidi.desk.add_step(goal)
        await until(clara, lambda: bool(clara.desk.items.find(step)))
        assert clara.me is not None
        assert heidi.me is not None
        promise = clara.desk.add_promise(to=heidi.me.id)
        await until(heidi, lambda: bool(heidi.desk.items.find(promise)))
        assert heidi.desk.close_promise(promise, Outcome.KEPT)
        await until(clara, lambda: clara.desk.items.promises[0].outcome is Outcome.KEPT)
        assert clara.contract.text(clara.desk.items.goals[0].part("what")).text == "Build a kite"
        assert clara.desk.items == heidi.desk.items
        assert clara.desk.items.goals[0].origin is Origin.MINE
        with pytest.raises(NotYours):
            clara.desk.remove(goal)
        with pytest.raises(NotYours):
            clara.desk.say(goal, "state", GoalState.LET_GO)
        with pytest.raises(NotYours):
            clara.desk.close_promise(promise, Outcome.NOT_YET)


async def test_what_is_taken_away_comes_back_and_goals_stand_where_they_are_put(
    tmp_path: Path,
) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi")
        first, second, third = [heidi.desk.add_goal() for _ in range(3)]
        assert heidi.desk.move(third, before=second)
        assert [one.id for one in heidi.desk.items.goals] == [first, third, second]
        assert heidi.desk.remove(first)
        assert not heidi.desk.remove(first)
        assert [one.id for one in standing(heidi.desk.items.goals)] == [third, second]
        assert heidi.desk.bring_back(first)
        assert [one.id for one in standing(heidi.desk.items.goals)] == [first, third, second]


async def test_a_goal_that_an_adult_adds_leaves_to_the_student_how_it_feels(
    tmp_path: Path,
) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        await until(clara, lambda: len(clara.contract.seats) == 2)
        goal = clara.desk.add_goal()
        await until(heidi, lambda: bool(heidi.desk.items.find(goal)))
        assert not heidi.contract.set_aside
        assert heidi.desk.items.goals[0].stretch is Stretch.NOT_SAID


async def test_what_is_taken_away_with_words_that_nobody_had_seen_is_offered_back(
    tmp_path: Path,
) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        await until(clara, lambda: len(clara.contract.seats) == 2)
        goal, other = heidi.desk.add_goal(), heidi.desk.add_goal()
        await until(clara, lambda: bool(clara.desk.items.find(other)))
        await clara.close()
        away = await people.open("Clara", World(online=False))
        found = away.desk.items.find(goal)
        assert found
        away.edit(found.part("evidence"), Splice(0, 0, "a film"))
        heidi.desk.remove(goal)
        heidi.desk.remove(other)
        assert not heidi.desk.offered_back
        await away.close()
        clara = await people.open("Clara")
        await until(heidi, lambda: heidi.contract.text(found.part("evidence")).text == "a film")
        assert [one.id for one in heidi.desk.offered_back] == [goal]
        await until(clara, lambda: len(standing(clara.desk.items.goals)) == 0)
        assert [one.id for one in clara.desk.offered_back] == [goal]
        with pytest.raises(NotYours, match="only they can bring it back"):
            clara.desk.bring_back(goal)
        assert heidi.desk.bring_back(goal)
        await until(clara, lambda: len(standing(clara.desk.items.goals)) == 1)
        assert not heidi.desk.offered_back


async def test_whatever_is_added_fits_into_a_contract(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi")
        desk = heidi.desk
        assert heidi.me is not None
        desk.add_step(desk.add_goal())
        desk.add_support()
        desk.add_promise(heidi.me.id)
        desk.add_reflection()
        assert heidi.contract.set_aside == []


async def test_a_goal_that_a_changed_program_destroys_can_be_brought_back_by_the_student(
    tmp_path: Path,
) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        goal, other = heidi.desk.add_goal(), heidi.desk.add_goal()
        kite = heidi.desk.items.goals[0]
        step = heidi.desk.add_step(goal)
        heidi.edit(kite.part("matters"), Splice(0, 0, "Grandfather built one"))
        heidi.edit(PartId(f"{step}/what"), Splice(0, 0, "a plan"))
        heidi.desk.say(goal, "state", GoalState.TRYING)
        await until(clara, lambda: clara.desk.items.goals == heidi.desk.items.goals)
        key = goal.partition("/")[2]
        clara.pen.write(
            None, lambda _: clara.contract.change(lambda writer: writer.delete(GOALS_MAP, key))
        )
        await until(heidi, lambda: goal not in [one.id for one in heidi.desk.items.goals])
        assert [one.id for one in standing(heidi.desk.items.goals)] == [other]
        for session in (heidi, clara):
            await session.recovery.follow()
        (lost,) = [one for one in heidi.desk.items.goals if one.removal]
        assert lost in heidi.desk.offered_back
        assert [one for one in heidi.contract.set_aside if "it can be brought back" in one]
        with pytest.raises(NotYours, match="Whose words these are"):
            clara.desk.bring_back(lost.id)
        assert heidi.desk.bring_back(lost.id)
        back = standing(heidi.desk.items.goals)[0]
        assert (back.id, back.state) == (lost.id, GoalState.TRYING)
        assert heidi.contract.text(back.part("matters")).text == "Grandfather built one"
        (plan,) = back.steps
        assert heidi.contract.text(plan.part("what")).text == "a plan"
        await until(clara, lambda: len(standing(clara.desk.items.goals)) == 2)
        await heidi.recovery.follow()
        assert not heidi.desk.offered_back
        assert heidi.contract.set_aside == []
        again = await people.open("Heidi", World(online=False))
        await again.recovery.follow()
        assert again.desk.items == heidi.desk.items


@pytest.mark.parametrize("is_all", [False, True])
async def test_a_step_that_a_changed_program_destroys_can_be_brought_back(
    tmp_path: Path, is_all: bool
) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        step = heidi.desk.add_step(heidi.desk.add_goal())
        heidi.edit(PartId(f"{step}/what"), Splice(0, 0, "a plan"))
        await until(clara, lambda: bool(clara.desk.items.find(step)))
        goal, key = clara.desk.items.goals[0], step.rpartition("/")[2]
        assert goal.steps_map
        where = (goal.object, "steps") if is_all else (goal.steps_map, key)
        clara.pen.write(None, lambda _: clara.contract.change(lambda writer: writer.delete(*where)))
        await until(heidi, lambda: heidi.desk.items.find(step) is None)
        await heidi.recovery.follow()
        (lost,) = heidi.desk.items.goals[0].steps
        assert heidi.desk.bring_back(lost.id)
        (back,) = standing(heidi.desk.items.goals[0].steps)
        assert heidi.contract.text(back.part("what")).text == "a plan"
        assert heidi.contract.set_aside == []
