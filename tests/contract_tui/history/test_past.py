"""Contracts that other programs edited: their history is told as their text is."""

from collections.abc import Callable

import pytest
from automerge.core import ROOT, Document, ExpandMark, ObjType, ScalarType, Transaction

from contract_tui.contract.contract import Contract
from contract_tui.contract.names import write_name
from contract_tui.contract.schema import INTERESTS, STRUCTURE, StructureChoice
from contract_tui.contract.text.splice import Splice
from contract_tui.history.past import Past
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.saved import read_saved
from tests.contract_tui.contract.people import BODY, copy, exchange, new_contract
from tests.contract_tui.contract.people import actor as stranger
from tests.contract_tui.history.reading import history

TEXT = write_name(BODY)
Deed = Callable[[Transaction], object]


def by_others(contract: Contract, *deeds: Deed, letter: str = "f") -> None:
    """Change a contract with a program that is not ours: one change for each deed."""
    theirs = Document.load(contract.save())
    theirs.set_actor(stranger(letter))
    before = theirs.get_heads()
    for do in deeds:
        with theirs.transaction() as transaction:
            do(transaction)
    contract.apply([bytes(change.raw_bytes) for change in theirs.get_changes(before)])


def told_alike(contract: Contract) -> None:
    """The history tells the words and the choice of every version as the document does."""
    told = history(contract)
    for end in range(len(told.past) + 1):
        moment = told.past.until(end)
        reading = contract.reading(told.heads(moment))
        assert told.past.choice(moment) == reading.structure_choice
        for section in reading.sections:
            assert told.past.chronicles[section.part].text(moment) == section.text


@pytest.fixture
def maya() -> Contract:
    maya = new_contract()
    maya.splice(INTERESTS, Splice(0, 0, "I like birds"))
    return maya


def put(at: int, value: str) -> Deed:
    return lambda transaction: transaction.put(TEXT, at, ScalarType.Str, value)


def choose_text(words: str) -> Deed:
    def do(transaction: Transaction) -> None:
        text = transaction.put_object(ROOT, "structure_choice", ObjType.Text)
        for at, letter in enumerate(words):
            transaction.insert(text, at, ScalarType.Str, letter)

    return do


def test_letters_that_were_overwritten_at_once_are_told_as_the_document_tells_them(
    maya: Contract,
) -> None:
    other = copy(maya, stranger("o"))
    by_others(maya, put(2, "L"), put(0, "i"))
    by_others(other, put(2, "K"), letter="g")
    exchange(maya, other)
    assert maya.text(INTERESTS).text in ("i Like birds", "i Kike birds")
    told_alike(maya)
    maya.splice(INTERESTS, Splice(2, 3, ""))
    told_alike(maya)


def test_words_in_one_piece_and_things_that_are_no_letters_have_their_place(
    maya: Contract,
) -> None:
    by_others(
        maya,
        lambda one: one.insert(TEXT, 1, ScalarType.Str, " really"),
        lambda one: one.insert(TEXT, 0, ScalarType.Int, 7),
        lambda one: one.insert_object(TEXT, 0, ObjType.Map),
    )
    told_alike(maya)


def test_marks_are_no_letters(maya: Contract) -> None:
    by_others(
        maya,
        lambda one: one.mark(TEXT, 2, 6, "bold", ScalarType.Boolean, True, ExpandMark.After),
        lambda one: one.insert(TEXT, 6, ScalarType.Str, "d"),
    )
    told_alike(maya)
    past = history(maya).past
    end = past.until(len(past))
    assert len(past.chronicles[INTERESTS].standing(end)) == 15
    assert past.chronicles[INTERESTS].text(end) == "I liked birds"


def test_of_choices_made_at_once_the_one_stands_that_the_document_takes(maya: Contract) -> None:
    other = copy(maya, stranger("o"))
    maya.choose_structure(StructureChoice.STEPS)
    other.choose_structure(StructureChoice.TOGETHER)
    exchange(maya, other)
    told_alike(maya)
    maya.choose_structure(StructureChoice.OWN_WAY)
    told_alike(maya)


def test_a_choice_that_is_written_as_text_counts_as_the_document_counts_it(
    maya: Contract,
) -> None:
    by_others(maya, choose_text("together"))
    assert history(maya).past.touched[-1] == (STRUCTURE,)
    told_alike(maya)
    by_others(maya, choose_text("nonsense"), letter="g")
    told_alike(maya)
    by_others(maya, lambda one: one.put(ROOT, "structure_choice", ScalarType.Int, 3), letter="h")
    told_alike(maya)
    by_others(maya, lambda one: one.delete(ROOT, "structure_choice"), letter="i")
    told_alike(maya)


def test_a_damaged_document_is_refused_in_words_of_ones_own(maya: Contract) -> None:
    saved = bytearray(maya.save())
    saved[len(saved) // 2] ^= 0xFF
    with pytest.raises(BadChunk):
        Past.read(read_saved(bytes(saved)), maya.texts)
