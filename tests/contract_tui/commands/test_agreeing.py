from pathlib import Path

import pytest

from contract_tui.commands import agreeing
from contract_tui.contract.agreement.values import Answer
from contract_tui.library.library import Library
from contract_tui.library.seats import invite_to, join
from sync_server.access.proof import Role
from tests.contract_tui.household import Person


@pytest.fixture
def heidi(tmp_path: Path) -> Person:
    person = Person(tmp_path / "heidi")
    out = person.run("new", "My year", "--name", "Heidi", "--role", "student")
    person.contract = out.splitlines()[-1]
    person.run("write", person.contract, "interests", "goats and kites")
    return person


def seat(heidi: Person, home: Path, name: str, role: Role) -> Person:
    """Somebody who was invited, with the contract as it stands."""
    person = Person(home, heidi.contract)
    with Library(heidi.home) as library, Library(home) as other:
        entry = library.resolve(heidi.contract)
        join(other, invite_to(library, entry, role, name, relays=["ws://127.0.0.1:1"]).link())
    pass_on(heidi, person)
    return person


def pass_on(one: Person, other: Person) -> None:
    """Carry everything from one computer to another in a file."""
    file = str(one.home.parent / "carried.automerge")
    one.run("export", one.contract, file, "--force")
    other.run("import", file)


def test_two_people_agree_and_see_when_it_is_about_something_else(
    heidi: Person, tmp_path: Path
) -> None:
    clara = seat(heidi, tmp_path / "clara", "Clara", Role.TEACHER)
    out = clara.run("agree", clara.contract, "--note", "with  the\ngoats")
    assert out.startswith("Heidi has not answered yet.\nClara agrees with this version")
    assert clara.err == "signed, and saved here\n"
    pass_on(clara, heidi)
    out = heidi.run("agree", heidi.contract, "--answer", "agree")
    assert "Heidi agrees with this version, signed on " in out
    assert "Clara agrees with this version, signed on " in out
    assert ". “with the goats”\n" in out
    assert out.endswith("Everybody agrees with this version.\n")
    heidi.run("write", heidi.contract, "interests", "owls and kites")
    assert "Heidi agrees" in heidi.run("agree", heidi.contract)
    assert "Since you answered on " in heidi.err
    assert "  Interests: “goats” became “owls”.\n" in heidi.err


def test_the_same_answer_is_given_once(heidi: Person) -> None:
    heidi.run("agree", heidi.contract, "--answer", "not-yet", "--note", "I ask Grandpa first")
    out = heidi.run("agree", heidi.contract, "--answer", "not-yet", "--note", "I ask Grandpa first")
    assert heidi.err.splitlines()[-1] == "you have said that already"
    assert "Nothing that counts has changed" in heidi.err
    assert "Heidi said “not yet” to this version" in out
    assert "“I ask Grandpa first”" in out


def test_an_answer_is_understood_as_people_type_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert agreeing.answer_meant(" Not  yet ") == agreeing.answer_meant("not-yet") == Answer.NOT_YET
    assert agreeing.answer_meant("perhaps") is None
    monkeypatch.setattr(agreeing, "ANSWERS", {"todavía-no": Answer.NOT_YET})
    assert agreeing.answer_meant("Todavia no") == agreeing.answer_meant("todavía-no")
    assert agreeing.answer_meant("todavía-no") == agreeing.answer_meant("not-yet")


def test_what_is_no_answer_is_refused(heidi: Person, capsys: pytest.CaptureFixture[str]) -> None:
    for options in (
        ["--answer", "note"],
        ["--answer", "agree", "--note", "x"],
        ["--answer", "yes"],
    ):
        with pytest.raises(SystemExit) as ended:
            heidi.run("agree", heidi.contract, *options)
        assert ended.value.code == 2
    capsys.readouterr()
    assert "at most" in heidi.refused("agree", heidi.contract, "--note", "n" * 501)


def test_whoever_reads_along_or_has_nothing_yet_answers_nothing(
    heidi: Person, tmp_path: Path
) -> None:
    reader, opa = Person(tmp_path / "reader"), Person(tmp_path / "opa")
    pass_on(heidi, reader)
    assert "reading along" in reader.refused("agree", heidi.contract)
    with Library(heidi.home) as library, Library(opa.home) as other:
        entry = library.resolve(heidi.contract)
        link = invite_to(library, entry, Role.PARENT, "Opa", relays=["ws://127.0.0.1:1"]).link()
        join(other, link)
    assert "has arrived yet: contract-tui sync" in opa.refused("agree", heidi.contract)
