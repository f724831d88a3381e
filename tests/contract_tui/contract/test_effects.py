from collections.abc import Callable

import pytest
from automerge.core import Document, ExpandMark, ObjType, ScalarType, Transaction

from contract_tui.contract.contract import Contract
from contract_tui.contract.effects import effects, foresee
from contract_tui.contract.items import writing
from contract_tui.contract.names import write_name
from contract_tui.contract.schema import BODY_TEXTS, GOALS_MAP, INTERESTS, SUPPORTS, StructureChoice
from contract_tui.contract.text.splice import Splice
from sync_server.protocol.errors import BadChunk
from tests.contract_tui.contract.people import BODY, OKAFOR, OKAFOR_PROOF, new_contract

NAME = write_name(BODY)


@pytest.fixture
def maya() -> Contract:
    return new_contract()


def test_what_is_typed_touches_one_text(maya: Contract) -> None:
    raws = [
        maya.splice(INTERESTS, Splice(0, 0, "abc"), 17),
        maya.splice(INTERESTS, Splice(1, 2, "x")),
    ]
    found = effects(raws, BODY_TEXTS.values())
    assert (found.outline, found.seats, found.choice) == (False, False, False)
    (change,) = found.texts.values()
    assert change.plain
    assert sorted(change.inserted.values()) == ["a", "b", "c", "x"]
    assert [change.inserted[element] for element in change.deleted] == ["b"]


def test_texts_are_kept_apart(maya: Contract) -> None:
    raws = [
        maya.splice(INTERESTS, Splice(0, 0, "a")),
        maya.splice(SUPPORTS, Splice(0, 0, "b")),
    ]
    found = effects(raws, BODY_TEXTS.values())
    assert {obj: list(change.inserted.values()) for obj, change in found.texts.items()} == {
        BODY_TEXTS[INTERESTS]: ["a"],
        BODY_TEXTS[SUPPORTS]: ["b"],
    }


def test_a_text_that_is_not_asked_for_belongs_to_the_outline(maya: Contract) -> None:
    found = effects([maya.splice(INTERESTS, Splice(0, 0, "a"))], [])
    assert found.outline
    assert found.texts == {}


def test_a_seat_and_the_choice_are_told_apart(maya: Contract) -> None:
    seat = effects([maya.add_seat(OKAFOR, OKAFOR_PROOF)], [])
    assert (seat.seats, seat.choice, seat.outline) == (True, False, True)
    raw = maya.choose_structure(StructureChoice.STEPS)
    assert raw is not None
    choice = effects([raw], [])
    assert (choice.seats, choice.choice, choice.outline) == (False, True, True)


@pytest.mark.parametrize(
    ("write", "plain"),
    [
        (lambda tx: tx.insert(NAME, 0, ScalarType.Str, "a"), True),
        (lambda tx: tx.delete(NAME, 0), True),
        (lambda tx: tx.mark(NAME, 0, 1, "b", ScalarType.Null, None, ExpandMark.Both), True),
        (lambda tx: tx.insert(NAME, 0, ScalarType.Str, "long"), False),
        (lambda tx: tx.insert(NAME, 0, ScalarType.Str, ""), False),
        (lambda tx: tx.insert(NAME, 0, ScalarType.Int, 1), False),
        (lambda tx: tx.insert_object(NAME, 0, ObjType.Map), False),
        (lambda tx: tx.put(NAME, 0, ScalarType.Str, "x"), False),
    ],
)
def test_what_is_not_plain_typing_is_said_to_be_so(
    maya: Contract, write: Callable[[Transaction], None], plain: bool
) -> None:
    maya.splice(INTERESTS, Splice(0, 0, "some text"))
    theirs = Document.load(maya.save())
    before = theirs.get_heads()
    with theirs.transaction() as transaction:
        write(transaction)
    raws = [bytes(change.raw_bytes) for change in theirs.get_changes(before)]
    assert effects(raws, [BODY]).texts[BODY].plain is plain


def test_garbage_is_refused() -> None:
    with pytest.raises(BadChunk):
        effects([b"garbage"], [])


def test_the_heads_that_changes_lead_to_are_foreseen(maya: Contract) -> None:
    before = maya.heads
    raws = [maya.splice(INTERESTS, Splice(0, 0, "a")), maya.splice(INTERESTS, Splice(0, 0, "b"))]
    touched, heads = foresee(raws, before, [BODY])
    assert heads == maya.heads
    assert touched is not None
    assert list(touched.texts) == [BODY]


def test_what_cannot_be_told_or_is_too_much_is_not_foreseen(maya: Contract) -> None:
    raw = maya.splice(INTERESTS, Splice(0, 0, "a"))
    assert foresee([raw, b"garbage"], (), [BODY]) == (None, ())
    assert foresee([raw] * 1_001, (), [BODY]) == (None, ())


def test_what_changes_beside_the_texts_is_told_by_object(maya: Contract) -> None:
    raw = maya.change(
        writing.add("goals", "kite", {"state": "idea"}, {"what": "a kite"}, turn_at=7)
    )
    goal = maya.items.goals[0]
    found = effects([raw], maya.texts.values())
    assert found.objects == {GOALS_MAP, goal.object}
    assert list(found.texts) == [goal.texts["what"]]
