"""The relay of whoever takes over has what a dead host's had passed on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from contract_tui.commands.succeeding import succeed
from contract_tui.library import seats
from contract_tui.session.session import Session
from sync_server.access.proof import Role
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from sync_server.storage import MemoryStore
from tests.contract_tui.session.circle import forget_relays, is_sealed
from tests.contract_tui.session.company import Company, company, read, until, write


@asynccontextmanager
async def closed(store: MemoryStore) -> AsyncIterator[Relay]:
    async with Relay.serve(Settings(port=0, power_safe=False), store) as relay:
        yield relay


async def dead(people: Company) -> Session:
    """Heidi's computer dies before she has sealed her last words; Clara has them."""
    heidi, clara = await people.open("Heidi"), await people.open("Clara")
    write(clara, "Clara. ")
    await until(heidi, lambda: read(heidi) == "Clara. ")
    write(heidi, "Heidi. ")
    await until(clara, lambda: read(clara) == "Heidi. Clara. ")
    assert not is_sealed(clara)
    return clara


def newcomer(people: Company, url: str) -> None:
    """Grandfather has nothing but an invitation."""
    heidi = people.library("Heidi")
    link = seats.invite_to(heidi, heidi.entry(people.contract), Role.PARENT, "Grandfather").link()
    seats.join(people.library("Grandfather"), link)
    forget_relays(people.directory / "Grandfather")
    people.library("Grandfather").add_relays(people.contract, [url])


async def test_what_nobody_sealed_any_more_reaches_whoever_comes(tmp_path: Path) -> None:
    async with closed(MemoryStore()) as first, company(tmp_path, first.url) as people:
        people.invite("Clara", Role.TEACHER)
        clara = await dead(people)
        await clara.close()
        store, journal = MemoryStore(), partial(people.library("Clara").journal, people.contract)
        assert succeed(journal(), people.contract, store) == clara.size
        assert succeed(journal(), people.contract, store) == 0
        async with closed(store) as second:
            newcomer(people, second.url)
            grandfather = await people.open("Grandfather")
            await until(grandfather, lambda: read(grandfather) == "Heidi. Clara. ")
            again = await Session.open(
                people.library("Clara"), people.contract, relays=[second.url]
            )
            write(again, "On. ")
            await until(grandfather, lambda: read(grandfather).startswith("On. "))
            await asyncio.gather(again.close(), grandfather.close())
