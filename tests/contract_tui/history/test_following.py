from collections.abc import Callable

import pytest
from automerge.core import ROOT, Document, ObjType, ScalarType
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.contract import Contract
from contract_tui.contract.names import write_name
from contract_tui.contract.schema import INTERESTS, SUPPORTS, StructureChoice
from contract_tui.contract.text.splice import Splice
from contract_tui.history.history import History
from contract_tui.session.copies.names import Names
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import Actor, ElementId
from tests.contract_tui.contract.people import (
    BEGINNING,
    BODY,
    CONTRACT,
    MAYA,
    OKAFOR,
    actor,
    actor_of,
    copy,
    exchange,
    new_contract,
)
from tests.contract_tui.history.reading import graph_of, history
from tests.searching import LONG_STORIES

Deed = Callable[[Contract], None]


def write(part: str, where: float, length: int, words: str, turn_at: int | None) -> Deed:
    def do(contract: Contract) -> None:
        text = contract.text(SUPPORTS if part == "s" else INTERESTS).text
        start = round(where * len(text))
        splice = Splice(start, min(len(text), start + length), words)
        if not splice.is_empty:
            contract.splice(SUPPORTS if part == "s" else INTERESTS, splice, turn_at)

    return do


def choose(choice: StructureChoice, turn_at: int | None) -> Deed:
    def do(contract: Contract) -> None:
        contract.choose_structure(choice, turn_at)

    return do


times = st.one_of(st.none(), st.integers(BEGINNING, BEGINNING + 900))
places, lengths = st.floats(0, 1), st.integers(0, 3)
words = st.text("ab ", max_size=3)
deeds = st.one_of(
    st.builds(write, st.sampled_from("iis"), places, lengths, words, times),
    st.builds(choose, st.sampled_from(list(StructureChoice)), times),
)
Script = list[tuple[int, Deed, bool, bool]]
steps: st.SearchStrategy[Script] = st.lists(
    st.tuples(st.integers(0, 2), deeds, st.booleans(), st.booleans()), min_size=3, max_size=12
)


def state(told: History) -> object:
    """What a history knows, and what it says of the newest version."""
    past, order = told.past, told.past.order
    end = past.until(len(past))
    return (
        [(order.actor(at), order.seq(at), order.deps[at]) for at in range(len(past))],
        [list(order.times), past.touched, past.turns_at, told.turns, told.newest],
        [(part, list(one.letters), one.text(end)) for part, one in past.chronicles.items()],
        [one.id(at) for one in past.chronicles.values() for at in range(len(one.letters))],
        past.choice(end),
        [told.chapters, told.doubted_clocks, told.told()],
    )


def everything(told: History) -> object:
    """All that a history says, at every version, of every letter."""
    past = told.past
    versions = [past.until(end) for end in range(len(past) + 1)]
    return (
        [[one.text(version) for version in versions] for one in past.chronicles.values()],
        [past.choice(version) for version in versions],
        [told.heads(version) for version in versions],
        [
            (told.origin(part, place), told.removal(part, place))
            for part, one in past.chronicles.items()
            for place in range(len(one.letters))
        ],
    )


@LONG_STORIES
@given(steps)
def test_a_history_that_went_on_is_the_one_that_is_read_anew(script: Script) -> None:
    first = new_contract("Us")
    people = [first, copy(first, actor_of(OKAFOR)), copy(first, actor("c"))]
    reader = copy(first, actor("r"))
    graph = graph_of(reader)
    told = History.read(reader, Names(graph))
    for who, do, meet, heard in script:
        do(people[who])
        if meet:
            exchange(people[who], people[(who + 1) % 3])
        if heard:
            told, went_on = hear(reader, graph, people[who], told)
            assert not went_on or state(told) == state(History.read(reader, Names(graph)))
    assert everything(told) == everything(History.read(reader, Names(graph)))


def hear(reader: Contract, graph: Graph, whom: Contract, told: History) -> tuple[History, bool]:
    """Take what somebody has, and go on with it or read anew; returns whether it went on."""
    entered = graph.add(parse_changes(whom.changes_since()), trusted=True)
    before = state(told)
    reader.apply(entered)
    if told.follow(entered):
        return told, True
    assert state(told) == before
    return History.read(reader, Names(graph)), False


@pytest.fixture
def maya() -> Contract:
    maya = new_contract()
    maya.splice(INTERESTS, Splice(0, 0, "I like birds"), BEGINNING + 100)
    return maya


def went_on(maya: Contract, reader: Contract) -> bool:
    graph = graph_of(reader)
    told = History.read(reader, Names(graph))
    told.past.chronicles[INTERESTS].text(told.past.until(len(told.past)))
    told, followed = hear(reader, graph, maya, told)
    anew = history(reader)
    assert (state(told), everything(told)) == (state(anew), everything(anew))
    return followed


