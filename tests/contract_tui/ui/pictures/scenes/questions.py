"""Every question, in front of an empty list."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.screen import ModalScreen

from contract_tui.contract.reading import Reading
from contract_tui.contract.schema import INTERESTS
from contract_tui.library.seats import invite_to
from contract_tui.session.link.status import Status, StatusKind
from contract_tui.session.session import Session
from contract_tui.ui.hosting import questions as guests
from contract_tui.ui.hosting.places import Place
from contract_tui.ui.screens import arranging, delivering, questions
from contract_tui.ui.screens.covering import Passage, cover
from contract_tui.ui.screens.exporting import PROMISES, take_away
from contract_tui.ui.screens.invitation import InvitationScreen
from contract_tui.ui.screens.revisiting import ask_when
from contract_tui.ui.screens.speaking import ask_language
from sync_server.access.proof import Role
from tests.contract_tui.ui.hosting.stage import Doorway
from tests.contract_tui.ui.pictures.camera import EVERYWHERE, SIZES, Camera
from tests.contract_tui.ui.pictures.studio import Studio, world
from tests.contract_tui.ui.stage import until

CERTIFICATE = "the certificate was good until 1 November"
Show = Callable[[App[Any]], object]
"""Puts a question in front of what is shown."""


def ways(pilot: Pilot[None], shows: Mapping[str, Show]) -> dict[str, Callable[[], Awaitable[None]]]:
    """Return how each question comes up, in place of the one before."""

    def way(show: Show) -> Callable[[], Awaitable[None]]:
        async def go() -> None:
            app = pilot.app
            while isinstance(app.screen, ModalScreen):
                await app.pop_screen()
            show(app)
            await until(lambda: app.screen.focused is not None and app.screen.size == app.size)

        return go

    return {name: way(show) for name, show in shows.items()}


def asking(question: Callable[[], ModalScreen[Any]]) -> Show:
    """Return what shows a question."""
    return lambda app: app.push_screen(question())


async def of_the_list(studio: Studio, camera: Camera) -> None:
    """What is asked where contracts are listed."""
    library = studio.empty()
    async with studio.listing(library) as pilot, studio.sitting() as sitting:
        own = sitting.libraries[Role.STUDENT]
        entry = own.entry(sitting.contract)

        async def nobody(_: object) -> bool | None:
            raise AssertionError("nobody is asked more")

        shows = {
            "new-contract": asking(lambda: questions.new_contract(library)),
            "join": asking(lambda: questions.join(library)),
            "join-by-code": asking(lambda: questions.join_by_code(library, "K7D-Q2M-XW4", nobody)),
            "invite": asking(lambda: questions.invite_somebody(lambda _, __: "")),
            "bring-in": asking(lambda: questions.bring_in(library)),
            "take-away": asking(lambda: take_away(own, entry, Path("/home/heidi"), unread)),
            "take-promises-away": asking(
                lambda: take_away(own, entry, Path("/home/heidi"), unread, PROMISES)
            ),
            "erase": asking(lambda: questions.erase(own, entry)),
            "language": asking(lambda: ask_language(studio.folder)),
            "trust": asking(lambda: questions.trust("ws://192.0.2.7:3030")),
        }
        await camera.walk(ways(pilot, shows), pilot, sizes=SIZES, contrast=True)


async def of_the_workshop(studio: Studio, camera: Camera) -> None:
    """What is asked in an open contract, of guests at a phone as well."""
    async with studio.sitting() as sitting, studio.listing(studio.empty()) as pilot:
        library = sitting.libraries[Role.STUDENT]
        session = await Session.open(library, sitting.contract, world=world())
        section = session.contract.sections[1]
        text = session.contract.text(INTERESTS)
        words = Passage(INTERESTS, text.ids[:24], text.text[:24])
        shows = {
            "when-to-look-again": asking(lambda: ask_when(session)),
            "new-section": asking(lambda: arranging.add_section(session)),
            "rename-section": asking(lambda: arranging.rename_section(session, section)),
            "cover": lambda app: cover(app, session, words, print),
            "hand-over": lambda app: delivering.hand_over(app, session, library),
        }
        await camera.walk(ways(pilot, shows), pilot, sizes=EVERYWHERE)
        await session.close()


async def at_the_end(studio: Studio, camera: Camera) -> None:
    """What is asked before somebody goes, or a guest's seat."""
    unsaved = Status(StatusKind.UNSAVED, 0, "not saved", "the disk is full")
    cleo = Place("cleo", "Cleo", Role.PARENT, is_here=True)
    names = ["Ben"], ["Cleo"], ["Ms Okafor"], ["Dan"]
    async with studio.listing(studio.empty()) as pilot:
        shows = {
            "leave-unsaved": asking(lambda: questions.leave(unsaved)),
            "close-the-room": asking(lambda: questions.close_room(*names)),
            "end-for-guests": asking(lambda: guests.end_for_guests(["Cleo", "Ben"])),
            "without-encryption": asking(lambda: guests.without_encryption(CERTIFICATE)),
            "somebody-else": asking(lambda: guests.somebody_else(Doorway().door())),
            "take-a-seat-away": asking(lambda: guests.take_away(cleo)),
        }
        await camera.walk(ways(pilot, shows), pilot)


async def invitation(studio: Studio, camera: Camera) -> None:
    """An invitation for one person, with a code for who sits beside."""
    async with studio.sitting() as sitting:
        library = sitting.libraries[Role.STUDENT]
        entry = library.entry(sitting.contract)
        made = invite_to(library, entry, Role.TEACHER, "Ms Okafor", world=world())
        async with studio.listing(studio.empty()) as pilot:
            await pilot.app.push_screen(InvitationScreen(made))
            await camera.take("invitation", pilot)


async def unread() -> Reading:
    raise AssertionError("nothing was asked for yet")


SCENES = {
    "questions-of-the-list": of_the_list,
    "questions-of-the-workshop": of_the_workshop,
    "questions-at-the-end": at_the_end,
    "invitation": invitation,
}
