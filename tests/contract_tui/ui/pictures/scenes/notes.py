"""Notes beside the words, answers to them, and drafts that only one person sees."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.library.drafts import DraftId
from contract_tui.library.files import export_contract, import_contract
from contract_tui.session.session import Session
from contract_tui.session.writing.remarks import Passage
from contract_tui.ui.drafts.screen import DraftScreen
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.workshop import WorkshopScreen
from sync_server.access.proof import Role
from tests.contract_tui.ui.notes.test_noting import MATTERS, forge
from tests.contract_tui.ui.pictures.camera import EVERYWHERE, Camera
from tests.contract_tui.ui.pictures.studio import Studio, world
from tests.contract_tui.ui.sitting import NOW, Sitting
from tests.contract_tui.ui.stage import until

WORDS = "I would rather read to the goats than to people.\n\nMaybe I’ll say so. Maybe not yet."


def beside(session: Session) -> None:
    """Somebody suggests something and wonders."""
    text = session.contract.text(INTERESTS).text
    at = text.index("the goats")
    session.remarks.suggest(INTERESTS, Splice(at, at + 9, "all goats"))
    at = text.index("Yes! A goat book")
    session.remarks.wonder(Passage(INTERESTS, at, at + 16), "Who would you like to read it to?")


async def is_asked(pilot: Pilot[None]) -> None:
    """Wait for a question."""
    await until(lambda: isinstance(pilot.app.screen, Dialog) and bool(pilot.app.screen.focused))


async def noted(screen: WorkshopScreen, pilot: Pilot[None]) -> None:
    """Go to the first note."""
    await pilot.press("ctrl+l")
    await until(lambda: screen.noting.card.shown is not None)
    screen.notice.put_away()


async def beside_the_words(studio: Studio, camera: Camera) -> None:
    """A parent notes something, and takes it back; the student answers; a teacher suggests."""
    async with studio.workshop(Role.PARENT) as (screen, pilot):
        beside(screen.session)
        await noted(screen, pilot)
        await camera.take("of-a-parent", pilot, sizes=EVERYWHERE, contrast=True)
        await pilot.press("ctrl+r")
        await is_asked(pilot)
        await camera.take("take-back", pilot)
        await pilot.press("escape", "escape", "ctrl+r")
        await is_asked(pilot)
        await camera.take("new-note", pilot, sizes=EVERYWHERE)
    async with studio.workshop(Role.TEACHER) as (screen, pilot):
        goal = screen.session.contract.items.goals[0]
        await screen.going.go_there(goal.part("matters"))
        await pilot.press("A", "n", "d")
        await is_asked(pilot)
        await camera.take("suggest", pilot, sizes=EVERYWHERE)


async def of_the_student(studio: Studio, camera: Camera) -> None:
    """The student finds a suggestion and a question, and answers each."""
    async with studio.sitting() as sitting:
        parent = await Session.open(sitting.libraries[Role.PARENT], sitting.contract, world=world())
        beside(parent)
        await parent.close()
        carry(sitting, Role.PARENT, Role.STUDENT, studio.folder)
        async with studio.workshop(Role.STUDENT, sitting) as (screen, pilot):
            await noted(screen, pilot)
            await camera.take("suggestion", pilot, sizes=EVERYWHERE)
            await pilot.press("ctrl+r")
            await is_asked(pilot)
            await camera.take("answer-a-suggestion", pilot, sizes=EVERYWHERE)
            await pilot.press("escape", "ctrl+l", "ctrl+r")
            await is_asked(pilot)
            await camera.take("answer-a-question", pilot)
    async with studio.workshop() as (screen, pilot):
        seats = screen.session.contract.roster.seats.values()
        teacher = next(one for one in seats if one.role is Role.TEACHER)
        forge(screen.session, bytes.fromhex(teacher.id) + b"forgery!", Splice(0, 6, "Everybody"))
        await screen.session.recovery.follow()
        await screen.going.go_there(MATTERS)
        await until(lambda: any(one.lost for one in screen.noting.board.posted))
        while screen.noting.card.shown is None or screen.noting.card.shown.lost is None:
            await pilot.press("ctrl+l")
        await camera.take("words-taken-out", pilot, sizes=EVERYWHERE)
        await pilot.press("ctrl+r")
        await is_asked(pilot)
        await camera.take("put-back", pilot)


def carry(sitting: Sitting, giver: Role, taker: Role, folder: Path) -> None:
    """Bring somebody what somebody else has, as a file: with the proof of who wrote it."""
    path = folder / "carried.automerge"
    given, taken = sitting.libraries[giver], sitting.libraries[taker]
    export_contract(given, given.entry(sitting.contract), path)
    import_contract(taken, path, int(NOW))


async def drafts(studio: Studio, camera: Camera) -> None:
    """The student has a draft, a parent no notes yet."""
    async with studio.sitting() as sitting:
        library = sitting.libraries[Role.STUDENT]
        library.drafts(sitting.contract).edit(DraftId(INTERESTS), lambda _: WORDS)
        async with studio.workshop(Role.STUDENT, sitting) as (_, pilot):
            await drafting(pilot)
            await camera.take("of-the-student", pilot, sizes=EVERYWHERE)
    async with studio.workshop(Role.PARENT) as (_, pilot):
        await drafting(pilot)
        await pilot.press("tab")
        await camera.take("notes-of-a-parent", pilot)


async def drafting(pilot: Pilot[None]) -> None:
    """Open the draft of what is shown."""
    await pilot.press("ctrl+u")
    await until(lambda: isinstance(pilot.app.screen, DraftScreen))
    screen = pilot.app.screen
    assert isinstance(screen, DraftScreen)
    await until(lambda: screen.editor.has_focus and screen.editor.size.height > 0)


SCENES = {
    "notes": beside_the_words,
    "notes-of-the-student": of_the_student,
    "drafts": drafts,
}
