"""A host without a screen, as a program: a contract, a relay and an open door for two guests.

`python -m tests.journeys.guest_host FOLDER PORT` prints the guests' addresses, each as often as it
is started, and ends on SIGTERM.
"""

import asyncio
import signal
import sys
from pathlib import Path

from contract_tui.guests.book import GuestBook
from contract_tui.guests.environment import Place
from contract_tui.guests.serving import Guests, Listening
from contract_tui.library import seats
from contract_tui.library.library import Library
from contract_tui.library.settings import room_address
from contract_tui.session.session import Session
from sync_server.access.proof import Role
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings

EXPECTED = {"Cleo": Role.PARENT, "Ben": Role.TEACHER}


async def host(folder: Path, port: int) -> None:
    """Let guests in until somebody ends this."""
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    with Library(folder) as library:
        async with Relay.serve(Settings(port=0, power_safe=False), None) as relay:
            url = room_address(relay.url)
            if not library.entries():
                seats.new_contract(library, "Tidepools", "Ana", Role.STUDENT)
            (entry,) = library.entries()
            session = await Session.open(library, entry.id, relays=[url])
            try:
                async with Guests.serve(
                    _book(library), _place(library, url), Listening(port=port)
                ) as guests:
                    if not guests.book.guests:
                        for name, role in EXPECTED.items():
                            guests.book.expect(role, name)
                    for guest in guests.book.guests:
                        print(guest.name, guests.address(guest), flush=True)
                    await ended.wait()
            finally:
                await session.close()


def _book(library: Library) -> GuestBook:
    (entry,) = library.entries()

    def certify(role: Role, name: str) -> str:
        return seats.invite_to(library, entry, role, name, days=1).link()

    return GuestBook(library.guests(entry.id), certify)


def _place(library: Library, url: str) -> Place:
    (entry,) = library.entries()
    own = library.own_seat(entry.id)
    assert own is not None
    return Place(entry.text_id, url, own.device.prefix.hex())


if __name__ == "__main__":
    asyncio.run(host(Path(sys.argv[1]), int(sys.argv[2])))
