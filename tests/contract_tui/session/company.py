"""People with libraries of their own, a relay between them, and patience without sleeping."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from contract_tui.contract.schema import INTERESTS, PartId
from contract_tui.contract.text.splice import Splice
from contract_tui.library import seats
from contract_tui.library.library import Library
from contract_tui.library.world import World
from contract_tui.session.session import Session
from sync_server.access.proof import Role
from sync_server.protocol.ids import DocumentId
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from sync_server.storage import ChangeStore

DEADLINE = 60.0


@dataclass
class Company:
    """A student who holds the contract, and whoever they invite."""

    directory: Path
    url: str
    contract: DocumentId = field(init=False)
    libraries: dict[str, Library] = field(default_factory=dict)
    sessions: list[Session] = field(default_factory=list)
    opened: list[Library] = field(default_factory=list)

    def __post_init__(self) -> None:
        heidi = self.library("Heidi")
        self.contract = seats.new_contract(
            heidi, "My year", "Heidi", Role.STUDENT, [self.url] if self.url else []
        )

    def library(self, name: str) -> Library:
        if name not in self.libraries:
            self.libraries[name] = Library(self.directory / name)
        return self.libraries[name]

    def invite(self, name: str, role: Role) -> None:
        heidi = self.library("Heidi")
        invitation = seats.invite_to(heidi, heidi.entry(self.contract), role, name)
        seats.join(self.library(name), invitation.link())

    async def open(self, name: str, world: World | None = None) -> Session:
        """Open the contract as another program of this person would, with its own connection."""
        library = Library(self.directory / name)
        self.opened.append(library)
        session = await Session.open(library, self.contract, world=world)
        self.sessions.append(session)
        return session

    async def close(self) -> None:
        await asyncio.gather(*(session.close() for session in self.sessions))
        for library in [*self.opened, *self.libraries.values()]:
            library.close()


@asynccontextmanager
async def company(directory: Path, url: str = "") -> AsyncIterator[Company]:
    people = Company(directory, url)
    try:
        yield people
    finally:
        await people.close()


@asynccontextmanager
async def relay(port: int = 0, store: ChangeStore | None = None) -> AsyncIterator[Relay]:
    async with Relay.serve(Settings(port=port, open=True, power_safe=False), store) as server:
        yield server


async def until(session: Session, condition: Callable[[], bool]) -> None:
    """Wait for a condition that a wake-up of the session makes true."""
    woken = asyncio.Event()
    unsubscribe = session.listen(woken.set)
    try:
        async with asyncio.timeout(DEADLINE):
            while not condition():
                await woken.wait()
                woken.clear()
    finally:
        unsubscribe()


def write(session: Session, text: str, at: int = 0, part: PartId = INTERESTS) -> None:
    session.edit(part, Splice(at, at, text))


def read(session: Session, part: PartId = INTERESTS) -> str:
    return session.contract.text(part).text
