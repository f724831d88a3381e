"""What is made of one full contract, compared with what was: `GOLDEN=take` makes it anew."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from contract_tui.contract.reading import Reading
from contract_tui.exports.calendar import to_calendar
from contract_tui.exports.home import taken_home
from contract_tui.exports.html import promises_to_html, to_html
from contract_tui.exports.json import to_json
from contract_tui.exports.markdown import to_markdown
from contract_tui.exports.pdf import contract_page, path_page, promises_pages
from contract_tui.exports.text import to_text
from tests.contract_tui.exports.readings import full_reading
from tests.contract_tui.full_contract import full_contract

GOLDEN = Path(__file__).parent / "golden"
NOW = datetime(2026, 11, 22, 11, 30, tzinfo=UTC)
WRITTEN: dict[str, Callable[[Reading], str]] = {
    "contract.txt": to_text,
    "contract.md": to_markdown,
    "contract.json": to_json,
    "contract.html": to_html,
    "promises.html": lambda reading: promises_to_html(reading, taken_home(reading)),
    "contract.ics": lambda reading: to_calendar(reading, NOW),
}
PRINTED: dict[str, Callable[[Reading], bytes]] = {
    "contract.pdf": lambda reading: contract_page(reading).pdf,
    "steps.pdf": lambda reading: path_page(reading, reading.goals[0]).pdf,
    "promises.pdf": lambda reading: promises_pages(reading, taken_home(reading)).pdf,
    "no-steps.pdf": lambda reading: path_page(reading, reading.goals[1]).pdf,
}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_written_is_what_it_was(name: str) -> None:
    made = WRITTEN[name](full_reading()).encode()
    assert made.decode() == golden(name, made).decode()


@pytest.mark.parametrize("name", PRINTED)
def test_what_is_printed_is_what_it_was(name: str) -> None:
    made = PRINTED[name](full_reading())
    assert pages(made) == pages(golden(name, made))


def test_everything_of_the_contract_is_used() -> None:
    assert full_contract().set_aside == []
    assert json.loads(to_json(full_reading()))["agreement"]["broken"] == []


def golden(name: str, made: bytes) -> bytes:
    file = GOLDEN / name
    if os.environ.get("GOLDEN") == "take":
        file.write_bytes(made)
    return file.read_bytes()


def pages(pdf: bytes) -> list[tuple[str, bytes]]:
    """What can be read and what can be seen on each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            (page.get_textpage().get_text_bounded(), bytes(page.render(scale=1).buffer))
            for page in document
        ]
    finally:
        document.close()
