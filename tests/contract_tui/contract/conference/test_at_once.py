"""Whoever presses at the same time, on whichever computers: one step is taken, and all agree."""

from collections.abc import Callable, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tui.contract.conference import arranging, writing
from contract_tui.contract.conference.moves import BREAK, Path, is_phase
from contract_tui.contract.conference.tokens import Form
from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from sync_server.access.proof import SeatId
from tests.contract_tui.contract.conference.table import (
    PHASES,
    Table,
    current,
    do,
    opened,
    put,
    tablet_of,
)
from tests.contract_tui.contract.conference.table import press as press_of
from tests.contract_tui.contract.people import BEGINNING, MAYA, OKAFOR, exchange
from tests.contract_tui.full_contract import JONAS
from tests.contract_tui.history.reading import history

WEEK = 7 * 86_400
Press = Callable[[Table, Contract], bool]


def further(table: Table, who: Contract) -> bool:
    return table.go_on(who)


def back(table: Table, who: Contract) -> bool:
    return table.go_back(who)


def rest(table: Table, who: Contract) -> bool:
    return table.pause(who)


def return_(table: Table, who: Contract) -> bool:
    return table.resume(who)


def longer(table: Table, who: Contract) -> bool:
    return table.add(who, 2)


def close(table: Table, who: Contract) -> bool:
    return table.end(who)


ANYBODYS: tuple[Press, ...] = (rest, return_)
PRESSES: tuple[Press, ...] = (further, further, back, longer, close, *ANYBODYS)
WHO = st.integers(0, 3)


def everybody(table: Table) -> list[Contract]:
    """Maya on both of her computers, and the adults, whose programs let them do everything."""
    return [table.maya, tablet_of(table), table.okafor, table.jonas]


def is_allowed(who: int, press: Press) -> bool:
    return who < 2 or press in ANYBODYS


def weight(path: Path) -> int:
    """What a step counts against others that were taken at the same time."""
    *before, step = path
    return 3 if is_phase(step) and step not in before else 2 if is_phase(step) else 1


@settings(max_examples=30)
@given(
    st.lists(st.sampled_from([further, further, back, rest, return_, longer]), max_size=5),
    st.lists(
        st.tuples(WHO, st.sampled_from(PRESSES)),
        min_size=2,
        max_size=4,
        unique_by=lambda one: one[0],
    ),
    st.permutations(range(4)),
)
def test_of_all_that_is_pressed_at_once_one_step_is_taken_and_whoever_closes_has_closed(
    way: Sequence[Press], pressed: Sequence[tuple[int, Press]], order: Sequence[int]
) -> None:
    table = opened()
    for press in way:
        press(table, table.maya)
    table.meet()
    before = current(table.maya).path
    people = everybody(table)
    taken: list[Path] = []
    has_ended = False
    for who, press in pressed:
        if press(table, people[who]) and is_allowed(who, press):
            has_ended |= press is close
            if press is not close:
                taken.append(current(people[who]).path)
    exchange(*(people[one] for one in order))
    (found,) = people[0].conferences.all
    assert all(one.conferences.all == (found,) for one in people)
    assert found.goes_on is not has_ended
    if not taken:
        assert found.path == before
        return
    assert found.path in taken
    assert len(found.path) == len(before) + 1
    assert weight(found.path) == max(map(weight, taken))


@settings(max_examples=10)
@given(st.lists(st.sets(WHO, min_size=1), min_size=1, max_size=2), st.permutations(range(4)))
def test_whoever_begins_without_a_network_has_begun_one_conference_and_another_next_week(
    begun: Sequence[set[int]], order: Sequence[int]
) -> None:
    table = Table()
    people = everybody(table)
    ids = [MAYA.id, MAYA.id, OKAFOR.id, JONAS.id]
    for week, some in enumerate(begun):
        for who in sorted(some):
            begin(people[who], ids[who], week, who)
        exchange(*(people[one] for one in order))
        assert len(table.maya.conferences.all) == week + 1
        table.go_on(table.maya)
        table.end(table.maya, BEGINNING + week * WEEK + 60)
        exchange(*people)
    for one in people:
        assert one.conferences.all == table.maya.conferences.all
    for number, (some, held) in enumerate(zip(begun, table.maya.conferences.all, strict=True)):
        assert held.number == number + 1
        assert held.path == (PHASES[0], PHASES[1])
        assert held.people == {ids[who] for who in some} | {MAYA.id}
        assert held.ended_at == BEGINNING + number * WEEK + 60


