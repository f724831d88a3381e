"""What was said of goals and the like is told at every version as the document tells it."""

from contract_tui.contract.contract import Contract
from contract_tui.contract.items import paths, writing
from contract_tui.contract.items.tokens import Outcome
from contract_tui.contract.items.values import Item, Promise
from contract_tui.contract.schema import GOALS_MAP, STRUCTURE, StructureChoice
from contract_tui.contract.text.splice import Splice
from contract_tui.history.history import History
from contract_tui.history.moment import Moment
from sync_server.protocol.chunk import parse_changes
from tests.contract_tui.contract.people import MAYA, copy, exchange, new_contract
from tests.contract_tui.contract.people import actor as stranger
from tests.contract_tui.history.reading import graph_of, history

PUPILS = frozenset({MAYA.id})


def add(contract: Contract, kind: str, key: str, **said: writing.Plain) -> Item:
    contract.change(writing.add(kind, key, said, turn_at=1_700_000_000))
    found = contract.items.find(paths.item(kind, key))
    assert found is not None
    return found


def say(contract: Contract, thing: Item, field: str, value: writing.Plain) -> None:
    write = writing.say(thing, field, value, MAYA.id, PUPILS, turn_at=None)
    assert write is not None
    contract.change(write)


def told_alike(contract: Contract) -> History:
    """Every version tells what the document told when it was made."""
    told = history(contract)
    seen: dict[Moment, dict[tuple[str, str], object]] = {}
    for raw_count in range(1, len(told.past) + 1):
        moment = told.past.until(raw_count)
        heads = told.heads(moment)
        again = Contract.open(_until(contract, heads), stranger("z"))
        seen[moment] = _said(again)
    for moment, said in seen.items():
        for one in contract.items:
            for field in one.said:
                then = said.get((one.id, field))
                assert told.past.said(one.object, field, moment) == then, (one.id, field)
    return told


def _until(contract: Contract, heads: tuple[bytes, ...]) -> list[bytes]:
    """The changes of one version, in an order in which they can be applied."""
    wanted, found = set(heads), []
    for change in reversed(parse_changes(contract.changes_since())):
        if change.hash in wanted:
            wanted |= set(change.deps)
            found.append(change.raw)
    return found[::-1]


def _said(contract: Contract) -> dict[tuple[str, str], object]:
    return {(one.id, key): value.value for one in contract.items for key, value in one.said.items()}


def test_states_choices_and_places_are_told_at_every_version() -> None:
    maya = new_contract()
    goal = add(maya, paths.GOALS_LIST, "a", state="idea", pos="1")
    say(maya, goal, "state", "trying")
    say(maya, goal, "stretch", "right")
    say(maya, goal, "pos", "2")
    support = add(maya, paths.SUPPORTS_LIST, "b", state="wanted", pos="1")
    say(maya, support, "state", "helps")
    told_alike(maya)


def test_of_states_said_at_once_the_one_counts_that_the_document_takes() -> None:
    maya = new_contract()
    goal = add(maya, paths.GOALS_LIST, "a", state="idea")
    other = copy(maya, stranger("o"))
    say(maya, goal, "state", "trying")
    say(other, goal, "state", "changed")
    exchange(maya, other)
    told_alike(maya)
    say(maya, maya.items.goals[0], "state", "reached")
    told_alike(maya)


def test_a_goal_that_is_added_or_said_something_of_is_a_turn_in_its_first_text() -> None:
    maya = new_contract()
    goal = add(maya, paths.GOALS_LIST, "a", state="idea")
    maya.splice(goal.part("what"), Splice(0, 0, "kite"))
    say(maya, goal, "state", "trying")
    maya.splice(goal.part("matters"), Splice(0, 0, "wind"))
    turns = history(maya).turns[-2:]
    assert [turn.section for turn in turns] == [goal.part("what"), goal.part("matters")]
    assert [len(turn.changes) for turn in turns] == [3, 1]


def test_who_said_something_last_is_known_at_every_version() -> None:
    maya = new_contract()
    goal = add(maya, paths.GOALS_LIST, "a", state="idea")
    other = copy(maya, stranger("o"))
    say(other, goal, "state", "trying")
    exchange(maya, other)
    past = history(maya).past
    register = past.things.registers[goal.object, "state"]
    assert register.author(past.until(len(past))) == other.actor
    assert register.author(past.until(len(past) - 1)) == maya.actor
    assert register.author(past.until(1)) is None


def test_a_history_goes_on_with_what_is_said_and_is_read_anew_for_a_new_thing() -> None:
    maya = new_contract()
    promise = add(maya, paths.PROMISES_LIST, "a", by=MAYA.id, to=MAYA.id)
    told = history(maya)
    say(maya, promise, "when", "on Friday")
    found = maya.items.promises[0]
    close = writing.close_promise(found, MAYA.id, Outcome.KEPT, turn_at=None)
    assert close is not None
    maya.change(close)
    maya.choose_structure(StructureChoice.STEPS)
    assert told.is_of(maya)
    assert _follow(told, maya)
    end = told.past.until(len(told.past))
    assert told.past.said(promise.object, "when", end) == "on Friday"
    assert isinstance(found, Promise)
    assert found.outcomes_map is not None
    assert told.past.said(found.outcomes_map, MAYA.id, end) == "kept"
    assert told.past.touched[-1] == (STRUCTURE,)
    add(maya, paths.GOALS_LIST, "b")
    assert not _follow(told, maya)


def _follow(told: History, contract: Contract) -> bool:
    assert graph_of(contract)
    return told.follow(parse_changes(contract.changes_since(told.newest)))


def test_a_text_in_the_place_of_a_plain_value_counts_as_what_it_says() -> None:
    from contract_tui.contract.crdt import Kind, Writer

    maya = new_contract()
    goal = add(maya, paths.GOALS_LIST, "a", state="idea")

    def write(writer: Writer) -> None:
        text = writer.make(goal.object, "state", Kind.TEXT)
        writer.splice(text, Splice(0, 0, "trying"))

    maya.change(write)
    past = history(maya).past
    assert past.said(goal.object, "state", past.until(len(past))) == "trying"
    assert past.said(GOALS_MAP, "a", past.until(len(past))) == "made"
