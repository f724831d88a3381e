"""Notes on the screens of the student and of a teacher."""

from __future__ import annotations

from textual.pilot import Pilot
from textual.widgets import Static

from contract_tui.contract.contract import Contract
from contract_tui.contract.items import writing
from contract_tui.contract.items.tokens import NoteAnswer, NoteKind
from contract_tui.contract.schema import INTERESTS, PartId
from contract_tui.contract.text.places import write_place
from contract_tui.contract.text.splice import Splice
from contract_tui.session.session import Session
from contract_tui.ui.notes import words
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.widgets.choices import ChoiceBar
from contract_tui.ui.widgets.editor import Editor
from contract_tui.ui.widgets.long_input import LongInput
from sync_server.access.proof import Role
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.ids import Actor
from tests.contract_tui.ui.sitting import ALONE, Sitting
from tests.contract_tui.ui.stage import press, screen_rows, until

MATTERS = PartId("goals/goat-book/matters")
NARROW, WIDE = (80, 24), (120, 40)


async def suggested(sitting: Sitting, part: PartId, old: str, new: str) -> None:
    """The teacher suggests other words at home, and the student has them."""
    teacher = await Session.open(sitting.libraries[Role.TEACHER], sitting.contract, world=ALONE)
    at = teacher.contract.text(part).text.index(old)
    teacher.remarks.suggest(part, Splice(at, at + len(old), new))
    student = await Session.open(sitting.libraries[Role.STUDENT], sitting.contract, world=ALONE)
    graph = teacher._replica.graph
    student._notary.take(parse_changes(graph.raws(range(len(graph)))))
    await teacher.close()
    await student.close()


async def declined(sitting: Sitting, because: str) -> None:
    """The student says no to the latest note at home, and the teacher has it."""
    student = await Session.open(sitting.libraries[Role.STUDENT], sitting.contract, world=ALONE)
    student.remarks.answer(student.remarks.notes[-1].id, NoteAnswer.NO, because)
    teacher = await Session.open(sitting.libraries[Role.TEACHER], sitting.contract, world=ALONE)
    graph = student._replica.graph
    teacher._notary.take(parse_changes(graph.raws(range(len(graph)))))
    await student.close()
    await teacher.close()


async def dialog(pilot: Pilot[None]) -> Dialog[str]:
    await until(lambda: isinstance(pilot.app.screen, Dialog) and bool(pilot.app.screen.focused))
    assert isinstance(pilot.app.screen, Dialog)
    return pilot.app.screen


async def confirm(pilot: Pilot[None], screen: WorkshopScreen) -> None:
    await pilot.click("#confirm")
    await until(lambda: pilot.app.screen is screen)


async def come_to(pilot: Pilot[None], screen: WorkshopScreen, words: str) -> None:
    """Go from note to note until the one that says this is shown."""
    card = screen.noting.card
    for _ in screen.noting.board.posted:
        await pilot.press("ctrl+l")
        if words in card.content:
            return
    raise AssertionError(card.content)


def editor_of(screen: WorkshopScreen, part: PartId) -> Editor:
    return dict(screen.editors())[part]


def rows_of(screen: WorkshopScreen, part: PartId) -> list[str]:
    return [row.strip() for row in screen_rows(editor_of(screen, part))]


