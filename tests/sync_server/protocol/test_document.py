import zlib
from contextlib import suppress

import pytest
from automerge.core import ROOT, Document, ObjType, ScalarType
from hypothesis import given

from sync_server.protocol.document import outline
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.leb import encode_sleb, encode_uleb
from tests.sync_server.protocol.test_chunk import DOCUMENT, FIRST, SECOND, change_of, mutated
from tests.sync_server.protocol.written import body_after_header, write_chunk


def test_the_outline_names_the_heads_and_counts_the_changes() -> None:
    read = outline(DOCUMENT)
    assert read.heads == (change_of(SECOND).hash,)
    assert read.changes == 2


def test_an_empty_document_has_no_changes() -> None:
    read = outline(Document().save())
    assert (read.heads, read.changes) == ((), 0)


def test_a_long_document_with_deflated_columns_is_outlined() -> None:
    document = Document()
    with document.transaction() as transaction:
        text = transaction.put_object(ROOT, "text", ObjType.Text)
    forks = [document.fork() for _ in range(40)]
    for number in range(2_000):
        with forks[number * number % 37 % 40].transaction() as transaction:
            transaction.insert(text, 0, ScalarType.Str, "x")
    for fork in forks:
        document.merge(fork)
    read = outline(document.save())
    assert list(read.heads) == document.get_heads()
    assert read.changes == 2_001


def directory(*columns: tuple[int, bytes]) -> bytes:
    return encode_uleb(len(columns)) + b"".join(
        encode_uleb(spec) + encode_uleb(len(data)) for spec, data in columns
    )


def with_actor_column(spec: int, column: bytes) -> bytes:
    return write_chunk(0, b"\x00\x00" + directory((spec, column)) + b"\x00" + column)


def squeezed(column: bytes) -> bytes:
    return zlib.compress(column, wbits=-15)


def test_a_deflated_column_is_counted() -> None:
    chunk = with_actor_column(0x09, squeezed(encode_sleb(5) + b"\x00"))
    assert outline(chunk).changes == 5


@pytest.mark.parametrize(
    ("chunk", "reason"),
    [
        (FIRST, "not a document"),
        (DOCUMENT + FIRST, "bytes after the document"),
        (write_chunk(0, b"\x01\x05ab"), "truncated actor"),
        (write_chunk(0, b"\x00\x01"), "truncated heads"),
        (write_chunk(0, b"\x00\x00\x01\x01\x05\x00"), "truncated column"),
        (with_actor_column(0x01, encode_sleb(1 << 25) + b"\x00"), "more than 16777216 rows"),
        (with_actor_column(0x09, b"\xff\xff"), "bad deflate data"),
        (with_actor_column(0x09, squeezed(encode_sleb(5) + b"\x00")[:-1]), "inflates too far"),
    ],
)
def test_what_is_no_document_is_refused(chunk: bytes, reason: str) -> None:
    with pytest.raises(BadChunk, match=reason):
        outline(chunk)


def test_a_document_without_columns_has_no_changes() -> None:
    assert outline(write_chunk(0, b"\x00\x00" + directory((0x03, b"x")) + b"\x00x")).changes == 0


@given(mutated(body_after_header(DOCUMENT)))
def test_any_body_is_outlined_or_refused(body: bytes) -> None:
    with suppress(BadChunk):
        outline(write_chunk(0, body))
