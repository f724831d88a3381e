from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.exports.json import turns_to_json
from contract_tui.history.clocks import Seen
from contract_tui.history.order import Order
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor
from sync_server.protocol.saved import SavedChange
from tests.contract_tui.contract.people import (
    BEGINNING,
    CONTRACT,
    MAYA,
    OKAFOR,
    actor,
    actor_of,
    exchange,
)
from tests.contract_tui.history.noting import DAY, HOUR, MINUTE, PAPA, Table
from tests.contract_tui.history.reading import history, told

YEAR = 365 * DAY


@pytest.fixture
def table() -> Table:
    return Table()


def doubted(table: Table) -> set[str]:
    """Whose clocks are in doubt, by name; everybody at the table agrees."""
    found = [history(one).doubted_clocks for one in (table.maya, table.okafor, table.papa)]
    assert found[0] == found[1] == found[2]
    names = {MAYA.id: "Maya", OKAFOR.id: "Ms Okafor", PAPA.id: "Papa"}
    return {names[one] for one in found[0]}


def test_clocks_that_agree_with_what_happened_are_not_in_doubt(table: Table) -> None:
    for number, who in enumerate([table.maya, table.okafor, table.papa] * 3):
        table.write(who, number * HOUR)
    assert doubted(table) == set()
    assert not any(turn.by_their_clock for turn in told(table.maya))


def test_minutes_are_no_lie(table: Table) -> None:
    table.write(table.maya, HOUR)
    table.write(table.okafor, HOUR - 10 * MINUTE)
    table.write(table.maya, HOUR - 10 * MINUTE)
    assert doubted(table) == set()


@pytest.mark.parametrize("lie", [2 * YEAR, 11 * MINUTE])
def test_of_three_the_one_is_in_doubt_whose_clock_is_ahead_of_both_others(
    table: Table, lie: int
) -> None:
    table.write(table.okafor, lie)
    table.write(table.maya, MINUTE - 1)
    table.write(table.papa, MINUTE - 1)
    assert doubted(table) == {"Ms Okafor"}


def test_of_three_the_one_is_in_doubt_whose_clock_lies_years_behind(table: Table) -> None:
    table.write(table.maya, HOUR)
    table.write(table.okafor, HOUR)
    table.write(table.papa, -2 * YEAR)
    assert doubted(table) == {"Papa"}


def test_where_one_clock_is_as_likely_wrong_as_the_other_both_are_in_doubt(table: Table) -> None:
    table.write(table.maya, 2 * YEAR)
    table.write(table.okafor, HOUR)
    assert doubted(table) == {"Maya", "Ms Okafor"}


def test_a_clock_that_jumps_back_is_in_doubt_and_no_other(table: Table) -> None:
    table.write(table.maya, 2 * YEAR)
    table.write(table.maya, HOUR)
    table.write(table.okafor, 2 * HOUR)
    assert doubted(table) == {"Maya"}


def test_what_somebody_had_not_seen_contradicts_nothing(table: Table) -> None:
    table.write_alone(table.okafor, 30 * DAY)
    table.write(table.maya, HOUR)
    table.write(table.papa, 31 * DAY)
    assert doubted(table) == set()


def test_what_a_jump_explains_already_spares_nobody_else(table: Table) -> None:
    table.write(table.okafor, 50 * HOUR)
    for _ in range(2):
        table.write(table.papa, HOUR)
    table.write(table.maya, 2 * YEAR)
    table.write(table.maya, 51 * HOUR)
    for _ in range(2):
        table.write(table.okafor, 52 * HOUR)
    assert doubted(table) == {"Maya", "Ms Okafor", "Papa"}


@pytest.mark.parametrize("swapped", [False, True])
def test_what_came_on_two_ways_was_seen_by_its_latest_time(table: Table, swapped: bool) -> None:
    one, other = (table.okafor, table.maya) if swapped else (table.maya, table.okafor)
    table.write(one, HOUR)
    table.write_alone(one, 10 * HOUR)
    table.write_alone(other, 2 * HOUR)
    table.meet()
    table.write(table.papa, None)
    table.write(table.papa, 5 * HOUR)
    assert "Papa" in doubted(table)


