"""Files that somebody carries over, with changes in them that harm."""

from collections.abc import Callable
from pathlib import Path

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS
from contract_tui.library import quarantine
from contract_tui.library.files import export_contract, import_contract
from contract_tui.library.library import Library
from contract_tui.session.copies.opening import load
from contract_tui.session.copies.replica import Replica
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.graph import Graph
from sync_server.protocol.validate import Validator
from tests.contract_tui.contract.people import actor
from tests.contract_tui.contract.poison import BOMB, POISONS, on_top_of
from tests.contract_tui.session.copies.test_opening_poison import SENTENCE, harmful, honest_past
from tests.contract_tui.session.shelf import Shelf, all_raws, append, write

WITH_ANOTHER = SENTENCE.replace(
    ". Everything", ", and a change made on top of it waits with it. Everything"
)


@pytest.fixture
def other(tmp_path: Path) -> Library:
    return Library(tmp_path / "other")


async def opened(library: Library, shelf: Shelf) -> Replica:
    return await load(library.journal(shelf.contract), shelf.contract, actor("o"))


def text(replica: Replica) -> str:
    return replica.contract.text(INTERESTS).text


@pytest.mark.parametrize("poison", [*POISONS, BOMB])
async def test_a_file_comes_in_without_the_change_that_harms(
    shelf: Shelf, other: Library, tmp_path: Path, poison: Callable[[bytes], bytes]
) -> None:
    file = tmp_path / "year.automerge"
    journal, contract = shelf.program()
    append(journal, contract, *honest_past(contract), write(contract, "before "))
    bad = harmful(contract, poison)
    beginning = b"".join(all_raws(shelf))
    file.write_bytes(beginning + bad.raw + write(contract, "after ").raw)
    for added in (len(all_raws(shelf)) + 1, 0):
        imported = import_contract(other, file, 5)
        assert (imported.added, imported.left_out, imported.torn) == (added, 1, False)
    for _ in range(2):
        replica = await opened(other, shelf)
        assert text(replica) == "after before past "
        assert replica.set_aside == [SENTENCE]
        assert bad.hash not in replica.graph


@pytest.mark.parametrize("poison", POISONS)
async def test_what_a_file_has_on_top_of_it_is_kept_until_a_newer_program_can_read_it(
    shelf: Shelf,
    other: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    poison: Callable[[bytes], bytes],
) -> None:
    file = tmp_path / "year.automerge"
    journal, contract = shelf.program()
    append(journal, contract, write(contract, "before "))
    bad = harmful(contract, poison)
    at_once, built = write(contract, "at once "), on_top_of(bad, write(contract, "on top "))
    beginning = b"".join(all_raws(shelf))
    file.write_bytes(beginning + at_once.raw + bad.raw + built.raw)
    assert import_contract(other, file, 5).left_out == 2
    for _ in range(2):
        replica = await opened(other, shelf)
        assert text(replica) == "at once before "
        assert replica.set_aside == [WITH_ANOTHER]
    monkeypatch.setattr(quarantine, "_program", lambda: b"99.0")
    monkeypatch.setattr(Validator, "check", lambda *_, **__: None)
    replica = await opened(other, shelf)
    assert {bad.hash, built.hash} <= set(replica.graph.hashes)
    assert replica.retry()
    monkeypatch.undo()
    assert {bad.hash, built.hash} <= set((await opened(other, shelf)).graph.hashes)


async def test_a_contract_goes_into_a_file_without_what_is_set_aside(
    shelf: Shelf, tmp_path: Path
) -> None:
    file = tmp_path / "year.automerge"
    journal, contract = shelf.program()
    append(journal, contract, harmful(contract, POISONS[1]), harmful(contract, BOMB))
    append(journal, contract, write(contract, "after "))
    await opened(shelf.library, shelf)
    exported = export_contract(shelf.library, shelf.library.entry(shelf.contract), file)
    assert exported.left_out == 2
    found = Graph(validate=True).add(parse_changes([file.read_bytes()]))
    raws = [change.raw for change in found]
    assert Contract.open(raws, actor("o")).text(INTERESTS).text == "after "
