"""What a program takes for the time: what it has seen, what it hears, and only then the wall."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tui.contract.conference.timing import Told
from contract_tui.contract.conference.values import Conference
from contract_tui.library.world import World
from contract_tui.session.conference.stopwatch import Stopwatch
from contract_tui.session.presence.presence import Together, Whereabouts, encode
from contract_tui.session.presence.whispers import Whispers
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import PeerId
from tests.contract_tui.contract.conference.table import Table, current
from tests.contract_tui.contract.people import BEGINNING, MAYA, OKAFOR


class Desk:
    """Ms Okafor's program: what it hears, and both of its clocks."""

    def __init__(self, wrong_by: float = 0.0) -> None:
        self.table = Table()
        self.counted, self.wrong_by = 100.0, wrong_by
        self.said: list[bytes] = []
        self.whispers = Whispers(OKAFOR.id, self.said.append, lambda: None)
        clock = lambda: BEGINNING + self.counted - 100 + self.wrong_by  # noqa: E731 - a clock
        world = World(clock, seconds=lambda: self.counted)
        self.stopwatch = Stopwatch(
            self.whispers, world, lambda: self.table.okafor.conferences.current
        )
        self.table.begin(self.table.maya)
        self.table.meet()

    @property
    def here(self) -> Conference:
        return current(self.table.okafor)

    def now(self) -> tuple[float, bool]:
        """What the clock shows, and whether that is known."""
        return self.stopwatch.elapsed(self.here), self.stopwatch.knows(self.here)

    def hear(self, seat: SeatId = MAYA.id, told: Told | None = None) -> None:
        said = Whereabouts(seat, together=Together(told=told))
        self.whispers.hear(PeerId(seat), encode(said))

    def go_on(self) -> None:
        """Maya goes on, by a clock that is right."""
        self.table.go_on(self.table.maya, int(BEGINNING + self.counted - 100))
        self.table.meet()


async def test_who_comes_to_a_conference_that_goes_on_guesses_until_they_hear_somebody() -> None:
    desk = Desk(wrong_by=60)
    desk.counted += 30
    assert desk.now() == (90, False)
    desk.hear(told=Told(desk.here.visit, 31.0))
    assert desk.now() == (31, True)


async def test_who_hears_the_others_sees_a_step_when_it_comes() -> None:
    desk = Desk(wrong_by=60)
    desk.hear(told=Told(desk.here.visit, 5.0))
    desk.counted += 200
    desk.go_on()
    desk.stopwatch.follow()
    assert desk.now() == (0, True)
    desk.counted += 7
    assert desk.now() == (7, True)


async def test_who_hears_nobody_puts_a_clock_right_that_has_proved_wrong() -> None:
    desk = Desk(wrong_by=300)
    desk.hear(told=Told(desk.here.visit, 0.0))
    assert desk.now() == (0, True)
    desk.whispers.follow_relays(set())
    desk.counted += 200
    desk.go_on()
    desk.counted += 40  # what she noted arrives later
    assert desk.now() == (40, False)


@settings(max_examples=10)
@given(st.lists(st.tuples(st.floats(0, 600), st.floats(-90_000, 90_000)), min_size=1, max_size=6))
async def test_no_clock_on_the_wall_that_is_set_during_a_phase_moves_what_is_shown(
    sets: list[tuple[float, float]],
) -> None:
    desk = Desk(wrong_by=-180)
    desk.hear(told=Told(desk.here.visit, 5.0))
    shown = 5.0
    for waited, set_to in sets:
        desk.counted += waited
        desk.wrong_by = set_to
        shown += waited
        elapsed, knows = desk.now()
        assert knows
        assert elapsed == pytest.approx(shown)
        told = desk.whispers.time()
        assert told is not None
        assert told.elapsed == pytest.approx(shown)
    desk.go_on()
    desk.stopwatch.follow()
    assert desk.now() == (0, True)


async def test_what_was_said_of_a_step_before_it_arrived_is_not_forgotten() -> None:
    desk = Desk(wrong_by=-500)
    desk.table.go_on(desk.table.maya)
    desk.counted += 20
    desk.hear(told=Told(current(desk.table.maya).visit, 20.0))
    desk.whispers.follow_relays(set())
    desk.counted += 3
    desk.table.meet()
    desk.stopwatch.follow()
    assert desk.now() == (23, True)


async def test_the_time_is_told_as_it_is_when_something_is_said() -> None:
    desk = Desk()
    assert desk.whispers.time() == Told(desk.here.visit, 0.0, knows=False)
    desk.counted += 12
    assert desk.whispers.time() == Told(desk.here.visit, 12.0, knows=False)
    desk.stopwatch.arrive(desk.here)
    assert desk.whispers.time() == Told(desk.here.visit, 0.0)
    assert desk.said


async def test_without_a_conference_nothing_is_told_and_nothing_heard() -> None:
    desk = Desk()
    visit = desk.here.visit
    desk.table.end(desk.table.maya)
    desk.table.meet()
    desk.stopwatch.follow()
    desk.hear(told=Told(visit, 40.0))
    assert desk.whispers.time() is None
