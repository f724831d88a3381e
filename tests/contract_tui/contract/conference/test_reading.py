"""Conferences as they stand in the document, whoever wrote at once, and whoever had no right to."""

from contract_tui.contract.conference import writing
from contract_tui.contract.conference.noted import CONFERENCES
from contract_tui.contract.conference.values import LONGEST_STAY
from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Writer
from contract_tui.contract.heads import write_heads
from contract_tui.contract.schema import INTERESTS, StructureChoice
from contract_tui.contract.text.splice import Splice
from contract_tui.contract.values import Item
from tests.contract_tui.contract.conference.table import (
    PHASES,
    Table,
    current,
    do,
    opened,
    phase,
    press,
    put,
    tablet_of,
)
from tests.contract_tui.contract.people import (
    BEGINNING,
    CONTRACT_KEY,
    MAYA,
    MAYA_PROOF,
    OKAFOR,
    OKAFOR_PROOF,
    actor,
    actor_of,
    copy,
    exchange,
)
from tests.contract_tui.full_contract import JONAS


def test_a_conference_begins_in_the_first_phase_for_everybody() -> None:
    table = opened()
    for who in table.all:
        assert phase(who) == PHASES[0]
        assert current(who).number == 1
        assert current(who).started_by == OKAFOR.id
        assert current(who).people == {OKAFOR.id}
        assert who.set_aside == []


def test_there_is_none_before_one_has_begun() -> None:
    conferences = Table().maya.conferences
    assert (conferences.all, conferences.current) == ((), None)


def test_two_who_begin_at_once_have_begun_one() -> None:
    table = Table()
    table.begin(table.okafor)
    table.begin(table.maya)
    table.meet()
    table.go_on(table.maya)
    table.meet()
    for who in table.all:
        assert len(who.conferences.all) == 1
        assert phase(who) == PHASES[1]
        assert current(who).people == {OKAFOR.id, MAYA.id}


def test_what_happened_in_both_halves_of_one_counts() -> None:
    table = Table()
    table.begin(table.okafor)
    table.begin(table.maya)
    table.go_on(table.maya)
    table.go_on(table.maya)
    table.pause(table.okafor)
    table.meet()
    assert [phase(who) for who in table.all] == [PHASES[2]] * 3


def test_two_computers_of_the_student_that_go_on_at_once_take_one_step() -> None:
    table = opened()
    tablet = tablet_of(table)
    table.go_on(table.maya)
    table.go_on(tablet)
    exchange(*table.all, tablet)
    for who in (*table.all, tablet):
        assert current(who).path == (PHASES[0], PHASES[1])


def test_who_pressed_on_what_has_been_left_takes_no_step() -> None:
    table = opened()
    one = current(table.maya)
    table.go_on(table.maya)
    agenda = table.maya.conferences.agenda
    now = current(table.maya)
    assert writing.go_on(now, agenda, one.place.visit, press(table.maya)) is None
    assert writing.go_back(now, agenda, one.place.visit, press(table.maya)) is None


def test_the_last_phase_has_none_behind_it_and_the_first_none_before() -> None:
    table = opened()
    assert not table.go_back(table.maya)
    steps = [table.go_on(table.maya) for _ in range(8)]
    assert steps == [True] * 6 + [False] * 2
    assert phase(table.maya) == PHASES[-1]


def test_a_break_stops_the_time_of_a_phase_and_going_back_takes_it_up_again() -> None:
    table = opened()
    table.go_on(table.maya, spent=100)
    table.meet()
    table.pause(table.jonas, spent=40)
    table.meet()
    assert current(table.maya).place.on_break
    assert not table.pause(table.maya)
    table.resume(table.maya, spent=900)
    table.meet()
    assert not table.resume(table.maya)
    table.go_on(table.maya, spent=7)
    table.go_back(table.maya, spent=11)
    found = current(table.maya)
    assert [found.spent(one) for one in PHASES[:3]] == [100, 47, 11]


def test_an_adult_takes_no_step_however_they_write_it() -> None:
    table = opened()
    table.go_on(table.okafor)
    table.add(table.jonas, 5)
    table.meet()
    assert [current(who).path for who in table.all] == [(PHASES[0],)] * 3


