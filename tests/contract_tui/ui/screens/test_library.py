"""The library, as a newcomer and as an old hand see it."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, OptionList

from contract_tui.library.drafts import BEFORE_CONFERENCE
from contract_tui.library.library import Library
from contract_tui.library.seats import invite_to, join, new_contract
from contract_tui.library.summaries import Summary
from contract_tui.library.world import World
from contract_tui.session.link.refusals import RefusalKind
from contract_tui.session.link.standings import remember
from contract_tui.session.session import Session
from contract_tui.ui import themes
from contract_tui.ui.app import ContractApp
from contract_tui.ui.ink import contrast
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.invitation import InvitationScreen
from contract_tui.ui.screens.library import LibraryScreen
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.widgets.key_bar import KeyBar
from contract_tui.ui.widgets.line_input import LineInput
from sync_server.access.code import make_code
from sync_server.access.invitation import parse_invitation
from sync_server.access.proof import Role
from sync_server.protocol.ids import DocumentId
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from tests.contract_tui.session.shelf import damage
from tests.contract_tui.ui.sitting import ALONE, NOW, Sitting, is_ready
from tests.contract_tui.ui.stage import until


@asynccontextmanager
async def opened(library: Library) -> AsyncIterator[tuple[ContractApp, Pilot[None]]]:
    app = ContractApp(library, world=ALONE)
    async with app.run_test(size=(100, 32)) as pilot:
        await until(lambda: isinstance(app.screen, LibraryScreen) and app.screen.size.width > 0)
        await until(lambda: app.screen.query_one("#heading").region.area > 0)
        yield app, pilot


async def answer(app: ContractApp, pilot: Pilot[None], key: str, **answers: str) -> Dialog[object]:
    """Open a dialog with a key, fill it in, and press its button."""
    await pilot.press(key)
    await until(lambda: isinstance(app.screen, Dialog))
    dialog = app.screen
    assert isinstance(dialog, Dialog)
    for name, text in answers.items():
        dialog.query_one(f"#{name}", LineInput).value = text
    dialog.query_one("#confirm", Button).press()
    return dialog


def said(app: ContractApp, words: str) -> bool:
    return any(words in notification.message for notification in app._notifications)


def keys(app: ContractApp) -> str:
    return str(app.screen.query_one(KeyBar).content)


def problem(dialog: Dialog[object]) -> str:
    return str(dialog.query_one("#problem").render())


async def test_a_newcomer_is_told_what_can_be_done(empty: Library) -> None:
    async with opened(empty) as (app, _):
        assert app.screen.query_one("#empty").region.area > 0
        assert app.screen.query_one(OptionList).region.area == 0
        assert app.screen.check_action("erase", ()) is False
        assert "Open" not in keys(app)


def rows(app: ContractApp) -> list[str]:
    """What the list shows, one text for each contract."""
    shown = app.screen.query_one(OptionList)
    return [str(shown.get_option_at_index(n).prompt) for n in range(shown.option_count)]


async def test_every_contract_is_listed_and_enter_opens_it(sitting: Sitting) -> None:
    async with opened(sitting.libraries[Role.TEACHER]) as (app, pilot):
        await until(lambda: bool(rows(app)))
        (listed,) = rows(app)
        assert sitting.libraries[Role.TEACHER].entries()[0].title in listed
        assert "not all" in listed
        assert keys(app).startswith("Enter Open")
        await pilot.press("enter")
        await until(lambda: is_ready(app.screen))


async def test_an_empty_row_stands_between_two_contracts(sitting: Sitting) -> None:
    library = sitting.libraries[Role.TEACHER]
    new_contract(library, "Another", "Ola", Role.TEACHER, [])
    async with opened(library) as (app, _):
        shown = app.screen.query_one(OptionList)
        await until(lambda: shown.option_count == 2 and shown.virtual_size.height > 4)
        assert shown.virtual_size.height >= 3 * shown.option_count - 1


@pytest.mark.parametrize("theme", [theme.name for theme in themes.THEMES])
async def test_the_contract_that_is_marked_can_be_told_from_the_others(
    sitting: Sitting, theme: str
) -> None:
    async with opened(sitting.libraries[Role.TEACHER]) as (app, pilot):
        app.theme = theme
        await pilot.pause()
        shown = app.screen.query_one(OptionList)
        marked = shown.get_visual_style("option-list--option-highlighted")
        assert marked.background is not None
        assert marked.foreground is not None
        assert contrast(marked.background, shown.background_colors[1]) >= 1.25
        assert contrast(marked.foreground, marked.background) >= 7


async def test_whoever_only_reads_is_not_called_by_a_foreign_word(
    sitting: Sitting, empty: Library
) -> None:
    student = sitting.libraries[Role.STUDENT]
    join(empty, invite_to(student, student.entry(sitting.contract), Role.OBSERVER, "Dete").link())
    async with opened(empty) as (app, _):
        await until(lambda: bool(rows(app)))
        assert "you read along" in rows(app)[0]


async def test_the_palette_offers_what_the_bar_has_no_room_for(sitting: Sitting) -> None:
    from contract_tui.ui.commands import LibraryCommands

    async with opened(sitting.libraries[Role.TEACHER]) as (app, _):
        names = [name for name, _, _ in LibraryCommands(app.screen)._commands()]
        assert names == ["New contract", "Join", "Bring in", "Take away", "Erase"]
    async with opened(sitting.libraries[Role.STUDENT]) as (app, _):
        offered = {name: action for name, _, action in LibraryCommands(app.screen)._commands()}
        assert "Invite somebody" in offered
        offered["Erase"]()
        await until(lambda: isinstance(app.screen, Dialog) and app.focused is not None)


async def test_a_new_contract_asks_again_until_it_has_what_it_needs(empty: Library) -> None:
    async with opened(empty) as (app, pilot):
        dialog = await answer(app, pilot, "n", title="Mine")
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
        await pilot.press("j")
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
        dialog = await answer(app, pilot, "j", link="hello")
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
    await answer(app, pilot, "j", link=code)
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
        dialog = await answer(app, pilot, "j", link="ABC-DEF-GHJ")
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


async def test_whoever_holds_the_key_invites_from_the_list(sitting: Sitting) -> None:
    async with opened(sitting.libraries[Role.STUDENT]) as (app, pilot):
        await answer(app, pilot, "v", name="Peter")
        await until(lambda: isinstance(app.screen, InvitationScreen))
        await until(lambda: bool(app.screen.query("#link")))
        await pilot.press("1")
        certified = parse_invitation(app.clipboard).certified
        assert (certified.name, certified.role) == ("Peter", Role.TEACHER)


async def test_without_the_key_nobody_is_invited(sitting: Sitting) -> None:
    async with opened(sitting.libraries[Role.TEACHER]) as (app, pilot):
        await pilot.press("v", "f7")
        assert isinstance(app.screen, LibraryScreen)


@pytest.mark.parametrize(
    ("refusal", "said"),
    [(RefusalKind.ERASED, "has erased it"), (RefusalKind.REVOKED, "no longer take part")],
)
async def test_what_every_relay_refuses_for_good_says_so(
    sitting: Sitting, refusal: RefusalKind, said: str
) -> None:
    library = sitting.libraries[Role.TEACHER]
    entry = library.entry(sitting.contract)
    remember(library, entry, dict.fromkeys(entry.relays, refusal))
    async with opened(library) as (app, _):
        await until(lambda: bool(rows(app)))
        (listed,) = rows(app)
        assert said in listed
        assert "your own copy is still here" in listed


async def test_a_contract_goes_out_as_a_file_and_comes_in_elsewhere(
    sitting: Sitting, empty: Library, tmp_path: Path
) -> None:
    file = tmp_path / "carried.automerge"
    async with opened(sitting.libraries[Role.STUDENT]) as (app, pilot):
        await answer(app, pilot, "e", path=str(file))
        await until(lambda: said(app, "Written to"))
        dialog = await answer(app, pilot, "e", path=str(file))
        await until(lambda: "exists already" in problem(dialog))
    async with opened(empty) as (app, pilot):
        await answer(app, pilot, "i", path=str(file))
        await until(lambda: said(app, "The contract is here now."))
        await until(lambda: bool(rows(app)))
        (listed,) = rows(app)
        assert "only to read" in listed


@pytest.mark.parametrize("path", ["/nowhere/at/all", __file__])
async def test_what_is_no_contract_is_refused_in_a_sentence(empty: Library, path: str) -> None:
    async with opened(empty) as (app, pilot):
        dialog = await answer(app, pilot, "i", path=path)
        await until(lambda: path in problem(dialog))


async def test_erasing_asks_says_what_it_cannot_do_and_begins_at_the_way_back(
    sitting: Sitting,
) -> None:
    library = sitting.libraries[Role.PARENT]
    async with opened(library) as (app, pilot):
        await pilot.press("delete")
        await until(lambda: isinstance(app.screen, Dialog))
        assert "cannot erase what others have" in str(app.screen.query_one("#explanation").render())
        await until(lambda: app.screen.focused is app.screen.query_one("#cancel"))
        app.screen.query_one("#cancel", Button).press()
        await until(lambda: isinstance(app.screen, LibraryScreen))
        assert len(library.entries()) == 1
        await answer(app, pilot, "delete")
        await until(lambda: library.entries() == [])
        await until(lambda: app.screen.has_class("-empty"))


async def test_erasing_names_drafts_that_nobody_else_could_bring_back(sitting: Sitting) -> None:
    library = sitting.libraries[Role.PARENT]
    library.drafts(sitting.contract).edit(BEFORE_CONFERENCE, lambda _: "to ask")
    async with opened(library) as (app, pilot):
        await pilot.press("delete")
        await until(lambda: isinstance(app.screen, Dialog))
        await until(lambda: bool(app.screen.query("#explanation")))
        assert "drafts for it" in str(app.screen.query_one("#explanation").render())


async def test_what_was_begun_anew_says_so_in_the_list_and_when_it_is_opened(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(Role.STUDENT) as (screen, _):
        screen.session.pen.state_renewed(DocumentId(bytes(16)))
        await until(lambda: "anew on another computer of yours" in str(screen.notice.content))
    async with opened(sitting.libraries[Role.STUDENT]) as (app, _):
        await until(lambda: bool(rows(app)))
        (listed,) = rows(app)
        assert "begun anew on another computer of yours: join that one" in listed


async def test_who_is_in_a_contract_is_found_out_behind_the_list(sitting: Sitting) -> None:
    library = sitting.libraries[Role.TEACHER]
    async with opened(library) as (app, _):
        await until(lambda: any("Heidi, Grandfather and you" in row for row in rows(app)))
        assert library.summaries().all()[sitting.contract].is_of(library.entry(sitting.contract))


async def test_what_cannot_be_summed_up_is_tried_once_and_listed_all_the_same(
    sitting: Sitting,
) -> None:
    library = sitting.libraries[Role.TEACHER]
    damage(library.path.parent, sitting.contract, 3, "raw = x'00'")
    with closing(sqlite3.connect(library.path)) as connection, connection:
        connection.execute("UPDATE change SET hash = raw WHERE position > 3")
    async with opened(library) as (app, _):
        screen = app.screen
        assert isinstance(screen, LibraryScreen)
        await until(lambda: bool(screen._tried))
        await until(lambda: not screen._unknown())
        assert library.entries()[0].name in rows(app)[0]


@pytest.fixture
def thirty(sitting: Sitting) -> Library:
    """A teacher's library with more contracts than a window shows."""
    library = sitting.libraries[Role.TEACHER]
    for number in range(29):
        world = World(clock=lambda number=number: NOW - number * 86_400)  # type: ignore[misc]
        title = f"Kite {number}" if number else "Zebras, and Änne’s goats"
        contract = new_contract(library, title, "Mrs Sesemann", Role.TEACHER, world=world)
        heads = library.entry(contract).heads
        revisit = "2020-02-01" if number == 7 else ""
        library.summaries().keep(contract, Summary(heads, (f"Child {number}",), revisit=revisit))
    return library


