import json
from pathlib import Path

import pytest

from sync_server.access.proof import Role
from tests.contract_tui.commands.test_agreeing import heidi, pass_on, seat
from tests.contract_tui.household import Person

__all__ = ["heidi"]


@pytest.fixture
def file(heidi: Person, tmp_path: Path) -> Path:
    """A contract that two people agree with."""
    clara = seat(heidi, tmp_path / "clara", "Clara", Role.TEACHER)
    clara.run("agree", clara.contract, "--note", "with the goats")
    pass_on(clara, heidi)
    heidi.run("agree", heidi.contract)
    return export(heidi, tmp_path)


def export(heidi: Person, directory: Path) -> Path:
    path = directory / "year.automerge"
    heidi.run("export", heidi.contract, str(path), "--force")
    return path


@pytest.fixture
def nobody(tmp_path: Path) -> Person:
    """Somebody who has the program and no contract."""
    return Person(tmp_path / "nobody")


def test_a_file_shows_by_itself_who_agrees(heidi: Person, file: Path, nobody: Person) -> None:
    lines = nobody.run("verify", str(file)).splitlines()
    assert lines[0] == "“My year”"
    assert lines[1].startswith("Heidi agrees with this version")
    assert lines[2].endswith(". “with the goats”")
    assert lines[3] == "Everybody agrees with this version."
    assert lines[4] == "Every certificate and every signature in it is sound."
    assert "compare it with the id that you were given" in lines[-2]
    assert lines[-1] == heidi.contract
    assert not nobody.home.exists(), "a file needs no library"


def test_words_that_have_moved_on_are_said_and_no_forgery(
    heidi: Person, file: Path, nobody: Person
) -> None:
    heidi.run("write", heidi.contract, "interests", "owls and kites")
    out = nobody.run("verify", str(export(heidi, file.parent)))
    assert "Heidi agreed on " in out
    assert "it has changed since.\n  Interests: “goats” became “owls”.\n" in out
    assert "The words have moved on since" in out
    assert "every signature in it is sound" in out
    assert "Everybody agrees" not in out


def test_a_contract_of_this_computer_is_checked_as_well(heidi: Person, file: Path) -> None:
    said = json.loads(heidi.run("verify", "My year", "--json"))
    assert said["contract"] == heidi.contract
    assert said["sound"]
    assert said["all_agree"]
    assert [one["answer"]["answer"] for one in said["people"]] == ["agree", "note"]
    assert [one["fault"] for one in said["answers"]] == [None, None]
    assert heidi.run("verify", str(file)) == heidi.run("verify", heidi.contract)


def test_without_an_answer_that_is_said(heidi: Person, tmp_path: Path) -> None:
    out = heidi.run("verify", str(export(heidi, tmp_path)))
    assert "Heidi has not answered yet." in out
    assert "Nobody has answered it yet.\nEvery certificate" in out


def test_a_file_that_was_cut_off_is_not_sound(file: Path, nobody: Person) -> None:
    file.write_bytes(file.read_bytes()[:-10])
    out = nobody.run("verify", str(file), status=1)
    assert "Something here is forged or broken:\n  The end of the file is missing" in out


def test_a_letter_that_was_changed_in_a_file_is_not_sound(file: Path, nobody: Person) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    out = nobody.run("verify", str(file), status=1)
    assert "Something here is forged or broken" in out


def test_what_is_no_contract_is_refused(tmp_path: Path, nobody: Person) -> None:
    path = tmp_path / "letter.automerge"
    assert "cannot be read" in nobody.refused("verify", str(path))
    path.write_text("Dear Grandpa")
    assert "is not a learning contract" in nobody.refused("verify", str(path))
    assert nobody.refused("verify", "nothing of this name")
    assert nobody.refused("verify", "n" * 5000)
    assert nobody.refused("verify", "a/b")
