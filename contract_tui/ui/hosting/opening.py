"""A room as it opens: with a seat ready for everybody who is missing, and the screen for it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from textual.screen import Screen

from contract_tui.library.errors import SessionError
from contract_tui.library.library import Library
from contract_tui.session.session import Session
from contract_tui.ui.hosting.places import expect_missing
from contract_tui.ui.room import Hosting, Room


def room_for(
    library: Library, session: Session, hosting: Hosting, clock: Callable[[], float]
) -> Room:
    """Return the room; whoever can invite has a seat ready for each of the three."""
    room = Room(library, session, hosting, clock)
    if hosting.door and room.can_invite:
        with suppress(SessionError):  # they can be asked in one by one, and then it is said
            expect_missing(session.people, hosting.door)
    return room


def screen_of(room: Room) -> Screen[None]:
    """Return the screen on which people are let in."""
    if room.hosting.door is None:
        from contract_tui.ui.screens.room import RoomScreen

        return RoomScreen(room)
    from contract_tui.ui.hosting.screen import HostingScreen

    return HostingScreen(room, room.hosting.door)
