"""The program `sync-server`, as its users meet it."""

import asyncio
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.programs import BIN, relay_program
from tests.sync_server.relay.client import Client


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(
        [BIN / "sync-server", *arguments],
        capture_output=True,
        text=True,
        timeout=20,
        env={**os.environ, **environment},
        check=False,
    )


def refused(ended: subprocess.CompletedProcess[str]) -> str:
    """The one line with which a relay says why it does not run."""
    assert ended.returncode == 1
    assert ended.stdout == ""
    [line] = ended.stderr.splitlines()
    assert line.startswith("sync-server: ")
    return line.removeprefix("sync-server: ")


@pytest.mark.parametrize("option", ["--port=x", "--port=-1", "--port=65536", "--wrong", "extra"])
def test_a_bad_command_line_exits_with_2(option: str) -> None:
    ended = run("--open", option)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert "usage: sync-server" in ended.stderr


def test_help_explains_every_option() -> None:
    ended = run("--help")
    assert ended.returncode == 0
    for word in ("--host", "--port", "--data", "--open", "--fast", "/health", "/metrics"):
        assert word in ended.stdout


def test_without_open_it_lets_nobody_in_who_was_not_invited(tmp_path: Path) -> None:
    command = [str(BIN / "sync-server"), "--port", "0", "--data", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("listening on ").strip()
        with pytest.raises(InvalidStatus, match="401"):
            connect(url)
        process.terminate()
    assert process.returncode == 0


def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refused(run("--open", "--port", str(port), "--data", str(tmp_path)))
    assert said.startswith(f"cannot listen on 127.0.0.1:{port}: ")


def test_a_host_that_does_not_exist_is_one_sentence(tmp_path: Path) -> None:
    said = refused(run("--open", "--host", "no such host", "--data", str(tmp_path)))
    assert said.startswith("cannot listen on no such host:3030: ")


def test_a_data_directory_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = refused(run("--open", "--port", "0", "--data", str(tmp_path / "file")))
    assert "cannot be used" in said


def test_a_locked_store_is_one_sentence(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "changes.sqlite3", isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("CREATE TABLE held (it)")
    said = refused(run("--open", "--port", "0", "--data", str(tmp_path)))
    other.close()
    assert said.endswith("changes.sqlite3 is in use by another program")


def test_a_store_of_a_newer_version_is_one_sentence(tmp_path: Path) -> None:
    newer = sqlite3.connect(tmp_path / "changes.sqlite3")
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    said = refused(run("--open", "--port", "0", "--data", str(tmp_path)))
    assert said.endswith("changes.sqlite3 was made by a newer version of this program")


async def test_a_second_relay_on_the_same_data_is_one_sentence(tmp_path: Path) -> None:
    async with relay_program(tmp_path):
        said = refused(run("--open", "--port", "0", "--data", str(tmp_path)))
    assert said == f"another relay uses the data directory {tmp_path}"


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
async def test_it_stops_cleanly_when_told_to(tmp_path: Path, name: signal.Signals) -> None:
    async with relay_program(tmp_path) as relay, Client.connect(relay.url, "ada") as ada:
        os.kill(relay.pid, name)
        assert await ada.ended() == (1001, "the relay stops")
        assert await asyncio.wait_for(relay.process.wait(), 10) == 0
        assert relay.process.stdout is not None
        assert await relay.process.stdout.read() == b""


def test_its_data_lies_in_the_platforms_data_directory(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path), "HOME": str(tmp_path)}
    command = [sys.executable, "-m", "sync_server", "--open", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b"listening on ws://127.0.0.1:")
        process.terminate()
    assert process.returncode == 0
    [store] = tmp_path.rglob("changes.sqlite3")
    assert store.parent.name == "contract-relay"


def test_with_json_it_writes_down_start_refusals_and_stop_and_names_nobody(tmp_path: Path) -> None:
    command = [BIN / "sync-server", "--port", "0", "--data", tmp_path, "--log-json"]
    pipe = subprocess.PIPE
    with subprocess.Popen([*map(str, command)], stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        url = process.stdout.readline().removeprefix("listening on ").strip()
        with pytest.raises(InvalidStatus, match="401"):
            connect(url)
        written = [process.stderr.readline(), process.stderr.readline()]
        process.terminate()
        written += process.stderr.readlines()
    events = [json.loads(line) for line in written]
    assert [event["event"] for event in events] == ["started", "refused", "stopped"]
    assert (events[0]["access"], events[0]["disk"]) == ("closed", "safe")
    assert (events[1]["reason"], events[1]["count"]) == ("missing", 1)
    assert "127.0.0.1" not in "".join(written)