async def test_a_suggestion_stands_below_its_words_and_becomes_text_when_it_is_taken(
    sitting: Sitting,
) -> None:
    await suggested(sitting, INTERESTS, "the goats", "all goats")
    async with sitting.workshop(size=NARROW) as (screen, pilot):
        before = screen.session.contract.text(INTERESTS).text
        rows = rows_of(screen, INTERESTS)
        beside = next(row for row in rows if row.endswith("all goats"))
        assert beside == "M↳ all goats"
        assert editor_of(screen, INTERESTS).text == before
        assert "•" in screen.outlines[1].render().plain  # type: ignore[union-attr]
        await come_to(pilot, screen, "all goats")
        assert "suggests “all goats” instead of “the goats”." in screen.noting.card.content
        await pilot.press("ctrl+r")
        asked = await dialog(pilot)
        await pilot.press("enter", "tab", "enter")
        problem = asked.query_one("#problem", Static)
        await until(lambda: "hoose one of the three" in str(problem.render()))
        assert screen.session.contract.text(INTERESTS).text == before
        asked.query_one(ChoiceBar).chosen = NoteAnswer.TOOK
        await confirm(pilot, screen)
        now = before.replace("the goats", "all goats", 1)
        assert editor_of(screen, INTERESTS).text == screen.session.contract.text(INTERESTS).text
        assert editor_of(screen, INTERESTS).text == now
        assert not any(row.endswith("… all goats") for row in rows_of(screen, INTERESTS))
        assert screen.noting.card.shown is None, "what is answered leaves by itself"
        await come_to(pilot, screen, "Mrs Sesemann suggested “all goats”.\nHeidi took it.")
        await pilot.press("escape")
        assert screen.noting.card.shown is None


async def test_the_student_says_no_because(sitting: Sitting) -> None:
    await suggested(sitting, INTERESTS, "the goats", "all goats")
    async with sitting.workshop(size=NARROW) as (screen, pilot):
        await come_to(pilot, screen, "all goats")
        await pilot.press("ctrl+r")
        asked = await dialog(pilot)
        asked.query_one(ChoiceBar).chosen = NoteAnswer.NO
        asked.query_one(LongInput).write("I mean")
        await pilot.click("#cancel")
        await until(lambda: pilot.app.screen is screen)
        assert str(screen.notice.content) == words.KEPT
        assert "all goats" in screen.noting.card.content
        await pilot.press("ctrl+r")
        asked = await dialog(pilot)
        asked.query_one(ChoiceBar).chosen = NoteAnswer.NO
        asked.query_one(LongInput).write(" ours.")
        await confirm(pilot, screen)
        assert screen.noting.card.shown is None
        await come_to(pilot, screen, "Heidi said no. I mean ours.")
        assert "all goats" not in " ".join(rows_of(screen, INTERESTS))


async def test_a_no_without_a_reason_is_asked_for_one_once(sitting: Sitting) -> None:
    await suggested(sitting, INTERESTS, "the goats", "all goats")
    async with sitting.workshop(size=NARROW) as (screen, pilot):
        await come_to(pilot, screen, "all goats")
        await pilot.press("ctrl+r")
        asked = await dialog(pilot)
        asked.query_one(ChoiceBar).chosen = NoteAnswer.NO
        await pilot.click("#confirm")
        problem = asked.query_one("#problem", Static)
        await until(lambda: words.BECAUSE[1:] in str(problem.render()))
        assert screen.session.remarks.notes[-1].answer is NoteAnswer.NOT_SAID
        await pilot.pause()  # the sentence above them has its place before a button is clicked
        await confirm(pilot, screen)
        assert str(screen.session.remarks.notes[-1].answer) == NoteAnswer.NO


