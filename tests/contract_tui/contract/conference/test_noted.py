"""What was noted of a conference is found again, whatever another program puts in its place."""

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tui.contract.conference import writing
from contract_tui.contract.conference.moves import Path, write_move
from contract_tui.contract.conference.noted import CONFERENCES, NOTHING, Gathered
from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import CrdtDocument, Kind, Writer
from contract_tui.contract.items.writing import put_anew
from contract_tui.contract.opening.opening import blank_document
from contract_tui.contract.records import Write
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.contract.values import Heads, Item
from sync_server.protocol.operations import Action, ElementId, Operation, operations
from sync_server.protocol.saved import read_saved
from tests.contract_tui.contract.conference.table import PHASES, Table, current, do, opened, put
from tests.contract_tui.contract.people import BEGINNING, MAYA, OKAFOR, actor
from tests.contract_tui.full_contract import JONAS
from tests.contract_tui.history.reading import history

ACTOR = actor("a")


def gathered(who: Contract) -> Gathered:
    """All that the past of somebody's contract holds of conferences."""
    found = Gathered()
    for one in read_saved(who.save()).operations():
        found.add(one)
    return found


def look(*some: Contract) -> list[bool]:
    """Look through the past for what is hidden; whether each found anything new."""
    return [one.conferences.remember(gathered(one)) for one in some]


def notices(who: Contract, known: Heads) -> bool:
    """Whether somebody sees that something may be hidden, of what came since some heads."""
    news = [one for raw in who.changes_since(known) for one in operations(raw)]
    return any(who.conferences.are_hidden_by(one, known) for one in news)


def full() -> Table:
    """A conference in its third phase, in which Jonas was asked to write, and Maya said so."""
    table = opened()
    table.go_on(table.maya)
    table.maya.splice(INTERESTS, Splice(0, 0, "bees "))
    table.meet()
    table.go_on(table.maya)
    do(table.jonas, writing.come(current(table.jonas), JONAS.id, 7))
    table.jonas.splice(INTERESTS, Splice(5, 5, "honey"))
    text = table.jonas.text(INTERESTS)
    do(table.jonas, writing.insist(current(table.jonas), "k", text.object, text.ids[5:]))
    table.meet()
    do(table.maya, writing.confirm(current(table.maya), "k", text.object, text.ids[5:]))
    table.meet()
    return table


def a_map(obj: ElementId, key: str) -> Write:
    """Put an empty map where something else stands."""

    def write(writer: Writer) -> None:
        writer.make(obj, key, Kind.MAP)

    return write


def a_number(obj: ElementId, key: str) -> Write:
    """Put a number there."""
    return lambda writer: put_anew(writer, obj, key, 9)


def nothing(obj: ElementId, key: str) -> Write:
    """Take it out."""
    return lambda writer: writer.delete(obj, key)


STEP = write_move(("open", "me"), MAYA.id)
PLACES = (
    ("", "c1"),
    *[("entry", key) for key in ("number", "moves", "people", "insisted", "confirmed")],
    *[("moves", STEP), ("people", JONAS.id), ("insisted", "k"), ("confirmed", "k")],
)


@pytest.mark.parametrize("put", [a_map, a_number, nothing])
@pytest.mark.parametrize(("where", "key"), PLACES)
def test_what_a_changed_program_writes_over_is_read_as_it_was(
    where: str, key: str, put: Callable[[ElementId, str], Write]
) -> None:
    table = full()
    before = table.maya.conferences.all
    one = current(table.okafor)
    place = {"": CONFERENCES, "entry": one.object}.get(where) or one.inside[where]
    do(table.okafor, put(place, key))
    known = table.maya.heads
    table.meet()
    assert notices(table.maya, known)
    assert look(*table.all) == [True] * 3
    for who in table.all:
        assert who.conferences.all == before
    table.go_on(table.maya)
    table.end(table.maya, BEGINNING + 9)
    table.meet()
    look(*table.all)
    for who in table.all:
        (found,) = who.conferences.all
        assert (found.place.phase, found.ended_at) == (PHASES[3], BEGINNING + 9)
        assert history(who).conferences == who.conferences.all


