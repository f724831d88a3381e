from pathlib import Path

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import CrdtDocument
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.library import seats
from contract_tui.library.carrying import unload
from contract_tui.library.errors import NotAContract
from contract_tui.library.files import Exported, FileTrouble, export_contract, import_contract
from contract_tui.library.journal import Appearance
from contract_tui.library.library import Library
from sync_server.access.proof import Role
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.ids import Actor, DocumentId
from sync_server.protocol.orphans import Orphans
from tests.contract_tui.session.shelf import damage


class Shelf:
    """Heidi's library with one contract, and an empty one."""

    def __init__(self, directory: Path) -> None:
        self.heidi = Library(directory / "heidi")
        self.other = Library(directory / "other")
        self.contract = seats.new_contract(self.heidi, "My year", "Heidi", Role.STUDENT)
        self.file = directory / "year.automerge"

    def write(self, library: Library, text: str) -> None:
        journal = library.journal(self.contract)
        raws = [one.raw for one in journal.read(1000)]
        contract = Contract.open(raws, Actor(text.encode().ljust(16)[:16]))
        raw = contract.splice(INTERESTS, Splice(0, 0, text))
        journal.append(parse_changes([raw]), Appearance(contract.title, 9, contract.heads))

    def export(self) -> bytes:
        export_contract(self.heidi, self.heidi.entry(self.contract), self.file, replace=True)
        return self.file.read_bytes()

    def read(self, library: Library) -> str:
        raws = [one.raw for one in library.journal(self.contract).read(1000)]
        return Contract.open(raws, Actor(bytes(16))).text(INTERESTS).text


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    made = Shelf(tmp_path)
    made.write(made.heidi, "goats ")
    return made


def test_a_contract_is_taken_away_whole_and_brought_in_again(shelf: Shelf) -> None:
    shelf.export()
    imported = import_contract(shelf.other, shelf.file, 5)
    assert imported.left_out == 0
    assert (imported.contract, imported.is_new, imported.torn) == (shelf.contract, True, False)
    entry = shelf.other.entry(shelf.contract)
    assert (entry.title, entry.seat, entry.holder, entry.changed_at) == ("My year", None, False, 5)
    assert shelf.read(shelf.other) == "goats "


def test_a_file_holds_no_key(shelf: Shelf) -> None:
    data = shelf.export()
    own, key = shelf.heidi.own_seat(shelf.contract), shelf.heidi.contract_key(shelf.contract)
    assert own is not None
    assert key is not None
    assert own.key.seed not in data
    assert key.seed not in data


def test_a_file_of_any_automerge_program_is_understood(shelf: Shelf) -> None:
    document = CrdtDocument(Actor(b"1" * 16))
    document.apply(parse_raws(shelf))
    shelf.file.write_bytes(document.save())
    assert import_contract(shelf.other, shelf.file, 5).added == len(parse_raws(shelf))
    assert shelf.read(shelf.other) == "goats "


def parse_raws(shelf: Shelf) -> list[bytes]:
    return [change.raw for change in work(shelf.export())]


def work(data: bytes) -> list[Change]:
    """The changes in a file that somebody made, without what is carried with them."""
    return unload(parse_changes([data]))[0]


def test_a_file_brings_what_is_missing_and_only_that(shelf: Shelf) -> None:
    shelf.export()
    import_contract(shelf.other, shelf.file, 5)
    shelf.write(shelf.other, "theirs ")
    shelf.write(shelf.heidi, "mine ")
    shelf.export()
    imported = import_contract(shelf.other, shelf.file, 6)
    assert (imported.added, imported.is_new) == (1, False)
    assert sorted(shelf.read(shelf.other).split()) == ["goats", "mine", "theirs"]
    assert import_contract(shelf.other, shelf.file, 7).added == 0


def test_a_torn_file_gives_what_is_whole(shelf: Shelf) -> None:
    data = b"".join(parse_raws(shelf))
    shelf.file.write_bytes(data[:-3])
    imported = import_contract(shelf.other, shelf.file, 5)
    assert imported.torn
    assert shelf.read(shelf.other) == ""
    shelf.file.write_bytes(data)
    assert import_contract(shelf.other, shelf.file, 5).added == 1
    assert shelf.read(shelf.other) == "goats "


