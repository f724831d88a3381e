"""Reading together: who leads is the same on every screen, and everybody may leave."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from contract_tui.contract.schema import INTERESTS, SUPPORTS
from contract_tui.session.conference.leading import Leading
from contract_tui.session.presence.presence import Together, Whereabouts, encode
from contract_tui.session.presence.whispers import Whispers
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import PeerId
from tests.contract_tui.session.company import Company, until, write
from tests.contract_tui.session.table import invited, until_here

HEIDI, CLARA, OPA = SeatId("aa" * 8), SeatId("bb" * 8), SeatId("cc" * 8)


@pytest.fixture
async def people(tmp_path: Path) -> AsyncIterator[Company]:
    async with invited(tmp_path) as people:
        yield people


def hear(whispers: Whispers, seat: SeatId, leads: int, line: int = 0) -> None:
    said = Whereabouts(seat, INTERESTS, together=Together(leads=leads, line=line))
    whispers.hear(PeerId(seat), encode(said))


async def test_the_others_see_where_the_one_is_who_leads(people: Company) -> None:
    heidi, clara = await people.open("Heidi"), await people.open("Clara")
    write(heidi, "bees")
    for session in (heidi, clara):
        await until_here(session, 2)
    assert clara.conferring.leading.view is None
    heidi.conferring.leading.lead()
    heidi.look(INTERESTS, 2, 2)
    heidi.conferring.leading.read(12)
    await until(
        clara,
        lambda: (
            (view := clara.conferring.leading.view) is not None
            and (view.part, view.line) == (INTERESTS, 12)
        ),
    )
    assert heidi.conferring.leading.leads
    assert heidi.conferring.leading.view is None
    heidi.look(SUPPORTS)
    await until(
        clara,
        lambda: (view := clara.conferring.leading.view) is not None and view.part == SUPPORTS,
    )
    heidi.conferring.leading.lead(False)
    await until(clara, lambda: clara.conferring.leading.leader is None)


async def test_who_takes_the_lead_has_it_and_of_two_at_once_the_same_one_everywhere() -> None:
    mine = Whispers(CLARA, lambda _: None, lambda: None)
    leading = Leading(mine)
    hear(mine, HEIDI, 1)
    assert leading.leader == HEIDI
    leading.lead()
    assert leading.leads
    hear(mine, OPA, 2)  # at the same moment
    assert leading.leader == OPA
    assert not leading.leads


async def test_who_has_left_is_led_again_when_they_come_along_or_another_leads() -> None:
    mine = Whispers(CLARA, lambda _: None, lambda: None)
    leading = Leading(mine)
    leading.leave()
    hear(mine, HEIDI, 1, line=3)
    assert led_by(leading) == HEIDI
    leading.leave()
    hear(mine, HEIDI, 1, line=4)
    assert (led_by(leading), leading.leader) == (None, HEIDI)
    leading.come_along()
    assert led_by(leading) == HEIDI
    leading.leave()
    hear(mine, OPA, 2)
    assert led_by(leading) == OPA


def led_by(leading: Leading) -> SeatId | None:
    view = leading.view
    return view.seat if view is not None else None


async def test_who_leads_and_goes_leads_nobody() -> None:
    mine = Whispers(CLARA, lambda _: None, lambda: None)
    hear(mine, HEIDI, 1)
    mine.hear(PeerId(HEIDI), encode(Whereabouts(HEIDI, here=False)))
    assert Leading(mine).leader is None
