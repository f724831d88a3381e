"""What the command line tells a relay before it runs, and signals while it does."""

import os
import signal
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.programs import BIN
from tests.sync_server.commands.operating import program, why
from tests.sync_server.relay.certificates import make, trusting

pytestmark = pytest.mark.later


@contextmanager
def serving(data: Path, *options: object) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A relay that runs, and its URL."""
    command = [BIN / "sync-server", "--port", "0", "--data", data, *options]
    with subprocess.Popen(
        [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("listening on ")
            yield line.split()[-1], process
        finally:
            process.terminate()
    assert process.returncode == 0


def test_half_of_what_tls_needs_is_wrong_usage(tmp_path: Path) -> None:
    for option in ("--tls-cert", "--tls-key"):
        ended = program(option, tmp_path / "file", "--data", tmp_path)
        assert ended.returncode == 2
        assert "--tls-cert and --tls-key go together" in ended.stderr


def test_a_certificate_that_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    missing = tmp_path / "none"
    said = why(
        program("--tls-cert", missing, "--tls-key", missing, "--port", 0, "--data", tmp_path)
    )
    assert str(missing) in said


def test_a_relay_with_a_certificate_prints_a_wss_address_and_renews_it(tmp_path: Path) -> None:
    cert, key = make(tmp_path / "tls")
    with serving(tmp_path, "--open", "--tls-cert", cert, "--tls-key", key) as (url, process):
        assert url.startswith("wss://127.0.0.1:")
        with connect(url, ssl=trusting(cert)):
            pass
        newer, _ = make(tmp_path / "tls")
        with pytest.raises(ssl.SSLCertVerificationError):
            connect(url, ssl=trusting(newer))
        os.kill(process.pid, signal.SIGHUP)
        for _ in range(100):
            try:
                with connect(url, ssl=trusting(newer)):
                    break
            except ssl.SSLCertVerificationError:
                continue
        else:
            pytest.fail("the certificate was not renewed")
        cert.write_text("no certificate")
        os.kill(process.pid, signal.SIGHUP)
        assert process.stderr is not None
        assert process.stderr.readline().startswith(
            "sync-server: the certificate stays as it was: "
        )


@pytest.mark.parametrize("contents", [None, b"", b" \n", b"two words", b"\xff\xfe"])
def test_a_registration_key_that_is_none_is_one_sentence(
    tmp_path: Path, contents: bytes | None
) -> None:
    file = tmp_path / "key"
    if contents is not None:
        file.write_bytes(contents)
    said = why(program("--open", "--port", 0, "--data", tmp_path, "--register-key-file", file))
    assert f"{file}" in said
    assert not (tmp_path / "changes.sqlite3").exists()


def test_a_page_of_a_site_may_connect_only_if_it_is_named(tmp_path: Path) -> None:
    options = "--open", "--allow-origin", "https://School.example/"
    with serving(tmp_path, *options) as (url, _):
        with connect(url, origin=Origin("https://school.example")):
            pass
        with pytest.raises(InvalidStatus, match="403"):
            connect(url, origin=Origin("https://strange.example"))


def test_an_address_that_is_misspelt_is_one_sentence(tmp_path: Path) -> None:
    assert "school" in why(
        program("--open", "--port", 0, "--data", tmp_path, "--public-url", "school")
    )


@pytest.mark.parametrize("site", ["school", "https://", "https://school.example/page", "null", ""])
def test_a_site_that_is_misspelt_is_wrong_usage(tmp_path: Path, site: str) -> None:
    ended = program("--open", "--port", 0, "--data", tmp_path, "--allow-origin", site)
    assert ended.returncode == 2
    assert "a site is written like https://school.example" in ended.stderr


@pytest.mark.parametrize("name", ["backup", "restore", "erase", "stats"])
def test_every_command_explains_itself(name: str) -> None:
    ended = program(name, "--help")
    assert ended.returncode == 0
    assert "--data DIR" in ended.stdout
    assert ended.stdout.startswith(f"usage: sync-server {name}")


@pytest.mark.parametrize("words", [["backup"], ["erase"], ["stats", "more"], ["backups", "x"]])
def test_a_wrong_command_exits_with_2(words: list[str]) -> None:
    ended = program(*words)
    assert (ended.returncode, ended.stdout) == (2, "")
