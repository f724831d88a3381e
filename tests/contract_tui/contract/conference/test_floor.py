"""Who writes into the text directly, and who writes a wondering beside it."""

import pytest

from contract_tui.contract.conference.agenda import READY, Phase, PhaseId
from contract_tui.contract.conference.floor import may_steer, may_write_directly
from contract_tui.contract.conference.tokens import Floor, Form, ReadyPhase
from contract_tui.contract.items import paths
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.values import Item, Said
from contract_tui.contract.schema import INTERESTS, PartId
from sync_server.access.proof import SeatId
from sync_server.protocol.operations import ElementId

MAYA, OKAFOR = SeatId("aa"), SeatId("bb")
PUPILS = frozenset({MAYA})


def phase(ready: ReadyPhase) -> Phase:
    return next(one for one in READY[Form.FULL] if one.ready is ready)


def thing(id_: str, by: SeatId) -> Item:
    return Item(ItemId(id_), ElementId(1, b"x"), by, {}, {"by": Said(by, by)})


@pytest.mark.parametrize("ready", list(ReadyPhase))
def test_the_student_writes_in_every_phase(ready: ReadyPhase) -> None:
    assert may_write_directly(phase(ready), MAYA, INTERESTS, None, PUPILS)


@pytest.mark.parametrize("ready", list(ReadyPhase))
def test_an_adult_asks_where_the_floor_is_the_students(ready: ReadyPhase) -> None:
    writes = may_write_directly(phase(ready), OKAFOR, INTERESTS, None, PUPILS)
    assert writes is (ready in {ReadyPhase.HELPS, ReadyPhase.PROMISES})


def test_without_a_conference_or_a_student_everybody_writes() -> None:
    assert may_write_directly(None, OKAFOR, INTERESTS, None, PUPILS)
    assert may_write_directly(phase(ReadyPhase.GOAL), OKAFOR, INTERESTS, None, frozenset())


def test_everybody_writes_where_the_floor_is_everybodys() -> None:
    walk = Phase(PhaseId("w"), "A walk", 3, Floor.EVERYBODY)
    assert may_write_directly(walk, OKAFOR, INTERESTS, None, PUPILS)


@pytest.mark.parametrize(
    ("id_", "field"), [("promises/1", "what"), ("notes/1", "text"), ("reflections/1", "text")]
)
def test_what_is_a_persons_own_they_write_at_any_time(id_: str, field: str) -> None:
    part, goal = paths.part_of(ItemId(id_), field), phase(ReadyPhase.GOAL)
    assert may_write_directly(goal, OKAFOR, part, thing(id_, OKAFOR), PUPILS)
    assert not may_write_directly(goal, OKAFOR, part, thing(id_, MAYA), PUPILS)


def test_a_goal_that_an_adult_added_is_no_text_of_theirs() -> None:
    added = thing("goals/1", OKAFOR)
    goal = phase(ReadyPhase.GOAL)
    assert not may_write_directly(goal, OKAFOR, PartId("goals/1/what"), added, PUPILS)


def test_the_student_steers_once_there_is_one() -> None:
    assert may_steer(MAYA, PUPILS)
    assert not may_steer(OKAFOR, PUPILS)
    assert may_steer(OKAFOR, frozenset())
