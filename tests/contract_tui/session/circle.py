"""Three people, and a relay that lets in only those who were invited."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from contract_tui.contract.schema import BODY_TEXTS, GENESIS_ACTOR, INTERESTS
from contract_tui.session.link.status import StatusKind
from contract_tui.session.session import Session
from sync_server.access.proof import Role
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import operations
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from tests.contract_tui.session.company import DEADLINE, Company, company, read, until, write

NAMES = ("Heidi", "Clara", "Grandfather")


@asynccontextmanager
async def closed(data: Path, port: int = 0) -> AsyncIterator[Relay]:
    async with Relay.serve(Settings(port=port, data=data, power_safe=False)) as server:
        yield server


@asynccontextmanager
async def three(tmp_path: Path, url: str) -> AsyncIterator[Company]:
    async with company(tmp_path, url) as people:
        people.invite("Clara", Role.TEACHER)
        people.invite("Grandfather", Role.PARENT)
        yield people


def is_shared(session: Session, length: int) -> bool:
    return len(read(session)) == length and session.status.kind is StatusKind.SHARED


def is_alone(session: Session) -> bool:
    return session.status.kind is StatusKind.ALONE


def is_sealed(session: Session) -> bool:
    """Whether everybody's last words here are under a seal of theirs."""
    graph, custodian = session._replica.graph, session._notary.custodian
    actors = {graph.header(position).actor for position in range(len(graph))} - {GENESIS_ACTOR}
    return all(custodian.sealed(actor) == graph.last_seq(actor) for actor in actors)


async def sealed(session: Session) -> None:
    """Wait until everybody's last words are under a seal, of whose coming no listener is told."""
    custodian = session._notary.custodian
    woken, wake = asyncio.Event(), custodian._on_change

    def woke() -> None:
        wake()
        woken.set()

    custodian._on_change = woke
    try:
        async with asyncio.timeout(DEADLINE):
            while not is_sealed(session):
                await woken.wait()
                woken.clear()
    finally:
        custodian._on_change = wake


async def all_shared(sessions: list[Session], length: int) -> None:
    for session in sessions:
        await until(session, partial(is_shared, session, length))
    for session in sessions:
        await sealed(session)


async def write_together(people: Company, rounds: int = 3) -> int:
    """Everybody writes, everybody has it, everybody leaves; returns how much they wrote."""
    sessions = [await people.open(name) for name in NAMES]
    for number in range(rounds):
        for session in sessions:
            write(session, f"{number} {session.me.name} ", at=0)  # type: ignore[union-attr]
        await asyncio.sleep(0)
    length = sum(len(f"{number} {name} ") for number in range(rounds) for name in NAMES)
    await all_shared(sessions, length)
    for session in sessions:
        await session.close()
    return length


async def newly_invited(people: Company, name: str, url: str) -> Session:
    """Somebody who has nothing but an invitation, and knows only this relay."""
    people.invite(name, Role.PARENT)
    forget_relays(people.directory / name)
    people.library(name).add_relays(people.contract, [url])
    return await people.open(name)


def forget_relays(home: Path) -> None:
    connection = sqlite3.connect(home / "library.sqlite3")
    with connection:
        connection.execute("DELETE FROM relay")
    connection.close()


def authors(session: Session) -> set[Actor]:
    """Everybody who wrote in the interests."""
    made = [one for raw in session.contract.changes_since() for one in operations(raw)]
    return {Actor(one.id.actor) for one in made if one.object == BODY_TEXTS[INTERESTS]}
