"""What can be asked of the past: compare, follow, bring back, keep, cover."""

from __future__ import annotations

from textual.pilot import Pilot
from textual.widgets import Button

from contract_tui.contract.contract import Contract
from contract_tui.contract.past.milestones import AGREEMENTS
from contract_tui.contract.schema import INTERESTS, STRUCTURE, SUPPORTS, StructureChoice
from contract_tui.contract.text.splice import Splice
from contract_tui.contract.values import Item
from contract_tui.history.comparison import Mark
from contract_tui.library.journal import Appearance
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.history.beside import BesideScreen
from contract_tui.ui.screens.history.commands import HistoryCommands
from contract_tui.ui.widgets.line_input import LineInput
from sync_server.access.keys import new_actor
from sync_server.access.proof import Role
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.ids import ChangeHash
from tests.contract_tui.history.noting import note, signed_by
from tests.contract_tui.ui.looking_back import choose, looking_back, marked, past_on, view, words_of
from tests.contract_tui.ui.sitting import NOW, Sitting
from tests.contract_tui.ui.stage import until

GOAT_BOOK = "Yes! A goat book, with a page for each goat.\n"


async def test_everything_is_new_to_whoever_never_wrote_since(sitting: Sitting) -> None:
    async with looking_back(sitting, Role.PARENT) as (screen, _, pilot):
        await pilot.press("c")
        await choose(pilot, "Since I was last here")
        await until(lambda: "since you were last here" in words_of(screen.about))
        assert ", but only for page one" in marked(screen, STRUCTURE, Mark.ADDED)
        assert marked(screen, INTERESTS, Mark.ADDED) == ""


async def test_the_first_words_stand_beside_those_of_today(sitting: Sitting) -> None:
    async with looking_back(sitting) as (_, __, pilot):
        await pilot.press("c")
        await choose(pilot, "First words beside today’s")
        await until(lambda: isinstance(pilot.app.screen, BesideScreen))
        said = [str(one.render()) for one in pilot.app.screen.query(".said")]
        assert said[0].startswith("It goes wrong")
        assert "ruler" not in said[0]
        assert "A ruler under the line helps." in said[1]
        await pilot.press("escape")
        await past_on(pilot)


async def test_a_marked_place_is_compared_with(sitting: Sitting) -> None:
    async with looking_back(sitting) as (screen, _, pilot):
        await pilot.press("left", "left", "left", "m", "end", "c")
        await choose(pilot, "Since the mark")
        await until(lambda: "since the place you marked" in words_of(screen.about))
        assert ", but only for page one" in marked(screen, STRUCTURE, Mark.ADDED)
        assert "helps" in marked(screen, SUPPORTS, Mark.ADDED)


async def test_what_changed_since_all_agreed_is_shown(sitting: Sitting) -> None:
    _sign_and_write_on(sitting)
    async with looking_back(sitting) as (screen, _, pilot):
        await pilot.press("left", "left", "c")
        await choose(pilot, "Since we last agreed")
        await until(lambda: "since you last agreed" in words_of(screen.about))
        assert screen.walk.at_end
        assert marked(screen, INTERESTS, Mark.ADDED) == "Owls too! "
        assert marked(screen, STRUCTURE, Mark.ADDED) == ""


def _sign_and_write_on(sitting: Sitting) -> None:
    """Let the student sign what there is, and then write."""
    library = sitting.libraries[Role.STUDENT]
    own, journal = library.own_seat(sitting.contract), library.journal(sitting.contract)
    assert own is not None
    raws = [one.raw for one in journal.read(journal.stored())]
    contract = Contract.open(raws, new_actor(own.key.public, b"agreeing"), sitting.contract)
    signature: dict[str, Item] = {"all": signed_by(own.key, contract, int(NOW))}
    note(contract, own.seat, lambda writer: writer.put(AGREEMENTS, own.seat.id, signature))
    contract.splice(INTERESTS, Splice(0, 0, "Owls too! "), int(NOW))
    made = parse_changes(contract.changes_since())[len(raws) :]
    journal.append(made, Appearance(contract.title, int(NOW), contract.heads))


