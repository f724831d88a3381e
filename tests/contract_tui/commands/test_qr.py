"""The picture of an invitation, read back from the characters that a terminal shows."""

import io
import re

import pytest
import segno

from contract_tui.commands import qr
from contract_tui.ui.qr import QUIET

LINK = "learning-contract:" + "hAJYIJ4d-FGOT4kfZHnf5Zui" * 12
PAINT = re.compile(r"\x1b\[38;5;16;48;5;231m([ ▀▄█]+)\x1b\[0m")


def modules(picture: qr.Picture) -> list[list[bool]]:
    """The rows of dark and light that the lines show."""
    rows: list[list[bool]] = []
    for line in picture.lines:
        match = PAINT.fullmatch(line)
        assert match is not None
        rows.append([character in "▀█" for character in match[1]])
        rows.append([character in "▄█" for character in match[1]])
    return rows


@pytest.mark.parametrize("text", ["x", LINK], ids=["small", "link"])
def test_the_lines_show_every_module_of_the_code(text: str) -> None:
    picture = qr.draw(text)
    code = segno.make(text, error="l", boost_error=False, micro=False)
    wanted = [list(map(bool, row)) for row in code.matrix]
    shown = modules(picture)
    inner = [row[QUIET:-QUIET] for row in shown[QUIET : QUIET + len(wanted)]]
    assert inner == wanted


def test_the_code_stands_in_a_quiet_zone_of_light() -> None:
    shown = modules(qr.draw(LINK))
    edges = [*shown[:QUIET], *shown[-QUIET:]]
    assert not any(any(row) for row in edges)
    assert not any(any(row[:QUIET] + row[-QUIET:]) for row in shown)
    assert {len(row) for row in shown} == {qr.draw(LINK).columns}


def test_it_fits_where_all_of_it_can_be_seen() -> None:
    picture = qr.draw(LINK)
    rows = len(picture.lines) + qr.LINES_BESIDE
    assert picture.fits(picture.columns, rows)
    assert not picture.fits(picture.columns - 1, rows)
    assert not picture.fits(picture.columns, rows - 1)


def test_an_invitation_fits_a_window_that_people_have() -> None:
    assert qr.draw(LINK).fits(80, 40)


def test_where_nobody_looks_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", io.StringIO())
    monkeypatch.setenv("TERM", "xterm-256color")
    assert qr.window() is None
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "dumb")
    assert qr.window() is None
