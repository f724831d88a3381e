import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Kind, Writer
from contract_tui.contract.items import paths
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.values import standing
from contract_tui.contract.items.vanished import Vanishing, destroys
from contract_tui.contract.schema import GOALS_MAP, INTERESTS, NOTES_MAP
from contract_tui.contract.splice import Splice
from sync_server.protocol.operations import operations
from sync_server.protocol.saved import read_saved
from tests.contract_tui.contract.people import MAYA, OKAFOR, actor_of, copy
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
    assert not destroys(operations(raw), okafor.items)


def test_what_is_destroyed_is_shown_as_taken_away_with_its_words(okafor: Contract) -> None:
    before = okafor.items.find(KITE)
    raw = okafor.change(lambda writer: writer.delete(GOALS_MAP, "kite"))
    assert destroys(operations(raw), okafor.items)
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
    assert destroys(operations(raw), okafor.items)
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
    assert destroys(operations(raw), okafor.items)
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
