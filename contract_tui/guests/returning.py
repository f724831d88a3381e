"""Guests whose host's computer has died: each gets a new key here, for the seat that they had."""

from __future__ import annotations

from collections.abc import Iterable

from contract_tui.guests.book import Guest, GuestBook
from contract_tui.library.library import Library, OwnSeat
from contract_tui.library.world import World
from sync_server.access.keys import SigningKey
from sync_server.access.standby import Standby, seat_anew


def expect_back(
    book: GuestBook, standing: Iterable[Standby], own: SigningKey, world: World
) -> list[Guest]:
    """Have a seat ready for everybody who asked this computer to stand by; `own` is its key.

    Raises BadKey where another computer was asked, SessionError or OSError where nothing is kept.
    """
    return [_expect_back(book, one, own, world) for one in standing]


def _expect_back(book: GuestBook, standby: Standby, own: SigningKey, world: World) -> Guest:
    guest = book.expect_back(standby.seat.id, standby.seat.role, standby.seat.name)
    with Library(book.home(guest)) as library:
        if all(entry.id != standby.contract for entry in library.entries()):
            key = SigningKey(world.entropy(32))
            seat = OwnSeat(standby.seat, key, seat_anew(standby, own, key))
            library.add(standby.contract, seat=seat)
    return guest
