"""Words in the student's own texts that are not the student's, and those that are missing."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.anew import begin_anew
from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Kind, Writer
from contract_tui.contract.items import paths, writing
from contract_tui.contract.past.losses import Losses, Lost
from contract_tui.contract.past.settled import settling
from contract_tui.contract.past.watch import Watch
from contract_tui.contract.schema import INTERESTS, PartId
from contract_tui.contract.text.splice import Splice
from contract_tui.contract.text.voice import not_theirs
from sync_server.access.proof import Seat
from sync_server.protocol.operations import ElementId, operations
from sync_server.protocol.saved import read_saved
from tests.contract_tui.contract.people import (
    BEGINNING,
    CONTRACT_KEY,
    MAYA,
    MAYA_PROOF,
    OKAFOR,
    OKAFOR_PROOF,
    actor_of,
    copy,
    exchange,
    new_contract,
)

GOAL = paths.item(paths.GOALS_LIST, "aa")
KEY = CONTRACT_KEY.public.text
MATTERS = paths.part_of(GOAL, "matters")


def with_goal(words: str) -> Contract:
    """Maya's contract with a goal and why it matters to her, and a teacher in it."""
    maya = new_contract()
    maya.add_seat(OKAFOR, OKAFOR_PROOF)
    maya.change(writing.add(paths.GOALS_LIST, "aa", {}, {"matters": words}, turn_at=BEGINNING))
    return maya


def forge(
    contract: Contract, by: Seat, splice: Splice, part: PartId = MATTERS, start: int = 9
) -> Contract:
    """The contract after a changed program wrote into a text, whatever ours would have allowed."""
    forged = copy(contract, actor_of(by, start))
    obj = forged.texts[part]
    raw = forged.change(lambda writer: writer.splice(obj, splice))
    return Contract.open([*contract.changes_since(), raw], actor_of(MAYA, start + 100))


def losses(contract: Contract) -> tuple[Lost, ...]:
    found = Losses(contract)
    for one in read_saved(contract.save()).operations():
        found.take(one)
    return found.found()


def test_letters_of_others_in_a_text_of_the_students_are_told() -> None:
    read = forge(with_goal("I love the wind."), OKAFOR, Splice(7, 7, "testing "))
    assert read.text(MATTERS).text == "I love testing the wind."
    assert not_theirs(read, MATTERS) == [(7, 15)]
    assert not_theirs(read, INTERESTS) == []


def test_what_others_took_out_is_found_with_its_place_and_who_did_it() -> None:
    read = forge(with_goal("I love the wind."), OKAFOR, Splice(2, 11, ""))
    (lost,) = losses(read)
    assert (lost.part, lost.text, lost.takers) == (MATTERS, "love the ", frozenset({OKAFOR.id}))
    assert read.text(MATTERS).offset_of(lost.after) == 2
    assert not_theirs(read, MATTERS) == []


def test_what_the_student_took_out_or_settled_or_covered_is_not_lost() -> None:
    maya = with_goal("I love the wind.")
    assert losses(forge(maya, MAYA, Splice(2, 11, ""))) == ()
    read = forge(maya, OKAFOR, Splice(2, 11, ""))
    (lost,) = losses(read)
    forged = copy(read, actor_of(OKAFOR, 30))
    obj = read.texts[MATTERS]
    read.apply([forged.change(settling("f0", obj, lost.elements, MAYA.id))])
    assert losses(read) == (lost,), "only the student's own word settles it"
    read.change(settling("f1", obj, lost.elements, MAYA.id))
    assert losses(read) == ()
    again = forge(maya, OKAFOR, Splice(2, 11, ""))
    again.cover(MATTERS, lost.elements, "c0", MAYA.id)
    assert losses(again) == ()


def test_what_both_took_out_at_once_is_not_lost() -> None:
    maya = with_goal("I love the wind.")
    okafor = copy(maya, actor_of(OKAFOR, 7))
    obj = maya.texts[MATTERS]
    raw = okafor.change(lambda writer: writer.splice(obj, Splice(0, 7, "")))
    maya.splice(MATTERS, Splice(2, 11, ""))
    maya.apply([raw])
    (lost,) = losses(maya)
    assert lost.text == "I "


def replaced(contract: Contract, write: Callable[[Writer, ElementId], None], by: Seat) -> Contract:
    """The contract after a changed program did something to the map that holds the goal."""
    forged, goal = copy(contract, actor_of(by, 9)), contract.items.goals[0].object
    raw = forged.change(lambda writer: write(writer, goal))
    assert Watch(contract).objects - Watch(forged).objects or Watch(forged).is_suspicious(
        by.id, operations(raw)
    )
    return Contract.open([*contract.changes_since(), raw], actor_of(MAYA, 99))


def another_text(writer: Writer, goal: ElementId) -> None:
    writer.splice(writer.make(goal, "matters", Kind.TEXT), Splice(0, 0, "I must."))


def no_text(writer: Writer, goal: ElementId) -> None:
    writer.delete(goal, "matters")


