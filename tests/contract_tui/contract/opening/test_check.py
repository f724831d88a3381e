from functools import partial

import pytest
from automerge.core import ROOT, Document, ScalarType

from contract_tui.contract.crdt import CrdtDocument, Kind, Writer
from contract_tui.contract.opening.check import NOTHING_YET, misfits
from contract_tui.contract.opening.opening import blank_document
from contract_tui.contract.schema import (
    ROOT_OBJECTS,
    SEATS_MAP,
    SECTION_MAPS,
    SECTIONS_MAP,
    SUPPORTS,
)
from tests.contract_tui.contract.people import actor, new_contract


@pytest.fixture
def document() -> CrdtDocument:
    """A contract's document that says which key governs it."""
    document = blank_document(actor("a"))
    document.transact(lambda writer: writer.put(None, "contract", "key"))
    return document


def adopted(theirs: Document) -> CrdtDocument:
    ours = CrdtDocument(actor("b"))
    ours.apply([bytes(change.raw_bytes) for change in theirs.get_changes([])])
    return ours


def test_a_contract_of_ours_has_nothing_to_name() -> None:
    assert misfits(new_contract()._document) == []


def test_a_foreign_key_is_named(document: CrdtDocument) -> None:
    document.transact(lambda writer: writer.put(None, "score", 7))
    assert misfits(document) == ["“score” does not belong to a contract."]


def test_a_missing_key_is_named() -> None:
    assert misfits(blank_document(actor("a"))) == [NOTHING_YET]


def test_a_wrong_type_is_named(document: CrdtDocument) -> None:
    document.transact(lambda writer: writer.put(None, "structure_choice", 7))
    document.transact(lambda writer: writer.put(SECTION_MAPS[SUPPORTS], "hidden", "maybe"))
    assert misfits(document) == [
        "“sections / supports / hidden” should be yes or no but is a string.",
        "“structure_choice” should be a string but is a number.",
    ]


def test_a_string_that_another_program_made_a_text_is_fine(document: CrdtDocument) -> None:
    document.transact(partial(Writer.make, obj=None, key="format", kind=Kind.TEXT))
    assert misfits(document) == []


def test_a_constant_object_that_was_replaced_is_named(document: CrdtDocument) -> None:
    document.transact(lambda writer: writer.put(None, "title", "mine now"))
    document.transact(partial(Writer.make, obj=SECTIONS_MAP, key="supports", kind=Kind.MAP))
    assert misfits(document) == [
        "“title” was replaced by a string; what it held is still here.",
        "“sections / supports” was replaced by a map; what it held is still here.",
    ]


def test_a_constant_object_that_was_taken_out_is_named() -> None:
    theirs = Document.load(new_contract().save())
    with theirs.transaction() as transaction:
        transaction.delete(ROOT, "goals")
    assert misfits(adopted(theirs)) == ["“goals” was taken out; what it held is still here."]


def test_items_are_looked_into(document: CrdtDocument) -> None:
    def write(writer: Writer) -> None:
        writer.put(ROOT_OBJECTS["promises"], "p1", {"by": 7, "to": "x", "rank": 1})
        writer.put(ROOT_OBJECTS["agreements"], "seat", "not a map")
        writer.put(SEATS_MAP, "0123", {"role": "student", "name": "Maya"})

    document.transact(write)
    assert set(misfits(document)) == {
        "“promises / p1 / by” should be a string but is a number.",
        "In a promise, “What it is” is missing: a program took it out of its place.",
        "In a promise, “What became of it” is missing: a program took it out of its place.",
        "“promises / p1 / pos” is missing.",
        "“promises / p1 / rank” does not belong to a contract.",
        "“agreements / seat” should be a map but is a string.",
        "“seats / 0123 / proof” is missing.",
    }


def test_no_more_is_named_than_anybody_reads(document: CrdtDocument) -> None:
    def write(writer: Writer) -> None:
        for number in range(1_000):
            writer.put(None, f"key {number}", number)

    document.transact(write)
    named = misfits(document)
    assert len(named) == 51
    assert named[-1] == "There is more that does not belong to a contract."


@pytest.mark.parametrize(
    ("kind", "value", "word"),
    [
        (ScalarType.Bytes, b"x", "bytes"),
        (ScalarType.Null, None, "nothing"),
        (ScalarType.Boolean, True, "yes or no"),
        (ScalarType.F64, 0.5, "a number"),
    ],
)
def test_every_sort_of_value_has_a_word(
    document: CrdtDocument, kind: ScalarType, value: bytes | bool | float | None, word: str
) -> None:
    theirs = Document.load(document.save())
    with theirs.transaction() as transaction:
        transaction.put(ROOT, "structure_choice", kind, value)
    assert misfits(adopted(theirs)) == [f"“structure_choice” should be a string but is {word}."]


def test_a_key_is_never_more_than_words(document: CrdtDocument) -> None:
    document.transact(lambda writer: writer.put(None, "\x1b[2J\u202e" + "x" * 500, 1))
    (sentence,) = misfits(document)
    assert sentence.isprintable()
    assert len(sentence) < 100
