"""Three people at their screens, with a relay between them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from textual.widgets import Static

from contract_tui.contract.schema import INTERESTS, SUPPORTS
from contract_tui.library.world import World
from contract_tui.ui.pages.page import AGREEMENT, address
from contract_tui.ui.screens.history.screen import HistoryScreen
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.widgets.editor import Editor
from sync_server.access.proof import Role
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import press, until

Screens = dict[Role, WorkshopScreen]


def shown(screen: WorkshopScreen, selector: str) -> str:
    """What a widget says; painting it here would paint it with another's colours."""
    return str(screen.query_one(selector, Static).content)


def places_of(editor: Editor) -> list[tuple[int, int, str]]:
    """Where the others are."""
    return [(remote.anchor, remote.head, remote.ink.mark) for remote in editor.remotes]


def mark_of(screen: WorkshopScreen) -> str:
    """The mark of the person in front of a screen."""
    me = screen.session.me
    ink = screen.company.inks.of_seat(me.id) if me else None
    assert ink is not None
    return ink.mark


async def until_everybody_is_there(screen: WorkshopScreen) -> None:
    await until(lambda: sum(person.here for person in screen.session.people) == 3)


@pytest.fixture
async def together(sitting: Sitting) -> AsyncIterator[Screens]:
    """Everybody's workshop, connected."""
    async with AsyncExitStack() as stack:
        relay = await stack.enter_async_context(Relay.serve(Settings(port=0, open=True)))
        screens: Screens = {}
        for role, library in sitting.libraries.items():
            library.add_relays(sitting.contract, [relay.url])
            opened = sitting.workshop(role, world=World())
            screens[role], _ = await stack.enter_async_context(opened)
        for screen in screens.values():
            await until_everybody_is_there(screen)
        yield screens


async def test_words_carets_and_selections_appear_on_the_other_screens(together: Screens) -> None:
    student, teacher = together[Role.STUDENT], together[Role.TEACHER]
    editor = student.panes[0].editor
    await press(editor, "ctrl+end", "!", "shift+left")
    other = teacher.panes[0].editor
    await until(lambda: other.text == editor.text and other.text.endswith("!"))
    end = len(other.text)
    await until(lambda: (end, end - 1, mark_of(student)) in places_of(other))


async def test_who_is_typing_where_is_said(together: Screens) -> None:
    teacher, parent = together[Role.TEACHER], together[Role.PARENT]
    teacher.open_part(SUPPORTS)
    await press(teacher.panes[1].editor, "x")
    await until(lambda: "writing in Supports needed" in shown(parent, "#people"))
    mark = mark_of(teacher)
    await until(lambda: mark in shown(parent, "#outline").split("\n")[1].split())
    await until(lambda: "in Supports needed" in shown(parent, "#people"))


async def test_the_status_says_that_everybody_has_it(together: Screens) -> None:
    student = together[Role.STUDENT]
    await press(student.panes[0].editor, "x")
    await until(lambda: "shared with everyone" in shown(student, "#status"))


async def test_everybody_types_at_once_and_reads_the_same(together: Screens) -> None:
    for count in range(20):
        for role, screen in together.items():
            await press(screen.panes[0].editor, *f"{role[0]}{count} ")
    editors = [screen.panes[0].editor for screen in together.values()]
    await until(lambda: len({editor.text for editor in editors}) == 1)
    words = editors[0].text.split()
    assert {f"{role[0]}{count}" for role in together for count in range(20)} <= set(words)
    assert together[Role.PARENT].session.contract.text(INTERESTS).text == editors[0].text


async def test_the_others_see_that_somebody_looks_back_as_long_as_they_do(
    together: Screens,
) -> None:
    student, teacher = together[Role.STUDENT], together[Role.TEACHER]
    assert "looking back" not in shown(student, "#people")
    await teacher.app.run_action("look_back", teacher)
    await until(lambda: "looking back" in shown(student, "#people"))
    past = teacher.app.screen
    assert isinstance(past, HistoryScreen)
    past.action_leave()
    await until(lambda: "looking back" not in shown(student, "#people"))
    await until(lambda: "looked back on" in shown(student, "#people"))


async def test_who_is_on_which_page_is_said_by_the_first_words_of_a_goal(
    together: Screens,
) -> None:
    teacher, parent = together[Role.TEACHER], together[Role.PARENT]
    goal = teacher.session.desk.items.goals[0]
    mark = mark_of(teacher)
    await teacher.going.go_there(goal.part("what"))
    await until(lambda: "in “Write the goat book”" in shown(parent, "#people"))
    row = [place.heading for place in parent.going.places].index("Write the goat book")
    await until(lambda: mark in shown(parent, "#outline").split("\n")[row].split())
    await parent.going.go_there(goal.part("what"))
    other = dict(parent.editors())[goal.part("what")]
    end = len("Write the goat book")
    await until(lambda: (end, end, mark) in places_of(other))
    await teacher.going.go_there(address(AGREEMENT))
    await until(lambda: "in Agreement" in shown(parent, "#people"))
