"""Who takes part, on a relay that lets in only those who were invited."""

import time
from pathlib import Path

import pytest

from contract_tui.library import seats
from contract_tui.library.library import Library
from contract_tui.library.settings import REGISTRATION_VARIABLE
from contract_tui.library.world import World
from sync_server.access.proof import Role
from sync_server.protocol.ids import format_document_id
from tests.contract_tui.household import Family, Person, closed_relay

OPA = ("--name", "Opa", "--role", "parent")


@pytest.fixture
def heidi(family: Family) -> Person:
    """A student with a contract that the relay has."""
    heidi = family.person("heidi")
    heidi.new("Heidi", "student", family.url)
    heidi.write("interests", "goats")
    return heidi


@pytest.fixture
def opa(family: Family, heidi: Person) -> Person:
    opa = family.person("opa")
    opa.join(heidi.invite(*OPA))
    return opa


def test_the_programs_themselves_from_the_first_word_to_the_last(family: Family) -> None:
    people = [Person(family.directory / name, program=True) for name in ("heidi", "opa", "clara")]
    heidi, opa, clara = people
    heidi.new("Heidi", "student", family.url)
    heidi.write("interests", "goats")
    opa.join(heidi.invite(*OPA))
    clara.join(
        heidi.invite("--name", "Clara", "--role", "teacher", "--code"), "--relay", family.url
    )
    assert "goats" in opa.run("show", opa.contract)
    opa.write("supports", "a bench")
    assert "a bench" in clara.read()
    heidi.run("revoke", heidi.contract, "Clara", "--yes")
    assert "may no longer take part" in clara.refused("sync", clara.contract)
    heidi.run("erase", heidi.contract, "--everywhere", "--yes")
    assert "was erased here" in opa.refused("sync", opa.contract)
    assert "  erased " in opa.listed()


def test_three_people_write_one_contract(family: Family, heidi: Person, opa: Person) -> None:
    assert "goats" in opa.run("show", opa.contract), "joining fetches what is there"
    clara = family.person("clara")
    clara.join(heidi.invite("--name", "Clara", "--role", "teacher"))
    assert "you are Clara (teacher)" in clara.err
    opa.write("supports", "a bench")
    clara.write("structure", "one step at a time")
    assert heidi.read() == opa.read() == clara.read()
    assert "goats" in heidi.read()
    assert "a bench" in heidi.read()
    assert "one step at a time" in heidi.read()


def test_one_person_writes_on_two_computers(family: Family, heidi: Person, opa: Person) -> None:
    laptop = family.person("laptop")
    laptop.join(heidi.invite("--me"))
    assert "you are Heidi (student)" in laptop.err
    laptop.write("supports", "big print")
    assert "big print" in heidi.read()
    assert set(heidi.authors()) == {"Heidi"}
    lines = [line.split() for line in laptop.run("devices", laptop.contract).splitlines()]
    assert [line[1:] for line in lines] == [
        ["student", "Heidi"],
        ["student", "this", "computer", "Heidi"],
        ["parent", "Opa"],
    ]
    assert "where you joined first" in laptop.refused("invite", laptop.contract, "--me")


def test_a_lost_further_computer_is_taken_out_alone(family: Family, heidi: Person) -> None:
    laptop = family.person("laptop")
    laptop.join(heidi.invite("--me"))
    heidi.sync()
    lost = heidi.run("devices", heidi.contract).splitlines()[1].split()[0]
    assert "first computer, which stands for all" in heidi.refused(
        "revoke", heidi.contract, heidi.run("devices", heidi.contract).split()[0], "--device"
    )
    assert "no further computer’s id" in heidi.refused(
        "revoke", heidi.contract, "zz", "--device", "--yes"
    )
    heidi.run("revoke", heidi.contract, lost, "--device", "--yes")
    assert "may no longer take part" in laptop.refused("sync", laptop.contract)
    heidi.sync()
    assert "taken out" in heidi.run("devices", heidi.contract).splitlines()[1]