def test_two_computers_of_one_person_have_to_agree_as_well(table: Table) -> None:
    table.write(table.maya, DAY)
    table.maya.write_as(actor_of(MAYA, 9))
    table.write(table.maya, HOUR)
    assert doubted(table) == {"Maya"}


def test_times_of_a_doubted_clock_are_told_as_such(table: Table) -> None:
    table.write(table.okafor, 2 * YEAR)
    table.write(table.maya, HOUR)
    table.write(table.papa, HOUR)
    title, theirs, mine, papas = told(table.maya)
    assert [one.by_their_clock for one in (title, theirs, mine, papas)] == [0, 1, 0, 0]
    assert theirs.at == datetime.fromtimestamp(BEGINNING + 2 * YEAR, UTC)
    assert "clock" not in turns_to_json([theirs])


def test_a_turn_without_a_time_is_of_no_doubted_clock(table: Table) -> None:
    table.write(table.okafor, 2 * YEAR)
    table.write(table.okafor, HOUR)
    table.okafor.splice(INTERESTS, Splice(0, 0, "x"), 2**62)
    assert [one.by_their_clock for one in told(table.okafor)][1:] == [True, True, False]


def test_strangers_without_number_are_taken_at_their_word(table: Table) -> None:
    contract = table.maya
    for number in range(70):
        contract.write_as(Actor(bytes([number]) * 16))
        contract.splice(INTERESTS, Splice(0, 0, "x"), BEGINNING + HOUR)
    contract.write_as(actor("z"))
    contract.splice(INTERESTS, Splice(0, 0, "x"), BEGINNING - YEAR)
    assert history(contract).doubted_clocks == set()


Sittings = list[tuple[int, bool, int]]
sittings: st.SearchStrategy[Sittings] = st.lists(
    st.tuples(st.integers(0, 2), st.booleans(), st.integers(-(2**40), 2**40)),
    min_size=2,
    max_size=8,
)


@cache
def _beginning() -> list[bytes]:
    return Table().maya.changes_since()


def _written(script: Sittings, clock: bool) -> Contract:
    people = [Contract.open(_beginning(), actor_of(one), CONTRACT) for one in (MAYA, OKAFOR, PAPA)]
    for number, (who, meets, at) in enumerate(script):
        people[who].splice(INTERESTS, Splice(0, 0, f"{number} "), at if clock else BEGINNING)
        if meets:
            exchange(*people)
    exchange(*people)
    return people[0]


@settings(max_examples=30)
@given(sittings)
def test_clocks_have_no_say_in_order_texts_and_turns(script: Sittings) -> None:
    true, lying = (history(_written(script, clock)) for clock in (False, True))
    assert [(one.number, one.actor, one.changes, one.shown) for one in true.turns] == [
        (one.number, one.actor, one.changes, one.shown) for one in lying.turns
    ]
    chronicles = [one.past.chronicles[INTERESTS] for one in (true, lying)]
    for end in range(len(true.past) + 1):
        first, second = (one.text(true.past.until(end)) for one in chronicles)
        assert first == second


@settings(max_examples=30)
@given(sittings)
def test_everybody_doubts_the_same_clocks(script: Sittings) -> None:
    contract = _written(script, clock=True)
    again = Contract.open(contract.changes_since()[::-1], actor("z"), CONTRACT)
    assert history(again).doubted_clocks == history(contract).doubted_clocks


def test_what_was_seen_goes_on_and_is_told_anew_where_something_else_was_said() -> None:
    order = Order(SavedChange(actor("a"), seq, seq, 0, (seq - 2,) * (seq > 1)) for seq in (1, 2, 3))
    one, other = SeatId("1"), SeatId("2")
    seen = Seen()
    seen.go_on(order, {0: (one, 5)})
    assert [seen[at] for at in range(3)] == [{one: 5}] * 3
    assert order.append(SavedChange(actor("a"), 4, 4, 0, (2,)))
    seen.go_on(order, {0: (one, 5), 3: (other, 9)})
    assert [seen[at] for at in range(4)] == [*[{one: 5}] * 3, {one: 5, other: 9}]
    seen.go_on(order, {0: (other, 5), 3: (other, 9)})
    assert [seen[at] for at in range(4)] == [*[{other: 5}] * 3, {other: 9}]
