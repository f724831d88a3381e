import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Kind, Writer
from contract_tui.contract.items import paths, writing
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.values import standing
from contract_tui.contract.items.vanished import Places, Vanishing
from contract_tui.contract.schema import GOALS_MAP, INTERESTS, NOTES_MAP
from contract_tui.contract.text.splice import Splice
from sync_server.protocol.operations import ElementId, operations
from sync_server.protocol.saved import read_saved
from tests.contract_tui.contract.people import (
    MAYA,
    OKAFOR,
    OKAFOR_PROOF,
    actor_of,
    copy,
    exchange,
    new_contract,
)
from tests.contract_tui.full_contract import KITE, READING_ALOUD, full_contract


@pytest.fixture
def okafor() -> Contract:
    return full_contract(OKAFOR)


def look(contract: Contract) -> bool:
    """Look through the whole past for what somebody destroyed."""
    vanishing = Vanishing()
    for one in read_saved(contract.save()).operations():
        vanishing.take(one)
    return contract.remember(vanishing.found())


def test_what_stands_or_was_taken_away_has_not_vanished(okafor: Contract) -> None:
    assert not look(okafor)
    raw = okafor.splice(INTERESTS, Splice(0, 1, "x"))
    assert not Places(okafor.items).are_destroyed(operations(raw))


def test_what_is_destroyed_is_shown_as_taken_away_with_its_words(okafor: Contract) -> None:
    before = okafor.items.find(KITE)
    raw = okafor.change(lambda writer: writer.delete(GOALS_MAP, "kite"))
    assert Places(okafor.items).are_destroyed(operations(raw))
    assert okafor.items.find(KITE) is None
    assert look(okafor)
    assert not look(okafor), "it is no news any more"
    (gone,) = [one for one in okafor.items.goals if one.removal]
    assert before
    assert gone.texts == before.texts
    assert gone.removal
    assert gone.removal.by == OKAFOR.id
    assert okafor.unseen(gone)
    assert okafor.text(gone.part("what")).text == "Build a kite that flies"
    assert [one.heading for one in okafor.sections]
    assert KITE not in {one.id for one in okafor.reading().goals}
    maya = copy(okafor, actor_of(MAYA, 7))
    look(maya)
    assert maya.items == okafor.items


def test_a_step_that_is_destroyed_is_shown_as_taken_away(okafor: Contract) -> None:
    kite = next(one for one in okafor.items.goals if one.id == KITE)
    steps, plan = kite.steps_map, kite.steps[0]
    assert steps
    raw = okafor.change(lambda writer: writer.delete(steps, paths.key(plan.id)))
    assert Places(okafor.items).are_destroyed(operations(raw))
    assert look(okafor)
    kite = next(one for one in okafor.items.goals if one.id == KITE)
    (gone,) = [one for one in kite.steps if one.removal]
    assert gone.texts == plan.texts
    assert [told for told in okafor.set_aside if "it can be brought back" in told]


@pytest.mark.parametrize("is_another_there", [True, False])
def test_steps_whose_whole_list_is_taken_out_are_shown_as_taken_away(
    okafor: Contract, is_another_there: bool
) -> None:
    kite = next(one for one in okafor.items.goals if one.id == KITE)
    plan = kite.steps[0]

    def write(writer: Writer) -> None:
        if is_another_there:
            writer.make(kite.object, paths.STEPS_LIST, Kind.MAP)
        else:
            writer.delete(kite.object, paths.STEPS_LIST)

    raw = okafor.change(write)
    assert Places(okafor.items).are_destroyed(operations(raw))
    assert look(okafor)
    after = next(one for one in okafor.items.goals if one.id == KITE)
    assert not standing(after.steps)
    assert len(after.steps) == len(kite.steps)
    assert plan.texts in [one.texts for one in after.steps]
    assert {one.removal.by for one in after.steps if one.removal} == {OKAFOR.id}
    assert (after.steps_map is not None) == is_another_there


def test_what_is_replaced_under_its_key_is_kept_beside_that(okafor: Contract) -> None:
    def write(writer: Writer) -> None:
        writer.make(writer.make(GOALS_MAP, "reading", Kind.MAP), "what", Kind.TEXT)

    okafor.change(write)
    look(okafor)
    assert READING_ALOUD in {one.id for one in standing(okafor.items.goals)}
    (gone,) = [one for one in okafor.items.goals if one.removal]
    assert gone.id.startswith(f"{READING_ALOUD}~")
    assert okafor.text(gone.part("what")).text


def test_a_flood_of_what_is_destroyed_is_bounded_and_covers_are_no_notes(okafor: Contract) -> None:
    def write(writer: Writer) -> None:
        for number in range(300):
            writer.put(GOALS_MAP, f"f{number}", {"state": "idea"})
            writer.delete(GOALS_MAP, f"f{number}")
        writer.put(NOTES_MAP, "c", {"kind": "cover"})

    okafor.change(write)
    okafor.change(lambda writer: writer.delete(NOTES_MAP, "c"))
    look(okafor)
    gone = [one for one in okafor.items if one.removal]
    assert 0 < len(gone) <= 200
    assert not any(one.id.startswith("notes/") for one in gone)
    assert okafor.items.find(ItemId(KITE))


