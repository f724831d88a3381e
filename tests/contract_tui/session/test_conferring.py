"""Conferences between real sessions, over a real relay."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from contract_tui.contract.conference.agenda import READY
from contract_tui.contract.conference.tokens import Form
from contract_tui.contract.errors import NotYours
from contract_tui.library.world import World
from contract_tui.session.session import Session
from sync_server.access.proof import Role
from tests.contract_tui.session.company import Company, company, relay, until

NOW = 1_760_000_000.0
PHASES = [one.id for one in READY[Form.FULL]]


@dataclass
class Hands:
    """A clock that only counts, and one on the wall that need not be right."""

    seconds: float = 0.0
    wrong_by: float = 0.0

    def world(self) -> World:
        return World(clock=lambda: NOW + self.seconds + self.wrong_by)


@pytest.fixture
async def people(tmp_path: Path) -> AsyncIterator[Company]:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        people.invite("Grandfather", Role.PARENT)
        yield people


async def come(people: Company, name: str, hands: Hands | None = None) -> Session:
    """Open the contract, with a clock that the test moves."""
    hands = hands or Hands()
    session = await people.open(name, hands.world())
    session.conferring._seconds = lambda: hands.seconds
    return session


def phase(session: Session) -> str:
    current = session.conferring.current
    return current.place.phase if current else ""


async def until_phase(session: Session, expected: str) -> None:
    await until(session, lambda: phase(session) == expected)


async def until_here(session: Session, count: int) -> None:
    await until(session, lambda: sum(one.here for one in session.people) == count)


async def meet(people: Company, *names: str) -> list[Session]:
    """Everybody is there, hears the others, and a conference has begun."""
    sessions = [await come(people, name) for name in names]
    for session in sessions:
        await until_here(session, len(names))
    sessions[0].conferring.begin()
    for session in sessions:
        await until_phase(session, PHASES[0])
    return sessions


async def test_a_conference_begins_for_everybody_and_the_student_goes_on(people: Company) -> None:
    heidi, clara = await meet(people, "Heidi", "Clara")
    with pytest.raises(NotYours):
        clara.conferring.go_on()
    clara.conferring.ask_to_go_on()
    await until(heidi, lambda: bool(heidi.conferring.asking))
    assert heidi.conferring.asking == {clara.me.id} == clara.conferring.asking  # type: ignore[union-attr]
    assert heidi.conferring.go_on()
    assert phase(heidi) == PHASES[1]
    assert heidi.conferring.asking == frozenset()
    await until_phase(clara, PHASES[1])
    assert clara.conferring.asking == frozenset()
    assert heidi.conferring.go_back()
    await until_phase(clara, PHASES[0])
    assert not heidi.conferring.go_back()
