"""A room without any other relay: one hosts, another comes in with the code that is shown."""

import re
from pathlib import Path

from tests.contract_tui.household import Person
from tests.journeys.table import QUIT, Relay, free_port
from tests.journeys.terminal import ENTER, ESCAPE, TAB, Terminal
from tests.programs import BIN, attempt, in_library, last_line, run

PROGRAM = str(BIN / "contract-tui")


def begun(folder: Path) -> str:
    """Make a contract of Ana's that nobody else knows of."""
    made = called(folder, "Ana", "new", "Tidepools", "--name", "Ana", "--role", "student")
    return last_line(made)


def called(folder: Path, name: str, *arguments: str) -> str:
    """What a command prints that is not what is tested: a call and no program, for speed."""
    return Person(folder / name).run(*arguments)


def hosting(folder: Path, contract: str, port: int = 0) -> Terminal:
    """Ana's screen, with a room on this computer alone, for those who have the program."""
    command = [PROGRAM, "host", contract, "--address", "127.0.0.1", "--port", str(port)]
    return with_program([*command, "--guests-port", "0"], folder)


def with_program(command: list[str], folder: Path) -> Terminal:
    """Go on from the table to the room of those who have the program."""
    screen = Terminal(command, in_library(folder / "Ana"), 100, 30)
    screen.wait_for("Around one table")
    screen.type("p")
    return screen


def invited(ana: Terminal, name: str) -> list[str]:
    """Invite a teacher as Ana does; returns what they are to type."""
    ana.type("a")
    ana.wait_for("What do the others call them?")
    ana.type(name + ENTER + TAB + ENTER)
    ana.wait_for(f"{name} types this in a terminal")
    shown = re.search(r"contract-tui (join \S+ --relay \S+)", ana.text)
    assert shown is not None
    return shown[1].split()


def test_one_hosts_another_comes_in_with_the_code_and_both_write(tmp_path: Path) -> None:
    contract = begun(tmp_path)
    with hosting(tmp_path, contract) as ana:
        ana.wait_for("Nobody is expected")
        command = invited(ana, "Ben")
        assert last_line(run(tmp_path / "Ben", *command)) == contract
        again = attempt(tmp_path / "Cleo", command)
        assert again.returncode == 1
        assert "used" in again.stderr
        with Terminal([PROGRAM, "open", contract], in_library(tmp_path / "Ben")) as ben:
            ana.wait_until(lambda text: "Ana (you), Ben" in text, "Ben in the room")
            ana.type(ENTER)
            ana.wait_for("Structure wanted")
            ana.type_slowly("Ana was here. ")
            ben.wait_for("Ana was here.")
            ben.type_slowly("Ben too. ")
            ana.wait_for("Ben too.")
            ben.wait_for("shared with everyone")
            ben.type(QUIT)
            assert ben.end() == 0
        ana.wait_until(lambda text: "not here now" in text, "Ben away")
        ana.type(ESCAPE)
        ana.wait_for("Around one table")
        ana.type(ESCAPE)
        ana.wait_for("Ben is not connected now, and may have words that are not here.")
        ana.type(TAB + ENTER)
        assert ana.end() == 0
    texts = [called(tmp_path, name, "show", contract) for name in ("Ana", "Ben")]
    assert texts[0] == texts[1]
    assert all(words in texts[0] for words in ("Ana was here.", "Ben too."))


def test_what_was_written_while_the_room_was_closed_comes_with_the_next(tmp_path: Path) -> None:
    contract = begun(tmp_path)
    with hosting(tmp_path, contract) as ana:
        ana.wait_for("Nobody is expected")
        called(tmp_path, "Ben", *invited(ana, "Ben"))
        ana.wait_for("Nobody is expected")
        ana.kill()
    called(tmp_path, "Ben", "write", contract, "interests", "Ben wrote this alone.")
    with hosting(tmp_path, contract) as ana:
        ana.wait_for("Whoever has a seat already types this")
        command = re.compile(r"contract-tui open (\S+) --relay (\S+)")
        shown = command.search(ana.wait_until(lambda text: bool(command.search(text)), "a command"))
        assert shown is not None
        called(tmp_path, "Ben", "sync", shown[1], "--relay", shown[2])
        ana.type(ENTER)
        ana.wait_for("Ben wrote this alone.")
        ana.type(QUIT)
        ana.wait_for("Close the room?")
        ana.type(TAB + ENTER)
        assert ana.end() == 0
    texts = [called(tmp_path, name, "show", contract) for name in ("Ana", "Ben")]
    assert texts[0] == texts[1]


def test_a_code_outlives_a_host_that_is_killed(tmp_path: Path) -> None:
    contract, port = begun(tmp_path), free_port()
    with hosting(tmp_path, contract, port) as ana:
        ana.wait_for("Nobody is expected")
        command = invited(ana, "Ben")
        ana.kill()
    with hosting(tmp_path, contract, port) as ana:
        ana.wait_for(f"contract-tui {' '.join(command)}")
        assert last_line(run(tmp_path / "Ben", *command)) == contract
        ana.wait_for("Nobody is expected")


def test_a_room_at_a_relay_of_others_goes_on_without_its_host(tmp_path: Path) -> None:
    contract = begun(tmp_path)
    relay = Relay(tmp_path / "relay")
    relay.start()
    try:
        command = [PROGRAM, "host", contract, "--relay", relay.url]
        with with_program([*command, "--guests-port", "0"], tmp_path) as ana:
            ana.wait_for("Nobody is expected")
            join = invited(ana, "Ben")
            assert join[-1] == relay.url
            ana.type(ESCAPE)
            assert ana.end() == 0
        assert last_line(run(tmp_path / "Ben", *join)) == contract
        for name in ("Ana", "Ben"):
            assert relay.url in called(tmp_path, name, "list", "--json")
    finally:
        relay.kill()


def test_the_hosts_own_library_keeps_no_address_of_a_room_that_is_closed(tmp_path: Path) -> None:
    contract = begun(tmp_path)
    with hosting(tmp_path, contract) as ana:
        ana.wait_for("Nobody is expected")
        ana.type(QUIT)
        assert ana.end() == 0
    listed = called(tmp_path, "Ana", "list", "--json")
    assert "127.0.0.1" not in listed
    assert (tmp_path / "Ana" / "rooms" / contract).is_dir()
    called(tmp_path, "Ana", "erase", contract, "--yes")
    assert not (tmp_path / "Ana" / "rooms" / contract).exists()


def test_an_address_of_another_computer_is_refused_in_a_sentence(tmp_path: Path) -> None:
    contract = begun(tmp_path)
    command = [PROGRAM, "host", contract, "--address", "192.0.2.1"]
    with Terminal(command, in_library(tmp_path / "Ana")) as ana:
        assert ana.end() == 1
        assert "cannot listen on 192.0.2.1" in ana.text
