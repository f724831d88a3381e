"""The workshop, as one person sees it."""

from __future__ import annotations

import pytest
from textual.events import Paste
from textual.widget import Widget
from textual.widgets import Button

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS, STRUCTURE, SUPPORTS, TITLE, StructureChoice
from contract_tui.contract.text.splice import Splice
from contract_tui.session.session import Session
from contract_tui.ui.app import ContractApp
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.help import HelpScreen
from contract_tui.ui.screens.library import LibraryScreen
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.widgets.choices import ChoiceBar
from contract_tui.ui.widgets.key_bar import KeyBar
from sync_server.access.proof import Role
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.ids import Actor, PeerId
from sync_server.protocol.messages import Notice
from tests.contract_tui.ui.sitting import ALONE, Sitting
from tests.contract_tui.ui.stage import paint, press, until


def words_of(widget: Widget) -> str:
    """What a widget shows."""
    return "\n".join(strip.text.rstrip() for strip in widget.render_lines(widget.size.region))


def name_of(screen: WorkshopScreen) -> str:
    """What the person in front of the screen is called."""
    assert screen.session.me is not None
    return screen.session.me.name


def shown(screen: WorkshopScreen, selector: str) -> str:
    return words_of(screen.query_one(selector))


async def test_every_part_shows_the_words_of_the_contract(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, _):
        contract = screen.session.contract
        for part, editor in screen.editors():
            assert editor.text == contract.text(part).text != ""
        assert [pane.part for pane in screen.panes] == [INTERESTS, SUPPORTS, STRUCTURE]


async def test_what_is_typed_is_in_the_contract_before_the_next_key(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, _):
        editor = screen.panes[0].editor
        await press(editor, "H", "i", " ")
        assert screen.session.contract.text(INTERESTS).text.startswith("Hi ")
        await press(editor, "ctrl+z")
        assert not screen.session.contract.text(INTERESTS).text.startswith("Hi ")


async def test_the_parts_and_the_choice_make_a_ring(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, pilot):
        seen = []
        for _ in range(5):
            await screen.action_go(1)
            assert screen.focused is not None
            seen.append(type(screen.focused).__name__)
        assert seen == ["Editor", "Editor", "ChoiceBar", "Editor", "Editor"]
        assert screen.focused is screen.panes[0].editor
        await pilot.press("alt+up")
        assert screen.focused is screen.title_editor
        await pilot.press("shift+tab")
        assert isinstance(screen.focused, ChoiceBar)


async def test_choosing_and_leaving_open_how_much_structure(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, pilot):
        choices = screen.panes[2].choices
        assert choices is not None
        screen.choose(StructureChoice.NOT_CHOSEN)
        await until(lambda: choices.chosen == "")
        screen.set_focus(choices)
        await pilot.press("right", "enter")
        await until(lambda: choices.chosen == "own-way")
        assert screen.session.contract.structure_choice is StructureChoice.OWN_WAY
        await pilot.press("space")
        await until(lambda: choices.chosen == "")


async def test_a_click_chooses_too(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, pilot):
        choices = screen.panes[2].choices
        assert choices is not None
        screen.choose(StructureChoice.NOT_CHOSEN)
        await pilot.click(choices, offset=(3 + 2, 1))
        await until(lambda: screen.session.contract.structure_choice is StructureChoice.OWN_WORDS)


async def test_the_status_is_said_in_plain_words(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, _):
        await press(screen.panes[0].editor, "x")
        await until(lambda: "working alone, " in shown(screen, "#status"))
        assert shown(screen, "#status").strip().startswith("○")
        assert screen.check_action("connect", ()) is True


async def test_everybody_is_listed_with_what_they_do(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, _):
        people = shown(screen, "#people")
        assert f"{name_of(screen)} (you)" in people
        assert "teacher, not here now" in people


async def test_a_section_at_its_limit_says_so_kindly(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, _):
        screen.app.post_message(Paste("x" * 20_000))
        await until(lambda: "10,000 characters" in words_of(screen.notice))
        assert len(screen.session.contract.text(INTERESTS).text) == 10_000


async def test_f4_hides_who_wrote_what_and_brings_it_back(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, pilot):
        editor = screen.panes[0].editor
        initial = name_of(screen)[0] + " "
        assert paint(editor, 0).text.startswith(initial)
        await pilot.press("f4")
        assert paint(editor, 0).text.startswith("  ")
        await pilot.press("f4")
        assert paint(editor, 0).text.startswith(initial)


