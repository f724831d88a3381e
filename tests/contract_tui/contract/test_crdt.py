import contextlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from time import perf_counter

import pytest
from automerge.core import ROOT, Document, ObjType, ScalarType

from contract_tui.contract.crdt import Branch, CrdtDocument, Item, Kind, Odd, Writer, expand
from contract_tui.contract.errors import DocumentDamaged
from contract_tui.contract.schema import GENESIS, TURNS_LIST
from contract_tui.contract.text.splice import Splice
from sync_server.protocol.chunk import MAGIC, Change, body_of, chunk_hash, parse_changes
from sync_server.protocol.leb import encode_uleb
from sync_server.protocol.operations import Action, ElementId, operations
from tests.contract_tui.contract.people import BODY, actor, document_with
from tests.sync_server.protocol.seeds import javascript, three_people


def typed(text: str) -> tuple[CrdtDocument, list[bytes]]:
    """A document in which a text was typed key by key, and its changes."""
    document = document_with("")
    for index, character in enumerate(text):
        splice = Splice(index, index, character)
        document.transact(partial(Writer.splice, obj=BODY, splice=splice))
    return document, document.changes_since(())


def foreign_text(document: Document) -> bytes:
    with document.transaction() as transaction:
        return transaction.put_object(ROOT, "text", ObjType.Text)


def adopted(document: Document) -> tuple[CrdtDocument, ElementId]:
    """What a program of others wrote, in a document of ours, and its text."""
    ours = CrdtDocument(actor("z"))
    ours.apply([bytes(change.raw_bytes) for change in document.get_changes([])])
    branch = ours.get(None, "text")
    assert isinstance(branch, Branch)
    return ours, branch.object


def test_changes_applied_elsewhere_give_the_same_document() -> None:
    document, raws = typed("hello")
    other = CrdtDocument(actor("b"))
    other.apply(raws)
    assert other.text(BODY) == "hello"
    assert other.heads == document.heads
    other.apply(raws)
    assert len(other.changes_since(())) == len(raws)


def test_changes_may_come_in_any_order() -> None:
    document, raws = typed("hello")
    other = CrdtDocument(actor("b"))
    other.apply([GENESIS])
    other.apply(raws[::-1])
    assert other.heads == document.heads


@pytest.mark.parametrize("cut", [0, 3, 12, -1])
def test_a_torn_change_is_left_out_and_the_others_are_not(cut: int) -> None:
    _, raws = typed("hello")
    other = CrdtDocument(actor("b"))
    other.apply([GENESIS])
    other.apply([*raws[:3], raws[3][:cut], raws[3]])
    assert other.text(BODY) == "hel"


def test_a_damaged_change_makes_its_successors_wait() -> None:
    _, raws = typed("hello")
    other = CrdtDocument(actor("b"))
    other.apply([GENESIS])
    damaged = raws[2][:-1] + bytes([raws[2][-1] ^ 1])
    other.apply([*raws[:2], damaged, *raws[3:]])
    assert other.text(BODY) == "h"
    other.apply([raws[2]])
    assert other.text(BODY) == "hello"


def test_garbage_breaks_a_document_that_is_still_empty() -> None:
    with pytest.raises(DocumentDamaged):
        CrdtDocument(actor("b")).apply([b"garbage"])


def test_a_local_change_tells_where_its_operations_begin() -> None:
    document, _ = typed("abc")
    change = document.transact(lambda writer: writer.splice(BODY, Splice(1, 2, "xy")))
    assert change is not None
    (parsed,) = parse_changes([change.raw])
    assert (parsed.start_op, parsed.ops) == (change.start_op, 3)
    assert document.text(BODY) == "axyc"
    assert document.id_at(BODY, 1) == ElementId(change.start_op, actor("a"))
    assert document.id_at(BODY, 2) == ElementId(change.start_op + 1, actor("a"))


def test_writing_nothing_makes_no_change() -> None:
    document, _ = typed("abc")
    assert document.transact(lambda writer: writer.splice(BODY, Splice(1, 1, ""))) is None


def test_an_exception_takes_everything_back() -> None:
    document, raws = typed("abc")

    def fail(writer: Writer) -> None:
        writer.splice(BODY, Splice(0, 3, ""))
        raise RuntimeError

    with contextlib.suppress(RuntimeError):
        document.transact(fail)
    assert document.text(BODY) == "abc"
    assert document.changes_since(()) == raws


def test_changes_since_some_heads_are_those_made_after_them() -> None:
    document, raws = typed("abc")
    heads = document.heads
    change = document.transact(lambda writer: writer.append(TURNS_LIST, 17))
    assert change is not None
    assert document.changes_since(heads) == [change.raw]
    hashes = [one.hash for one in parse_changes([*raws, change.raw])]
    assert document.hashes_since(()) == hashes
    assert document.get(TURNS_LIST, 0) == 17


