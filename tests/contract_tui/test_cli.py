"""The commands as a person or a script uses them, in this process for speed."""

import asyncio
import io
import json
import re
from pathlib import Path

import pytest

from contract_tui.cli import main
from contract_tui.commands.versions import today
from contract_tui.library import database
from contract_tui.library.drafts import BEFORE_CONFERENCE, DraftId
from contract_tui.library.library import Library
from contract_tui.library.settings import HOME_VARIABLE
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from tests.contract_tui.session.shelf import locked

RELAY = "ws://127.0.0.1:1"


class Shell:
    """Runs commands as one person."""

    def __init__(
        self, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.home = home
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        self.err = ""

    def run(self, *arguments: str, stdin: str = "", status: int = 0) -> str:
        self._monkeypatch.setenv(HOME_VARIABLE, str(self.home))
        self._monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        found = main(arguments)
        out, self.err = self._capsys.readouterr()
        assert found == status, self.err
        return out

    def new(self, title: str = "My year", *more: str) -> str:
        out = self.run("new", title, "--name", "Heidi", "--role", "student", *more)
        return out.splitlines()[-1]

    def refused(self, *arguments: str, stdin: str = "") -> str:
        assert self.run(*arguments, stdin=stdin, status=1) == ""
        line = self.err.splitlines()[-1]
        assert line.startswith("contract-tui: ")
        return line


@pytest.fixture
def shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shell:
    return Shell(tmp_path / "heidi", monkeypatch, capsys)


@pytest.fixture
def other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shell:
    return Shell(tmp_path / "opa", monkeypatch, capsys)


def test_new_prints_an_id_that_every_command_understands(shell: Shell) -> None:
    contract = shell.new()
    for wanted in (contract, contract[:6], f"automerge:{contract}", "my year"):
        assert shell.run("show", wanted).startswith("My year\n=======\n")


def test_list_shows_every_contract(shell: Shell) -> None:
    assert shell.run("list") == ""
    assert "no contract here yet" in shell.err
    first, second = shell.new("First"), shell.new("Second", "--relay", RELAY)
    lines = shell.run("list").splitlines()
    assert {line.split("  ")[0] for line in lines} == {first, second}
    listed = json.loads(shell.run("list", "--json"))["contracts"]
    assert {entry["id"]: entry["unshared"] for entry in listed} == {first: False, second: True}
    assert set(listed[0]) == {
        *("id", "title", "changed_at", "name", "role", "holder", "relays", "unshared")
    }


def test_write_replaces_a_section_and_touches_only_what_changes(shell: Shell) -> None:
    contract = shell.new()
    shell.run("write", contract, "interests", "goats and the mountains")
    assert shell.err == "saved here\n"
    shell.run("write", contract, "INTERESTS", "goats and the high mountains")
    shell.run("write", contract, "interests", "goats and the high mountains")
    assert shell.err == "nothing changed\n"
    turns = json.loads(shell.run("history", contract, "--json"))["turns"]
    assert [(turn["section"], turn["added"], turn["removed"]) for turn in turns] == [
        ("title", 2, 0),
        ("interests", 4, 0),
        ("interests", 1, 0),
    ]
    assert set(turns[0]) == {
        *("turn", "author", "role", "section", "at", "heads", "added", "removed")
    }


def test_write_says_why_nothing_was_saved(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    contract = shell.new()
    with locked(shell.home):
        assert "is in use by another program" in shell.refused("write", contract, "title", "lost")
    assert "saved here" not in shell.err
    assert shell.run("show", contract).startswith("My year")


def test_write_reads_standard_input_and_headings(shell: Shell) -> None:
    contract = shell.new()
    shell.run("write", contract, "Supports needed", stdin="big print\r\nand time\n")
    shell.run("write", contract, "structure", "-", stdin="steps")
    text = shell.run("show", contract)
    assert "big print\nand time\n" in text
    assert "steps" in text
    shell.run("write", contract, "title", "Another name")
    assert shell.run("list").splitlines()[0].endswith("Another name")


def test_write_refuses_what_does_not_fit(shell: Shell) -> None:
    contract = shell.new()
    assert "there are title, interests" in shell.refused("write", contract, "homework", "x")
    assert "at most 10000" in shell.refused("write", contract, "interests", "x" * 10_001)
    assert "x" * 10 not in shell.run("show", contract)


def test_show_knows_formats_and_versions(shell: Shell) -> None:
    contract = shell.new()
    shell.run("write", contract, "interests", "goats")
    shell.run("write", contract, "interests", "sheep")
    assert shell.run("show", contract, "--format", "markdown").startswith("# My year\n")
    assert shell.run("show", contract, "--format", "html").startswith("<!doctype html>")
    newest = json.loads(shell.run("show", contract, "--format", "json"))
    assert newest["id"] == contract
    assert "goats" in shell.run("show", contract, "--at", "2")
    assert "sheep" in shell.run("show", contract, "--at", ",".join(newest["heads"]))
    assert shell.run("show", contract, "--at", today().isoformat()) == shell.run("show", contract)


@pytest.mark.parametrize(
    ("version", "words"),
    [
        ("9", "there is no turn 9: this contract has 1"),
        ("0", "there is no turn 0"),
        ("2001-01-01", "nothing had been written by 2001-01-01"),
        ("2999-01-01", "2999-01-01 has not come yet"),
        ("yesterday", "“yesterday” is no version"),
        ("", "an empty text is no version"),
        ("ff" * 32, "no version with these heads"),
    ],
)
def test_a_version_that_is_none_is_said(shell: Shell, version: str, words: str) -> None:
    assert words in shell.refused("show", shell.new(), "--at", version)


def test_diff_shows_what_is_different_and_only_that(shell: Shell) -> None:
    contract = shell.new()
    shell.run("write", contract, "interests", "goats")
    shell.run("write", contract, "interests", "sheep")
    assert shell.run("diff", contract, "2", "2") == ""
    told = shell.run("diff", contract, "2", "3")
    assert told == "Interests\n---------\n[Heidi: “goats” became “sheep”]\n"
    assert "**sheep** (Heidi)~~goats~~ (Heidi)" in shell.run(
        "diff", contract, "2", "3", "--format", "markdown"
    )
    content = json.loads(shell.run("diff", contract, "3", "2", "--format", "json"))
    assert [(run["text"], run["kind"]) for run in content["sections"][0]["runs"]] == [
        ("sheep", "removed"),
        ("goats", "added"),
    ]


def test_diff_and_show_take_the_names_of_chapters(shell: Shell) -> None:
    contract = shell.new()
    shell.run("write", contract, "interests", "goats")
    chapter = shell.run("history", contract).splitlines()[0]
    for name in (chapter, chapter.upper(), chapter.removesuffix(", Heidi")):
        assert shell.run("show", contract, "--at", name) == shell.run("show", contract)
        assert "Heidi wrote “goats”" in shell.run("diff", contract, "1", name)


def test_a_version_of_another_contract_is_none(shell: Shell) -> None:
    contract, another = shell.new(), shell.new("Another")
    shell.run("write", another, "interests", "sheep")
    theirs = json.loads(shell.run("show", another, "--format", "json"))["heads"]
    for command in (["show", contract, "--at", *theirs], ["diff", contract, "1", *theirs]):
        assert "they are another contract’s" in shell.refused(*command)


def test_history_is_a_line_for_each_turn(shell: Shell) -> None:
    contract = shell.new()
    shell.run("write", contract, "interests", "goats")
    chapter, *lines = shell.run("history", contract).splitlines()
    assert re.fullmatch(r"\d+ [A-Z][a-z]+, Heidi", chapter)
    assert len(lines) == 2
    assert re.search(r"2 +\d\d:\d\d +Heidi +Interests +wrote “goats”$", lines[1])


def test_invite_prints_a_link_and_join_takes_it(shell: Shell, other: Shell) -> None:
    contract = shell.new("My year", "--relay", RELAY)
    link = shell.run("invite", contract, "--role", "parent", "--name", "Opa").splitlines()[-1]
    assert "for Opa only" in shell.err
    assert other.run("join", link).splitlines()[-1] == contract
    assert "you are Opa (parent)" in other.err
    assert "waiting" in other.run("list")
    assert other.run("show", contract).startswith("Interests\n")
    assert "nothing of this contract has arrived yet" in other.err
    assert "seat in this contract already" in other.refused("join", link)
    assert "only whoever holds the key" in other.refused(
        "invite", contract, "--role", "parent", "--name", "Oma"
    )


def test_invite_without_a_relay_says_what_is_missing(shell: Shell) -> None:
    contract = shell.new()
    shell.run("invite", contract, "--role", "observer", "--name", "Clara", "--expires", "3")
    assert "--relay URL" in shell.err


def test_export_and_import_carry_a_contract(shell: Shell, other: Shell, tmp_path: Path) -> None:
    contract = shell.new()
    shell.run("write", contract, "interests", "goats")
    file = str(tmp_path / "year.automerge")
    assert shell.run("export", contract, file) == ""
    assert "exists already: choose another name, or add --force" in shell.refused(
        "export", contract, file
    )
    shell.run("export", contract, file, "--force")
    assert other.run("import", file).splitlines()[-1] == contract
    assert "ask whoever holds it for an invitation" in other.err
    assert other.run("show", contract) == shell.run("show", contract)
    assert "invitation" in other.refused("write", contract, "interests", "mine")


def test_erase_asks_and_says_what_it_cannot_erase(shell: Shell) -> None:
    contract = shell.new()
    assert "nothing was erased" in shell.refused("erase", contract, stdin="yes\n")
    assert "other people’s computers" in shell.err
    shell.run("list")
    assert shell.run("erase", contract, stdin="My year\n") == ""
    assert shell.run("list") == ""
    shell.run("erase", shell.new(), "--yes")
    assert shell.run("list") == ""


def test_a_draft_is_in_nothing_that_is_printed_or_written_and_named_when_it_would_go(
    shell: Shell, tmp_path: Path
) -> None:
    contract = shell.new()
    with Library(shell.home) as library:
        drafts = library.drafts(library.entries()[0].id)
        for place in (DraftId("interests"), BEFORE_CONFERENCE):
            drafts.edit(place, lambda _: "quietly to myself")
    told = [shell.run("show", contract, "--format", one) for one in ("text", "markdown", "json")]
    told += [shell.run("show", contract, "--format", "html"), shell.run("list", "--json")]
    told += [shell.run("history", contract, "--json"), shell.err]
    carried = tmp_path / "carried.automerge"
    shell.run("export", contract, str(carried))
    assert not any("quietly" in one for one in told)
    assert b"quietly" not in carried.read_bytes()
    shell.run("erase", contract, "--yes")
    assert "drafts for it" in shell.err
    assert b"quietly" not in b"".join(file.read_bytes() for file in shell.home.iterdir())


def test_erase_takes_the_id_for_an_answer(shell: Shell) -> None:
    contract = shell.new()
    assert "nothing was erased" in shell.refused("erase", contract, stdin=f"{contract[:6]}\n")
    shell.run("erase", contract, stdin=f"{contract}\n")
    assert "Type “My year” or its id" in shell.err
    assert shell.run("list") == ""
    untitled = shell.new("")
    assert "nothing was erased" in shell.refused("erase", untitled, stdin="\n")


def test_titles_and_names_that_are_too_long_are_refused(shell: Shell) -> None:
    role = ("--role", "student")
    line = shell.refused("new", "x" * 201, "--name", "Heidi", *role)
    assert line == "contract-tui: a title has at most 200 characters: this one has 201"
    assert "at most 60 characters" in shell.refused("new", "My year", "--name", "x" * 61, *role)
    assert shell.run("list") == ""
    contract = shell.new("x" * 200)
    assert "at most 60 characters" in shell.refused(
        "invite", contract, "--name", "x" * 61, "--role", "parent"
    )


def test_a_long_title_is_shortened_where_it_is_named(shell: Shell) -> None:
    contract = shell.new("word " * 30)
    (line,) = shell.run("list").splitlines()
    assert line.endswith("  word word word word word word word word word word word word…")
    assert json.loads(shell.run("list", "--json"))["contracts"][0]["title"].startswith("word " * 29)
    shell.refused("erase", contract, stdin="word…\n")
    assert f"Type {contract} to erase it:" in shell.err
    assert len(shell.err) < 400
    shell.run("erase", contract, stdin=f"{contract}\n")


async def test_sync_exchanges_everything(shell: Shell, other: Shell) -> None:
    async with Relay.serve(Settings(port=0, open=True, power_safe=False)) as relay:

        async def run(who: Shell, *arguments: str) -> str:
            return await asyncio.to_thread(who.run, *arguments)

        contract = await run(shell, "new", "My year", "--name", "Heidi", "--role", "student")
        contract = contract.strip()
        link = await run(
            shell, "invite", contract, "--role", "parent", "--name", "Opa", "--relay", relay.url
        )
        await run(other, "join", link.splitlines()[-1])
        await asyncio.to_thread(other.refused, "sync", contract)
        assert "nothing of this contract is at" in other.err
        await run(shell, "write", contract, "interests", "goats")
        await run(shell, "sync", contract)
        assert shell.err.startswith("shared with everyone")
        await run(other, "sync", contract)
        assert await run(other, "show", contract) == await run(shell, "show", contract)
        await run(other, "write", contract, "supports", "a bench")
        await run(other, "sync", contract)
        await run(shell, "sync", contract)
        assert "a bench" in await run(shell, "show", contract)
        assert '"unshared": false' in await run(shell, "list", "--json")
