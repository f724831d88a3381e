import asyncio
from collections.abc import Iterator

from contract_tui.session.slices import SLICE, do_slice, do_slices


class Hours:
    """A clock that goes on by as much as each piece of work takes."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def work(self, pieces: int, seconds: float) -> Iterator[None]:
        for _ in range(pieces):
            self.now += seconds
            yield


def test_a_slice_ends_when_its_time_is_over_and_the_next_goes_on() -> None:
    clock = Hours()
    work = clock.work(25, SLICE / 9.5)
    assert not do_slice(work, clock=clock)
    assert clock.now < 1.2 * SLICE
    assert not do_slice(work, clock=clock)
    assert do_slice(work, clock=clock)
    assert do_slice(work, clock=clock), "nothing is left"


def test_no_time_at_all_is_enough_for_one_piece() -> None:
    work = iter("ab")
    assert not do_slice(work, 0.0)
    assert not do_slice(work, 0.0)
    assert do_slice(work, 0.0)


async def test_others_get_their_turn_between_two_slices() -> None:
    clock = Hours()
    told: list[str] = []

    async def other() -> None:
        for _ in range(3):
            told.append("other")
            await asyncio.sleep(0)

    beside = asyncio.create_task(other())
    assert await do_slices(clock.work(2, SLICE), clock=clock)
    assert told == ["other"] * 3
    await beside


async def test_work_that_nobody_wants_any_more_is_left() -> None:
    clock = Hours()
    work = clock.work(9, SLICE)
    assert not await do_slices(work, lambda: clock.now < 3.5 * SLICE, clock)
    assert len(list(work)) == 5