def test_who_is_taken_out_is_told_and_can_be_let_in_again(heidi: Person, opa: Person) -> None:
    heidi.run("revoke", heidi.contract, "opa", "--yes")
    assert heidi.err.splitlines()[-1] == "Opa (parent) no longer takes part"
    assert "may no longer take part: ask whoever invited you" in opa.refused("sync", opa.contract)
    assert "  revoked " in opa.listed()
    assert "your copy is untouched" in opa.err
    assert "goats" in opa.run("show", opa.contract)
    heidi.run("revoke", heidi.contract, "Opa", "--undo")
    opa.sync()
    assert "  shared " in opa.listed()


def test_taking_out_asks_first_and_not_everybody_may(heidi: Person, opa: Person) -> None:
    heidi.run("revoke", heidi.contract, "Opa", text="no\n", status=1)
    assert heidi.err.splitlines()[-1].endswith("contract-tui: nothing was changed")
    opa.sync()
    assert "only whoever holds the key" in opa.refused("revoke", opa.contract, "Heidi", "--yes")
    assert "nobody here is called “Peter”" in heidi.refused("revoke", heidi.contract, "Peter")
    heidi.run("revoke", heidi.contract, "Heidi", "--yes", status=1)
    assert heidi.err.splitlines()[-1].startswith("contract-tui: this would take out your own seat")


def test_relays_that_could_not_be_told_are_named(tmp_path: Path) -> None:
    heidi, opa = Person(tmp_path / "heidi"), Person(tmp_path / "opa")
    with closed_relay(tmp_path / "relay") as url:
        heidi.new("Heidi", "student", url)
        opa.join(heidi.invite(*OPA))
        heidi.sync()
    heidi.run("revoke", heidi.contract, "Opa", "--yes")
    assert f"not told yet: {url}" in heidi.err
    paper = heidi.run("key", heidi.contract, "--paper")
    opa.run("key", opa.contract, "--take", text=paper)
    assert "the others hear of it with the next contract-tui sync" in opa.err


def test_a_lost_seat_is_replaced(family: Family, heidi: Person, opa: Person) -> None:
    opa.write("supports", "a bench")
    heidi.sync()
    again = family.person("again")
    again.join(heidi.invite("--replaces", "Opa"))
    assert "you are Opa (parent)" in again.err
    assert "may no longer take part" in opa.refused("sync", opa.contract)
    again.write("supports", "a bench and a hat")
    assert "a bench and a hat" in heidi.read()
    assert heidi.authors() == ["Heidi", "Heidi", "Opa", "Opa"]


def test_a_student_takes_the_key_and_invites_an_observer(family: Family) -> None:
    clara, heidi, peter = (family.person(name) for name in ("clara", "heidi", "peter"))
    clara.new("Clara", "teacher", family.url)
    clara.sync()
    heidi.join(clara.invite("--name", "Heidi", "--role", "student"))
    assert "Nobody else is known to have this key" in _asked_to_forget(clara)
    paper = clara.run("key", clara.contract, "--paper")
    assert "show it to nobody but the person" in clara.err
    heidi.run("key", heidi.contract, "--take", text=paper)
    assert heidi.err.splitlines()[-1] == "everybody in it can see that"
    clara.sync()
    assert clara.run("key", clara.contract) == (
        "Heidi (student) holds the key of this contract; a copy of it is on this computer.\n"
    )
    clara.run("key", clara.contract, "--forget", text="y\n")
    assert "Heidi holds the key now" in clara.err
    assert "only whoever holds the key" in clara.refused("invite", clara.contract, *OPA)
    assert "only whoever holds the key" in clara.refused("key", clara.contract, "--paper")

    peter.join(heidi.invite("--name", "Peter", "--role", "observer"))
    assert peter.run("key", peter.contract).startswith("Heidi (student) holds the key")
    assert "you are reading along" in peter.refused("write", peter.contract, "interests", "mine")
    heidi.write("interests", "goats")
    assert "goats" in peter.read()


