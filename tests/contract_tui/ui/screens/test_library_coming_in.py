"""How a contract comes into the list and goes out of it: made, joined, by a code, as a file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button

from contract_tui.library.library import Library
from contract_tui.library.seats import invite_to, new_contract
from contract_tui.session.session import Session
from contract_tui.ui.app import ContractApp
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.library import LibraryScreen
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.widgets.line_input import LineInput
from sync_server.access.code import make_code
from sync_server.access.proof import Role
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from tests.contract_tui.ui.screens.listed import answer, opened, problem, rows, said
from tests.contract_tui.ui.sitting import Sitting, is_ready
from tests.contract_tui.ui.stage import until


async def test_a_new_contract_asks_again_until_it_has_what_it_needs(empty: Library) -> None:
    async with opened(empty) as (app, pilot):
        dialog = await answer(app, pilot, "ctrl+n", title="Mine")
        await until(lambda: "what the others call you" in problem(dialog))
        dialog.query_one("#name", LineInput).value = "Maya"
        dialog.query_one("#relay", LineInput).value = "http://not-a-relay"
        dialog.query_one("#confirm", Button).press()
        await until(lambda: "not the address of a relay" in problem(dialog))
        dialog.query_one("#relay", LineInput).value = ""
        dialog.query_one("#confirm", Button).press()
        await until(lambda: is_ready(app.screen))
        (entry,) = empty.entries()
        assert entry.seat is not None
        assert (entry.name, entry.seat.name, entry.seat.role) == ("Mine", "Maya", Role.STUDENT)


async def test_an_invitation_broken_into_lines_is_pasted_whole(
    sitting: Sitting, empty: Library
) -> None:
    student = sitting.libraries[Role.STUDENT]
    link = invite_to(student, student.entry(sitting.contract), Role.PARENT, "Aunt Dete").link()
    async with opened(empty) as (app, pilot):
        await pilot.press("f6")
        await until(lambda: isinstance(app.screen, Dialog))
        from textual.events import Paste

        app.post_message(Paste(f"{link[:60]}\r\n{link[60:]}\n"))
        line = app.screen.query_one(LineInput)
        await until(lambda: line.value == link)
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, WorkshopScreen))
        assert empty.entry(sitting.contract).seat is not None


async def test_what_is_no_invitation_is_refused_in_a_sentence(empty: Library) -> None:
    async with opened(empty) as (app, pilot):
        dialog = await answer(app, pilot, "f6", link="hello")
        await until(lambda: "This is not an invitation" in problem(dialog))
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, LibraryScreen))


@asynccontextmanager
async def coded(folder: Path) -> AsyncIterator[tuple[str, str]]:
    """A relay that keeps an invitation under a code; yields its address and the code."""
    async with Relay.serve(Settings(port=0, power_safe=False)) as relay:
        with Library(folder / "holder") as library:
            contract = new_contract(library, "Tidepools", "Ana", Role.STUDENT, [relay.url])
            link = invite_to(library, library.entry(contract), Role.PARENT, "Cleo").link()
            session = await Session.open(library, contract)
            answer = await session.short_code(link)
            yield relay.url, answer.code
            await session.close()


async def ask_relay(app: ContractApp, pilot: Pilot[None], code: str, relay: str) -> Dialog[object]:
    """Join with a code that a relay keeps; returns the question for the relay."""
    await answer(app, pilot, "f6", link=code)
    await until(lambda: app.focused is not None and app.focused.id == "relay")
    dialog = app.screen
    assert isinstance(dialog, Dialog)
    dialog.query_one("#relay", LineInput).value = relay
    dialog.query_one("#confirm", Button).press()
    return dialog


async def test_a_short_code_asks_for_the_relay_that_keeps_it(
    empty: Library, tmp_path: Path
) -> None:
    async with coded(tmp_path) as (url, code), opened(empty) as (app, pilot):
        await ask_relay(app, pilot, code.lower().replace("-", " "), url.removeprefix("ws://"))
        await until(lambda: isinstance(app.screen, WorkshopScreen))
        (entry,) = empty.entries()
        assert entry.seat is not None
        assert (entry.seat.name, entry.seat.role) == ("Cleo", Role.PARENT)
        assert url in entry.relays


async def test_a_mistyped_code_is_noticed_before_anybody_is_asked(empty: Library) -> None:
    async with opened(empty) as (app, pilot):
        dialog = await answer(app, pilot, "f6", link="ABC-DEF-GHJ")
        await until(lambda: "mistyped" in problem(dialog))


async def test_a_relay_that_does_not_answer_is_said_and_can_be_corrected(empty: Library) -> None:
    async with opened(empty) as (app, pilot):
        dialog = await ask_relay(app, pilot, make_code(b"12345"), "127.0.0.1:1")
        await until(lambda: "No relay answers" in problem(dialog))
        assert empty.entries() == []


async def test_a_code_is_not_sent_over_an_open_way_without_a_yes(empty: Library) -> None:
    async with opened(empty) as (app, pilot):
        dialog = await ask_relay(app, pilot, make_code(b"12345"), "school.invalid:3030")
        await until(lambda: app.screen is not dialog and app.focused is not None)
        assert app.focused is app.screen.query_one("#cancel")
        app.screen.query_one("#cancel", Button).press()
        await until(lambda: "Nothing was sent" in problem(dialog))
        assert not empty.is_confirmed("ws://school.invalid:3030")


async def test_a_contract_goes_out_as_a_file_and_comes_in_elsewhere(
    sitting: Sitting, empty: Library, tmp_path: Path
) -> None:
    file = tmp_path / "carried.automerge"
    async with opened(sitting.libraries[Role.STUDENT]) as (app, pilot):
        await answer(app, pilot, "ctrl+s", path=str(file))
        await until(lambda: said(app, "Written to"))
        dialog = await answer(app, pilot, "ctrl+s", path=str(file))
        await until(lambda: "exists already" in problem(dialog))
    async with opened(empty) as (app, pilot):
        await answer(app, pilot, "ctrl+o", path=str(file))
        await until(lambda: said(app, "The contract is here now."))
        await until(lambda: bool(rows(app)))
        (listed,) = rows(app)
        assert "only to read" in listed


@pytest.mark.parametrize("path", ["/nowhere/at/all", __file__])
async def test_what_is_no_contract_is_refused_in_a_sentence(empty: Library, path: str) -> None:
    async with opened(empty) as (app, pilot):
        dialog = await answer(app, pilot, "ctrl+o", path=path)
        await until(lambda: path in problem(dialog))
