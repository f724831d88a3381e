"""Whatever people do in a whole contract, and whatever fails meanwhile, all of it is there."""

from random import Random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.simulation.author import Author, Deed
from tests.simulation.conference import NAMES
from tests.simulation.deeds import DEEDS
from tests.simulation.person import Person
from tests.simulation.sealed import EVE, SealedPerson
from tests.simulation.table import SealedAuthor, SealedTable, Table
from tests.simulation.test_sealed_simulation import SealedTurmoil
from tests.simulation.test_simulation import NUMBER, WHO, Turmoil, run

DID = st.lists(st.tuples(st.sampled_from(DEEDS), NUMBER, NUMBER), min_size=1, max_size=6)


class WholeTurmoil(Turmoil):
    """Everything that can happen to a conference where people do all that can be done."""

    conferences: type[Table] = Table
    person: type[Person] = Author
    conference: Table

    @rule(who=WHO, did=DID)
    def do(self, who: str, did: list[tuple[Deed, int, int]]) -> None:
        for deed, *numbers in did:
            self.conference.do(who, deed, *numbers)


class SealedWholeTurmoil(SealedTurmoil, WholeTurmoil):
    """The same at a closed relay."""

    conferences: type[SealedTable] = SealedTable
    person: type[SealedPerson] = SealedAuthor
    conference: SealedTable

    @rule(did=DID)
    def eve_does(self, did: list[tuple[Deed, int, int]]) -> None:
        for deed, *numbers in did:
            self.conference.do(EVE, deed, *numbers)


def test_nothing_of_a_whole_contract_is_lost_whatever_happens() -> None:
    run(WholeTurmoil, settings().max_examples // 12, steps=40)


def test_nothing_of_a_whole_contract_is_lost_or_withheld_at_a_closed_relay() -> None:
    run(SealedWholeTurmoil, settings().max_examples // 20, steps=40)


@pytest.mark.soak
@pytest.mark.parametrize("machine", [WholeTurmoil, SealedWholeTurmoil])
def test_nothing_of_a_whole_contract_is_lost_for_long(machine: type[Turmoil]) -> None:
    run(machine, 100, steps=100)


# Without faults much more is done in the same time


def weeks(seed: int, deeds: int) -> Table:
    """Three people do much in three weeks, in none of which they hear of each other."""
    chance, table = Random(seed), Table()
    table.calm()
    for _ in range(3):
        for name in NAMES:
            table.cut(name, 0, 0)
        for _ in range(deeds):
            deed, numbers = chance.choice(DEEDS), (chance.randrange(1_000), chance.randrange(1_000))
            table.do(chance.choice((*NAMES, "Heidi")), deed, *numbers)
        table.calm()
    return table


@pytest.mark.parametrize("seed", [0, 1])
def test_whatever_three_people_do_in_weeks_apart_all_of_it_is_there_afterwards(seed: int) -> None:
    table = weeks(seed, 50)
    table.check_promises()
    table.check_peace()
    table.close()


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 20))
def test_whatever_three_people_do_in_long_weeks_apart_all_of_it_is_there(seed: int) -> None:
    table = weeks(seed, 100)
    table.check_peace()
    table.close()


def test_the_same_weeks_end_in_the_same_contract() -> None:
    heads = []
    for _ in range(2):
        table = weeks(7, 6)
        heads.append(table.people["Heidi"].replica.graph.heads)
        table.close()
    assert heads[0] == heads[1]
