"""What commands show and ask somebody who sits at a terminal."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract_tui.household import Person
from tests.journeys.terminal import ENTER, Terminal
from tests.programs import BIN, in_library

SCHOOL = "ws://school.example:3030"
INVITE = ("--role", "parent", "--name", "Opa")


@pytest.fixture
def heidi(tmp_path: Path) -> Person:
    heidi = Person(tmp_path)
    heidi.new("Heidi", "student", "wss://relay.example")
    return heidi


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.kill()


def run(terminals: list[Terminal], person: Person, *words: str, rows: int = 24) -> Terminal:
    terminal = Terminal([str(BIN / "contract-tui"), *words], in_library(person.home), 80, rows)
    terminals.append(terminal)
    return terminal


def test_an_invitation_is_shown_as_a_picture_where_it_fits(
    heidi: Person, terminals: list[Terminal]
) -> None:
    large = run(terminals, heidi, "invite", heidi.contract, *INVITE, rows=50)
    assert large.end() == 0
    assert "█▀▀▀▀▀█" in large.text, "the corner of a QR code"
    assert "learning-contract:" in large.text
    small = run(terminals, heidi, "invite", heidi.contract, *INVITE)
    assert small.end() == 0
    assert "as a QR code it needs a window of" in small.text
    assert "learning-contract:" in small.text
    without = run(terminals, heidi, "invite", heidi.contract, *INVITE, "--no-qr")
    assert without.end() == 0
    assert "QR" not in without.text


def test_an_unencrypted_way_is_asked_about_before_anything_is_sent(
    heidi: Person, terminals: list[Terminal]
) -> None:
    words = ("invite", heidi.contract, *INVITE, "--relay", SCHOOL)
    asked = run(terminals, heidi, *words)
    asked.wait_for("Do you trust this network? [y/N]")
    assert "could read" in asked.text
    asked.type("n" + ENTER)
    assert asked.end() == 1
    assert "nothing was sent and nothing was changed" in asked.text
    again = run(terminals, heidi, *words)
    again.wait_for("[y/N]")
    again.type("y" + ENTER)
    assert again.end() == 0
    assert "learning-contract:" in heidi.invite(*INVITE, "--relay", SCHOOL), "once is enough"


def test_a_key_is_typed_in_from_paper(heidi: Person, terminals: list[Terminal]) -> None:
    paper = heidi.run("key", heidi.contract, "--paper").splitlines()
    heidi.run("key", heidi.contract, "--forget", "--yes")
    typing = run(terminals, heidi, "key", heidi.contract, "--take")
    typing.wait_for("Type the 4 lines")
    for line in paper:
        typing.type(line.lower() + ENTER)
    typing.wait_for("you hold the key of this contract now")
    assert typing.end() == 0
    assert "on this computer" in heidi.run("key", heidi.contract)