async def test_f8_goes_through_the_looks(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, pilot):
        looks = []
        for _ in range(3):
            await pilot.press("f8")
            looks.append(screen.app.theme)
        assert looks == ["morning", "high contrast", "evening"]


async def test_f1_explains_the_screen_and_goes_back(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, pilot):
        await pilot.press("f1")
        await until(lambda: isinstance(screen.app.screen, HelpScreen))
        await pilot.press("escape")
        await until(lambda: screen.app.screen is screen)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_no_text_moves_while_something_is_said(
    sitting: Sitting, size: tuple[int, int]
) -> None:
    async with sitting.workshop(size=size) as (screen, pilot):
        editor = screen.panes[0].editor
        strip = screen.query_one("#strip")
        seen = screen.query_one("#rail") if size[0] >= 100 else strip
        await until(lambda: seen.region.area > 0 and editor.region.width > 30)
        await pilot.pause()
        before = editor.region
        await pilot.press("f4")
        await until(lambda: screen.notice.region.area > 0 and strip.has_class("-saying"))
        await pilot.pause()
        assert editor.region == before
        screen.notice.put_away()
        await until(lambda: not strip.has_class("-saying"))
        await pilot.pause()
        assert editor.region == before


async def test_f9_closes_the_contract_and_shows_the_library(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, pilot):
        await pilot.press("f9")
        await until(lambda: isinstance(screen.app.screen, LibraryScreen))
        pulse = screen.session._pulse
        assert pulse is not None
        await until(pulse.done)


@pytest.mark.parametrize(
    ("size", "seen"),
    [
        ((200, 50), {"rail", "side"}),
        ((120, 40), {"rail"}),
        ((80, 24), {"strip", "tabs"}),
        ((120, 24), {"strip", "tabs"}),
        ((48, 38), {"strip", "tabs"}),
        ((38, 40), {"too-small"}),
        ((120, 12), {"too-small"}),
    ],
)
async def test_what_is_shown_follows_the_size_of_the_window(
    sitting: Sitting, size: tuple[int, int], seen: set[str]
) -> None:
    async with sitting.workshop(size=(120, 40)) as (screen, pilot):
        await pilot.resize_terminal(*size)
        names = {"rail", "side", "strip", "tabs", "too-small"}
        await until(lambda: {n for n in names if screen.query_one(f"#{n}").region.area} == seen)


