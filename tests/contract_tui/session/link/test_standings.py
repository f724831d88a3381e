"""What is remembered of relays that refuse for good, and forgotten when they no longer do."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_tui.library import seats
from contract_tui.library.library import Entry, Library
from contract_tui.session.link.refusals import RefusalKind
from contract_tui.session.link.standings import ERASED, REVOKED, refusing, remember, standing
from sync_server.access.proof import Role

ONE, TWO = "wss://one.example", "wss://two.example"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path) as found:
        yield found


def entry(library: Library, *relays: str) -> Entry:
    contract = seats.new_contract(library, "My year", "Heidi", Role.STUDENT, relays)
    return library.entry(contract)


@pytest.mark.parametrize(
    ("refusal", "found"),
    [
        (RefusalKind.ERASED, ERASED),
        (RefusalKind.REVOKED, REVOKED),
        (RefusalKind.BUSY, None),
        (RefusalKind.FORBIDDEN, None),
        (None, None),
    ],
)
def test_only_what_lasts_is_remembered(
    library: Library, refusal: RefusalKind | None, found: str | None
) -> None:
    shared = entry(library, ONE)
    remember(library, shared, {ONE: refusal})
    assert standing(library, shared) == found


def test_one_relay_that_does_not_refuse_is_enough(library: Library) -> None:
    shared = entry(library, ONE, TWO)
    remember(library, shared, {ONE: RefusalKind.ERASED})
    assert standing(library, shared) is None
    assert refusing(library, shared) == {ONE: ERASED}
    remember(library, shared, {TWO: RefusalKind.REVOKED})
    assert standing(library, shared) == ERASED


def test_who_is_let_in_again_is_not_called_taken_out(library: Library) -> None:
    shared = entry(library, ONE)
    remember(library, shared, {ONE: RefusalKind.REVOKED})
    remember(library, shared, {})
    assert standing(library, shared) == REVOKED, "a relay that does not answer says nothing"
    remember(library, shared, {ONE: None})
    assert standing(library, shared) is None


def test_a_contract_without_relays_stands_nowhere(library: Library) -> None:
    assert standing(library, entry(library)) is None
