"""The library, as a newcomer and as an old hand see it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from textual.widgets import Button, OptionList

from contract_tui.library.drafts import BEFORE_CONFERENCE
from contract_tui.library.library import Library
from contract_tui.library.seats import invite_to, join, new_contract
from contract_tui.session.link.refusals import RefusalKind
from contract_tui.session.link.standings import remember
from contract_tui.ui import themes
from contract_tui.ui.ink import contrast
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.invitation import InvitationScreen
from contract_tui.ui.screens.library import LibraryScreen
from sync_server.access.invitation import parse_invitation
from sync_server.access.proof import Role
from sync_server.protocol.ids import DocumentId
from tests.contract_tui.session.shelf import damage
from tests.contract_tui.ui.screens.listed import answer, foot, keys, opened, rows
from tests.contract_tui.ui.sitting import Sitting, is_ready
from tests.contract_tui.ui.stage import until


async def test_a_newcomer_is_told_what_can_be_done(empty: Library) -> None:
    async with opened(empty) as (app, _):
        assert app.screen.query_one("#empty").region.area > 0
        assert app.screen.query_one(OptionList).region.area == 0
        assert app.screen.check_action("erase", ()) is False
        assert "Open" not in keys(app)


async def test_every_contract_is_listed_and_enter_opens_it(sitting: Sitting) -> None:
    async with opened(sitting.libraries[Role.TEACHER]) as (app, pilot):
        await until(lambda: bool(rows(app)) and bool(foot(app)))
        listed = foot(app)
        assert sitting.libraries[Role.TEACHER].entries()[0].title in listed
        assert "not all" in listed
        assert keys(app).startswith("Enter Open")
        await pilot.press("enter")
        await until(lambda: is_ready(app.screen))


async def test_what_a_line_has_no_room_for_is_said_below_the_list_of_the_one_at_the_mark(
    sitting: Sitting,
) -> None:
    library = sitting.libraries[Role.TEACHER]
    new_contract(library, "Another", "Ola", Role.TEACHER, [])
    async with opened(library) as (app, pilot):
        await until(lambda: "only you so far" in foot(app))
        await pilot.press("down")
        await until(lambda: "Heidi, Grandfather and you" in foot(app))
        assert app.screen.query_one(OptionList).virtual_size.height == 2


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
        await until(lambda: "you read along" in foot(app))


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


async def test_whoever_holds_the_key_invites_from_the_list(sitting: Sitting) -> None:
    async with opened(sitting.libraries[Role.STUDENT]) as (app, pilot):
        await answer(app, pilot, "f7", name="Peter")
        await until(lambda: isinstance(app.screen, InvitationScreen))
        await until(lambda: bool(app.screen.query("#link")))
        await pilot.press("1")
        certified = parse_invitation(app.clipboard).certified
        assert (certified.name, certified.role) == ("Peter", Role.TEACHER)


async def test_without_the_key_nobody_is_invited(sitting: Sitting) -> None:
    async with opened(sitting.libraries[Role.TEACHER]) as (app, pilot):
        await pilot.press("f7")
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
        await until(lambda: bool(rows(app)) and bool(foot(app)))
        listed = foot(app)
        assert said in listed
        assert "your own copy is still here" in listed


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
        await until(lambda: bool(rows(app)) and bool(foot(app)))
        listed = foot(app)
        assert "begun anew on another computer of yours: join that one" in listed


async def test_who_is_in_a_contract_is_found_out_behind_the_list(sitting: Sitting) -> None:
    library = sitting.libraries[Role.TEACHER]
    async with opened(library) as (app, _):
        await until(lambda: "Heidi, Grandfather and you" in foot(app))
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
        await until(lambda: library.entries()[0].name in foot(app))