def test_a_stranger_begins_nothing() -> None:
    table = Table()
    stranger = copy(table.maya, actor("x"))
    entry: Item = {"number": 1, "moves": {f"open@{actor('x')[:8].hex()}": "1 0"}}
    stranger.change(lambda writer: writer.put(CONFERENCES, "c", entry))
    assert stranger.conferences.all == ()


def test_what_has_ended_stays_so_wherever_others_have_gone_meanwhile() -> None:
    table = opened()
    table.go_on(table.maya)
    tablet = tablet_of(table)
    table.end(table.maya, BEGINNING + 9)
    table.go_on(tablet)
    table.go_on(tablet)
    exchange(*table.all, tablet)
    for who in (*table.all, tablet):
        assert who.conferences.current is None
        (one,) = who.conferences.all
        assert (one.ended_at, one.place.phase) == (BEGINNING + 9, PHASES[3])
        assert one.opened_heads
        assert one.closed_heads


def test_only_the_student_closes_it() -> None:
    table = opened()
    table.end(table.okafor)
    table.meet()
    assert table.maya.conferences.current is not None


def test_where_no_student_is_known_any_adult_steers() -> None:
    contract = Contract.create(actor_of(OKAFOR), CONTRACT_KEY.public.text, "Maya's contract")
    contract.add_seat(OKAFOR, OKAFOR_PROOF)
    agenda, heads = contract.conferences.agenda, contract.heads
    do(contract, writing.begin("c", 1, agenda, OKAFOR.id, press(contract), heads))
    one = current(contract)
    do(contract, writing.go_on(one, agenda, one.place.visit, press(contract)))
    assert phase(contract) == PHASES[1]
    maya = copy(contract, actor_of(MAYA))
    maya.add_seat(MAYA, MAYA_PROOF)
    assert phase(maya) == PHASES[1]  # she was not there to be asked


def test_the_next_conference_has_another_number_and_the_first_is_told_as_it_was() -> None:
    table = opened()
    table.go_on(table.maya)
    table.end(table.maya)
    table.begin(table.maya)
    table.meet()
    first, second = table.okafor.conferences.all
    assert (first.number, first.place.phase) == (1, PHASES[1])
    assert (second.number, second.place.phase) == (2, PHASES[0])
    assert current(table.okafor) == second


def test_a_number_that_nobody_reached_is_passed_over() -> None:
    table = opened()
    entry: Item = {"number": 99, "started_at": 1, "moves": {f"open@{OKAFOR.id}": "1 0"}}
    table.okafor.change(lambda writer: writer.put(CONFERENCES, "zz", entry))
    assert [one.number for one in table.okafor.conferences.all] == [1]
    table.meet()
    table.begin(table.maya)
    assert [one.number for one in table.maya.conferences.all] == [1, 2]


def test_a_conference_that_nobody_began_is_none_and_no_other_comes_behind_it() -> None:
    table = Table()
    begun: Item = {"number": 2, "moves": {f"open@{JONAS.id}": "1 0"}}
    put(table.jonas, (), {"x": {"number": 1}, "y": begun})
    table.meet()
    assert list(table.maya.conferences.all) == []
    table.begin(table.maya)
    first, _ = table.maya.conferences.all
    assert (first.number, first.path) == (1, (PHASES[0],))


def test_nobody_begins_in_the_entry_of_another() -> None:
    table = opened()
    put(table.jonas, ("c1", "moves"), {f"me@{JONAS.id}": "1 0", f"zoo@{JONAS.id}": "1 0"})
    table.meet()
    for who in table.all:
        assert current(who).steps.keys() == {(PHASES[0],)}
        assert current(who).people == {OKAFOR.id}


def test_thousands_of_entries_are_read_once_and_one_that_changes_again() -> None:
    table = opened()

    def write(writer: Writer) -> None:
        for number in range(300):
            entry: Item = {"number": 1 + number, "moves": {f"open@{OKAFOR.id}": "1 0"}}
            writer.put(CONFERENCES, f"x{number}", entry)

    table.okafor.change(write)
    before = table.okafor.conferences.all
    assert len(before) == 300
    table.okafor.choose_structure(StructureChoice.STEPS)
    assert all(one is same for one, same in zip(table.okafor.conferences.all, before, strict=True))
    table.pause(table.okafor)
    *others, last = table.okafor.conferences.all
    assert all(one is same for one, same in zip(others, before, strict=False))
    assert last.place.on_break


