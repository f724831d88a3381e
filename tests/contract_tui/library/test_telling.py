"""Whoever was away hears once of what happened meanwhile."""

from functools import partial
from pathlib import Path

import pytest

from contract_tui.library import seats
from contract_tui.library.library import Library
from contract_tui.library.telling import MOST_TOLD, Told, identity
from contract_tui.session.link.status import StatusKind
from contract_tui.session.session import Session
from sync_server.access.proof import Role
from sync_server.protocol.ids import DocumentId, PeerId
from sync_server.protocol.messages import Notice
from tests.contract_tui.session.circle import closed, three
from tests.contract_tui.session.company import Company, until
from tests.contract_tui.session.impostors import free_port

TWICE = "The invitation for “Oma” was used a second time at "


def notice(kind: str = "contested", **fields: str | int) -> Notice:
    return Notice(PeerId("relay"), PeerId("me"), DocumentId(bytes(16)), kind, fields)


def is_shared(session: Session) -> bool:
    return session.status.kind is StatusKind.SHARED


async def visit(people: Company, name: str, *, reading: bool = True) -> list[str]:
    """Open the contract until all is shared, perhaps look at the notices, and leave."""
    session = await people.open(name)
    await until(session, partial(is_shared, session))  # what the relay has to tell comes before
    told = session.notices if reading else []
    await session.close()
    return told


async def take_twice(people: Company) -> None:
    """Oma comes in, and then somebody else by the same invitation, who is refused."""
    heidi = people.library("Heidi")
    invited = seats.invite_to(heidi, heidi.entry(people.contract), Role.PARENT, "Oma")
    for name in ("Oma", "thief"):
        seats.join(people.library(name), invited.link())
    await visit(people, "Oma")
    thief = await people.open("thief")
    await until(thief, lambda: "another computer" in thief.status.detail)
    await thief.close()


async def test_whoever_was_away_hears_of_a_second_claim_once(tmp_path: Path) -> None:
    port = free_port()
    async with three(tmp_path, f"ws://127.0.0.1:{port}") as people:
        async with closed(tmp_path / "relay", port):
            heidi = await people.open("Heidi")
            await take_twice(people)
            await until(heidi, lambda: bool(heidi.notices))
            [told] = await visit(people, "Clara")
            assert told.startswith(TWICE)
            assert await visit(people, "Clara") == []
        async with closed(tmp_path / "relay", port):
            assert await visit(people, "Clara") == []
            assert await visit(people, "Grandfather") == [told]
            heidi.reconnect()
            await until(heidi, partial(is_shared, heidi))
            assert heidi.notices == [told]
            await heidi.close()
            assert await visit(people, "Heidi") == []


async def test_what_was_said_while_nobody_looked_is_said_again(tmp_path: Path) -> None:
    async with closed(tmp_path / "relay") as server, three(tmp_path, server.url) as people:
        await visit(people, "Heidi")
        await take_twice(people)
        await visit(people, "Clara", reading=False)
        [told] = await visit(people, "Clara")
        assert told.startswith(TWICE)


@pytest.fixture
def told(tmp_path: Path) -> Told:
    library = Library(tmp_path)
    return Told(library.keepsakes(seats.new_contract(library, "My year", "Heidi", Role.STUDENT)))


def test_the_same_claim_is_told_of_by_every_relay_at_another_time() -> None:
    one = notice(invitation="for Oma", name="Oma", at=1)
    assert identity(one) == identity(notice(invitation="for Oma", name="Oma", at=2))
    assert identity(one) != identity(notice(invitation="for Opa", name="Oma", at=1))
    assert identity(notice(name="Oma", at=1)) != identity(notice(name="Oma", at=2))
    assert identity(notice("limited", reason="size")) is None


def test_a_relay_that_makes_up_news_does_not_fill_the_library(told: Told) -> None:
    for number in range(MOST_TOLD + 20):
        told.add([b"%d" % number])
    assert [b"%d" % number in told for number in (0, 19, 20, MOST_TOLD + 19)] == [
        False,
        False,
        True,
        True,
    ]
    assert len(told._keepsakes.all("told")) == MOST_TOLD