def test_the_key_is_taken_even_from_somebody_whose_clock_is_ahead(family: Family) -> None:
    clara, heidi = family.person("clara"), family.person("heidi")
    ahead = World(clock=lambda: time.time() + 3600)
    with Library(clara.home) as library:
        made = seats.new_contract(library, "My year", "Clara", Role.TEACHER, [family.url], ahead)
    clara.contract = format_document_id(made)
    clara.sync()
    heidi.join(clara.invite("--name", "Heidi", "--role", "student"))
    paper = clara.run("key", clara.contract, "--paper")
    heidi.run("key", heidi.contract, "--take", text=paper)
    clara.sync()
    assert clara.run("key", clara.contract).startswith("Heidi (student) holds the key")


def _asked_to_forget(person: Person) -> str:
    person.run("key", person.contract, "--forget", status=1)
    assert person.err.splitlines()[-1].endswith("contract-tui: the key is still here")
    return person.err


def test_a_contract_is_erased_everywhere_and_the_others_are_told(
    family: Family, heidi: Person, opa: Person
) -> None:
    late = heidi.invite("--name", "Clara", "--role", "teacher")
    assert "only whoever holds the key" in opa.refused("erase", opa.contract, "--everywhere")
    heidi.run("erase", heidi.contract, "--everywhere", text="My year\n")
    assert f"erased at {family.url}, which takes it no more" in heidi.err
    assert "other people’s computers" in heidi.err
    assert heidi.listed() == ""
    assert "was erased here" in opa.refused("sync", opa.contract)
    assert "  erased " in opa.listed()
    assert "your copy is untouched" in opa.err
    assert "goats" in opa.run("show", opa.contract)
    clara = family.person("clara")
    assert "was erased here" in clara.refused("join", late)
    assert clara.listed() == ""


def test_what_no_relay_has_erased_stays(tmp_path: Path) -> None:
    heidi = Person(tmp_path / "heidi")
    with closed_relay(tmp_path / "relay") as url:
        heidi.new("Heidi", "student", url)
        heidi.sync()
    heidi.run("erase", heidi.contract, "--everywhere", "--yes", status=1)
    assert heidi.err.splitlines()[-1].startswith(
        f"contract-tui: nothing was erased, here neither: no relay answers at {url}"
    )
    assert heidi.contract in heidi.listed()
    assert "on this computer" in heidi.run("key", heidi.contract)


def test_an_erasing_that_was_half_done_is_done_later(tmp_path: Path) -> None:
    heidi = Person(tmp_path / "heidi")
    with closed_relay(tmp_path / "one") as one:
        with closed_relay(tmp_path / "two") as two:
            heidi.new("Heidi", "student", one)
            heidi.run("sync", heidi.contract, "--relay", one, "--relay", two)
        heidi.run("erase", heidi.contract, "--everywhere", "--yes", status=1)
        last = heidi.err.splitlines()[-1]
        assert last.startswith(f"contract-tui: it may still be at {two}: your copy and its key")
        port = two.rpartition(":")[2]
        with closed_relay(tmp_path / "two", "--port", port):
            heidi.run("erase", heidi.contract, "--everywhere", "--yes")
            assert f"erased at {two}, which takes it no more" in heidi.err
        assert heidi.listed() == ""


def test_an_invitation_is_for_one_and_the_second_is_free_to_ask_for_another(
    family: Family, heidi: Person
) -> None:
    opa, oma = family.person("opa"), family.person("oma")
    link = heidi.invite(*OPA)
    opa.join(link)
    assert "this invitation was taken on another computer: ask for a new one" in oma.refused(
        "join", link
    )
    assert oma.listed() == ""
    oma.join(heidi.invite("--name", "Oma", "--role", "parent"))
    assert "goats" in oma.read()
    assert "you have a seat in this contract already" in oma.refused("join", link)


