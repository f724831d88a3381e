"""A contract begun anew, without its past, by one of those who write in it."""

import json
from pathlib import Path

import pytest

from contract_tui.commands.looking import look
from contract_tui.library import renewing
from contract_tui.library.library import Library
from tests.contract_tui.household import Family, Person

LINK = "learning-contract:"


@pytest.fixture
def heidi(family: Family) -> Person:
    heidi = family.person("heidi")
    heidi.new("Heidi", "student", family.url)
    heidi.write("interests", "goats, and my number 555 1234")
    heidi.write("interests", "goats")
    return heidi


@pytest.fixture
def opa(family: Family, heidi: Person) -> Person:
    opa = family.person("opa")
    opa.join(heidi.invite("--name", "Opa", "--role", "parent"))
    opa.write("supports", "a bench")
    heidi.sync()
    return opa


def renewed(person: Person, *options: str) -> tuple[list[str], str]:
    """Begin anew; returns what to hand to the others, and the new contract's id."""
    *handed, identity = person.run("renew", person.contract, "--yes", *options).splitlines()
    return handed, identity


def ids(person: Person) -> set[str]:
    return {one["id"] for one in json.loads(person.run("list", "--json"))["contracts"]}


def test_one_begins_anew_and_everybody_joins_and_erases(heidi: Person, opa: Person) -> None:
    (link,), new = renewed(heidi)
    assert "for Opa (parent) only" in heidi.err
    old = opa.contract
    for _ in range(2):
        opa.sync()
        assert opa.err.count("Heidi has begun this contract anew, without its past.") == 1
    assert f"contract-tui erase {old}" in opa.err
    opa.join(link)
    assert opa.contract == new
    assert "goats" in opa.read()
    assert "a bench" in opa.read()
    assert "555 1234" not in opa.run("show", new, "--format", "json")
    opa.write("supports", "a bench in the sun")
    heidi.run("sync", new)
    assert "in the sun" in heidi.run("show", new)
    opa.run("erase", old, "--yes")
    heidi.run("erase", heidi.contract, "--everywhere", "--yes")
    assert ids(opa) == ids(heidi) == {new}


def test_the_past_stays_behind(heidi: Person, opa: Person) -> None:
    _, new = renewed(heidi)
    export = heidi.home / "new.automerge"
    heidi.run("export", new, str(export))
    assert b"555 1234" not in export.read_bytes()
    told = json.loads(heidi.run("history", new, "--json"))["turns"]
    assert {turn["author"] for turn in told} == {"Heidi"}
    assert [turn["section"] for turn in told] == ["title", "interests", "supports"]


def test_it_is_said_before_what_goes_along_and_nothing_happens_without_a_yes(
    heidi: Person, opa: Person
) -> None:
    before = ids(heidi)
    heidi.run("renew", heidi.contract, text="n\n", status=1)
    assert heidi.err.endswith("contract-tui: nothing was changed\n")
    assert "An invitation each is made for Opa (parent)." in heidi.err
    assert "gone for good" in heidi.err
    assert "It would be kinder" not in heidi.err, "it is the student who does it"
    assert ids(heidi) == before
    opa.run("renew", opa.contract, text="", status=1)
    assert "It would be kinder if Heidi did this" in opa.err
    opa.sync()
    assert "anew" not in opa.err
    heidi.run("renew", heidi.contract, text="y\n")
    assert len(ids(heidi)) == 2


def test_another_run_goes_on_also_by_the_title_that_both_have(heidi: Person) -> None:
    new = heidi.run("renew", "My year", "--yes")
    assert heidi.run("renew", "my year") == new
    assert "fits several contracts" in heidi.refused("show", "My year")


def test_another_run_shows_who_has_not_joined_and_begins_nothing(
    family: Family, heidi: Person, opa: Person
) -> None:
    heidi.invite("--name", "Nobody yet", "--role", "teacher")
    clara = family.person("clara")
    clara.join(heidi.invite("--name", "Clara", "--role", "observer"))
    heidi.sync()
    handed, new = renewed(heidi)
    assert [line.startswith(LINK) for line in handed] == [True, True]
    assert renewed(heidi) == (handed, new)
    assert "anew already; this goes on with it" in heidi.err
    opa.join(handed[0])
    heidi.run("sync", new)
    assert renewed(heidi) == (handed[1:], new)
    clara.join(handed[1])
    assert "you are Clara (reads along)" in clara.err
    heidi.run("sync", new)
    assert renewed(heidi) == ([], new)


