from automerge.core import ROOT, Document, ObjType
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.names import read_name, write_name
from sync_server.protocol.operations import ElementId


def test_the_root_has_the_name_that_the_library_gives_it() -> None:
    assert write_name(None) == ROOT


def test_a_name_is_the_one_that_the_library_gives() -> None:
    document = Document(b"a" * 16)
    with document.transaction() as transaction:
        given_name = transaction.put_object(ROOT, "text", ObjType.Text)
    assert write_name(ElementId(1, b"a" * 16)) == given_name
    assert read_name(given_name) == ElementId(1, b"a" * 16)


@given(st.integers(0, 2**31), st.binary(min_size=1, max_size=64))
def test_what_is_written_reads_back(counter: int, actor: bytes) -> None:
    name = write_name(ElementId(counter, actor))
    assert name is not None
    assert read_name(name) == ElementId(counter, actor)


@given(st.integers(0, 2**31), st.integers(0, 300))
def test_the_actor_index_does_not_matter(counter: int, index: int) -> None:
    name = write_name(ElementId(counter, b"a" * 16))
    tail = name[19:]
    uleb = bytes([index]) if index < 128 else bytes([index & 127 | 128, index >> 7])
    assert read_name(name[:18] + uleb + tail) == ElementId(counter, b"a" * 16)
