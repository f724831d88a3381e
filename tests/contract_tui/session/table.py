"""A conference between people whose clocks the test moves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from contract_tui.contract.conference.agenda import READY
from contract_tui.contract.conference.tokens import Form
from contract_tui.library.world import World
from contract_tui.session.session import Session
from sync_server.access.proof import Role
from tests.contract_tui.session.company import Company, company, relay, until

NOW = 1_760_000_000.0
PHASES = [one.id for one in READY[Form.FULL]]


@dataclass
class Clocks:
    """A clock that only counts, and one on the wall that need not be right."""

    counted: float = 0.0
    wrong_by: float = 0.0

    def world(self) -> World:
        return World(clock=lambda: NOW + self.counted + self.wrong_by, seconds=lambda: self.counted)


@asynccontextmanager
async def invited(tmp_path: Path) -> AsyncIterator[Company]:
    """Heidi, and two adults whom she invited."""
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        people.invite("Grandfather", Role.PARENT)
        yield people


def phase(session: Session) -> str:
    current = session.conferring.current
    return current.place.phase if current else ""


async def until_phase(session: Session, expected: str) -> None:
    await until(session, lambda: phase(session) == expected)


async def until_here(session: Session, count: int) -> None:
    await until(session, lambda: sum(one.here for one in session.people) == count)


async def meet(people: Company, *names: str, clocks: Clocks | None = None) -> list[Session]:
    """Everybody is there, hears the others, and the first one has begun a conference."""
    world = (clocks or Clocks()).world()
    sessions = [await people.open(name, world) for name in names]
    for session in sessions:
        await until_here(session, len(names))
    sessions[0].conferring.begin()
    for session in sessions:
        await until_phase(session, PHASES[0])
    return sessions
