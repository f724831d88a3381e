from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.protocol.codec import decode
from sync_server.protocol.errors import BadFrame
from sync_server.protocol.frame_size import has_more_values_than

SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats() | st.text()
STRUCTURES = st.recursive(
    SCALARS | st.binary(max_size=300),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=30,
)


def values(structure: Any) -> int:
    match structure:
        case list():
            return 1 + sum(map(values, structure))
        case dict():
            return 1 + sum(values(key) + values(value) for key, value in structure.items())
        case _:
            return 1


@given(STRUCTURES)
def test_every_value_is_counted_once(structure: Any) -> None:
    frame = cbor2.dumps(structure)
    count = values(structure)
    assert not has_more_values_than(count, frame)
    assert has_more_values_than(count - 1, frame) == (len(frame) > count - 1)


@given(st.binary(max_size=200), st.integers(0, 50))
def test_any_bytes_are_counted(frame: bytes, most: int) -> None:
    assert has_more_values_than(most, frame) in (True, False)


def test_large_bytes_are_one_value() -> None:
    assert not has_more_values_than(1, cbor2.dumps(bytes(1 << 20)))


def test_text_without_a_length_is_counted_by_its_pieces() -> None:
    pieces = b"\x7f" + b"\x61a" * 10 + b"\xff"
    assert cbor2.loads(pieces) == "a" * 10
    assert has_more_values_than(11, pieces)
    assert not has_more_values_than(12, pieces)


@pytest.mark.parametrize("item", [b"\x01", b"\x80", b"\x60", b"\x81\x01", b"\xf6"])
def test_a_frame_of_many_small_values_is_refused_before_they_are_made(item: bytes) -> None:
    count = 1 << 20
    frame = b"\xa1\x64type\x9a" + count.to_bytes(4, "big") + item * count
    with pytest.raises(BadFrame, match="too many values"):
        decode(frame)
