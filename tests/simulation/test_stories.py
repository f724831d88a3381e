"""A few of the evenings that Hypothesis might think of, told one by one."""

from collections.abc import Iterator

import pytest

from contract_tui.contract.schema import INTERESTS
from tests.simulation.conference import NAMES, Conference
from tests.simulation.person import CONTRACT
from tests.simulation.relay import Death


@pytest.fixture
def evening() -> Iterator[Conference]:
    """Three people who have the same contract open, over a relay that they all reach."""
    conference = Conference()
    conference.calm()
    yield conference
    conference.calm()
    conference.check_promises()
    conference.check_peace()
    conference.close()


def words(conference: Conference, name: str) -> str:
    return conference.people[name].replica.contract.text(INTERESTS).text


def size(conference: Conference) -> int:
    return len(conference.disk.hashes(CONTRACT))


def write(conference: Conference, name: str) -> None:
    """Type two characters and send them as far as the relay's door."""
    conference.edit(name, INTERESTS, 0)
    conference.speak(name, ack=False)
    conference.carry_up(name)


def test_a_word_reaches_the_others_and_its_author_is_told(evening: Conference) -> None:
    write(evening, "Heidi")
    assert not evening.people["Heidi"].shows_shared
    while evening.exchange():
        pass
    assert words(evening, "Tom") == words(evening, "Pia") == "H0"
    evening.wait(1)
    while evening.exchange():
        pass
    assert evening.people["Heidi"].shows_shared


def test_a_word_that_the_relay_did_not_store_was_never_seen(evening: Conference) -> None:
    write(evening, "Heidi")
    evening.kill_relay(Death.BEFORE_STORING, arriving=9, power=False)
    assert size(evening) == 2
    assert words(evening, "Tom") == ""


def test_a_word_that_somebody_saw_survives_the_relay(evening: Conference) -> None:
    write(evening, "Heidi")
    evening.kill_relay(Death.AMID_SENDING, arriving=9, power=False)
    for name in NAMES:
        evening.carry_down(name, 9)
    assert size(evening) == 3
    assert "H0" in (words(evening, "Tom"), words(evening, "Pia"))
    evening.kill("Heidi")


def test_what_was_written_alone_is_shared_afterwards(evening: Conference) -> None:
    evening.cut("Tom", 0, 0)
    for number in range(30):
        evening.edit("Tom", INTERESTS, number)
        write(evening, "Pia")
    evening.kill("Tom")
    evening.start("Tom")
    evening.calm()
    assert size(evening) == 62


def test_what_a_full_disk_did_not_take_is_told_to_nobody(evening: Conference) -> None:
    evening.fill_disk("Pia", full=True)
    evening.edit("Pia", INTERESTS, 0)
    evening.exchange()
    assert words(evening, "Pia") == "P0"
    assert size(evening) == 2
    evening.kill("Pia")
    evening.calm()
    assert words(evening, "Pia") == ""


def test_a_relay_with_a_full_disk_promises_nothing(evening: Conference) -> None:
    evening.fill_relay_disk(full=True)
    write(evening, "Heidi")
    for _ in range(4):
        evening.exchange()
    assert not evening.people["Heidi"].shows_shared
    assert words(evening, "Tom") == ""
    assert evening.people["Heidi"].refusals == ["the relay cannot store changes now"]


def test_what_a_power_cut_took_from_a_fast_relay_comes_back_from_the_people() -> None:
    evening = Conference(power_safe=False)
    evening.calm()
    evening.kill_relay(Death.AFTER_STORING, arriving=0, power=True)
    assert size(evening) == 0
    evening.calm()
    evening.check_peace()
    assert size(evening) == 2
    evening.close()