@pytest.mark.parametrize("content", [b"", b"hello", b"\x85\x6f\x4a\x83", b"\0" * 1000])
def test_a_file_that_is_no_contract_is_refused(shelf: Shelf, content: bytes) -> None:
    shelf.file.write_bytes(content)
    with pytest.raises(NotAContract, match="not a learning contract"):
        import_contract(shelf.other, shelf.file, 5)
    assert shelf.other.entries() == []


def test_another_kind_of_automerge_document_is_refused(shelf: Shelf) -> None:
    document = CrdtDocument(Actor(b"1" * 16))
    document.transact(lambda writer: writer.put(None, "todo", "milk"))
    shelf.file.write_bytes(document.save())
    with pytest.raises(NotAContract, match="not a learning contract"):
        import_contract(shelf.other, shelf.file, 5)


def test_a_contract_that_does_not_say_whose_it_is_is_refused(shelf: Shelf) -> None:
    nobody = Contract.blank(Actor(b"1" * 16), DocumentId(bytes(16)))
    nobody.splice(INTERESTS, Splice(0, 0, "x"))
    shelf.file.write_bytes(b"".join(nobody.changes_since()))
    with pytest.raises(NotAContract):
        import_contract(shelf.other, shelf.file, 5)


def test_a_file_that_is_not_there_is_said(shelf: Shelf) -> None:
    with pytest.raises(FileTrouble, match="cannot be read: No such file"):
        import_contract(shelf.other, shelf.file, 5)


def test_an_existing_file_is_not_replaced_unasked(shelf: Shelf) -> None:
    shelf.file.write_text("my homework")
    with pytest.raises(FileTrouble, match="exists already"):
        export_contract(shelf.heidi, shelf.heidi.entry(shelf.contract), shelf.file)
    assert shelf.file.read_text() == "my homework"


def test_a_place_that_cannot_be_written_is_said(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="cannot be written"):
        export_contract(
            shelf.heidi, shelf.heidi.entry(shelf.contract), tmp_path / "nowhere" / "file"
        )


def test_changes_that_cannot_be_taken_away_are_counted(shelf: Shelf, tmp_path: Path) -> None:
    for text in "abc":
        shelf.write(shelf.heidi, text)
    damage(tmp_path / "heidi", shelf.contract, 3, "raw = zeroblob(20)")
    entry = shelf.heidi.entry(shelf.contract)
    assert export_contract(shelf.heidi, entry, shelf.file) == Exported(3, 4)
    imported = import_contract(shelf.other, shelf.file, 5)
    assert (imported.added, imported.left_out) == (3, 0)


def test_a_file_is_read_whole_in_whatever_order_it_is(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in "abc":
        shelf.write(shelf.heidi, text)
    changes = work(shelf.export())
    monkeypatch.setattr(Orphans.__init__, "__defaults__", (1, 100))
    shelf.file.write_bytes(b"".join(change.raw for change in reversed(changes)))
    assert import_contract(shelf.other, shelf.file, 5).added == len(changes)
    shelf.file.write_bytes(b"".join(change.raw for change in changes if change != changes[-2]))
    assert import_contract(shelf.other, shelf.file, 5).left_out == 1


def test_a_file_that_contradicts_what_is_here_is_refused(shelf: Shelf) -> None:
    shelf.export()
    import_contract(shelf.other, shelf.file, 5)
    raws = [one.raw for one in shelf.heidi.journal(shelf.contract).read(1000)]
    twins = [Contract.open(raws, Actor(b"z" * 16)) for _ in range(2)]
    for twin, library, text in zip(twins, (shelf.other, None), ("one", "two"), strict=True):
        raw = twin.splice(INTERESTS, Splice(0, 0, text))
        if library:
            journal = library.journal(shelf.contract)
            journal.read(1000)
            journal.append(parse_changes([raw]), Appearance(twin.title, 9, twin.heads))
    shelf.file.write_bytes(twins[1].save())
    with pytest.raises(NotAContract, match="contradicts"):
        import_contract(shelf.other, shelf.file, 6)
    assert shelf.read(shelf.other) == "onegoats "