def test_a_number_that_is_none_is_passed_over() -> None:
    table = Table()
    for number in (True, 0, -1, "1"):
        entry: Item = {"number": number, "moves": {f"open@{OKAFOR.id}": "1 0"}}
        put(table.okafor, (), {"c": entry})
    assert table.okafor.conferences.all == ()


def test_everybody_says_for_themselves_that_they_are_there() -> None:
    table = opened()
    do(table.jonas, writing.come(current(table.jonas), JONAS.id, 7))
    do(table.jonas, writing.come(current(table.jonas), MAYA.id, 7))
    table.meet()
    assert current(table.maya).people == {OKAFOR.id, JONAS.id}


def test_no_stay_lasts_for_days_whatever_somebody_notes() -> None:
    table = opened()
    put(table.maya, ("c1", "moves"), {f"open/me@{MAYA.id}": f"1 {10**12}"})
    table.meet()
    assert current(table.okafor).spent(PHASES[0]) == LONGEST_STAY


def test_whatever_stands_in_it_a_conference_is_read() -> None:
    table = opened()
    odd: dict[str, Item] = {
        "x": "y",
        "/": "1 0",
        "open/+1": "soon",
        "open/~": "1",
        "me": "-1 0",
        "o/~": "1 0",
    }
    name = current(table.maya).key
    for who in table.all:
        put(who, (name, "moves"), odd)
        put(who, (name, "people"), {"nobody": 1, JONAS.id: "x"})
        put(who, (name, "insisted"), {"a": "x", "b": 5})
        put(who, (name, "confirmed"), {"a": "x", "b": {"c": 1}})
        put(who, (name,), {"opened_heads": 4, "started_at": "soon", "ended_at": "now"})
    table.meet()
    for who in table.all:
        assert current(who).path == (PHASES[0],)
        assert (current(who).insisted, current(who).confirmed) == ({}, {})


def test_a_map_that_another_program_took_out_is_made_again() -> None:
    table = opened()
    one = current(table.maya)
    do(table.maya, lambda writer: writer.delete(one.object, "people"))
    do(table.maya, writing.come(current(table.maya), MAYA.id, 7))
    assert MAYA.id in current(table.maya).people


def test_only_ones_own_letters_are_insisted_on_and_only_the_student_confirms() -> None:
    table = opened()
    table.maya.splice(INTERESTS, Splice(0, 0, "bees"))
    table.meet()
    table.jonas.splice(INTERESTS, Splice(4, 4, " and honey"))
    text = table.jonas.text(INTERESTS)
    do(table.jonas, writing.insist(current(table.jonas), "k", text.object, text.ids))
    do(table.jonas, writing.confirm(current(table.jonas), "k", text.object, text.ids))
    table.meet()
    (passage,) = current(table.maya).insisted.values()
    assert (passage.by, passage.elements) == (JONAS.id, frozenset(text.ids[4:]))
    assert current(table.maya).confirmed == {}
    do(table.maya, writing.confirm(current(table.maya), "k", text.object, text.ids[4:8]))
    table.meet()
    assert current(table.jonas).confirmed == {"k": frozenset(text.ids[4:8])}


def test_the_state_is_plain_for_other_programs_too() -> None:
    table = opened()
    table.go_on(table.maya, at=BEGINNING + 60)
    one = current(table.maya)
    held = table.maya._document.items(one.object)
    assert (held["phase"], held["phase_since"]) == (PHASES[1], BEGINNING + 60)
    moves = table.maya._document.items(one.inside["moves"])
    assert moves == {
        f"open@{OKAFOR.id}": f"{BEGINNING} 0",
        f"open/me@{MAYA.id}": f"{BEGINNING + 60} 60",
    }


def test_nobody_says_for_others_when_it_began_and_how_it_ended() -> None:
    table = opened()
    table.end(table.maya)
    table.meet()
    false = write_heads(table.jonas.heads)
    put(table.jonas, ("c1",), {"started_at": 7, "opened_heads": false, "closed_heads": false})
    table.meet()
    for who in table.all:
        (one,) = who.conferences.all
        assert (one.started_at, one.opened_heads, one.closed_heads) == (BEGINNING, (), ())
