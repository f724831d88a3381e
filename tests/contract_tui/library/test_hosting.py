"""How a person lets others in, as they have said so once."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract_tui.library.hosting import FILE, BadHosting, Said, keep, read

SAID: Said = {
    "relay": "wss://school.example:3030",
    "guests_address": 'ana\u2019s "laptop"',
    "tls_cert": "/etc/cert.pem",
    "tls_key": "/etc/key.pem",
    "port": 3030,
    "guests_port": 8443,
}


def test_what_is_kept_is_read_again_and_nothing_else(tmp_path: Path) -> None:
    assert read(tmp_path) == {}
    keep(tmp_path, {**SAID, "address": None})
    assert read(tmp_path) == SAID
    keep(tmp_path, {"port": 7})
    assert read(tmp_path) == {"port": 7}


def test_who_keeps_nothing_takes_back_what_was_kept(tmp_path: Path) -> None:
    keep(tmp_path, SAID)
    keep(tmp_path, {})
    keep(tmp_path, {})
    assert not (tmp_path / FILE).exists()


def test_files_are_found_from_wherever_the_program_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    home = tmp_path / "home"
    home.mkdir()
    keep(home, {"tls_cert": "cert.pem"})
    monkeypatch.chdir("/")
    assert read(home) == {"tls_cert": str(tmp_path / "cert.pem")}
    (home / FILE).write_text('tls-key = "key.pem"\n')
    assert read(home) == {"tls_key": str(home / "key.pem")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tls-cert = ", "cannot be read: "),
        ("port = true", "“port” is to be a number up to 65535"),
        ("guests-port = 70000", "“guests-port” is to be a number up to 65535"),
        ("port = '3030'", "“port” is to be a number"),
        ("relay = 7", "“relay” is to be words in quotation marks"),
        ("relay = ''", "“relay” is to be words in quotation marks"),
        ("tls_cert = 'cert.pem'", "nobody knows what “tls_cert” is; there are relay, "),
        ("[relay]", "“relay” is to be words"),
        ("\udcff", "cannot be read: "),
    ],
)
def test_what_cannot_be_meant_is_named_with_its_file(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / FILE).write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(BadHosting, match=said) as caught:
        read(tmp_path)
    assert str(tmp_path / FILE) in str(caught.value)


def test_a_disk_that_does_not_take_it_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(BadHosting, match="cannot be written: Is a directory"):
        keep(tmp_path, SAID)
    with pytest.raises(BadHosting, match="cannot be read: Is a directory"):
        read(tmp_path)