def begin(who: Contract, by: SeatId, week: int, seconds: int) -> None:
    """Begin the next conference, on any computer."""
    agenda, heads, number = who.conferences.agenda, who.heads, len(who.conferences.all) + 1
    at = press_of(who, BEGINNING + week * WEEK + seconds)
    do(who, writing.begin(f"c{by}{seconds}{week}", number, agenda, by, at, heads))


def test_who_begins_as_the_agenda_does_is_followed_whatever_others_began_with() -> None:
    table = Table()
    do(table.maya, arranging.choose_form(table.maya.conferences.agenda, Form.OWN))
    agenda = table.maya.conferences.agenda
    do(table.maya, arranging.take_out(agenda, agenda.phases[0]))
    table.begin(table.okafor)  # who does not know of it
    table.pause(table.okafor)
    table.resume(table.okafor)
    table.begin(table.maya)
    table.meet()
    for who in table.all:
        assert current(who).path == (PHASES[1],)
    table.go_on(table.maya)
    table.meet()
    for who in table.all:
        assert current(who).path == (PHASES[1], PHASES[2])


def test_whoever_presses_the_same_or_closes_was_there() -> None:
    table = opened()
    tablet = tablet_of(table)
    table.pause(table.jonas)
    table.pause(tablet)
    exchange(*table.all, tablet)
    assert current(tablet).place.on_break
    assert current(tablet).path[-1] == BREAK
    assert current(tablet).people == {OKAFOR.id, JONAS.id, MAYA.id}
    table = opened()
    table.end(table.maya)
    assert table.maya.conferences.all[0].people == {OKAFOR.id, MAYA.id}


def test_an_adult_who_goes_on_with_the_student_is_not_there_by_it() -> None:
    table = opened()
    table.go_on(table.maya)
    table.go_on(table.jonas)
    table.meet()
    for who in table.all:
        assert current(who).path == (PHASES[0], PHASES[1])
        assert current(who).step.writer == MAYA.id
        assert current(who).people == {OKAFOR.id, MAYA.id}


def test_of_two_ends_the_first_is_told_and_the_version_that_was_noted_last() -> None:
    for first, second in ((20, 30), (30, 20)):
        table = opened()
        tablet = tablet_of(table)
        table.end(table.maya, BEGINNING + first)
        tablet.splice(INTERESTS, Splice(0, 0, "bees"))
        closed = tablet.heads
        table.end(tablet, BEGINNING + second)
        exchange(*table.all, tablet)
        for who in (*table.all, tablet):
            (found,) = who.conferences.all
            assert (found.ended_at, found.closed_heads) == (BEGINNING + 20, closed)


def test_what_the_student_says_last_of_its_beginning_counts() -> None:
    table = opened()
    for at in (7, 8):
        put(table.maya, ("c1",), {"started_at": at})
    table.meet()
    for who in table.all:
        assert current(who).started_at == 8
        assert history(who).conferences == who.conferences.all


def test_an_agenda_that_begins_otherwise_now_is_what_a_beginning_is_compared_with() -> None:
    table = Table()
    do(table.maya, arranging.choose_form(table.maya.conferences.agenda, Form.OWN))
    agenda = table.maya.conferences.agenda
    do(table.maya, arranging.take_out(agenda, agenda.phases[0]))
    table.begin(table.okafor)
    table.begin(table.maya)
    table.meet()
    assert [current(who).path for who in table.all] == [(PHASES[1],)] * 3
    do(table.maya, arranging.choose_form(table.maya.conferences.agenda, Form.FULL))
    table.meet()
    assert [current(who).path for who in table.all] == [(PHASES[0],)] * 3
