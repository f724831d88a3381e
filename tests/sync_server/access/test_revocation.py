import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.access.errors import AccessError, Foreign, Forged, Malformed, WrongKind
from sync_server.access.revocation import MOST_REVOKED, Revocations, read_revocations, revoke
from sync_server.access.tokens import Kind, sign
from sync_server.protocol.ids import DocumentId, format_document_id
from tests.sync_server.access.people import CONTRACT, CONTRACT_KEY, key, proof

PREFIXES = st.sets(st.binary(min_size=8, max_size=8), max_size=5)


@given(st.integers(0, 2**53 - 1), PREFIXES)
def test_a_list_comes_back_whole(number: int, prefixes: set[bytes]) -> None:
    token = revoke(CONTRACT_KEY, number, prefixes)
    assert read_revocations(token, CONTRACT) == Revocations(number, frozenset(prefixes))


@given(PREFIXES)
def test_one_list_is_one_token_in_whatever_order_it_was_made(prefixes: set[bytes]) -> None:
    forth = revoke(CONTRACT_KEY, 1, sorted(prefixes))
    assert forth == revoke(CONTRACT_KEY, 1, [*sorted(prefixes, reverse=True), *prefixes])


def test_a_full_list_can_be_read_and_a_longer_one_is_not_made() -> None:
    many = [number.to_bytes(8) for number in range(MOST_REVOKED + 1)]
    full = revoke(CONTRACT_KEY, 1, many[:MOST_REVOKED])
    assert len(read_revocations(full, CONTRACT).prefixes) == MOST_REVOKED
    with pytest.raises(AccessError):
        revoke(CONTRACT_KEY, 1, many)


def test_a_prefix_of_another_length_is_not_revoked() -> None:
    with pytest.raises(AccessError):
        revoke(CONTRACT_KEY, 1, [b"short"])


def test_a_list_for_another_contract_is_foreign() -> None:
    with pytest.raises(Foreign):
        read_revocations(revoke(key("thief"), 1, []), CONTRACT)
    with pytest.raises(Foreign):
        read_revocations(revoke(CONTRACT_KEY, 1, []), DocumentId(bytes(16)))


def test_a_list_with_a_prefix_taken_out_is_forged() -> None:
    full = revoke(CONTRACT_KEY, 1, [b"12345678"]).split(".")
    empty = revoke(CONTRACT_KEY, 1, []).split(".")
    with pytest.raises(Forged):
        read_revocations(".".join((empty[0], empty[1], full[2])), CONTRACT)


def test_a_certificate_is_no_list() -> None:
    with pytest.raises(WrongKind):
        read_revocations(proof().certificate, CONTRACT)


@pytest.mark.parametrize(
    "changes",
    [
        {"number": None},
        {"number": -1},
        {"number": "1"},
        {"revoked": None},
        {"revoked": "00" * 8},
        {"revoked": [1]},
        {"revoked": ["00"]},
        {"revoked": ["zz" * 8]},
        {"revoked": ["AA" * 8]},
        {"revoked": [["00" * 8]]},
        {"revoked": ["00" * 8] * (MOST_REVOKED + 1)},
    ],
)
def test_a_list_with_a_wrong_field_is_malformed(changes: dict[str, object]) -> None:
    fields = {"iss": format_document_id(CONTRACT), "number": 1, "revoked": [], **changes}
    with pytest.raises(Malformed):
        read_revocations(sign(Kind.REVOCATIONS, fields, CONTRACT_KEY), CONTRACT)
