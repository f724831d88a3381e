from datetime import UTC, datetime

import pytest
from automerge.core import ROOT, Document, ScalarType

from contract_tui.contract.contract import Contract
from contract_tui.contract.names import write_name
from contract_tui.contract.schema import INTERESTS, STRUCTURE, SUPPORTS, TITLE, StructureChoice
from contract_tui.contract.text.splice import Splice
from contract_tui.history.history import ToldTurn
from sync_server.access.proof import Role
from sync_server.protocol.chunk import MAGIC, body_of, chunk_hash
from sync_server.protocol.leb import encode_sleb, encode_uleb
from tests.contract_tui.contract.people import (
    BEGINNING,
    BODY,
    MAYA,
    OKAFOR,
    OKAFOR_PROOF,
    actor,
    actor_of,
    copy,
    exchange,
    new_contract,
)
from tests.contract_tui.history.reading import history
from tests.contract_tui.history.reading import told as every_turn


@pytest.fixture
def maya() -> Contract:
    return new_contract("Birds and me")


@pytest.fixture
def okafor(maya: Contract) -> Contract:
    contract = copy(maya, actor_of(OKAFOR))
    contract.add_seat(OKAFOR, OKAFOR_PROOF)
    exchange(maya, contract)
    return contract


def type_keys(contract: Contract, at: int, keys: str, turn_at: int | None = None) -> None:
    for index, key in enumerate(keys, at):
        contract.splice(INTERESTS, Splice(index, index, key), turn_at)
        turn_at = None


def told(turns: list[ToldTurn]) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    return [(turn.author, turn.section, turn.added, turn.removed) for turn in turns]


def test_the_first_turn_is_the_title(maya: Contract) -> None:
    (turn,) = every_turn(maya)
    assert turn == ToldTurn(
        number=1,
        actor=actor_of(MAYA),
        author="Maya",
        role=Role.STUDENT,
        section=TITLE,
        at=datetime.fromtimestamp(BEGINNING, UTC),
        heads=turn.heads,
        added=("Birds", "and", "me"),
        removed=(),
    )
    assert maya.text_at(TITLE, turn.heads) == "Birds and me"


def test_keystrokes_become_turns(maya: Contract, okafor: Contract) -> None:
    type_keys(maya, 0, "I like birds", BEGINNING + 100)
    exchange(maya, okafor)
    okafor.splice(INTERESTS, Splice(2, 6, "adore"), BEGINNING + 200)
    exchange(maya, okafor)
    type_keys(maya, 13, ", big ones", BEGINNING + 400)
    turns = every_turn(maya)[1:]
    assert told(turns) == [
        ("Maya", INTERESTS, ("I", "like", "birds"), ()),
        ("Ms Okafor", INTERESTS, ("adore",), ("like",)),
        ("Maya", INTERESTS, ("birds,", "big", "ones"), ()),
    ]
    assert [turn.number for turn in turns] == [2, 3, 4]
    assert [turn.role for turn in turns] == [Role.STUDENT, Role.TEACHER, Role.STUDENT]
    assert [maya.text_at(INTERESTS, turn.heads) for turn in turns] == [
        "I like birds",
        "I adore birds",
        "I adore birds, big ones",
    ]


def test_others_typing_meanwhile_never_ends_a_turn(maya: Contract, okafor: Contract) -> None:
    type_keys(maya, 0, "I like ", BEGINNING + 100)
    exchange(maya, okafor)
    okafor.splice(INTERESTS, Splice(0, 0, "Really: "), BEGINNING + 110)
    exchange(maya, okafor)
    type_keys(maya, 15, "birds")
    assert told(every_turn(maya)[1:]) == [
        ("Maya", INTERESTS, ("I", "like", "birds"), ()),
        ("Ms Okafor", INTERESTS, ("Really:",), ()),
    ]


def test_another_part_is_another_turn(maya: Contract) -> None:
    maya.splice(INTERESTS, Splice(0, 0, "birds"), BEGINNING + 100)
    maya.splice(SUPPORTS, Splice(0, 0, "quiet"), BEGINNING + 110)
    maya.splice(INTERESTS, Splice(5, 5, "!"))
    assert [turn.section for turn in every_turn(maya)] == [TITLE, INTERESTS, SUPPORTS, INTERESTS]
    assert every_turn(maya)[-1].at is None


def test_the_choice_is_a_turn_in_its_section(maya: Contract) -> None:
    maya.choose_structure(StructureChoice.STEPS, BEGINNING + 100)
    turn = every_turn(maya)[-1]
    assert (turn.section, turn.added, turn.removed) == (STRUCTURE, (), ())