def at_once(first: Contract, other: Contract) -> bool:
    """Both hear of what the other wrote; whether somebody looks for what was destroyed then."""
    known = set(first.changes_since()) & set(other.changes_since())
    raws = [raw for one in (first, other) for raw in one.changes_since() if raw not in known]
    exchange(first, other)
    return any(Places(first.items).are_destroyed(operations(raw)) for raw in raws)


def take_out(contract: Contract, obj: ElementId, key: str) -> None:
    contract.change(lambda writer: writer.delete(obj, key))


def add_goal(contract: Contract, key: str, words: str) -> None:
    contract.change(writing.add(paths.GOALS_LIST, key, {}, {"what": words}, turn_at=None))


def test_of_two_things_that_were_added_under_one_name_none_is_lost(okafor: Contract) -> None:
    maya = copy(okafor, actor_of(MAYA, 7))
    add_goal(maya, "x", "Fly higher")
    add_goal(okafor, "x", "Sit still")
    assert at_once(maya, okafor)
    assert look(maya)
    look(okafor)
    assert maya.items == okafor.items
    found = [one for one in maya.items.goals if paths.key(one.id).startswith("x")]
    assert len(found) == 2
    (gone,) = [one for one in found if one.removal]
    assert {maya.text(one.part("what")).text for one in found} == {"Fly higher", "Sit still"}
    assert gone.removal
    assert gone.removal.by != gone.added_by
    assert maya.unseen(gone)


def test_of_two_steps_and_two_lists_of_steps_none_is_lost(okafor: Contract) -> None:
    maya = copy(okafor, actor_of(MAYA, 7))

    def step(contract: Contract, words: str) -> None:
        (goal,) = [one for one in contract.items.goals if one.id == READING_ALOUD]
        add = writing.add(
            paths.STEPS_LIST, "s", {}, {"what": words}, within=goal.steps_map, turn_at=None
        )
        contract.change(add)

    step(maya, "Choose a book")
    step(okafor, "Read a page each day")
    assert at_once(maya, okafor)
    look(maya)
    (goal,) = [one for one in maya.items.goals if one.id == READING_ALOUD]
    assert len(goal.steps) == 2
    for one in (maya, okafor):
        goal = next(goal for goal in one.items.goals if goal.id == KITE)
        object_, wood = goal.object, goal.steps[1].texts["what"]
        take_out(one, object_, paths.STEPS_LIST)
    exchange(maya, okafor)
    for one, words in ((maya, "Buy wood"), (okafor, "Measure it")):
        goal = next(goal for goal in one.items.goals if goal.object == object_)
        add = writing.add_steps(goal, "n", {}, None)
        one.change(add)
        goal = next(goal for goal in one.items.goals if goal.object == object_)
        (new,) = standing(goal.steps)
        one.splice(new.part("what"), Splice(0, 0, words))
    assert at_once(maya, okafor)
    look(maya)
    goal = next(goal for goal in maya.items.goals if goal.object == object_)
    found = {maya.text(one.part("what")).text for one in goal.steps}
    assert {"Buy wood", "Measure it"} < found
    assert wood in [one.texts["what"] for one in goal.steps]


def test_what_one_person_brings_back_twice_at_once_is_there_once(okafor: Contract) -> None:
    maya = copy(okafor, actor_of(MAYA, 7))
    laptop = copy(okafor, actor_of(MAYA, 8))
    for one in (maya, laptop):
        add_goal(one, "kite~12", "Build a kite that flies")
    assert at_once(maya, laptop)
    look(maya)
    assert not [one for one in maya.items if one.removal]
    add_goal(maya, "y", "Mine")
    add_goal(okafor, "y", "Mine")
    exchange(maya, okafor)
    look(maya)
    (there,) = [one for one in maya.items.goals if one.id == "goals/y"]
    gone = [one for one in maya.items.goals if one.id.startswith("goals/y~")]
    assert bool(gone) is (there.added_by == OKAFOR.id), "in her hand it is another goal"


@given(
    st.lists(
        st.tuples(st.booleans(), st.sampled_from("pq"), st.sampled_from(["add", "delete", "meet"])),
        max_size=10,
    )
)
def test_whatever_two_programs_put_under_the_same_names_can_be_brought_back(
    deeds: list[tuple[bool, str, str]],
) -> None:
    maya = new_contract()
    maya.add_seat(OKAFOR, OKAFOR_PROOF)
    okafor, said = copy(maya, actor_of(OKAFOR, 7)), list[str]()
    for number, (by_maya, key, deed) in enumerate(deeds):
        one = maya if by_maya else okafor
        if deed == "add":
            said.append(f"{key}{number}")
            add_goal(one, key, said[-1])
        elif deed == "meet":
            exchange(maya, okafor)
        elif one.items.find(paths.item(paths.GOALS_LIST, key)):
            take_out(one, GOALS_MAP, key)
    exchange(maya, okafor)
    look(maya)
    look(okafor)
    assert maya.items == okafor.items
    assert sorted(maya.text(one.part("what")).text for one in maya.items.goals) == sorted(said)
