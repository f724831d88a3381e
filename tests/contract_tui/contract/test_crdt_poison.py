"""What one of three persons may do to the document of the others."""

import subprocess
import sys

import pytest

from contract_tui.contract.crdt import CrdtDocument
from contract_tui.contract.errors import DocumentDamaged
from contract_tui.contract.text.splice import Splice
from tests.contract_tui.contract.people import BODY, actor, document_with
from tests.contract_tui.contract.poison import ignored, panicking, unsaveable


@pytest.fixture
def honest() -> tuple[CrdtDocument, bytes]:
    """A document of somebody's, and the change that somebody else made on top of it."""
    document = document_with("some words")
    other = CrdtDocument(actor("b"))
    other.apply(document.changes_since(()))
    change = other.transact(lambda writer: writer.splice(BODY, Splice(2, 4, "more")))
    assert change is not None
    return document, change.raw


def test_a_change_that_makes_the_library_panic_damages_the_document(
    honest: tuple[CrdtDocument, bytes],
) -> None:
    document, raw = honest
    with pytest.raises(DocumentDamaged):
        document.apply([panicking(raw)])


def test_a_document_that_is_lost_says_so_and_never_seems_empty(
    honest: tuple[CrdtDocument, bytes],
) -> None:
    document, raw = honest
    with pytest.raises(DocumentDamaged):
        document.apply([panicking(raw)])
    for ask in (
        lambda: document.heads,
        lambda: document.text(BODY),
        lambda: document.kind(BODY),
        lambda: document.keys(None),
        lambda: document.get(None, "title"),
        lambda: document.elements(BODY),
        lambda: document.changes_since(()),
        lambda: document.save(),
        lambda: document.fork(),
        lambda: document.transact(lambda writer: writer.splice(BODY, Splice(0, 0, "x"))),
    ):
        with pytest.raises(DocumentDamaged):
            ask()


def test_what_is_tried_on_a_copy_costs_the_copy_alone(honest: tuple[CrdtDocument, bytes]) -> None:
    document, raw = honest
    with pytest.raises(DocumentDamaged):
        document.fork().apply([panicking(raw)])
    copy = document.fork()
    copy.apply([raw])
    assert (copy.actor, copy.text(BODY)) == (document.actor, "somore words")
    document.transact(lambda writer: writer.splice(BODY, Splice(0, 0, "still ")))
    assert document.text(BODY) == "still some words"


def test_a_document_that_cannot_be_saved_for_reading_is_found_out(
    honest: tuple[CrdtDocument, bytes],
) -> None:
    document, raw = honest
    document.prove()
    document.apply([unsaveable(raw)])
    with pytest.raises(DocumentDamaged):
        document.prove()


def test_a_change_that_is_passed_over_harms_nothing(honest: tuple[CrdtDocument, bytes]) -> None:
    document, raw = honest
    heads = document.heads
    document.apply([ignored(raw)])
    assert document.heads == heads
    document.prove()


_LOST_WHILE_WRITING = """
from automerge.core import ROOT, ScalarType
from contract_tui.contract.crdt import CrdtDocument
from contract_tui.contract.errors import DocumentDamaged

for letter in b"abcdefgh":
    document = CrdtDocument(bytes([letter]) * 16)
    for _ in range(50):
        document.transact(lambda writer: writer.put(None, "key", "x" * 100))
    try:
        document.transact(
            lambda writer: writer._transaction.put(ROOT, "count", ScalarType.Counter, 5)
        )
    except DocumentDamaged:
        print("told", flush=True)
    del document
"""


def test_a_document_that_is_lost_while_it_is_written_to_does_not_end_the_program() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LOST_WHILE_WRITING], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["told"] * 8


_OPEN = """
import ctypes
from automerge.core import Document
from contract_tui.contract.crdt import CrdtDocument

document = CrdtDocument(b"a" * 16)
document._document.transaction().__enter__()
{keep}
del document
print("alive", flush=True)
"""


@pytest.mark.parametrize(("keep", "alive"), [("", ""), ("document._leak()", "alive")])
def test_freeing_a_document_in_the_middle_of_writing_still_ends_the_program(
    keep: str, alive: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _OPEN.format(keep=keep)], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == alive
