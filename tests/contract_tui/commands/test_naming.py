import re
from pathlib import Path

import pytest

from contract_tui.library.library import Library
from contract_tui.library.seats import invite_to, join
from sync_server.access.proof import Role
from tests.contract_tui.household import Person


@pytest.fixture
def heidi(tmp_path: Path) -> Person:
    person = Person(tmp_path / "heidi")
    out = person.run("new", "My year", "--name", "Heidi", "--role", "student")
    person.contract = out.splitlines()[-1]
    person.run("write", person.contract, "interests", "goats")
    return person


def show(person: Person, version: str) -> str:
    return person.run("show", person.contract, "--at", version)


def test_a_version_is_kept_as_it_stands_and_found_by_its_name(heidi: Person) -> None:
    heads = heidi.run("keep", heidi.contract, " before  the holidays ").strip()
    assert heidi.err == "saved here\n"
    assert re.fullmatch(r"[0-9a-f]{64}(,[0-9a-f]{64})*", heads)
    heidi.run("write", heidi.contract, "interests", "sheep")
    assert "goats" in show(heidi, "before the holidays")
    assert show(heidi, heads) == show(heidi, "Before the holidays")


def test_an_earlier_version_is_kept(heidi: Person) -> None:
    heidi.run("write", heidi.contract, "interests", "sheep")
    heidi.run("keep", heidi.contract, "first words", "--at", "2")
    heidi.run("keep", heidi.contract, "the same", "--at", "first words")
    assert "goats" in show(heidi, "the same")


def test_a_name_that_means_something_else_or_is_taken_is_refused(heidi: Person) -> None:
    for name in ("12", "2026-09-30", "ab" * 32, " "):
        assert heidi.refused("keep", heidi.contract, name).endswith(".")
    heidi.run("keep", heidi.contract, "before the holidays")
    assert "already" in heidi.refused("keep", heidi.contract, "Before the holidays")
    assert "no version" in heidi.refused("keep", heidi.contract, "now", "--at", "soon")


def test_whoever_reads_along_or_has_nothing_yet_keeps_nothing(
    heidi: Person, tmp_path: Path
) -> None:
    opa, file = Person(tmp_path / "opa"), tmp_path / "year.automerge"
    with Library(heidi.home) as library, Library(opa.home) as other:
        entry = library.resolve(heidi.contract)
        link = invite_to(library, entry, Role.OBSERVER, "Opa", relays=["ws://127.0.0.1:1"]).link()
        join(other, link)
    assert opa.run("keep", heidi.contract, "now", status=1) == ""
    assert "has arrived yet: contract-tui sync" in opa.err
    assert "there is no version to be kept yet" in opa.err
    heidi.run("export", heidi.contract, str(file))
    opa.run("import", str(file))
    assert "reading along" in opa.refused("keep", heidi.contract, "now")