def test_a_file_expands_to_the_changes_it_was_saved_from() -> None:
    document, raws = typed("hello")
    assert expand(document.save()) == raws
    assert expand(b"".join(raws)) == raws


@pytest.mark.parametrize("file", [b"garbage", b"\x85\x6f\x4a\x83" + bytes(20)])
def test_a_file_that_is_no_document_is_refused(file: bytes) -> None:
    with pytest.raises(DocumentDamaged):
        expand(file)


def test_what_is_put_reads_back() -> None:
    document = CrdtDocument(actor("a"))
    content: Item = {"yes": True, "number": 7, "string": "word", "inner": {"deep": "x"}}
    document.transact(lambda writer: writer.put(None, "map", content))
    branch = document.get(None, "map")
    assert isinstance(branch, Branch)
    fields = document.items(branch.object)
    assert {key: fields[key] for key in ("yes", "number", "string")} == {
        "yes": True,
        "number": 7,
        "string": "word",
    }
    inner = fields["inner"]
    assert isinstance(inner, Branch)
    assert document.items(inner.object) == {"deep": "x"}


def test_what_is_not_there_is_absent() -> None:
    document = document_with("")
    nowhere = ElementId(99, b"n" * 16)
    assert document.get(None, "nothing") is Odd.ABSENT
    assert document.kind(nowhere) is None
    assert document.text(nowhere) == ""
    assert document.items(nowhere) == {}
    assert document.id_at(BODY, 0) is None


def test_old_versions_can_still_be_read() -> None:
    document, _ = typed("abc")
    heads = document.heads
    document.transact(lambda writer: writer.splice(BODY, Splice(0, 3, "new")))
    assert document.text(BODY, heads) == "abc"
    assert [element.text for element in document.elements(BODY, heads)] == ["a", "b", "c"]
    assert document.length(BODY, heads) == 3


def test_every_sort_of_value_of_other_programs_reads_as_something() -> None:
    theirs = Document(b"t" * 16)
    with theirs.transaction() as transaction:
        transaction.put(ROOT, "bytes", ScalarType.Bytes, b"x")
        transaction.put(ROOT, "float", ScalarType.F64, 1.5)
        transaction.put(ROOT, "null", ScalarType.Null, None)
        transaction.put(ROOT, "uint", ScalarType.Uint, 3)
        moment = datetime(2024, 1, 1, tzinfo=UTC)
        transaction.put(ROOT, "time", ScalarType.Timestamp, moment)
        transaction.put_object(ROOT, "text", ObjType.Text)
    ours, _ = adopted(theirs)
    found = ours.items(None)
    assert {key: found[key] for key in ("bytes", "float", "null", "uint")} == {
        "bytes": b"x",
        "float": 1.5,
        "null": None,
        "uint": 3,
    }
    assert found["time"] is Odd.UNREADABLE


def each_map(document: CrdtDocument, obj: ElementId | None = None) -> Iterator[ElementId | None]:
    """A map and all maps in it."""
    yield obj
    for key in document.keys(obj):
        value = document.get(obj, key)
        if isinstance(value, Branch) and value.kind is Kind.MAP:
            yield from each_map(document, value.object)


@pytest.mark.parametrize("changes", [javascript(), three_people(1, 60), parse_changes([GENESIS])])
def test_a_map_read_at_once_holds_what_its_keys_hold(changes: Sequence[Change]) -> None:
    document = CrdtDocument(actor("z"))
    versions = []
    for at in range(0, len(changes), 9):
        document.apply([one.raw for one in changes[at : at + 9]])
        versions.append(document.heads)
    for obj in each_map(document):
        for heads in (None, *versions):
            keys = document.keys(obj, heads)
            assert document.items(obj, heads) == {
                key: document.get(obj, key, heads) for key in keys
            }


def with_counters(raw: bytes) -> bytes:
    """The same change with its integers turned into counters, which make the library panic."""
    body = body_of(raw)
    marker = bytes([0x14])  # one byte (1 << 4) of a signed integer (4)
    assert body.count(marker) == 1
    body = body.replace(marker, bytes([0x18]))
    digest = chunk_hash(1, body)
    return MAGIC + digest[:4] + b"\x01" + encode_uleb(len(body)) + body


