"""The guests' door of a host's program: where it is, whom it expects, what may be asked of it."""

from __future__ import annotations

import socket
import time
from argparse import Namespace
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from contract_tui.commands.certificates import name_for
from contract_tui.guests import words
from contract_tui.guests.book import Guest, GuestBook
from contract_tui.guests.environment import Place
from contract_tui.guests.errors import NoName
from contract_tui.guests.returning import expect_back
from contract_tui.guests.serving import Guests, Listening
from contract_tui.language import _
from contract_tui.library.errors import SessionError
from contract_tui.library.hosting import UnfitCertificate
from contract_tui.library.library import Entry, Library
from contract_tui.library.seats import invite_to
from contract_tui.library.world import World
from contract_tui.ui.hosting.door import Door, GuestSeat
from sync_server.access.proof import Role, is_name
from sync_server.access.standby import Standby

PORT = 8080
DAYS = 1
"""Days for which the invitation of a guest is good; it is used as soon as it is made."""


class HalfACertificate(UnfitCertificate):
    """A certificate is of no use without its key, nor a key without its certificate."""


class CannotKeep(SessionError):
    """The disk does not take what has to be kept of a guest."""


def listening(options: Namespace, address: str, *, plain: bool = False) -> Listening:
    """Where guests are listened for; raises UnfitCertificate before anything is opened.

    `address` is that of this computer, unless others are to type another one. With `plain` the way
    is not encrypted, whatever certificate there is.
    """
    name = options.guests_address or ""
    bound = name if is_here(name) else address
    port = free_port(bound, PORT) if options.guests_port is None else options.guests_port
    certificate, key = options.tls_cert, options.tls_key
    if plain or not (certificate or key):
        return Listening(bound, port, name)
    if not (certificate and key):
        raise HalfACertificate(_("--tls-cert and --tls-key go together: name both, or neither"))
    cert, private = Path(certificate), Path(key)
    name = name_for(cert, private, name, bound, time.time())
    return Listening(bound, port, name, cert, private)


def is_here(name: str) -> bool:
    """Whether this is an address of this computer itself, and no name for it."""
    try:
        ip_address(name)
        with socket.create_server((name, 0)):
            return True
    except (ValueError, OSError):
        return False


def free_port(address: str, wanted: int) -> int:
    """The port that people expect, where nobody has it; otherwise 0, and the system chooses."""
    try:
        with socket.create_server((address, wanted)):
            return wanted
    except OSError:
        return 0


@asynccontextmanager
async def receiving(
    library: Library,
    entry: Entry,
    relay: str,
    listening: Listening,
    world: World | None = None,
    back: Collection[Standby] = (),
) -> AsyncIterator[Door]:
    """Open the door; at the end guests are told, and their last words saved. Raises CannotListen.

    The relay has to outlive this. Whoever is to come `back` was here on another host's computer.
    """

    def certify(role: Role, name: str) -> str:
        return invite_to(library, entry, role, name, days=DAYS).link()

    own = library.own_seat(entry.id)
    assert own is not None  # only whoever has a seat hosts
    place = Place(entry.text_id, relay, own.device.prefix.hex())
    world = world or World()
    book = GuestBook(library.guests(entry.id), certify, world)
    bell = Bell()
    async with Guests.serve(book, place, listening, bell.ring, world) as guests:
        keeper = Doorkeeper(guests, world.clock, bell.ring)
        with keeping():
            expect_back(book, back, own.key, world)
            keeper.renew_old_codes()
        yield Door(
            guests.url, keeper.seats, keeper.expect, keeper.renew, keeper.dismiss, bell.listen
        )


class Bell:
    """Wakes whoever listens."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[], None]] = []

    def listen(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Be woken from now on; returns what ends it."""
        self._listeners.append(callback)

        def end() -> None:
            with suppress(ValueError):
                self._listeners.remove(callback)

        return end

    def ring(self) -> None:
        """Wake everybody."""
        for callback in tuple(self._listeners):
            callback()


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """What the host's screen asks of the door, by the ids of seats."""

    guests: Guests
    clock: Callable[[], float]
    changed: Callable[[], None]

    def seats(self) -> list[GuestSeat]:
        """Everybody who is expected or has come in."""
        here = {guest.id for guest in self.guests.here}
        return [self._seat(guest, here) for guest in self.guests.book.guests]

    def expect(self, role: Role, name: str) -> str:
        """Expect somebody; raises NoName or CannotKeep."""
        if name and not is_name(name):
            raise NoName(_(words.WHICH_NAME))
        with keeping():
            seat = self.guests.book.expect(role, name).id
        self.changed()
        return seat

    def renew(self, seat: str) -> None:
        """Give out another code; raises CannotKeep."""
        if guest := self._find(seat):
            with keeping():
                self.guests.book.renew(guest)
            self.changed()

    async def dismiss(self, seat: str) -> None:
        """End a seat."""
        if guest := self._find(seat):
            await self.guests.dismiss(guest)
            self.changed()

    def renew_old_codes(self) -> None:
        """Give a new code to whoever was expected another day and has not come."""
        for guest in self.guests.book.guests:
            if not guest.is_in and not self._is_good(guest):
                self.guests.book.renew(guest)

    def _find(self, seat: str) -> Guest | None:
        return next((guest for guest in self.guests.book.guests if guest.id == seat), None)

    def _is_good(self, guest: Guest) -> bool:
        return self.clock() < guest.expires

    def _seat(self, guest: Guest, here: set[str]) -> GuestSeat:
        return GuestSeat(
            guest.id,
            guest.role,
            guest.name,
            guest.code if self._is_good(guest) else "",
            self.guests.address(guest),
            guest.is_in,
            guest.id in here,
            guest.seat,
        )


@contextmanager
def keeping() -> Iterator[None]:
    """Say in a sentence what the disk does not take."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        said = _("a seat could not be kept on this computer: {reason}")
        raise CannotKeep(said.format(reason=reason.lower())) from error