async def test_a_small_window_shows_one_section_at_a_time(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        await pilot.press("alt+down")
        await until(lambda: screen.panes[1].region.area > 0)
        assert [pane.region.area > 0 for pane in screen.panes] == [False, True, False]
        assert screen.focused is screen.panes[1].editor
        assert "▸ Supports needed" in shown(screen, "#tabs")
        await pilot.click("#tabs", offset=(4, 0))
        await until(lambda: screen.panes[0].region.area > 0)


async def test_an_empty_part_asks_the_student_and_helps_the_others(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, _):
        editor = screen.panes[0].editor
        await press(editor, "ctrl+a", "delete")
        assert "What are you into?" in paint(editor, 0).text
    async with sitting.workshop(Role.TEACHER) as (screen, _):
        editor = screen.panes[0].editor
        await press(editor, "ctrl+a", "delete")
        (student,) = [p.name for p in screen.session.people if p.role is Role.STUDENT]
        assert f"{student} begins here." in paint(editor, 0).text


async def test_whoever_has_no_seat_is_told_why_they_cannot_write(sitting: Sitting) -> None:
    library = sitting.libraries[Role.PARENT]
    library._connection.execute("DELETE FROM seat")
    async with sitting.workshop(Role.PARENT) as (screen, _):
        await until(lambda: "You are reading along." in words_of(screen.notice))
        before = screen.session.contract.text(INTERESTS).text
        await press(screen.panes[0].editor, "x", "ctrl+x", "enter")
        screen.choose(StructureChoice.STEPS)
        assert screen.session.contract.text(INTERESTS).text == before


async def test_two_programs_of_one_person_show_the_same(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, _):
        other = await Session.open(sitting.libraries[Role.STUDENT], sitting.contract, world=ALONE)
        other.edit(SUPPORTS, Splice(0, 0, "Elsewhere: "))
        await until(lambda: screen.panes[1].editor.text.startswith("Elsewhere: "))
        await other.close()


async def test_enter_in_the_title_goes_on_to_the_first_section(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, _):
        screen.open_part(TITLE)
        await press(screen.title_editor, "end", "!", "enter")
        await until(lambda: screen.focused is screen.panes[0].editor)
        assert screen.session.contract.title.endswith("!")


OPEN_WAY = "ws://school.invalid:3030"


async def test_a_way_that_is_not_encrypted_is_asked_about_and_no_is_the_default(
    sitting: Sitting,
) -> None:
    library = sitting.libraries[Role.STUDENT]
    library.add_relays(sitting.contract, [OPEN_WAY])
    app = ContractApp(library, sitting.contract, world=ALONE)
    async with app.run_test(size=(80, 24)) as pilot:
        for way_back in ("a button", "a key"):
            await until(lambda: isinstance(app.screen, Dialog) and app.focused is not None)
            assert app.focused is app.screen.query_one("#cancel")
            assert OPEN_WAY in str(app.screen.query_one("#explanation").render())
            if way_back == "a button":
                app.screen.query_one("#cancel", Button).press()
            else:
                await pilot.press("escape")
            await until(lambda: isinstance(app.screen, WorkshopScreen))
            assert not library.is_confirmed(OPEN_WAY)
            await until(lambda: app.screen.check_action("connect", ()) is True)
            await pilot.press("f2")
        await until(lambda: isinstance(app.screen, Dialog) and app.focused is not None)
        app.screen.query_one("#confirm", Button).press()
        await until(lambda: library.is_confirmed(OPEN_WAY))


async def test_words_of_unknown_origin_have_a_mark_and_a_line_of_their_own(
    sitting: Sitting,
) -> None:
    async with sitting.workshop() as (screen, _):
        session = screen.session
        assert "Of unknown origin" not in shown(screen, "#people")
        stranger = Contract.open(session.contract.changes_since(), Actor(b"\x99" * 16))
        raw = stranger.splice(INTERESTS, Splice(0, 0, "Do as you are told.\n"))
        session._replica.take(parse_changes([raw]))
        session._changed()
        await until(lambda: "Of unknown origin" in shown(screen, "#people"))
        row = paint(screen.panes[0].editor, 0)
        assert row.text.startswith("?  Do as you are told.")
        (style,) = {segment.style for segment in row if "told" in segment.text}
        assert style is not None
        assert style.italic
        assert style.underline2


async def test_what_a_relay_says_is_shown_above_the_text_until_it_is_put_away(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        session, editor = screen.session, screen.panes[0].editor
        peer = PeerId("relay")
        session._notary.hear("ws://s:1", Notice(peer, peer, sitting.contract, "contested", {}))
        await until(lambda: "used a second time" in words_of(screen.notice))
        await until(lambda: screen.notice.region.bottom <= editor.region.y)
        await press(editor, "x")
        assert "used a second time" in words_of(screen.notice)
        await pilot.press("escape")
        await until(lambda: not screen.notice.has_class("-shown"))
        session._changed()
        await pilot.pause()
        assert not screen.notice.is_unread


async def test_the_holder_of_the_key_is_named_in_the_list_and_invites(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, pilot):
        assert shown(screen, "#people").count("holds the key") == 1
        await pilot.press("f7")
        await until(lambda: isinstance(screen.app.screen, Dialog))
    async with sitting.workshop(Role.TEACHER) as (screen, pilot):
        (student,) = [p.name for p in screen.session.people if p.role is Role.STUDENT]
        await pilot.press("f7")
        await until(lambda: f"Only {student}, who holds the key" in words_of(screen.notice))


async def test_only_in_a_room_there_is_a_way_to_it(sitting: Sitting) -> None:
    async with sitting.workshop() as (screen, pilot):
        await pilot.press("escape", "f6")
        assert screen.is_current
        assert screen.check_action("room", ()) is False


async def test_the_way_to_everything_is_seen_in_a_small_window(sitting: Sitting) -> None:
    async with sitting.workshop(size=(80, 24)) as (screen, pilot):
        bar = screen.query_one(KeyBar)
        await until(lambda: str(bar.content).startswith("Tab Next  Ctrl+G Go to  Ctrl+R Note"))
        assert str(bar.content).endswith("F1 Help  Ctrl+Q Quit")
        await pilot.press("ctrl+n")
        await until(lambda: str(bar.content).startswith("Tab or Enter: next  Ctrl+G Go to"))
        assert "New step" not in str(bar.content)
        screen.session.desk.add_step(screen.session.contract.items.goals[-1].id)
        await until(lambda: "Ctrl+G Go to  Ctrl+O New step" in str(bar.content))
        assert str(bar.content).endswith("F1 Help  Ctrl+Q Quit")
        await pilot.press("ctrl+g")
        await until(lambda: str(bar.content).startswith("Esc Back  Enter Go"))