def test_who_had_the_contract_from_a_file_keeps_it_when_the_invitation_is_of_no_use(
    family: Family, heidi: Person, tmp_path: Path
) -> None:
    opa, oma = family.person("opa"), family.person("oma")
    link = heidi.invite(*OPA)
    opa.join(link)
    heidi.run("export", heidi.contract, str(tmp_path / "year.automerge"))
    oma.run("import", str(tmp_path / "year.automerge"))
    assert "taken on another computer" in oma.refused("join", link)
    assert "goats" in oma.run("show", heidi.contract)
    oma.join(heidi.invite("--name", "Oma", "--role", "parent"))
    oma.write("supports", "a hat")
    assert "a hat" in heidi.read()


def test_a_short_code_is_read_aloud_and_used_once(family: Family, heidi: Person) -> None:
    code = heidi.invite(*OPA, "--code")
    assert f"contract-tui join {code} --relay {family.url}" in heidi.err
    opa, oma = family.person("opa"), family.person("oma")
    typed = code.lower().replace("-", " ").replace("0", "o")
    opa.join(typed, "--relay", family.url)
    assert "goats" in opa.read()
    assert "this code was used already" in oma.refused("join", code, "--relay", family.url)
    wrong = code[:-1] + ("2" if code[-1] == "1" else "1")
    assert "this code is mistyped" in oma.refused("join", wrong, "--relay", family.url)
    assert "this code is mistyped" in oma.refused("join", wrong)
    assert f"contract-tui join {code} --relay URL" in oma.refused("join", code)
    assert "there is no such code here" in oma.refused("join", "000-000-000", "--relay", family.url)


def test_no_code_is_made_where_no_relay_keeps_it(tmp_path: Path) -> None:
    heidi = Person(tmp_path / "heidi")
    with closed_relay(tmp_path / "relay") as url:
        pass
    heidi.new("Heidi", "student", url)
    line = heidi.refused("invite", heidi.contract, *OPA, "--code")
    assert line.startswith(f"no relay answers at {url}")
    assert line.endswith("invite without --code to get a link")
    alone = Person(tmp_path / "alone")
    alone.contract = alone.run("new", "Mine", "--name", "Heidi", "--role", "student").strip()
    assert "this contract knows none" in alone.refused("invite", alone.contract, *OPA, "--code")


def test_joining_without_a_relay_is_no_failure(tmp_path: Path) -> None:
    heidi, opa = Person(tmp_path / "heidi"), Person(tmp_path / "opa")
    with closed_relay(tmp_path / "relay") as url:
        pass
    heidi.new("Heidi", "student", url)
    opa.join(heidi.invite(*OPA))
    assert "it comes as soon as its relay can be reached" in opa.err


def test_a_shared_relay_asks_for_its_registration_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(REGISTRATION_VARIABLE, "")
    heidi, key = Person(tmp_path / "heidi"), tmp_path / "key"
    key.write_text("sesame\n")
    with closed_relay(tmp_path / "relay", "--register-key-file", str(key)) as url:
        heidi.new("Heidi", "student", url)
        assert "only with its registration key" in heidi.refused("sync", heidi.contract)
        (tmp_path / "wrong").write_text("open")
        wrong = ("--register-key-file", str(tmp_path / "wrong"))
        assert "is not the registration key" in heidi.refused("sync", heidi.contract, *wrong)
        heidi.run("sync", heidi.contract, "--register-key-file", str(key))
        monkeypatch.setenv(REGISTRATION_VARIABLE, "")
        heidi.sync()


def test_a_registration_key_that_is_none_is_said(tmp_path: Path) -> None:
    heidi = Person(tmp_path / "heidi")
    heidi.new("Heidi", "student", "ws://127.0.0.1:1")
    (tmp_path / "empty").touch()
    (tmp_path / "odd").write_bytes(b"\xff\xfe")
    for name, words in (("empty", "is empty"), ("odd", "it is no text"), ("missing", "No such")):
        file = str(tmp_path / name)
        assert words in heidi.refused("sync", heidi.contract, "--register-key-file", file)