def test_nobody_looks_for_anything_while_everybody_writes_what_is_theirs() -> None:
    table = full()
    begun, text = table.maya.heads, table.jonas.text(INTERESTS)
    do(table.jonas, writing.insist(current(table.jonas), "k", text.object, text.ids[6:]))
    table.pause(table.jonas)
    table.meet()
    table.resume(table.okafor)
    table.end(table.maya)
    table.begin(table.okafor)
    table.meet()
    assert gathered(table.maya).hidden(table.maya._document) == NOTHING
    assert look(*table.all) == [False] * 3
    assert not notices(table.maya, ())
    assert not notices(table.maya, begun)


def test_a_conference_that_came_hidden_already_is_noticed() -> None:
    table = opened()
    table.go_on(table.maya)
    entry = current(table.okafor).key
    do(table.okafor, a_number(CONFERENCES, entry))
    heads = table.jonas.heads
    table.meet()
    assert notices(table.jonas, heads)


def test_what_is_hidden_in_a_conference_that_has_just_begun_is_noticed() -> None:
    table = opened()
    assert current(table.maya).object in table.maya.conferences.maps
    table.end(table.maya)
    table.begin(table.maya)
    table.go_on(table.maya)
    table.meet()
    do(table.okafor, nothing(current(table.okafor).inside["moves"], STEP))
    known = table.maya.heads
    table.meet()
    assert notices(table.maya, known)


def test_what_somebody_takes_out_of_their_own_was_noted_nevertheless() -> None:
    table = full()
    before = table.maya.conferences.all
    do(table.jonas, nothing(current(table.jonas).inside["people"], JONAS.id))
    known = table.maya.heads
    table.meet()
    assert current(table.maya).people == before[0].people - {JONAS.id}
    assert notices(table.maya, known)
    assert look(*table.all) == [True] * 3
    for who in table.all:
        assert who.conferences.all == before == history(who).conferences


def test_what_was_hidden_before_it_was_known_is_noticed_whichever_of_both_everybody_sees() -> None:
    for hider in ("okafor", "jonas"):
        table = opened()
        opening = table.maya.heads
        table.go_on(table.maya)
        other, known = getattr(table, hider), table.maya.heads
        do(other, lambda writer: writer.put(current(other).inside["moves"], STEP, "1 0"))  # noqa: B023
        table.meet()
        assert notices(table.maya, known)
        assert notices(table.okafor, opening)
        look(*table.all)
        for who in table.all:
            assert current(who).path == (PHASES[0], PHASES[1])


def test_two_who_make_a_map_at_once_that_another_program_left_out_hide_nothing_for_long() -> None:
    table = Table()
    begun: Item = {"number": 1, "moves": {f"open@{OKAFOR.id}": "1 0"}}
    put(table.okafor, (), {"c1": begun})
    table.meet()
    known = {}
    for who in (table.maya, table.jonas):
        name = f"{who.actor.hex()[:16]}@{OKAFOR.id}"
        do(who, writing.stand_by(current(who), name, "signed"))
        known[who.actor] = who.heads
    table.meet()
    assert any(notices(who, known[who.actor]) for who in (table.maya, table.jonas))
    look(*table.all)
    for who in table.all:
        assert len(current(who).standby) == 2
        assert history(who).conferences == who.conferences.all


def test_who_puts_other_words_under_the_key_of_somebody_else_says_nothing() -> None:
    table = full()
    (passage,) = current(table.maya).insisted.values()
    text = table.okafor.text(INTERESTS)
    do(table.okafor, writing.insist(current(table.okafor), "k", text.object, text.ids))
    table.meet()
    look(*table.all)
    for who in table.all:
        assert current(who).insisted == {"k": passage}


