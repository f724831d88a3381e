import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.heads import MOST_HEADS, read_heads, write_heads
from sync_server.protocol.ids import ChangeHash

hashes = st.builds(ChangeHash, st.binary(min_size=32, max_size=32))


@given(st.sets(hashes, min_size=1, max_size=5))
def test_a_version_can_be_read_again(heads: set[ChangeHash]) -> None:
    version = tuple(sorted(heads))
    assert read_heads(write_heads(version)) == version


def test_the_order_and_repetition_do_not_matter() -> None:
    one, other = "aa" * 32, "bb" * 32
    assert read_heads(f"{other},{one},{other}") == read_heads(f"{one},{other}")


@pytest.mark.parametrize(
    "text",
    ["", ",", "aa", "AA" * 32, "aa" * 33, "aa" * 32 + ",", "aa" * 32 + "\n", "zz" * 32],
)
def test_anything_else_names_no_version(text: str) -> None:
    assert read_heads(text) is None


def test_a_version_names_so_many_heads_and_no_more() -> None:
    heads = tuple(ChangeHash(number.to_bytes(32, "big")) for number in range(MOST_HEADS + 1))
    assert read_heads(write_heads(heads[:-1])) == heads[:-1]
    assert read_heads(write_heads(heads)) is None
