"""Contracts written to files to be read elsewhere, as a person or a script does it."""

import sys
import tomllib
from pathlib import Path

import pypdfium2
import pytest

from contract_tui.cli import main
from contract_tui.library.settings import HOME_VARIABLE
from tests.contract_tui.full_contract import full_contract
from tests.contract_tui.household import Person


@pytest.fixture
def maya(tmp_path: Path) -> Person:
    """Somebody with the full contract on their computer."""
    file = tmp_path / "given.automerge"
    file.write_bytes(full_contract().save())
    person = Person(tmp_path / "home")
    person.contract = person.run("import", str(file)).strip()
    return person


@pytest.mark.parametrize("form", ["text", "markdown", "json", "html"])
def test_a_file_holds_what_show_prints(maya: Person, tmp_path: Path, form: str) -> None:
    endings = {"text": "txt", "markdown": "md", "json": "json", "html": "html"}
    file = tmp_path / f"out.{endings[form]}"
    assert maya.run("export", maya.contract, str(file)) == ""
    shown = maya.run("show", maya.contract, "--format", form)
    written = file.read_text()
    if form in ("text", "json"):
        assert written == shown
    else:
        assert written.startswith(shown[:2000])
        assert "As it was on " in written
        assert "As it was on " not in shown


def test_a_contract_and_one_goal_of_it_are_printed(maya: Person, tmp_path: Path) -> None:
    whole, goal = tmp_path / "contract.pdf", tmp_path / "goal.pdf"
    maya.run("export", maya.contract, str(whole))
    assert maya.err == f"{whole} is written\n"
    maya.run("export", maya.contract, str(goal), "--goal", "build a kite")
    assert "I ask on Mondays" in read(whole)
    assert "Sew the tail" in read(goal)
    assert "I ask on Mondays" not in read(goal)


def test_promises_are_printed_for_everybody_or_for_one(maya: Person, tmp_path: Path) -> None:
    everybody, jonas = tmp_path / "all.pdf", tmp_path / "jonas.html"
    maya.run("export", maya.contract, str(everybody), "--layout", "promises")
    assert "Maya: what I promise" in read(everybody)
    assert "Ms Okafor: what I promise" in read(everybody)
    maya.run("export", maya.contract, str(jonas), "--layout", "promises", "--person", "jonas")
    assert "Jonas: what I promise" in jonas.read_text()
    assert "Maya: what I promise" not in jonas.read_text()
    nobody = tmp_path / "ada.pdf"
    options = ("--layout", "promises", "--person", "Ada")
    refused = maya.refused("export", maya.contract, str(nobody), *options)
    assert "nobody here is called “Ada”: there is Maya, " in refused
    assert not nobody.exists()


def test_paper_goes_into_a_pipe_and_not_to_a_terminal(
    maya: Person, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(maya.home))
    assert main(["show", maya.contract, "--format", "pdf"]) == 0
    sys.stdout.flush()
    assert capfdbinary.readouterr().out.startswith(b"%PDF-")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert main(["show", maya.contract, "--format", "pdf"]) == 1
    assert b"FILE.pdf" in capfdbinary.readouterr().err


def test_an_earlier_version_is_printed(maya: Person, tmp_path: Path) -> None:
    file = tmp_path / "then.pdf"
    maya.run("export", maya.contract, str(file), "--at", "2")
    assert "I am good at knots" in read(file)
    assert "Build a kite" not in read(file)


def test_the_day_of_looking_again_goes_into_a_calendar(maya: Person, tmp_path: Path) -> None:
    file = tmp_path / "day.ics"
    maya.run("export", maya.contract, str(file))
    assert b"DTSTART;VALUE=DATE:20240314\r\n" in file.read_bytes()


def test_a_file_that_exists_is_replaced_only_when_that_is_said(
    maya: Person, tmp_path: Path
) -> None:
    file = tmp_path / "mine.md"
    file.write_text("a diary")
    assert "exists already" in maya.refused("export", maya.contract, str(file))
    assert file.read_text() == "a diary"
    maya.run("export", maya.contract, str(file), "--force")
    assert file.read_text().startswith("# Maya’s learning contract")


def test_what_no_font_has_is_said_to_whoever_prints(tmp_path: Path) -> None:
    person = Person(tmp_path / "home")
    out = person.run("new", "नमस्ते", "--name", "Asha", "--role", "student")
    file = tmp_path / "out.pdf"
    person.run("export", out.split()[-1], str(file))
    assert "no font here has न, म, स, ्, त, े: � stands for it" in person.err
    assert "����" in read(file)


def test_without_typst_one_learns_which_package_it_is_and_in_which_version(
    maya: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    file = tmp_path / "out.pdf"
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    (package,) = project["optional-dependencies"]["pdf"]
    assert f"pip install {package} " in maya.refused("export", maya.contract, str(file))
    assert not file.exists()


def test_an_ending_that_says_nothing_writes_nothing(maya: Person, tmp_path: Path) -> None:
    file = tmp_path / "out.docx"
    assert ".docx: a file’s name ends in " in maya.refused("export", maya.contract, str(file))
    assert not file.exists()


def test_a_place_that_cannot_be_written_is_named(maya: Person, tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "out.pdf"
    assert f"{file} cannot be written" in maya.refused("export", maya.contract, str(file))


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("x.md", "--goal", "1"), "--goal is for paper"),
        (("x.txt", "--layout", "promises"), "--layout promises is for pages"),
        (("x.pdf", "--layout", "promises", "--goal", "1"), "are two pages"),
        (("x.pdf", "--person", "Maya"), "--person goes with --layout promises"),
        (("x.automerge", "--at", "1"), "--at is for pages"),
    ],
)
def test_what_does_not_go_together_is_a_wrong_command_line(
    options: tuple[str, ...], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["export", "some", *options])
    assert ended.value.code == 2
    assert why in capsys.readouterr().err


def read(file: Path) -> str:
    document = pypdfium2.PdfDocument(file.read_bytes())
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(text.split())
