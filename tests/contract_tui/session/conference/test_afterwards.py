"""The student is asked about each conference, later and alone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from contract_tui.library.keepsakes import HOST
from contract_tui.session.session import Session
from tests.contract_tui.session.company import Company, until
from tests.contract_tui.session.table import invited, meet


@pytest.fixture
async def people(tmp_path: Path) -> AsyncIterator[Company]:
    async with invited(tmp_path) as people:
        yield people


def asked(session: Session) -> list[int]:
    """The conferences that the student has to be asked about, by their numbers."""
    return [one.number for one in session.conferring.afterwards.unanswered]


def confer(session: Session, times: int = 1) -> None:
    for _ in range(times):
        session.conferring.begin()
        session.conferring.end()


async def test_it_is_asked_about_each_conference_but_not_in_its_own_sitting(
    people: Company,
) -> None:
    heidi, clara = await meet(people, "Heidi", "Clara")
    heidi.conferring.end()
    confer(heidi)
    assert asked(heidi) == []
    await until(clara, lambda: len(clara.contract.conferences.all) == 2)
    await heidi.close()
    later = await people.open("Heidi")
    assert asked(later) == [1, 2]
    before = later.contract.heads
    later.conferring.afterwards.answer(later.conferring.afterwards.unanswered[0])
    assert asked(later) == [2]
    assert later.contract.heads == before  # nobody hears of it
    confer(later)
    assert asked(later) == [2]
    await later.close()
    assert asked(await people.open("Heidi")) == [2, 3]


async def test_adults_are_asked_about_nothing(people: Company) -> None:
    heidi, clara = await meet(people, "Heidi", "Clara")
    heidi.conferring.end()
    await until(clara, lambda: clara.conferring.current is None)
    await clara.close()
    assert asked(await people.open("Clara")) == []


async def test_a_conference_that_nobody_closed_is_not_asked_about(people: Company) -> None:
    (heidi,) = await meet(people, "Heidi")
    heidi.conferring.begin(anew=True)
    await heidi.close()
    assert asked(await people.open("Heidi")) == []


async def test_a_guest_is_known_to_be_one(people: Company) -> None:
    (heidi,) = await meet(people, "Heidi")
    assert not heidi.conferring.afterwards.is_guest
    heidi.conferring.end()
    await heidi.close()
    people.libraries["Heidi"].keepsakes(heidi.entry.id).put(HOST, {b"": bytes(8)})
    guest = await people.open("Heidi")
    assert guest.conferring.afterwards.is_guest
    assert asked(guest) == [1]
