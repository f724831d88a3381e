"""What somebody says now, and what they said once for good."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from contract_tui.commands.customary import NAMES, as_kept, settled
from contract_tui.library.hosting import PORTS, WORDS, Said, keep


def said(**now: object) -> Namespace:
    return Namespace(**{**dict.fromkeys(NAMES), "keep": False, **now})


def test_every_option_that_can_be_kept_is_one_of_host() -> None:
    assert {name.replace("-", "_") for name in (*WORDS, *PORTS)} == set(NAMES)


def test_what_is_not_said_now_is_as_it_was_kept(tmp_path: Path) -> None:
    keep(tmp_path, {"guests_address": "ana.example", "guests_port": 8443})
    options = settled(tmp_path, said(guests_port=0, contract="tide"))
    assert (options.guests_address, options.guests_port) == ("ana.example", 0)
    assert (options.contract, options.tls_cert) == ("tide", None)
    assert as_kept(tmp_path).guests_port == 8443


@pytest.mark.parametrize(
    ("kept", "now"),
    [
        ({"relay": "wss://school.example"}, {"port": 3030}),
        ({"address": "192.0.2.7", "port": 7}, {"relay": "wss://school.example"}),
        ({"tls_cert": "/old.pem", "tls_key": "/old.key"}, {"tls_cert": "new.pem"}),
    ],
)
def test_what_belongs_together_is_of_one_moment(
    tmp_path: Path, kept: Said, now: dict[str, object]
) -> None:
    keep(tmp_path, kept)
    options = settled(tmp_path, said(**now))
    assert {name for name in NAMES if getattr(options, name) is not None} == set(now)


def test_who_keeps_what_they_say_now_begins_anew(tmp_path: Path) -> None:
    keep(tmp_path, {"guests_address": "ana.example"})
    assert settled(tmp_path, said(keep=True, port=7)).guests_address is None
