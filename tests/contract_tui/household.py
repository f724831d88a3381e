"""People who run commands, and a relay program that lets in only those who were invited."""

from __future__ import annotations

import io
import json
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from contract_tui.cli import main
from contract_tui.library.settings import HOME_VARIABLE
from tests.programs import BIN, PATIENCE, attempt, last_line


@contextmanager
def closed_relay(data: Path, *options: str) -> Iterator[str]:
    """Run `sync-server`; yields its address."""
    command = [str(BIN / "sync-server"), "--port", "0", "--data", str(data), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline().strip()
        assert line.startswith("listening on "), line
        yield line.removeprefix("listening on ")
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)


@dataclass
class Person:
    """One person on one computer."""

    home: Path
    contract: str = ""
    program: bool = False
    """Whether each command is a process of its own, as in life; else it is a call, for speed."""
    err: str = field(default="", init=False)
    """What the last command told them."""

    def run(self, *arguments: str, text: str = "", status: int = 0) -> str:
        """Run a command and return what it printed."""
        found, out, self.err = self._attempt(arguments, text)
        assert found == status, (arguments, out, self.err)
        return out

    def _attempt(self, arguments: Sequence[str], text: str) -> tuple[int, str, str]:
        if self.program:
            ended = attempt(self.home, arguments, text=text)
            return ended.returncode, ended.stdout, ended.stderr
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            patch.setenv(HOME_VARIABLE, str(self.home))
            patch.setattr("sys.stdin", io.StringIO(text))
            status = main(arguments)
        return status, out.getvalue(), err.getvalue()

    def refused(self, *arguments: str, text: str = "") -> str:
        """Run a command that must be refused; returns the one line that says why."""
        assert self.run(*arguments, text=text, status=1) == ""
        (line,) = self.err.splitlines()
        return line.removeprefix("contract-tui: ")

    def new(self, name: str, role: str, url: str) -> None:
        out = self.run("new", "My year", "--name", name, "--role", role, "--relay", url)
        self.contract = last_line(out)

    def invite(self, *options: str) -> str:
        return last_line(self.run("invite", self.contract, *options))

    def join(self, *invitation: str) -> None:
        self.contract = last_line(self.run("join", *invitation))

    def write(self, section: str, words: str) -> None:
        self.run("write", self.contract, section, words)
        self.sync()

    def sync(self) -> None:
        self.run("sync", self.contract)

    def read(self) -> str:
        """The contract, with whatever has reached the relay."""
        self.sync()
        return self.run("show", self.contract)

    def authors(self) -> list[str]:
        """Who wrote each turn, in their order."""
        told = json.loads(self.run("history", self.contract, "--json"))
        return [turn["author"] for turn in told["turns"]]

    def listed(self) -> str:
        return self.run("list")


@dataclass
class Family:
    """People with a computer each, around one closed relay."""

    directory: Path
    url: str

    def person(self, name: str) -> Person:
        return Person(self.directory / name)
