"""The contract on which looking back is tried and measured."""

from pathlib import Path

import pytest

from benchmarks.nine_months import PEOPLE, nine_months
from contract_tui.commands.looking import look
from contract_tui.history.chapters import ChapterKind
from contract_tui.library.library import Library
from contract_tui.session.looking import doubts
from sync_server.protocol.ids import parse_document_id

NOW = 1_790_000_000
KEYS = 600


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[Path]]:
    directory = tmp_path_factory.mktemp("nine-months")
    contract = nine_months(directory, KEYS, NOW)
    return contract, [directory / role.value for role in PEOPLE.values()]


def test_everybody_has_the_same_nine_months_and_all_is_sealed(
    homes: tuple[str, list[Path]],
) -> None:
    contract, places = homes
    found = []
    for home in places:
        with Library(home) as library:
            entry = library.entry(parse_document_id(contract))
            replica = look(library, entry)
            assert doubts(library, entry, replica) == {}
            assert not replica.set_aside
            found.append(replica)
    first, *others = found
    assert all(one.contract.heads == first.contract.heads for one in others)
    assert {(seat.name, seat.role) for seat in first.contract.seats.values()} == {*PEOPLE.items()}
    assert all(seat.proven for seat in first.contract.seats.values())


def test_it_has_conferences_agreements_and_what_was_written_between(
    homes: tuple[str, list[Path]],
) -> None:
    contract, places = homes
    with Library(places[0]) as library:
        made = look(library, library.entry(parse_document_id(contract))).history()
    kinds = [chapter.kind for chapter in made.chapters]
    assert kinds.count(ChapterKind.CONFERENCE) == 9
    assert kinds.count(ChapterKind.AGREEMENT) == 3
    assert kinds.count(ChapterKind.ALONE) > 1
    assert not made.doubted_clocks
    assert KEYS < len(made.past) < 3 * KEYS
