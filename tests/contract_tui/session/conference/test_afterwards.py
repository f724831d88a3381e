"""The student is asked once after each conference, alone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from contract_tui.session.session import Session
from tests.contract_tui.session.company import Company, until
from tests.contract_tui.session.table import invited, meet


@pytest.fixture
async def people(tmp_path: Path) -> AsyncIterator[Company]:
    async with invited(tmp_path) as people:
        yield people


def asked(session: Session) -> int | None:
    """The conference that the student has to be asked about, by its number."""
    found = session.conferring.afterwards.unanswered
    return found.number if found is not None else None


def answer(session: Session) -> None:
    found = session.conferring.afterwards.unanswered
    assert found is not None
    session.conferring.afterwards.answer(found)


async def test_it_is_asked_once_after_each_conference_and_of_nobody_else(people: Company) -> None:
    heidi, clara = await meet(people, "Heidi", "Clara")
    assert asked(heidi) is None
    heidi.conferring.end()
    assert asked(heidi) == 1
    await until(clara, lambda: clara.conferring.current is None)
    assert asked(clara) is None
    before = heidi.contract.heads
    answer(heidi)
    assert asked(heidi) is None
    assert heidi.contract.heads == before  # nobody hears of it
    heidi.conferring.begin()
    heidi.conferring.end()
    assert asked(heidi) == 2


async def test_it_is_remembered_by_the_next_start_of_the_program(people: Company) -> None:
    (heidi,) = await meet(people, "Heidi")
    heidi.conferring.end()
    await heidi.close()
    later = await people.open("Heidi")
    answer(later)
    await later.close()
    assert asked(await people.open("Heidi")) is None
