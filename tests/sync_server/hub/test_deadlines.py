from hypothesis import given
from hypothesis import strategies as st

from sync_server.hub.deadlines import Deadlines


def test_nothing_is_due_at_first() -> None:
    deadlines: Deadlines[str] = Deadlines()
    assert deadlines.next is None
    assert deadlines.pop(1e9) == []


def test_things_come_due_in_order_and_once() -> None:
    deadlines: Deadlines[str] = Deadlines()
    deadlines.add(3, "late")
    deadlines.add(1, "early")
    deadlines.add(1, "early too")
    assert deadlines.next == 1
    assert deadlines.pop(0.9) == []
    assert deadlines.pop(1) == ["early", "early too"]
    assert deadlines.next == 3
    assert deadlines.pop(10) == ["late"]
    assert deadlines.pop(10) == []


@given(st.lists(st.integers(0, 20)), st.integers(0, 20))
def test_exactly_what_is_due_comes_out(times: list[int], now: int) -> None:
    deadlines: Deadlines[int] = Deadlines()
    for time in times:
        deadlines.add(time, time)
    assert deadlines.pop(now) == sorted(time for time in times if time <= now)
    assert deadlines.next == min((time for time in times if time > now), default=None)