def test_a_value_that_makes_the_library_panic_is_unreadable() -> None:
    theirs = Document(b"t" * 16)
    with theirs.transaction() as transaction:
        transaction.put(ROOT, "count", ScalarType.Int, 5)
        transaction.put(ROOT, "word", ScalarType.Str, "kite")
    (change,) = theirs.get_changes([])
    ours = CrdtDocument(actor("z"))
    ours.apply([with_counters(bytes(change.raw_bytes))])
    assert ours.keys(None) == ["count", "word"]
    assert ours.get(None, "count") is Odd.UNREADABLE
    assert ours.items(None) == {"count": Odd.UNREADABLE, "word": "kite"}


def test_a_text_with_a_value_that_makes_the_library_panic_still_works() -> None:
    theirs = Document(b"t" * 16)
    text = foreign_text(theirs)
    with theirs.transaction() as transaction:
        transaction.insert(text, 0, ScalarType.Str, "aa")
        transaction.insert(text, 1, ScalarType.Str, "b")
    before = theirs.get_heads()
    with theirs.transaction() as transaction:
        transaction.insert(text, 1, ScalarType.Int, 5)
    first = [bytes(c.raw_bytes) for c in theirs.get_changes([])[:-1]]
    (last,) = theirs.get_changes(before)
    ours = CrdtDocument(actor("z"))
    ours.apply(first)
    ours.apply([with_counters(bytes(last.raw_bytes))])
    branch = ours.get(None, "text")
    assert isinstance(branch, Branch)
    obj = branch.object
    assert ours.text(obj) == "aa\ufffcb"
    assert "".join(element.text for element in ours.elements(obj)) == "aa\ufffcb"
    ours.transact(lambda writer: writer.splice(obj, Splice(4, 4, "c"), plain=False))
    ours.transact(lambda writer: writer.splice(obj, Splice(2, 3, "x"), plain=False))
    assert ours.text(obj) == "aaxbc"


def test_a_long_element_of_another_program_reads_whole() -> None:
    theirs = Document(b"t" * 16)
    text = foreign_text(theirs)
    with theirs.transaction() as transaction:
        transaction.insert(text, 0, ScalarType.Str, "abc")
        transaction.insert_object(text, 1, ObjType.Map)
        transaction.insert(text, 2, ScalarType.Str, "")
    ours, obj = adopted(theirs)
    assert [element.text for element in ours.elements(obj)] == ["abc", "\ufffc", ""]
    assert ours.length(obj) == 4
    assert ours.id_at(obj, 0) == ours.id_at(obj, 2) != ours.id_at(obj, 3)


@pytest.mark.parametrize("start", [0, 3, 4])
def test_between_long_elements_one_can_write(start: int) -> None:
    theirs = Document(b"t" * 16)
    text = foreign_text(theirs)
    with theirs.transaction() as transaction:
        for index, element in enumerate(["", "abc", "d", "ef"]):
            transaction.insert(text, index, ScalarType.Str, element)
    ours, obj = adopted(theirs)
    splice = Splice(start, 6, "xy")
    ours.transact(lambda writer: writer.splice(obj, splice, plain=False))
    assert ours.text(obj) == splice.apply("abcdef")


def test_kinds_of_objects_are_told() -> None:
    document = CrdtDocument(actor("a"))
    made: dict[Kind, ElementId] = {}
    document.transact(lambda w: made.update({kind: w.make(None, kind, kind) for kind in Kind}))
    assert {kind: document.kind(obj) for kind, obj in made.items()} == {kind: kind for kind in Kind}


def test_a_long_text_is_written_in_front_of_a_stop_that_goes_again() -> None:
    document = document_with("")
    change = document.transact(lambda writer: writer.splice(BODY, Splice(0, 0, "z" * 100)))
    assert change is not None
    stop, *letters, gone = operations(change.raw)
    assert [letter.value for letter in letters] == ["z"] * 100
    assert (gone.action, gone.key) == (Action.DELETE, stop.id)
    assert document.text(BODY) == "z" * 100


def test_the_library_still_walks_through_all_that_was_deleted_to_insert() -> None:
    assert _insert_in_front_of_deleted([*range(1_000)]) > 3 * _insert_in_front_of_deleted(
        [0, *range(999)]
    )


def _insert_in_front_of_deleted(indexes: Sequence[int]) -> float:
    """Return how many seconds it takes to insert where 4,000 characters were deleted."""
    document = Document(bytes(actor("a")))
    text = foreign_text(document)
    with document.transaction() as transaction:
        for index in range(4_000):
            transaction.insert(text, index, ScalarType.Str, "y")
        for _ in range(4_000):
            transaction.delete(text, 0)
        began = perf_counter()
        for index in indexes:
            transaction.insert(text, index, ScalarType.Str, "z")
        return perf_counter() - began