async def test_typing_leaves_what_fits_and_enter_opens_it(thirty: Library) -> None:
    async with opened(thirty) as (app, pilot):
        await until(lambda: len(rows(app)) == 30)
        await pilot.press("slash", *"anne")
        await until(lambda: len(rows(app)) == 1)
        assert "Zebras" in rows(app)[0]
        await pilot.press("escape", "slash", *"child 2")
        await until(lambda: len(rows(app)) == 11)
        await pilot.press("down", "down", "up", "enter")
        await until(lambda: is_ready(app.screen))
        assert isinstance(app.screen, WorkshopScreen)
        assert app.screen.session.contract.title == "Kite 12"


async def test_what_fits_nothing_says_so_and_escape_shows_all(thirty: Library) -> None:
    async with opened(thirty) as (app, pilot):
        await pilot.press("slash", *"submarine")
        nothing = app.screen.query_one("#nothing")
        await until(lambda: nothing.region.area > 0)
        assert "“submarine”" in str(nothing.render())
        await pilot.press("enter")
        assert isinstance(app.screen, LibraryScreen)
        assert app.screen.chosen is None
        await pilot.press("escape")
        await until(lambda: len(rows(app)) == 30)
        assert nothing.region.area == 0
        assert app.focused is app.screen.query_one(OptionList)


async def test_the_list_is_sorted_and_the_mark_stays_at_its_contract(thirty: Library) -> None:
    async with opened(thirty) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, LibraryScreen)
        await until(lambda: len(rows(app)) == 30)
        await pilot.press("down", "down")
        chosen = screen.chosen
        await pilot.press("s")
        await until(lambda: "by title" in str(screen.query_one("#order").render()))
        assert "Heidi" in rows(app)[0]
        assert "Zebras" in rows(app)[-1]
        assert screen.chosen == chosen
        await pilot.press("s")
        await until(lambda: "Kite 7" in rows(app)[0])
        assert screen.chosen == chosen


async def test_a_single_contract_needs_neither_finding_nor_sorting(sitting: Sitting) -> None:
    async with opened(sitting.libraries[Role.STUDENT]) as (app, _):
        await until(lambda: bool(rows(app)))
        assert "Find" not in keys(app)
        assert str(app.screen.query_one("#order").render()) == ""
