"""What a screen says when the host's computer has gone, and what its key does then."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from textual.pilot import Pilot

from contract_tui.library.library import Library
from contract_tui.session.conference.standing_by import PATIENCE, Takeover
from contract_tui.session.presence.presence import Together, Whereabouts, encode
from contract_tui.ui.app import ContractApp
from contract_tui.ui.commands import WorkshopCommands
from contract_tui.ui.hosting import takeover, words
from contract_tui.ui.hosting.door import GuestSeat
from contract_tui.ui.hosting.screen import HostingScreen
from contract_tui.ui.room import Hosting
from contract_tui.ui.screens.workshop import WorkshopScreen
from sync_server.access.proof import Role
from sync_server.access.standby import Standby
from sync_server.protocol.ids import DocumentId, PeerId
from tests.contract_tui.guests.test_returning import standby
from tests.contract_tui.session.company import company, relay, until
from tests.contract_tui.session.conference.test_standing_by import as_guest, given
from tests.contract_tui.session.table import Clocks, meet
from tests.contract_tui.ui import stage
from tests.contract_tui.ui.hosting.stage import Doorway
from tests.contract_tui.ui.hosting.test_opening import HostHere

ROOM = "ws://192.0.2.7:3030/room"
GONE = Takeover("Ana", (standby(),), ())


def test_it_says_who_comes_back_by_which_key() -> None:
    said = takeover.sentences(GONE)
    assert "Ana’s computer cannot be reached. Nothing is lost" in said
    assert "F6" in said
    assert "a new code for Grandfather" in said
    assert "F6" in takeover.in_short(GONE)


def test_it_says_who_cannot_come_back_here() -> None:
    said = takeover.sentences(replace(GONE, guests=(), missing=("Ben", "Cleo")))
    assert "no seat for Ben, Cleo" in said
    assert "new code" not in said


def test_it_says_whose_seats_are_here_from_before() -> None:
    said = takeover.sentences(replace(GONE, guests=(), kept=("Ben", "Cleo")))
    assert "For Ben, Cleo it has the seat from before" in said
    assert "no seat" not in said


def test_it_says_where_else_one_could_go_on() -> None:
    said = takeover.sentences(replace(GONE, elsewhere=(("Ben", ROOM), ("Dan", ROOM))))
    assert "Where Ben or Dan goes on instead, Ctrl+P leads you there" in said
    assert "Ctrl+P" not in takeover.sentences(GONE)


async def begun(folder: Path, clocks: Clocks) -> DocumentId:
    """Heidi hosts a conference with Ben as her guest; then her computer dies. Clara has it all."""
    async with relay() as server, company(folder, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        people.invite("Ben", Role.PARENT)
        as_guest(people, "Ben", of="Heidi")
        _, clara, _ = await meet(people, "Heidi", "Clara", "Ben", clocks=clocks)
        clara.conferring.standby.be_ready()
        await until(clara, lambda: bool(given(clara)))
        return people.contract


async def test_one_key_takes_the_hosts_place_with_those_who_were_its_guests(
    tmp_path: Path,
) -> None:
    clocks = Clocks()
    contract = await begun(tmp_path, clocks)
    asked: list[tuple[Collection[Standby] | None, str]] = []
    door = Doorway()

    async def make_room(
        _: DocumentId, back: Collection[Standby] | None, relay: str, __: bool
    ) -> Hosting:
        asked.append((back, relay))
        for one in back or ():
            seat = GuestSeat(
                *("b", one.seat.role, one.seat.name, "ABC-DEF-GHJ", "http://192.0.2.7:8080/j/x"),
                is_in=False,
                is_here=False,
                seat=one.seat.id,
            )
            door.put(seat)
        return Hosting("ws://127.0.0.1:1/room", tuple, door=door.door())

    async with alone(tmp_path, contract, clocks, make_room) as (app, _, pilot):
        await pilot.press("f6")
        await stage.until(lambda: isinstance(app.screen, HostingScreen))
        ((back, url),) = asked
        assert back is not None
        assert [one.seat.name for one in back] == ["Ben"]
        assert url == ""
        table = app.screen
        assert isinstance(table, HostingScreen)
        assert [one.name for one in table.places].count("Ben") == 1
        await stage.until(lambda: table.chosen is not None)
        assert table.chosen is not None
        assert table.chosen.name == "Ben"


@asynccontextmanager
async def alone(
    folder: Path, contract: DocumentId, clocks: Clocks, make_room: HostHere
) -> AsyncIterator[tuple[ContractApp, WorkshopScreen, Pilot[None]]]:
    """Clara's screen, some seconds after Heidi's computer has gone."""
    world = replace(clocks.world(), online=False)
    with Library(folder / "Clara") as library:
        app = ContractApp(library, contract, world=world, host_here=make_room)
        async with app.run_test(size=(80, 24)) as pilot:
            await stage.until(lambda: isinstance(app.screen, WorkshopScreen) and shown(app.screen))
            workshop = app.screen
            assert isinstance(workshop, WorkshopScreen)
            workshop.session.conferring.beat()
            assert takeover.offered(workshop.session) is None
            clocks.counted += PATIENCE
            workshop.follow()
            gone = words.HOST_IS_GONE.format(host="Heidi")
            await stage.until(lambda: gone in str(workshop.notice.content))
            yield app, workshop, pilot


def shown(workshop: WorkshopScreen) -> bool:
    band = workshop.table.band
    return all(one.is_mounted for one in (band.strip, band.above, band.beside, workshop.notice))


async def test_whoever_comes_along_meets_the_others_where_somebody_else_goes_on(
    tmp_path: Path,
) -> None:
    clocks = Clocks()
    contract = await begun(tmp_path, clocks)
    async with alone(tmp_path, contract, clocks, nobody) as (app, workshop, _):
        assert "Go on at Ben’s computer" not in offered(workshop)
        ben = next(one.seat for one in workshop.session.people if one.name == "Ben")
        said = Whereabouts(ben, together=Together(stands_by=ben, at=ROOM))
        workshop.session._whispers.hear(PeerId("b"), encode(said))
        workshop.session.conferring.beat()
        offered(workshop)["Go on at Ben’s computer"]()
        await stage.until(
            lambda: isinstance(app.screen, WorkshopScreen) and app.screen is not workshop
        )
        assert ROOM in app.library.entry(contract).relays


def offered(workshop: WorkshopScreen) -> dict[str, Callable[[], object]]:
    return {name: do for name, _, do in WorkshopCommands(workshop)._commands()}


async def nobody(*_: object) -> Hosting:
    raise AssertionError("nobody asks for a room")
