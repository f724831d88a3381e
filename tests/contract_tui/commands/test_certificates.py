"""Whether a certificate is good for what guests type."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from contract_tui.commands.certificates import name_for
from contract_tui.library.hosting import UnfitCertificate
from tests.contract_tui.guests.test_serving import certificate

HERE = "192.0.2.7"


def named(files: tuple[Path, Path], wanted: str = "", address: str = HERE) -> str:
    return name_for(*files, wanted, address, time.time())


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (["ana.school.example"], "ana.school.example"),
        (["ana.school.example"], "Ana.School.Example"),
        (["*.school.example"], "ana.school.example"),
        (["other.example", "ana.school.example"], "ana.school.example"),
        (["xn--mnchen-3ya.example"], "m\u00fcnchen.example"),
    ],
)
def test_it_is_good_for_a_name_that_it_names(tmp_path: Path, names: list[str], wanted: str) -> None:
    assert named(certificate(tmp_path, *names), wanted) == wanted


def test_who_says_no_name_types_the_first_one_in_it_unless_it_is_for_the_address(
    tmp_path: Path,
) -> None:
    assert named(certificate(tmp_path), address="127.0.0.1") == ""
    files = certificate(tmp_path, "*.school.example", "ana.school.example", "tide.example")
    assert named(files) == "ana.school.example"


@pytest.mark.parametrize(
    ("names", "wanted", "said"),
    [
        (["ana.school.example"], "ben.school.example", "is for ana.school.example, and not for be"),
        (["*.school.example"], "a.b.school.example", "is for *.school.example, and not for a.b."),
        (["*.school.example"], "school.example", "is for *.school.example, and not for school"),
        (["*.school.example"], "", f"is for *.school.example, and not for {HERE}"),
        ([], "", f"is for 127.0.0.1, and not for {HERE}"),
        ([], HERE, f"is for 127.0.0.1, and not for {HERE}"),
    ],
)
def test_for_another_name_it_is_refused(
    tmp_path: Path, names: list[str], wanted: str, said: str
) -> None:
    with pytest.raises(UnfitCertificate, match=re.escape(said)):
        named(certificate(tmp_path, *names), wanted)


def test_one_that_names_nobody_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnfitCertificate, match=f"is for nobody, and not for {HERE}"):
        named(certificate(tmp_path, wanted=False))


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [(-9, -2, r"ran out on \d+ \w+ \d{4}$"), (2, 9, r"is good from \d+ \w+ \d{4} on: is this")],
)
def test_one_that_is_not_good_today_says_since_when(
    tmp_path: Path, first: int, last: int, said: str
) -> None:
    with pytest.raises(UnfitCertificate, match=said):
        named(certificate(tmp_path, first=first, last=last), "127.0.0.1")


def test_one_that_is_not_there_or_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnfitCertificate, match=r"none\.pem cannot be read: No such file"):
        named((tmp_path / "none.pem", tmp_path / "none.key"))
    cert, key = certificate(tmp_path)
    key.write_text("nothing")
    with pytest.raises(UnfitCertificate, match=r"key\.pem holds no private key"):
        named((cert, key))
