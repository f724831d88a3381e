import pytest

from sync_server.relay.pulse import Pulse, Verdict
from sync_server.relay.settings import Settings

SETTINGS = Settings(handshake_within=10, close_within=5, ping_interval=20, ping_timeout=30)
NOTHING, ASK, CUT_OFF, ABORT = Verdict


def opened() -> Pulse:
    pulse = Pulse(SETTINGS, 100.0)
    pulse.opened()
    return pulse


def test_a_handshake_has_its_time_and_no_more() -> None:
    pulse = Pulse(SETTINGS, 100.0)
    beginning = pulse.ends
    pulse.heard(109.0)
    assert pulse.check(109.9, 0) is NOTHING
    assert pulse.check(110.0, 0) is ABORT
    pulse.opened()
    assert (beginning, pulse.ends) == (True, False)
    assert pulse.check(110.0, 0) is NOTHING


def test_an_end_has_its_time_and_is_not_put_off() -> None:
    pulse = opened()
    pulse.end(100.0)
    pulse.end(104.0)
    pulse.heard(104.5)
    assert pulse.check(104.9, 0) is NOTHING
    assert pulse.check(105.0, 0) is ABORT


def test_who_is_silent_is_asked_once_and_then_taken_for_gone() -> None:
    pulse = opened()
    found = [pulse.check(now, 0) for now in (120.0, 120.1, 121.0, 150.0, 150.1)]
    assert found == [NOTHING, ASK, NOTHING, NOTHING, ABORT]


def test_who_answers_is_asked_again_after_another_silence() -> None:
    pulse = opened()
    assert pulse.check(120.1, 0) is ASK
    pulse.heard(120.2)
    assert [pulse.check(now, 0) for now in (140.2, 140.3)] == [NOTHING, ASK]


@pytest.mark.parametrize("left", [10, 90])
def test_who_takes_nothing_of_what_was_sent_is_cut_off_however_much_it_says(left: int) -> None:
    pulse = opened()
    pulse.wrote(100)
    assert pulse.check(101.0, left) is NOTHING  # it took some
    pulse.heard(151.0)
    assert pulse.check(151.0, left) is NOTHING
    assert pulse.check(151.1, left) is CUT_OFF


def test_who_takes_what_was_sent_slowly_is_left_alone_and_is_there() -> None:
    pulse = opened()
    pulse.wrote(100)
    assert pulse.check(110.0, 90) is NOTHING
    assert pulse.check(149.0, 80) is ASK  # silent for long, and yet it reads
    assert pulse.check(190.0, 70) is NOTHING
    assert pulse.check(191.0, 0) is ABORT
