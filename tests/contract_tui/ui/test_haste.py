"""An Enter that somebody means."""

from contract_tui.ui.haste import REPEATS, Haste


class Watch:
    """A clock that somebody sets."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_an_enter_that_is_held_is_never_meant() -> None:
    watch = Watch()
    haste = Haste(watch)
    haste.begin("asked")
    watch.now += 0.66
    for _ in range(50):
        assert not haste.is_meant("asked")
        haste.begin("asked")
        watch.now += 0.03


def test_whoever_waits_or_has_done_something_means_it() -> None:
    watch = Watch()
    haste = Haste(watch)
    assert haste.is_meant("asked")
    haste.begin("asked")
    assert haste.is_meant("written")
    watch.now += REPEATS
    assert haste.is_meant("asked")
