from pathlib import Path

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import CONSTANT_SECTIONS, GENESIS_ACTOR, StructureChoice
from contract_tui.library.custody import Custodian
from contract_tui.library.library import Library
from contract_tui.library.rehearsal import BEGAN, set_stage
from contract_tui.library.sample import SITTINGS
from contract_tui.library.script import DAY, PARENT, STUDENT, TEACHER, Sitting
from contract_tui.library.world import World
from sync_server.access.proof import Role
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import Actor, DocumentId
from tests.contract_tui.history.reading import told

NOW = 1_790_000_000.0
RELAY = "ws://127.0.0.1:1"


def contracts(directory: Path) -> list[Contract]:
    stage = set_stage(directory, RELAY, World(clock=lambda: NOW))
    found = []
    for home in stage.homes.values():
        with Library(home) as library:
            raws = [one.raw for one in library.journal(stage.contract).read(5000)]
            found.append(Contract.open(raws, Actor(bytes(16)), stage.contract))
    return found


def test_three_people_have_the_same_contract_with_three_proven_seats(tmp_path: Path) -> None:
    first, *others = contracts(tmp_path)
    assert all(other.heads == first.heads for other in others)
    assert {(seat.name, seat.role, seat.proven) for seat in first.seats.values()} == {
        (STUDENT, Role.STUDENT, True),
        (TEACHER, Role.TEACHER, True),
        (PARENT, Role.PARENT, True),
    }
    assert not first.set_aside
    assert first.structure_choice is StructureChoice.CHECK_IN


def test_every_section_was_written_by_all_three_over_weeks(tmp_path: Path) -> None:
    contract = contracts(tmp_path)[0]
    turns = told(contract)
    for part in CONSTANT_SECTIONS:
        assert {turn.author for turn in turns if turn.section == part} == {STUDENT, TEACHER, PARENT}
    times = [turn.at.timestamp() for turn in turns if turn.at]
    assert len(times) == len(turns) == len(SITTINGS) + 1
    assert max(times) < NOW - DAY
    assert NOW - BEGAN - 1 <= min(times) < NOW - 30 * DAY
    assert any(turn.removed for turn in turns)


def test_some_of_it_was_written_at_the_same_time(tmp_path: Path) -> None:
    changes = parse_changes(contracts(tmp_path)[0].changes_since())
    assert any(len(change.deps) > 1 for change in changes)


def test_everybody_can_tell_from_the_start_who_wrote_what(tmp_path: Path) -> None:
    stage = set_stage(tmp_path, RELAY, World(clock=lambda: NOW))
    for home in stage.homes.values():
        with Library(home) as library:
            assert_all_is_shown(library, stage.contract)


def assert_all_is_shown(library: Library, contract: DocumentId) -> None:
    graph = Graph()
    graph.add(parse_changes([one.raw for one in library.journal(contract).read(5000)]))
    custodian = Custodian(contract, library.keepsakes(contract), lambda: graph, lambda: None)
    writers = {actor for actor in graph.actors if actor != GENESIS_ACTOR}
    assert all(custodian.sealed(one) == graph.last_seq(one) for one in writers)
    assert {one[:8] for one in writers} == custodian.proofs.keys()
    assert len(custodian.proofs) == 3


def test_a_sitting_lies_in_the_afternoon_of_its_day() -> None:
    sitting = Sitting(STUDENT, CONSTANT_SECTIONS[0], 3, 5, ())
    assert NOW - 4 * DAY < sitting.at(NOW) < NOW - 2 * DAY
    assert sitting.at(NOW) % DAY == (15 * 60 + 35) * 60


def test_everything_lies_below_one_directory(tmp_path: Path) -> None:
    stage = set_stage(tmp_path, RELAY)
    assert {home.parent for home in stage.homes.values()} == {tmp_path}
    with Library(stage.homes[Role.TEACHER]) as library:
        assert library.entry(stage.contract).relays == (RELAY,)
        assert not library.entry(stage.contract).holder