def test_whoever_is_replaced_or_taken_out_is_not_invited_and_cannot_begin(
    family: Family, heidi: Person, opa: Person
) -> None:
    clara = family.person("clara")
    clara.join(heidi.invite("--name", "Clara", "--role", "teacher"))
    heidi.run("revoke", heidi.contract, "Clara", "--yes")
    again = family.person("again")
    again.join(heidi.invite("--replaces", "Opa"))
    heidi.sync()
    handed, _ = renewed(heidi)
    assert len(handed) == 1
    assert "for Opa (parent)" in heidi.err
    assert "no longer take part" in clara.refused("renew", clara.contract, "--yes")


def test_who_reads_along_does_not_begin_anew(family: Family, heidi: Person) -> None:
    clara = family.person("clara")
    clara.join(heidi.invite("--name", "Clara", "--role", "observer"))
    assert "you are reading along" in clara.refused("renew", clara.contract, "--yes")


def test_what_was_interrupted_after_its_first_step_is_gone_on_with(
    heidi: Person, opa: Person
) -> None:
    with Library(heidi.home) as library:
        entry = library.resolve(heidi.contract)
        contract = look(library, entry).contract
        mine = entry.seat
        assert mine is not None
        people = renewing.others(contract.roster, mine.id, ())
        begun = library.entry(renewing.begin(library, entry, contract, people))
    opa.sync()
    assert "anew" not in opa.err, "nobody was told yet"
    (link,), new = renewed(heidi)
    assert new == begun.text_id
    opa.sync()
    assert "Heidi has begun this contract anew" in opa.err
    opa.join(link)
    assert "goats" in opa.run("show", new)


def test_two_at_once_each_have_one_and_everybody_is_told_of_the_same(
    family: Family, heidi: Person, opa: Person
) -> None:
    clara = family.person("clara")
    clara.join(heidi.invite("--name", "Clara", "--role", "teacher"))
    heidi.sync()
    opa.sync()
    begun: dict[str, str] = {}
    for person, name in ((heidi, "Heidi"), (opa, "Opa")):
        with Library(person.home) as library:
            entry = library.resolve(person.contract)
            contract = look(library, entry).contract
            begun[name] = library.entry(renewing.begin(library, entry, contract, ())).text_id
    heidi.run("renew", heidi.contract)
    assert "as well" not in heidi.err
    opa.run("renew", opa.contract)
    assert f"Heidi has begun this contract anew as well, as {begun['Heidi']}" in opa.err
    assert f"you began {begun['Opa']}" in opa.err
    clara.sync()
    assert "Heidi has begun" in clara.err
    assert ids(heidi) == {heidi.contract, begun["Heidi"]}
    assert ids(opa) == {opa.contract, begun["Opa"]}


def test_after_somebody_else_only_with_a_word_more(heidi: Person, opa: Person) -> None:
    _, his = renewed(opa)
    heidi.sync()
    refused = heidi.refused("renew", heidi.contract, "--yes")
    assert refused.startswith(f"Opa has begun this contract anew already, as {his}:")
    _, hers = renewed(heidi, "--again")
    opa.sync()
    assert f"Heidi has begun this contract anew as well, as {hers}; you began {his}." in opa.err


def test_codes_can_be_read_aloud(family: Family, heidi: Person, opa: Person) -> None:
    (code,), new = renewed(heidi, "--code")
    assert len(code) == len("ABC-DEF-GHJ")
    assert f"contract-tui join {code} --relay {family.url}" in heidi.err
    opa.join(code, "--relay", family.url)
    assert opa.contract == new
    assert "goats" in opa.run("show", new)


def test_a_list_says_what_has_become_of_it(heidi: Person, opa: Person) -> None:
    (link,), new = renewed(heidi)
    assert "  renewed " in heidi.listed()
    assert "begun anew by you" in heidi.err
    assert "invitation" not in heidi.err
    opa.sync()
    assert "  renewed " in opa.listed()
    assert "ask for your invitation, then erase" in opa.err
    opa.join(link)
    opa.sync()
    lines = {line.split()[0]: line.split()[3] for line in opa.listed().splitlines()}
    assert lines[new] == "shared"


def test_alone_it_works_too(tmp_path: Path) -> None:
    heidi = Person(tmp_path / "heidi")
    heidi.contract = heidi.run("new", "My year", "--name", "Heidi", "--role", "student").strip()
    handed, new = renewed(heidi)
    assert "Nobody else takes part yet." in heidi.err
    assert (handed, ids(heidi)) == ([], {heidi.contract, new})
    assert heidi.listed().count("  renewed ") == 1


def test_nothing_can_begin_where_nothing_has_arrived(tmp_path: Path) -> None:
    heidi, opa = Person(tmp_path / "heidi"), Person(tmp_path / "opa")
    heidi.contract = heidi.run("new", "My year", "--name", "Heidi", "--role", "student").strip()
    opa.join(heidi.invite("--name", "Opa", "--role", "parent"))
    opa.run("renew", opa.contract, "--yes", status=1)
    assert opa.err.endswith("contract-tui: there are no words here yet to begin with\n")
