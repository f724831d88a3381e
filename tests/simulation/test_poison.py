"""One of the three sends what breaks the documents of the others, and nobody talks for ever."""

from collections.abc import Iterator

import pytest

from contract_tui.contract.schema import INTERESTS
from tests.contract_tui.contract.poison import ignored, panicking
from tests.contract_tui.session.fooled import Fooled
from tests.simulation.conference import NAMES, Conference


@pytest.fixture
def evening(monkeypatch: pytest.MonkeyPatch) -> Iterator[Conference]:
    monkeypatch.setattr("contract_tui.contract.opening.opening.CrdtDocument", Fooled)
    conference = Conference()
    conference.calm()
    yield conference
    conference.close()


def words(conference: Conference, name: str) -> str:
    return conference.people[name].replica.contract.text(INTERESTS).text


def frames(conference: Conference, seconds: int) -> int:
    """How many frames people put on the wire while nobody writes."""
    sent = 0
    for _ in range(seconds):
        conference.now += 1.0
        for name in NAMES:
            conference.people[name].wait(3.0)
            sent += conference.speak(name, ack=True)
            conference.carry_up(name, 100)
        while conference.turn():
            pass
        for name in NAMES:
            conference.carry_down(name, 100)
    return sent


@pytest.mark.parametrize("poison", [panicking, ignored])
@pytest.mark.parametrize("again", [False, True])
def test_what_one_cannot_read_is_known_and_nobody_asks_for_it_for_ever(
    evening: Conference, poison: object, *, again: bool
) -> None:
    evening.edit("Heidi", INTERESTS, 0)
    evening.edit("Tom", INTERESTS, 0)
    evening.calm()
    before = words(evening, "Heidi")
    pia = evening.people["Pia"].replica
    evening.edit("Pia", INTERESTS, 0)
    raw = pia.graph.raws([len(pia.graph) - 1])[0]
    assert callable(poison)
    with Fooled.by(raw, poison(raw)):
        evening.edit("Tom", INTERESTS, 0)
        evening.calm()
        assert "P" not in words(evening, "Heidi") + words(evening, "Tom")
        assert len(words(evening, "Heidi")) == len(before) + 2
        if again:
            evening.people["Heidi"].die()
            evening.calm()
        for name in ("Heidi", "Tom"):
            (told,) = evening.people[name].replica.set_aside
            assert "could not be read and was set aside" in told
        assert frames(evening, 60) <= 6
        evening.edit("Heidi", INTERESTS, 0)
        evening.calm()
        assert words(evening, "Tom") == words(evening, "Heidi")
        assert (
            evening.people["Pia"].replica.graph.heads == evening.people["Tom"].replica.graph.heads
        )