async def test_one_person_is_followed_and_the_others_are_paler(sitting: Sitting) -> None:
    async with looking_back(sitting) as (screen, _, pilot):
        await pilot.press("w")
        await choose(pilot, "Grandfather")
        await until(lambda: screen.walk.filter.author is not None)
        assert marked(screen, INTERESTS, Mark.ADDED) == " She is teaching me."
        pale = {one.text: one.pale for one in view(screen, INTERESTS).stretches}
        assert pale[" She is teaching me."] is False
        assert pale[GOAT_BOOK] is True
        await pilot.press("w")
        assert screen.walk.filter.author is None


async def test_one_part_is_followed(sitting: Sitting) -> None:
    async with looking_back(sitting) as (screen, _, pilot):
        await pilot.press("left", "left", "s", "home")
        assert marked(screen, STRUCTURE, Mark.ADDED).startswith("I want somebody beside me")
        await pilot.press("s")
        assert screen.walk.filter.part is None


async def say_yes(pilot: Pilot[None]) -> None:
    """Answer the question that is asked."""
    await until(lambda: isinstance(pilot.app.screen, Dialog) and bool(pilot.app.screen.focused))
    pilot.app.screen.query_one("#confirm", Button).press()


async def test_a_section_comes_back_as_ones_own_new_words(sitting: Sitting) -> None:
    async with looking_back(sitting, Role.TEACHER) as (screen, workshop, pilot):
        await pilot.press("left", "left", "left")
        screen.sections.make_current(STRUCTURE)
        then = view(screen, STRUCTURE).text
        await pilot.press("b")
        await choose(pilot, "All of “Structure wanted”, as it is shown")
        await say_yes(pilot)
        await until(lambda: pilot.app.screen is workshop)
        contract = workshop.session.contract
        assert contract.text(STRUCTURE).text == then
        assert ", but only" not in then
        assert workshop.focused is workshop.panes[2].editor
        assert "as your own new words" in words_of(workshop.notice)


async def test_a_sentence_comes_back_behind_what_stands_before_it(sitting: Sitting) -> None:
    async with looking_back(sitting) as (screen, workshop, pilot):
        await pilot.press("left", "left", "left", "tab")
        supports = view(screen, SUPPORTS)
        screen.set_focus(supports)
        start = supports.text.index("Big letters help")
        supports.place(start + len("Big letters help,"), start)
        await pilot.press("b")
        await say_yes(pilot)
        await until(lambda: pilot.app.screen is workshop)
        text = workshop.session.contract.text(SUPPORTS)
        assert "needs me to read. Big letters help, A ruler" in text.text
        editor = workshop.panes[1].editor
        assert text.text[: editor.caret].rstrip().endswith("Big letters help,")
        assert text.author_at(text.text.index("Big letters help")) == (
            workshop.session.contract.actor
        )


async def test_a_choice_comes_back(sitting: Sitting) -> None:
    async with looking_back(sitting) as (screen, workshop, pilot):
        await pilot.press("left", "left", "left")
        screen.sections.make_current(STRUCTURE)
        await pilot.press("b")
        await choose(pilot, "The choice: “do it together”")
        await say_yes(pilot)
        await until(lambda: pilot.app.screen is workshop)
        assert workshop.session.contract.structure_choice is StructureChoice.TOGETHER


async def test_nothing_is_brought_back_that_is_there(sitting: Sitting) -> None:
    async with looking_back(sitting) as (screen, _, pilot):
        await pilot.press("b")
        await until(lambda: "there today already" in words_of(screen.notice))


async def test_a_version_is_kept_under_a_name_and_compared_with(sitting: Sitting) -> None:
    async with looking_back(sitting) as (screen, workshop, pilot):
        await pilot.press("left", "left", "left", "k")
        await until(lambda: isinstance(pilot.app.screen, Dialog))
        pilot.app.screen.query_one(LineInput).value = "before the holidays"
        await say_yes(pilot)
        await until(lambda: pilot.app.screen is screen)
        (kept,) = workshop.session.contract.kept
        assert kept.name == "before the holidays"
        await pilot.press("end", "c")
        await choose(pilot, "Since a version with a name…")
        await choose(pilot, "before the holidays")
        await until(lambda: "since “before the holidays”" in words_of(screen.about))
        assert ", but only for page one" in marked(screen, STRUCTURE, Mark.ADDED)