def test_letters_that_were_covered_before_they_came_are_never_shown(maya: Contract) -> None:
    last = maya.text(INTERESTS).ids[-1]
    coming = [ElementId(last.counter + more, last.actor) for more in range(1, 60)]
    assert maya.cover(INTERESTS, coming, "a", MAYA.id)
    reader = copy(maya, actor("r"))
    maya.splice(INTERESTS, Splice(12, 12, " and\nowls"))
    assert went_on(maya, reader)
    told = history(maya).past
    assert told.chronicles[INTERESTS].text(told.until(len(told))) == "I like birds▒▒▒▒\n▒▒▒▒"


def test_keys_of_somebody_else_are_followed(maya: Contract) -> None:
    reader = copy(maya, actor("r"))
    for at, key in enumerate(" and owls", 12):
        maya.splice(INTERESTS, Splice(at, at, key))
    maya.splice(INTERESTS, Splice(0, 6, "Give me"))
    maya.choose_structure(StructureChoice.TOGETHER)
    assert went_on(maya, reader)


@pytest.mark.parametrize("letter", ["A", "\uff5a"])
def test_what_two_put_in_one_place_at_once_stands_as_the_document_has_it(
    maya: Contract, letter: str
) -> None:
    reader, early = copy(maya, actor("r")), copy(maya, Actor(b"\0" * 16))
    late = copy(maya, Actor(b"\xff" * 16))
    early.splice(INTERESTS, Splice(4, 4, "12"))
    late.splice(INTERESTS, Splice(4, 4, letter))
    exchange(early, late)
    assert went_on(early, reader)


def test_what_is_known_already_is_followed_by_doing_nothing(maya: Contract) -> None:
    told = history(maya)
    before = state(told)
    assert told.follow(parse_changes(maya.changes_since()))
    assert state(told) == before


def test_what_belongs_before_others_is_not_followed(maya: Contract) -> None:
    reader = copy(maya, actor("r"))
    late = copy(maya, Actor(b"\0" * 16))
    reader.splice(INTERESTS, Splice(12, 12, "!"))
    reader.splice(INTERESTS, Splice(13, 13, "!"))
    late.splice(SUPPORTS, Splice(0, 0, "quiet"))
    assert not went_on(late, reader)


def test_more_than_is_quick_is_read_anew(maya: Contract) -> None:
    reader = copy(maya, actor("r"))
    for _ in range(501):
        maya.splice(INTERESTS, Splice(0, 0, "a"))
    assert not went_on(maya, reader)


def of_others(contract: Contract, do: Callable[[Document], None]) -> None:
    """Change a contract with a program that is not ours."""
    theirs = Document.load(contract.save())
    theirs.set_actor(b"\xff" * 16)
    before = theirs.get_heads()
    do(theirs)
    contract.apply([bytes(change.raw_bytes) for change in theirs.get_changes(before)])


def overwrite(document: Document) -> None:
    with document.transaction() as transaction:
        transaction.put(write_name(BODY), 2, ScalarType.Str, "L")


def word_choice(document: Document) -> None:
    with document.transaction() as transaction:
        text = transaction.put_object(ROOT, "structure_choice", ObjType.Text)
        transaction.insert(text, 0, ScalarType.Str, "steps")


@pytest.mark.parametrize("do", [overwrite, word_choice])
def test_what_only_programs_of_others_do_is_read_anew(
    maya: Contract, do: Callable[[Document], None]
) -> None:
    reader = copy(maya, actor("r"))
    of_others(maya, do)
    assert not went_on(maya, reader)
    maya.splice(INTERESTS, Splice(0, 0, "a"))
    went_on(maya, reader)


def insert_odd(document: Document) -> None:
    with document.transaction() as transaction:
        transaction.insert(write_name(BODY), 2, ScalarType.Str, "two")
        transaction.insert(write_name(BODY), 0, ScalarType.Int, 7)


def test_long_and_odd_letters_of_programs_of_others_are_followed(maya: Contract) -> None:
    reader = copy(maya, actor("r"))
    of_others(maya, insert_odd)
    assert went_on(maya, reader)


def test_another_copy_of_the_contract_is_another_history(maya: Contract) -> None:
    told = history(maya)
    assert told.is_of(maya)
    assert not told.is_of(Contract.open(maya.changes_since(), actor("r"), CONTRACT))


def test_moments_of_before_can_be_looked_at_again(maya: Contract) -> None:
    graph = graph_of(maya)
    told = History.read(maya, Names(graph))
    chronicle, then = told.past.chronicles[INTERESTS], told.past.until(len(told.past))
    raw = maya.splice(INTERESTS, Splice(0, 12, "owls"))
    assert told.follow(graph.add(parse_changes([raw]), trusted=True))
    assert chronicle.text(told.grown(then)) == "I like birds"
    assert chronicle.text(told.past.until(len(told.past))) == "owls"