@pytest.mark.parametrize("do", [another_text, no_text])
def test_words_are_missing_where_others_put_something_in_the_place_of_their_text(
    do: Callable[[Writer, ElementId], None],
) -> None:
    maya = with_goal("I love the wind.")
    maya.splice(MATTERS, Splice(0, 2, ""))
    read = replaced(maya, do, OKAFOR)
    (lost,) = losses(read)
    assert (lost.part, lost.text, lost.takers) == (
        MATTERS,
        "love the wind.",
        frozenset({OKAFOR.id}),
    )
    assert lost.object == maya.texts[MATTERS]
    read.change(settling("f0", lost.object, lost.elements, MAYA.id))
    assert losses(read) == ()
    assert losses(replaced(maya, do, MAYA)) == (), "the student may"
    maya.cover(MATTERS, maya.text(MATTERS).ids[:4], "c0", MAYA.id)
    assert [one.text for one in losses(replaced(maya, do, OKAFOR))] == [" the wind."]


def test_words_are_missing_under_a_text_that_was_put_in_their_place_beside_them() -> None:
    maya = with_goal("")
    early = copy(maya, actor_of(OKAFOR, 9))
    before = maya.items.goals[0].object
    raws = [
        early.change(lambda writer: writer.delete(before, "matters")),
        early.change(lambda writer: another_text(writer, before)),
    ]
    maya.splice(MATTERS, Splice(0, 0, "I love the wind."))
    watch = Watch(maya)
    maya.apply(raws)
    assert watch.objects - Watch(maya).objects
    assert maya.text(MATTERS).text == "I must."
    assert [one.text for one in losses(maya)] == ["I love the wind."]


def test_whoever_adds_a_goal_puts_nothing_in_the_place_of_another_text() -> None:
    maya = with_goal("I love the wind.")
    added = maya.change(writing.add(paths.GOALS_LIST, "bb", {}, {"matters": "x"}, turn_at=None))
    said = maya.change(lambda writer: writer.put(maya.items.goals[0].object, "state", "trying"))
    for raw in (added, said):
        assert not Watch(maya).is_suspicious(OKAFOR.id, operations(raw))


def test_lost_words_that_stood_beside_each_other_are_one_passage() -> None:
    maya = with_goal("one two three four")
    read = forge(forge(maya, OKAFOR, Splice(4, 8, "")), OKAFOR, Splice(4, 10, ""), start=10)
    assert read.text(MATTERS).text == "one four"
    assert [one.text for one in losses(read)] == ["two three "]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 30), st.integers(0, 6)), max_size=12))
def test_every_letter_of_the_students_stands_or_was_taken_by_them_or_is_found(
    deeds: list[tuple[bool, int, int]],
) -> None:
    words = "abcdefghijklmnopqrst"
    maya = with_goal(words)
    okafor = copy(maya, actor_of(OKAFOR, 7))
    own: set[str] = set()
    for by_maya, start, length in deeds:
        contract = maya if by_maya else okafor
        text = contract.text(MATTERS).text
        begin = min(start, len(text))
        gone = Splice(begin, min(len(text), begin + length), "")
        if gone.is_empty:
            continue
        if by_maya:
            own |= set(text[gone.start : gone.end])
        contract.splice(MATTERS, gone)
        if length == 6:
            exchange(maya, okafor)
    exchange(maya, okafor)
    found = "".join(sorted("".join(one.text for one in losses(maya))))
    standing = maya.text(MATTERS).text
    assert found == "".join(sorted(set(words) - set(standing) - own))
    assert losses(maya) == losses(okafor)


def test_words_that_a_teacher_brought_along_before_the_student_came_stay_the_students() -> None:
    anew = begin_anew(with_goal("I love the wind."), actor_of(OKAFOR), KEY, BEGINNING)
    anew.add_seat(OKAFOR, OKAFOR_PROOF)
    assert not_theirs(anew, MATTERS) == []
    maya = copy(anew, actor_of(MAYA))
    maya.add_seat(MAYA, MAYA_PROOF)
    assert maya.text(MATTERS).text == "I love the wind."
    assert not_theirs(maya, MATTERS) == []
    read = forge(maya, OKAFOR, Splice(7, 7, "testing "))
    assert not_theirs(read, MATTERS) == [(7, 15)]
    [lost] = losses(forge(maya, OKAFOR, Splice(0, 7, "")))
    assert lost.text == "I love "
    [goal] = read.reading().goals
    assert [one.text for one in goal.matters.foreign] == ["testing "]


def test_what_is_written_on_the_contract_of_before_the_student_came_is_told_as_well() -> None:
    """An older branch of the contract is open to everybody for ever, and its numbers are lower."""
    okafor = Contract.create(actor_of(OKAFOR), KEY, "Maya’s")
    okafor.add_seat(OKAFOR, OKAFOR_PROOF)
    okafor.change(writing.add(paths.GOALS_LIST, "aa", {}, turn_at=None))
    before = copy(okafor, actor_of(OKAFOR, 5))
    okafor.splice(INTERESTS, Splice(0, 0, "What do you care about, and what else?"))
    maya = copy(okafor, actor_of(MAYA))
    maya.add_seat(MAYA, MAYA_PROOF)
    obj, words = before.texts[MATTERS], Splice(0, 0, "You like the wind.")
    maya.apply([before.change(lambda writer: writer.splice(obj, words))])
    for reader in (maya, copy(maya, actor_of(MAYA, 1)), copy(maya, actor_of(OKAFOR, 6))):
        assert not_theirs(reader, MATTERS) == [(0, 18)]
        [goal] = reader.reading().goals
        assert [one.text for one in goal.matters.foreign] == ["You like the wind."]
    maya.splice(MATTERS, Splice(0, 0, "I do. "))
    assert not_theirs(maya, MATTERS) == [(6, 24)]