async def test_a_version_that_has_not_arrived_is_said_not_to_be_here(sitting: Sitting) -> None:
    async with looking_back(sitting) as (screen, workshop, pilot):
        workshop.session.pen.keep_version("elsewhere", (ChangeHash(bytes(32)),))
        await pilot.press("c")
        await choose(pilot, "Since a version with a name…")
        await choose(pilot, "elsewhere")
        await until(lambda: "Not all of “elsewhere” has arrived" in words_of(screen.notice))


async def test_a_name_of_ones_own_is_taken_away_again(sitting: Sitting) -> None:
    async with looking_back(sitting) as (screen, workshop, pilot):
        await pilot.press("home")
        heads = screen.walk.history.heads(screen.walk.moment)
        workshop.session.pen.keep_version("the beginning", heads)
        await pilot.press("k")
        await choose(pilot, "Remove the name “the beginning”")
        await until(lambda: not workshop.session.contract.kept)


async def test_a_name_that_cannot_be_is_refused_in_a_sentence(sitting: Sitting) -> None:
    async with looking_back(sitting) as (_, __, pilot):
        await pilot.press("k")
        await until(lambda: isinstance(pilot.app.screen, Dialog))
        dialog = pilot.app.screen
        dialog.query_one("#confirm", Button).press()
        await until(lambda: "name" in words_of(dialog.query_one("#problem")))


async def test_own_words_are_covered_for_good(sitting: Sitting) -> None:
    async with looking_back(sitting) as (screen, workshop, pilot):
        await pilot.press("tab")
        interests = view(screen, INTERESTS)
        screen.set_focus(interests)
        start = interests.text.index("goat book")
        interests.place(start + len("goat book"), start)
        await pilot.press("f5")
        await until(lambda: isinstance(pilot.app.screen, Dialog))
        await pilot.press("tab", "enter")
        await until(lambda: "goat book" not in workshop.session.contract.text(INTERESTS).text)
        await until(lambda: pilot.app.screen is screen)
        await until(lambda: "A ▒▒▒▒▒▒▒▒▒, with a page" in view(screen, INTERESTS).text)


async def test_the_words_of_others_cannot_be_covered(sitting: Sitting) -> None:
    async with sitting.workshop(Role.TEACHER) as (workshop, pilot):
        editor = workshop.panes[0].editor
        start = editor.text.index("goat book")
        editor.place(start + 9, start)
        await pilot.press("f5")
        await until(lambda: "Only your own words" in words_of(workshop.notice))


async def test_the_first_look_is_said_to_leave_a_sign(sitting: Sitting) -> None:
    async with looking_back(sitting) as (screen, workshop, pilot):
        assert "leaves a small sign" in words_of(screen.notice)
        me = workshop.session.me
        assert me is not None
        assert me.id in workshop.session.contract.seen
        assert f"{me.name}, 2" in screen.looking.who_looked()
        await until(lambda: "looked back on 2" in words_of(screen.people[0]))
        await pilot.press("f3")
        await until(lambda: pilot.app.screen is workshop)
        await pilot.press("f3")
        again = await past_on(pilot)
        assert "leaves a small sign" not in words_of(again.notice)


async def test_who_reads_along_looks_back_and_is_not_offered_to_write(sitting: Sitting) -> None:
    sitting.libraries[Role.PARENT]._connection.execute("DELETE FROM seat")
    async with looking_back(sitting, Role.PARENT) as (screen, workshop, pilot):
        assert "on your own computer only" in words_of(screen.notice)
        before = workshop.session.contract.heads
        await pilot.press("left", "left", "left", "b", "k", "f5")
        assert pilot.app.screen is screen
        offered = [name for name, _, _ in HistoryCommands(screen)._commands()]
        assert "Compare" in offered
        assert "Bring back" not in offered
        assert workshop.session.contract.heads == before
