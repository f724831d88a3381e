"""What one conference is, told from its steps."""

from contract_tui.contract.conference.moves import Path
from contract_tui.contract.conference.values import Conference, Step
from sync_server.access.proof import SeatId
from sync_server.protocol.operations import ElementId

MAYA = SeatId("aa" * 8)


def conference(*path: str, number: int = 1) -> Conference:
    """One in which every stay lasted ten seconds more than the one before."""
    steps: dict[Path, Step] = {
        path[:end]: Step(1_000 + end, 10 * end, MAYA) for end in range(1, len(path) + 1)
    }
    made = ElementId(7, b"x" * 16)
    nobody: frozenset[SeatId] = frozenset()
    return Conference(number, "c", made, {}, path, steps, 1_000, MAYA, None, (), (), nobody, {}, {})


def test_the_time_of_a_phase_is_that_of_all_stays_in_it_that_are_over() -> None:
    one = conference("open", "me", "~", "me", "helps", "me")
    assert [one.spent(phase) for phase in ("open", "me", "helps")] == [20, 30 + 50, 60]


def test_minutes_that_are_added_end_no_stay() -> None:
    one = conference("open", "+2", "+2", "me")
    assert one.spent("open") == 40
    assert conference("open", "+2").spent("open") == 0


def test_a_step_that_nobody_noted_took_no_time() -> None:
    one = conference("open", "me", "helps")
    del one.steps["open", "me"]  # type: ignore[attr-defined]  # a dictionary here
    assert (one.spent("open"), one.spent("me")) == (0, 30)


def test_a_stay_has_a_name_that_no_other_stay_has() -> None:
    stays = [
        conference("open"),
        conference("open", "me"),
        conference("open", "me", "~"),
        conference("open", "me", "~", "me"),
        conference("open", number=2),
    ]
    assert len({one.visit for one in stays}) == len(stays)
    assert conference("open", "me", "+2").visit == conference("open", "me").visit
    assert conference("open").visit == "1:2348f9987442"


def test_when_it_came_where_it_is_says_the_step_that_led_there() -> None:
    assert conference("open", "me", "+2").step.at == 1_002
    one = conference("open", "me")
    del one.steps["open", "me"]  # type: ignore[attr-defined]  # a dictionary here
    assert one.step == Step(1_000, 0, MAYA)
