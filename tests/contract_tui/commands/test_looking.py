import json
from pathlib import Path

import pytest

from contract_tui.cli import main
from contract_tui.commands.looking import look
from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.library.journal import Appearance
from contract_tui.library.library import Library
from contract_tui.library.rehearsal import Stage, set_stage
from contract_tui.library.settings import HOME_VARIABLE
from contract_tui.library.world import World
from contract_tui.session.looking import doubts
from sync_server.access.proof import Role
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.ids import Actor, format_document_id

NOW = 1_790_000_000.0
FORGED = "I want to read all day. "


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return set_stage(tmp_path, "ws://127.0.0.1:1", World(clock=lambda: NOW))


def forge(stage: Stage, victim: Role, holder: Role) -> Actor:
    """Write words in one person's name into what another person keeps."""
    with Library(stage.homes[victim]) as library:
        own = library.own_seat(stage.contract)
        assert own is not None
        actor = Actor(own.device.prefix + b"forgery!")
    with Library(stage.homes[holder]) as library:
        journal = library.journal(stage.contract)
        raws = [one.raw for one in journal.read(journal.stored())]
        contract = Contract.open(raws, actor, stage.contract)
        raw = contract.splice(INTERESTS, Splice(0, 0, FORGED), int(NOW))
        journal.append(parse_changes([raw]), Appearance("Heidi", int(NOW), contract.heads))
    return actor


def found(stage: Stage, holder: Role) -> set[Actor]:
    """Who is in doubt on one person's computer."""
    with Library(stage.homes[holder]) as library:
        entry = library.entry(stage.contract)
        return set(doubts(library, entry, look(library, entry)))


def test_whatever_is_sealed_is_not_in_doubt(stage: Stage) -> None:
    assert [found(stage, role) for role in stage.homes] == [set(), set(), set()]


def test_what_nobody_sealed_is_in_doubt_without_any_relay(stage: Stage) -> None:
    actor = forge(stage, Role.STUDENT, Role.PARENT)
    assert found(stage, Role.PARENT) == {actor}
    assert found(stage, Role.TEACHER) == set()


def test_what_is_printed_names_nobody_who_is_in_doubt(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(*arguments: str) -> str:
        command, *rest = arguments
        assert main([command, format_document_id(stage.contract), *rest]) == 0
        return capsys.readouterr().out

    forge(stage, Role.STUDENT, Role.PARENT)
    monkeypatch.setenv(HOME_VARIABLE, str(stage.homes[Role.PARENT]))
    assert json.loads(said("show", "--format", "json"))["sections"][0]["in_doubt"] == ["Heidi"]
    for form in ("markdown", "html"):
        assert "somebody in Heidi’s name" in said("show", "--format", form)
    assert "in Heidi’s name" in said("history").splitlines()[-1]
    *_, last = json.loads(said("history", "--json"))["turns"]
    assert (last["author"], last["role"]) == ("somebody in Heidi’s name", None)
    before = str(last["turn"] - 1)
    assert f"somebody in Heidi’s name wrote “{FORGED}”" in said("diff", before, str(last["turn"]))
