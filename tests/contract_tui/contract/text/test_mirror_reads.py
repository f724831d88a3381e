"""How little of a text is read to follow a key."""

import pytest

from contract_tui.contract.crdt import CrdtDocument, Element, Heads
from contract_tui.contract.names import ObjectId
from contract_tui.contract.schema import GENESIS
from contract_tui.contract.text.splice import Splice
from sync_server.protocol.operations import ElementId
from tests.contract_tui.contract.people import actor, document_with
from tests.contract_tui.contract.text.mirroring import Writer, is_exact


class CountingDocument(CrdtDocument):
    """A document that counts how often and how much is read of it."""

    full_reads = looks = 0

    def elements(self, obj: ObjectId, heads: Heads | None = None) -> list[Element]:
        self.full_reads += 1
        return super().elements(obj, heads)

    def text(self, obj: ObjectId, heads: Heads | None = None) -> str:
        self.full_reads += 1
        return super().text(obj, heads)

    def id_at(self, obj: ObjectId, index: int | str) -> ElementId | None:
        self.looks += 1
        return super().id_at(obj, index)


@pytest.fixture
def pair() -> tuple[Writer, Writer, CountingDocument]:
    """Two people with ten thousand characters before them; the second one's reads are counted."""
    ann = Writer("a", document_with("some words " * 910))
    counting = CountingDocument(actor("b"))
    counting.apply([GENESIS])
    ben = Writer("b", counting)
    ben.fetch(ann)
    counting.full_reads = counting.looks = 0
    return ann, ben, counting


def test_a_key_reads_nothing_of_the_text(
    pair: tuple[Writer, Writer, CountingDocument],
) -> None:
    _, ben, counting = pair
    for index, character in enumerate("typed"):
        ben.type(Splice(5_000 + index, 5_000 + index, character))
    ben.type(Splice(5_004, 5_005, ""))
    assert (counting.full_reads, counting.looks) == (0, 0)
    assert is_exact(ben)


def test_a_key_of_somebody_else_takes_a_few_looks(
    pair: tuple[Writer, Writer, CountingDocument],
) -> None:
    ann, ben, counting = pair
    for splice in (
        Splice(7_000, 7_000, "x"),
        Splice(10, 12, ""),
        Splice(9_000, 9_100, "long " * 9),
    ):
        assert ben.receive([ann.type(splice)]) == [splice]
    assert counting.full_reads == 0
    assert counting.looks <= 3 * 18 + 45
    assert is_exact(ben)


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ([Splice(40, 50, "")], [Splice(40, 50, "")]),
        ([Splice(40, 50, "replaced")], [Splice(40, 50, "replaced")]),
        ([Splice(40, 40, "x"), Splice(40, 41, "")], []),
        ([Splice(40, 40, "typox"), Splice(44, 45, "")], [Splice(40, 40, "typo")]),
        ([Splice(40, 50, "first"), Splice(40, 45, "second")], [Splice(40, 50, "second")]),
    ],
    ids=["deleted", "replaced", "typed and taken back", "corrected", "replaced twice"],
)
def test_what_somebody_else_deletes_is_followed_without_reading_the_text(
    pair: tuple[Writer, Writer, CountingDocument], typed: list[Splice], seen: list[Splice]
) -> None:
    ann, ben, counting = pair
    assert ben.receive([ann.type(splice) for splice in typed]) == seen
    assert counting.full_reads == 0
    assert is_exact(ben)


def test_many_scattered_changes_at_once_are_read_as_a_whole(
    pair: tuple[Writer, Writer, CountingDocument],
) -> None:
    ann, ben, counting = pair
    raws = [ann.type(Splice(at, at, "x")) for at in range(0, 10_000, 10)]
    ben.receive(raws)
    assert counting.full_reads == 1
    assert counting.looks <= 6_000
    assert is_exact(ben)
