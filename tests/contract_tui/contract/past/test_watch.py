"""When the whole past is looked through for what is missing, and when not."""

from contract_tui.contract import sections
from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Kind
from contract_tui.contract.items import paths, writing
from contract_tui.contract.past.settled import settling
from contract_tui.contract.past.watch import Watch
from contract_tui.contract.schema import INTERESTS, SECTIONS_MAP, PartId, StructureChoice
from contract_tui.contract.text.splice import Splice
from sync_server.access.proof import Seat
from sync_server.protocol.operations import operations
from tests.contract_tui.contract.people import (
    MAYA,
    OKAFOR,
    OKAFOR_PROOF,
    actor_of,
    copy,
    exchange,
    new_contract,
)

MATTERS = PartId("goals/g/matters")


def begun() -> Contract:
    maya = new_contract()
    maya.add_seat(OKAFOR, OKAFOR_PROOF)
    maya.change(writing.add(paths.GOALS_LIST, "g", {}, {"matters": "I love it."}, turn_at=None))
    return maya


def suspicious(contract: Contract, raw: bytes, by: Seat = OKAFOR) -> bool:
    return Watch(contract).is_suspicious(by.id, operations(raw))


def test_nothing_that_our_programs_do_asks_for_a_look() -> None:
    maya = begun()
    goal = maya.items.goals[0]
    cover = maya.cover(MATTERS, maya.text(MATTERS).ids[:2], "c", MAYA.id)
    assert cover
    chosen = maya.choose_structure(StructureChoice.STEPS)
    assert chosen
    for raw in (
        maya.change(writing.add(paths.GOALS_LIST, "b", {}, {"matters": "x"}, turn_at=None)),
        maya.change(lambda writer: writer.put(goal.object, "state", "trying")),
        maya.change(sections.add("robot", "My robot", "t", None)),
        maya.change(settling("s", goal.texts["matters"], [], MAYA.id)),
        maya.splice(INTERESTS, Splice(0, 0, "Kites")),
        maya.splice(INTERESTS, Splice(0, 2, "")),
        chosen,
    ):
        assert not suspicious(maya, raw)
    assert not suspicious(maya, cover, MAYA)


def test_a_text_that_was_put_beside_another_at_once_asks_for_a_look() -> None:
    """Of two that were made without knowing of each other one is hidden, whoever looks."""
    maya = begun()
    okafor = copy(maya, actor_of(OKAFOR, 3))
    goal, raws = maya.items.goals[0].object, []
    for one in (maya, okafor):
        one.change(lambda writer: writer.delete(goal, "evidence"))
        raws.append(one.change(lambda writer: (writer.make(goal, "evidence", Kind.TEXT), None)[1]))
    before = Watch(maya), Watch(okafor)
    exchange(maya, okafor)
    hidden = next(raw for raw in raws if suspicious(maya, raw))
    assert [suspicious(maya, raw) for raw in raws].count(True) == 1
    assert suspicious(okafor, hidden)
    lost = [len(one.objects - Watch(maya).objects) for one in before]
    assert sorted(lost) == [0, 1], "whoever had it sees that it is gone"


def test_a_section_that_is_taken_out_asks_for_a_look_even_when_nobody_saw_it() -> None:
    maya = begun()
    maya.change(lambda writer: writer.put(SECTIONS_MAP, "empty", {"pos": "z"}))
    raw = maya.change(lambda writer: writer.delete(SECTIONS_MAP, "empty"))
    assert suspicious(maya, raw)


def test_only_what_takes_letters_out_asks_for_a_look() -> None:
    maya = begun()
    put = maya.splice(MATTERS, Splice(0, 0, "x"))
    took = maya.splice(MATTERS, Splice(0, 1, ""))
    assert not suspicious(maya, put)
    assert suspicious(maya, took)
    assert not suspicious(maya, took, MAYA)
    known = [maya.texts[MATTERS]]
    assert Watch(maya).is_suspicious(MAYA.id, operations(put), known), (
        "it is written in a lost text"
    )