def test_a_choice_that_another_program_takes_back_is_a_turn(maya: Contract) -> None:
    maya.choose_structure(StructureChoice.STEPS, BEGINNING + 100)
    theirs = Document.load(maya.save())
    theirs.set_actor(b"f" * 16)
    before = theirs.get_heads()
    with theirs.transaction() as transaction:
        transaction.delete(ROOT, "structure_choice")
    (change,) = theirs.get_changes(before)
    maya.apply([bytes(change.raw_bytes)])
    turn = every_turn(maya)[-1]
    assert (turn.section, turn.author) == (STRUCTURE, "of unknown origin")


def test_what_was_written_and_taken_out_in_one_turn_leaves_no_trace(maya: Contract) -> None:
    maya.splice(INTERESTS, Splice(0, 0, "oops"), BEGINNING + 100)
    maya.splice(INTERESTS, Splice(0, 4, ""))
    assert told(every_turn(maya)[1:]) == [("Maya", INTERESTS, (), ())]


def test_what_was_taken_out_while_its_writer_was_still_writing_counts(
    maya: Contract, okafor: Contract
) -> None:
    okafor.splice(INTERESTS, Splice(0, 0, "hm "), BEGINNING + 90)
    exchange(maya, okafor)
    maya.splice(INTERESTS, Splice(3, 3, "birds"), BEGINNING + 100)
    exchange(maya, okafor)
    okafor.splice(INTERESTS, Splice(3, 8, ""))
    exchange(maya, okafor)
    assert told(every_turn(maya)[1:]) == [
        ("Ms Okafor", INTERESTS, ("hm",), ("birds",)),
        ("Maya", INTERESTS, ("birds",), ()),
    ]


def test_who_steps_on_while_turns_overlap_is_never_taken_back(
    maya: Contract, okafor: Contract
) -> None:
    maya.splice(INTERESTS, Splice(0, 0, "birds"), BEGINNING + 100)
    exchange(maya, okafor)
    okafor.splice(INTERESTS, Splice(5, 5, "?"), BEGINNING + 110)
    exchange(maya, okafor)
    maya.splice(INTERESTS, Splice(6, 6, " Owls"))
    _title, mine, theirs = history(maya).turns
    assert theirs.end < mine.end == mine.shown == theirs.shown


def test_everybody_tells_the_same_turns(maya: Contract, okafor: Contract) -> None:
    maya.splice(INTERESTS, Splice(0, 0, "birds"), BEGINNING + 100)
    okafor.splice(INTERESTS, Splice(0, 0, "bees"), BEGINNING + 90)
    exchange(maya, okafor)
    assert every_turn(maya) == every_turn(okafor)
    assert len(every_turn(maya)) == 3


def stamped(raw: bytes, time: int) -> bytes:
    """The same change with a time in its header, as other programs write it."""
    body = body_of(raw)
    at = 1 + 32 * body[0]
    at += 1 + body[at]
    for _ in range(2):
        while body[at] > 0x7F:
            at += 1
        at += 1
    body = body[:at] + encode_sleb(time) + body[at + 1 :]
    return MAGIC + chunk_hash(1, body)[:4] + b"\x01" + encode_uleb(len(body)) + body


def foreign(contract: Contract, word: str, time: int) -> bytes:
    """A change of a program that knows nothing of turns but keeps the time."""
    theirs = Document.load(contract.save())
    theirs.set_actor(b"f" * 16)
    before = theirs.get_heads()
    with theirs.transaction() as transaction:
        for index, character in enumerate(word):
            transaction.insert(write_name(BODY), index, ScalarType.Str, character)
    (change,) = theirs.get_changes(before)
    return stamped(bytes(change.raw_bytes), time)


@pytest.mark.parametrize("unit", [1, 1_000])
def test_other_programs_turns_follow_from_their_pauses(maya: Contract, unit: int) -> None:
    for word, seconds in (("one ", 0), ("two ", 60), ("three ", 400)):
        maya.apply([foreign(maya, word, (BEGINNING + seconds) * unit)])
    turns = every_turn(maya)[1:]
    assert told(turns) == [
        ("of unknown origin", INTERESTS, ("two", "one"), ()),
        ("of unknown origin", INTERESTS, ("three",), ()),
    ]
    assert [turn.at for turn in turns] == [
        datetime.fromtimestamp(BEGINNING, UTC),
        datetime.fromtimestamp(BEGINNING + 400, UTC),
    ]


def test_without_any_times_a_turn_has_none(maya: Contract) -> None:
    stranger = copy(maya, actor("s"))
    stranger.splice(INTERESTS, Splice(0, 0, "hello"))
    turn = every_turn(stranger)[-1]
    assert (turn.at, turn.author, turn.role) == (None, "of unknown origin", None)


@pytest.mark.parametrize("time", [2**62, -(2**62)])
def test_an_impossible_time_is_no_time(maya: Contract, time: int) -> None:
    maya.splice(INTERESTS, Splice(0, 0, "a"), time)
    assert every_turn(maya)[-1].at is None