def test_a_certificate_that_somebody_wrote_over_is_the_guests_own() -> None:
    table = opened()
    name = f"{JONAS.id}@{MAYA.id}"
    do(table.jonas, writing.stand_by(current(table.jonas), name, "signed"))
    table.meet()
    do(table.okafor, writing.stand_by(current(table.okafor), name, "junk"))
    table.meet()
    look(*table.all)
    assert current(table.maya).standby == {name: "signed"}


Deed = tuple[int, int, int]


def meddle(table: Table, who: Contract, number: int) -> None:
    """Write over anything in the conferences, or take it out, as a changed program would."""
    document = CrdtDocument(who.actor)
    document.apply(who.changes_since())
    places = [(CONFERENCES, key) for key in document.keys(CONFERENCES)]
    for obj in sorted(who.conferences.maps):
        places += [(obj, key) for key in document.keys(obj)]
    if places:
        place = places[number % len(places)]
        do(who, (a_map, a_number, nothing)[number % 3](*place))


def act(table: Table, walked: list[tuple[int, Path]], deed: Deed) -> None:
    """Somebody does something: what is theirs, or one of the adults what nobody's program does."""
    kind, number, other = deed
    who = table.all[number % 3]
    match kind:
        case 0:
            meddle(table, table.all[1 + number % 2], other)
        case 1:
            table.meet()
        case 2 if who.conferences.current is None:
            table.begin(who, BEGINNING + other)
        case 3 if table.maya.conferences.current is not None:
            if table.go_on(table.maya, BEGINNING + other):
                walked.append((current(table.maya).number, current(table.maya).path))
        case 4 if who.conferences.current is not None:
            (table.pause if other % 2 else table.resume)(who)
        case 5 if who.conferences.current is not None:
            do(who, writing.come(current(who), (MAYA, OKAFOR, JONAS)[number % 3].id, other))
        case 6 if table.maya.conferences.current is not None and other % 4 == 0:
            table.end(table.maya, BEGINNING + other)


DEEDS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 99), st.integers(0, 99)), max_size=30)


@settings(max_examples=25)
@given(DEEDS)
def test_whatever_anybody_writes_over_the_past_tells_the_conferences_that_everybody_reads(
    deeds: list[Deed],
) -> None:
    table = Table()
    walked: list[tuple[int, Path]] = []
    for deed in deeds:
        act(table, walked, deed)
        look(*table.all)
    table.meet()
    look(*table.all)
    told = history(table.maya).conferences
    for who in table.all:
        assert who.conferences.all == told
        assert who.conferences.all == history(who).conferences
    for number, path in walked:
        assert path in told[number - 1].steps


def made(counter: int, parent: ElementId, key: str, action: Action, value: object) -> Operation:
    assert value is None or isinstance(value, int | str)
    return Operation(ElementId(counter, ACTOR), parent, key, False, action, value, ())


def test_maps_in_maps_are_gathered_however_deep_they_lie() -> None:
    found = Gathered()
    found.add(made(50, CONFERENCES, "c", Action.MAKE_MAP, None))
    for counter in range(51, 3_000):
        found.add(made(counter, ElementId(counter - 1, ACTOR), "in", Action.MAKE_MAP, None))
    within = found.within([ElementId(50, ACTOR)])
    assert [one.counter for one in within] == list(range(51, 3_000))


def test_what_is_taken_out_was_noted_nevertheless() -> None:
    found, put = Gathered(), partial(made, parent=CONFERENCES, key="c")
    found.add(put(50, action=Action.SET, value=7))
    found.add(put(51, action=Action.DELETE, value=None))
    assert [one.value for one in found.notes(CONFERENCES, "c")] == [7]


def test_the_conferences_are_those_of_every_contract() -> None:
    assert getattr(blank_document(ACTOR).get(None, "conferences"), "object", None) == CONFERENCES
