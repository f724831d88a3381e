"""Three people on the pages of one contract, with a relay between them."""

from __future__ import annotations

from contract_tui.contract.items.values import standing
from contract_tui.contract.items.writing import remove
from contract_tui.ui.pages.goal import GoalPage
from contract_tui.ui.pages.page import PROMISES, SUPPORTS, address, page_of_goal
from contract_tui.ui.screens.workshop import WorkshopScreen
from sync_server.access.proof import Role
from tests.contract_tui.ui.pages.turning import seen, turn_to, words_of, write
from tests.contract_tui.ui.stage import press, until
from tests.contract_tui.ui.test_together import Screens
from tests.contract_tui.ui.test_together import together as together


async def test_what_two_write_in_one_goal_is_there_on_both_pages(together: Screens) -> None:
    student, teacher = together[Role.STUDENT], together[Role.TEACHER]
    goal = student.session.desk.add_goal()
    await until(lambda: teacher.session.contract.items.find(goal) is not None)
    mine, theirs = await turn_to(student, goal), await turn_to(teacher, goal)
    assert isinstance(mine, GoalPage)
    assert isinstance(theirs, GoalPage)
    await press(mine.what.editor, *"Kite")
    await until(lambda: theirs.what.editor.text == "Kite")
    teacher.set_focus(theirs.evidence.editor)
    await press(theirs.evidence.editor, *"A film")
    await press(mine.what.editor, *"s!")
    await until(lambda: mine.evidence.editor.text == "A film")
    await until(lambda: theirs.what.editor.text == "Kites!")
    await until(lambda: bool(mine.evidence.editor.remotes))
    student.session.desk.say(goal, "structure_choice", "steps")
    await until(lambda: theirs.structure.bar.said == "show me the steps")


async def test_a_goal_taken_away_while_another_types_in_it_loses_nothing(
    together: Screens,
) -> None:
    student, teacher = together[Role.STUDENT], together[Role.TEACHER]
    goal = student.session.desk.add_goal()
    await until(lambda: teacher.session.contract.items.find(goal) is not None)
    page = await turn_to(teacher, goal)
    assert isinstance(page, GoalPage)
    teacher.set_focus(page.evidence.editor)
    await press(page.evidence.editor, *"A fil")
    assert student.session.desk.remove(goal)
    await until(lambda: any("took this goal away" in one for one in seen(page)))
    await press(page.evidence.editor, "m")
    assert teacher.focused is page.evidence.editor
    await until(lambda: words_of(student, goal, "evidence") == "A film")
    assert student.session.desk.bring_back(goal)
    await until(lambda: not any("took this goal away" in one for one in seen(page)))


async def test_what_another_takes_away_stays_as_long_as_one_is_in_it(together: Screens) -> None:
    student, teacher = together[Role.STUDENT], together[Role.TEACHER]
    support = teacher.session.desk.add_support()
    write(teacher, support, "what", "A lamp")
    await until(lambda: student.session.contract.items.find(support) is not None)
    page = await turn_to(teacher, SUPPORTS)
    card = next(one for one in page.cards() if one.item.id == support)
    teacher.set_focus(card.main.editor)
    await until(lambda: card.main.editor.has_focus)
    assert student.session.desk.remove(support)
    await until(lambda: any("took this away just now" in one for one in seen(page)))
    await press(card.main.editor, "end", "!")
    assert card.main.editor.has_focus
    await until(lambda: words_of(student, support, "what") == "A lamp!")
    page.go_to(next(one for one in page.cards() if one is not card).main.editor)
    offered = "took “A lamp!” away without having seen all of it"
    await until(lambda: any(offered in one for one in seen(page)))


def shown_in_outline(screen: WorkshopScreen) -> str:
    return " ".join(str(screen.outlines[0].render()).split())


async def test_a_promise_of_another_appears_in_its_place(together: Screens) -> None:
    student, parent = together[Role.STUDENT], together[Role.PARENT]
    page = await turn_to(student, PROMISES)
    me = student.session.me
    assert me is not None
    promise = parent.session.desk.add_promise(me.id)
    write(parent, promise, "what", "I am there on time.")

    def shown() -> list[str]:
        return [card.main.editor.text for card in page.cards() if card.display]

    await until(lambda: "I am there on time." in shown())
    assert len(shown()) == len(standing(student.session.contract.items.promises))


async def test_what_was_taken_away_unseen_is_offered_back_in_its_place(together: Screens) -> None:
    student, teacher = together[Role.STUDENT], together[Role.TEACHER]
    support = teacher.session.desk.add_support()
    await until(lambda: student.session.contract.items.find(support) is not None)
    thing = student.session.contract.items.find(support)
    assert thing is not None
    known = student.session.contract.heads
    write(teacher, support, "what", "A lamp")
    await until(lambda: words_of(student, support, "what") == "A lamp")
    me = student.session.me
    assert me is not None
    # As if the student had not known the words: the removal names an earlier version.
    taken = remove(thing, me.id, frozenset({me.id}), known, None)
    assert taken is not None
    student.session.pen.write(None, lambda _at: student.session.contract.change(taken))
    await until(lambda: address(SUPPORTS) in teacher.going.directory.offered)
    await until(lambda: "What helps •" in shown_in_outline(teacher))
    page = await turn_to(teacher, SUPPORTS)
    offered = "took “A lamp” away without having seen all of it"
    await until(lambda: any(offered in one for one in seen(page)))
    card = next(one for one in page.cards() if one.item.id == support)
    teacher.set_focus(card.gone)
    await card.gone.action_press()
    await until(lambda: card.is_standing)
    await until(lambda: student.session.contract.items.find(support).removal is None)  # type: ignore[union-attr]
    await until(lambda: address(SUPPORTS) not in teacher.going.directory.offered)


async def test_a_goal_taken_away_before_all_of_it_was_seen_stays_among_the_places(
    together: Screens,
) -> None:
    student, teacher = together[Role.STUDENT], together[Role.TEACHER]
    goal = student.session.desk.add_goal()
    await until(lambda: teacher.session.contract.items.find(goal) is not None)
    thing = student.session.contract.items.find(goal)
    me = student.session.me
    assert thing is not None
    assert me is not None
    taken = remove(thing, me.id, frozenset({me.id}), student.session.contract.heads, None)
    assert taken is not None
    student.session.pen.write(None, lambda _at: student.session.contract.change(taken))
    here = address(page_of_goal(goal))
    await until(lambda: here not in [one.part for one in teacher.going.places])
    write(teacher, goal, "evidence", "A film")
    teacher.follow()
    assert here in [one.part for one in teacher.going.places]
    await until(lambda: here in [one.part for one in student.going.places])