async def test_whoever_suggested_something_is_told_once_that_the_student_said_no(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(Role.TEACHER, size=NARROW):
        pass  # what was answered until now is no news
    await suggested(sitting, INTERESTS, "the goats", "all goats")
    await declined(sitting, "I mean ours.")
    for _ in range(2):
        async with sitting.workshop(Role.TEACHER, size=NARROW) as (screen, pilot):
            said = "Heidi said no to what you suggested: “all goats”. I mean ours."
            assert str(screen.notice.content).startswith(said)
            await pilot.pause()
    async with sitting.workshop(Role.TEACHER, size=NARROW) as (screen, pilot):
        await pilot.press("escape")
        await until(lambda: not screen.notice.is_unread)
        assert not screen.noting.news
    async with sitting.workshop(Role.TEACHER, size=NARROW) as (screen, _):
        assert not screen.notice.is_unread


async def test_an_answer_in_words_alone_is_shown_at_once(sitting: Sitting) -> None:
    async with sitting.workshop(size=NARROW) as (screen, pilot):
        session = screen.session
        teacher = next(
            one for one in session.contract.roster.seats.values() if one.role is Role.TEACHER
        )
        graph = session._replica.graph
        at_school = Contract.open(
            graph.raws(range(len(graph))), Actor(bytes.fromhex(teacher.id) + b"atschool")
        )
        said: dict[str, writing.Plain] = {
            "kind": NoteKind.WONDERING.value,
            "by": teacher.id,
            "about": write_place(at_school.texts[INTERESTS]),
        }
        note = writing.add("notes", "w0", said, {"text": "Why goats?"}, turn_at=None)
        session._notary.take(parse_changes([at_school.change(note)]))
        await come_to(pilot, screen, "Why goats?")
        await pilot.press("ctrl+r")
        asked = await dialog(pilot)
        asked.query_one(LongInput).write("They listen.")
        await confirm(pilot, screen)
        await come_to(pilot, screen, "Heidi: They listen.")
        assert not any("Why goats?" in row for row in rows_of(screen, INTERESTS))


async def test_what_an_adult_types_where_only_the_student_writes_becomes_a_suggestion(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(Role.TEACHER, size=WIDE) as (screen, pilot):
        text = screen.session.contract.text(MATTERS).text
        await screen.going.go_there(MATTERS)
        editor = editor_of(screen, MATTERS)
        editor.place(len(text))
        await pilot.press("space", "A")
        asked = await dialog(pilot)
        assert "Heidi’s alone" in str(asked.query_one("#question").render())
        await pilot.press("n", "d")
        assert asked.query_one(LongInput).value.strip() == "And"
        await confirm(pilot, screen)
        assert screen.session.contract.text(MATTERS).text == text
        note = screen.session.remarks.notes[-1]
        assert note.kind is NoteKind.SUGGESTION
        assert screen.session.remarks.words(note).strip() == "And"
        await until(lambda: rows_of(screen, MATTERS)[-1].endswith("And"))


async def test_a_wondering_about_a_selection_is_seen_beside_it(sitting: Sitting) -> None:
    async with sitting.workshop(Role.TEACHER, size=WIDE) as (screen, pilot):
        editor = editor_of(screen, INTERESTS)
        at = editor.text.index("the wind")
        editor.place(at, at + len("the wind"))
        await pilot.press("ctrl+r")
        asked = await dialog(pilot)
        asked.query_one(LongInput).write("Which wind?")
        await confirm(pilot, screen)
        assert any(row.endswith("wonders: Which wind?") for row in rows_of(screen, INTERESTS))
        note = screen.session.remarks.notes[-1]
        await come_to(pilot, screen, "Which wind?")
        await pilot.press("ctrl+r")
        await dialog(pilot)
        await confirm(pilot, screen)
        assert note.id not in [one.id for one in screen.session.remarks.notes]


async def test_no_note_is_written_beside_the_title_where_nobody_would_see_it(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(Role.TEACHER, size=NARROW) as (screen, pilot):
        screen.set_focus(screen.title_editor)
        await pilot.press("ctrl+r")
        assert screen.is_current
        assert str(screen.notice.content) == words.NOT_BESIDE_TITLE


async def test_what_is_typed_in_one_burst_is_all_in_the_suggestion(sitting: Sitting) -> None:
    async with sitting.workshop(Role.PARENT, size=WIDE) as (screen, pilot):
        await screen.going.go_there(MATTERS)
        editor = editor_of(screen, MATTERS)
        await press(editor, *"Hello")
        asked = await dialog(pilot)
        await until(lambda: asked.query_one(LongInput).value == "Hello")
        await pilot.press("escape")
        await until(lambda: pilot.app.screen is screen)
        assert editor.unwritten == ""
        assert all(
            screen.session.remarks.words(one) != "Hello" for one in screen.session.remarks.notes
        )
        assert str(screen.notice.content) == words.KEPT
        await press(editor, *"you")
        asked = await dialog(pilot)
        await until(lambda: asked.query_one(LongInput).value == "Hello you")
        await confirm(pilot, screen)
        suggestion = screen.session.remarks.notes[-1]
        assert screen.session.remarks.words(suggestion).strip() == "Hello you"
        await press(editor, "x")
        asked = await dialog(pilot)
        await until(lambda: asked.query_one(LongInput).value == "x")


async def test_words_that_a_changed_program_put_in_and_took_out_are_seen_and_come_back(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(size=WIDE) as (screen, pilot):
        session = screen.session
        whole = session.contract.text(MATTERS).text
        teacher = next(
            one for one in session.contract.roster.seats.values() if one.role is Role.TEACHER
        )
        forge(session, bytes.fromhex(teacher.id) + b"forgery!", Splice(0, 6, "Everybody"))
        await session.recovery.follow()
        await screen.going.go_there(MATTERS)
        await until(lambda: any("took out" in row for row in rows_of(screen, MATTERS)))
        rows = rows_of(screen, MATTERS)
        assert any(row.endswith("took out Heidi’s own words: Nobody") for row in rows)
        assert any(row.endswith("not Heidi’s words: Everybody") for row in rows)
        await come_to(pilot, screen, "took out words of Heidi’s")
        await pilot.press("ctrl+r")
        await dialog(pilot)
        await confirm(pilot, screen)
        text = session.contract.text(MATTERS).text
        assert text.replace("Everybody", "") == whole
        assert not any("took out" in row for row in rows_of(screen, MATTERS))


async def test_a_promise_that_a_changed_program_emptied_is_offered_to_the_student(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(size=NARROW) as (screen, pilot):
        session = screen.session
        seats = session.contract.roster.seats.values()
        teacher = next(one for one in seats if one.role is Role.TEACHER)
        promise = next(one for one in session.desk.items.promises if one.added_by != teacher.id)
        what = promise.part("what")
        whole, whose = session.contract.text(what).text, session.contract.roster
        name = whose.person(promise.added_by).name
        graph = session._replica.graph
        actor = Actor(bytes.fromhex(teacher.id) + b"forgery!")
        changed = Contract.open(graph.raws(range(len(graph))), actor)
        raw = changed.change(lambda writer: writer.delete(promise.object, "what"))
        session._notary.take(parse_changes([raw]))
        session._link_changed()
        await session.recovery.follow()
        await until(lambda: any(one.lost for one in screen.noting.board.posted))
        await come_to(pilot, screen, f"took out words of {name}’s: “{whole}”")
        await pilot.press("ctrl+r")
        await dialog(pilot)
        await confirm(pilot, screen)
        assert session.contract.text(what).text == whole
        assert what in session.contract.items.texts


async def test_letters_of_others_in_a_note_are_told(sitting: Sitting) -> None:
    async with sitting.workshop(size=NARROW) as (screen, pilot):
        session = screen.session
        note = session.remarks.notes[0]
        await come_to(pilot, screen, session.remarks.words(note).strip())
        assert "somebody else" not in screen.noting.card.content
        parent = next(
            one for one in session.contract.roster.seats.values() if one.role is Role.PARENT
        )
        actor = bytes.fromhex(parent.id) + b"forgery!"
        forge(session, actor, Splice(0, 0, "never "), note.part("text"))
        await until(lambda: "somebody else" in screen.noting.card.content)


def forge(session: Session, actor: bytes, splice: Splice, part: PartId = MATTERS) -> None:
    """A changed program writes where only somebody else may."""
    graph = session._replica.graph
    changed = Contract.open(graph.raws(range(len(graph))), Actor(actor))
    obj = changed.texts[part]
    raw = changed.change(lambda writer: writer.splice(obj, splice))
    session._notary.take(parse_changes([raw]))
    session._link_changed()
