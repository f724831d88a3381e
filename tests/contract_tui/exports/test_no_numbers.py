"""No export counts, weighs or compares what people do: a child is not a number."""

import json
import re
from collections.abc import Iterator

import pypdfium2
import pytest

from contract_tui.exports.json import to_json
from tests.contract_tui.exports.readings import full_reading
from tests.contract_tui.exports.test_calendar import only_event
from tests.contract_tui.exports.test_golden import PRINTED, WRITTEN

TYPED = re.compile(r"\b\d{1,2} (?:November|December|January|February|March) 20\d\d\b")
"""Days that people chose, or on which they wrote."""
WEIGHED = re.compile(
    r"\d\s?%|percent|\bscores?\b|\bpoints?\b|\branks?\b|\brating|\blevels?\b|\bgrades?\b"
    r"|\b\d+ (?:of|out of|/) \d+|\baverage|\bprogress\b",
    re.IGNORECASE,
)
FOR_PROGRAMS = {"BEGIN", "END", "UID", "DTSTAMP", "DTSTART", "TRANSP"}
"""Of an event, its name and its day, and what nobody is shown."""
PLACES = {"start"}
"""Numbers that say where words stand, and nothing about who wrote them."""


@pytest.mark.parametrize("name", ["contract.txt", "contract.md", "contract.html", "promises.html"])
def test_no_page_says_a_number_about_anybody(name: str) -> None:
    assert not list(_numbers(_without_code(WRITTEN[name](full_reading()))))


@pytest.mark.parametrize("name", PRINTED)
def test_no_paper_says_a_number_about_anybody(name: str) -> None:
    document = pypdfium2.PdfDocument(PRINTED[name](full_reading()))
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    assert "Maya" in text
    assert not list(_numbers(" ".join(text.split())))


def test_no_calendar_says_a_number_about_anybody() -> None:
    event = only_event(WRITTEN["contract.ics"](full_reading()))
    told = [str(value) for name, value in event.property_items() if name not in FOR_PROGRAMS]
    assert "Look at it again: Maya’s learning contract" in told
    assert not [number for text in told for number in _numbers(text)]


def test_json_holds_no_number_but_where_words_stand() -> None:
    assert not list(_values(json.loads(to_json(full_reading()))))
    assert not WEIGHED.search(to_json(full_reading()))


def test_a_number_would_be_found() -> None:
    assert list(_numbers("Maya wrote 12 words")) == ["12"]
    assert list(_numbers("60 % done")) != []
    assert list(_values({"words": 12, "start": 3})) == [12]


def _numbers(text: str) -> Iterator[str]:
    plain = TYPED.sub("", text)
    yield from (match[0] for match in WEIGHED.finditer(plain))
    yield from re.findall(r"(?<![\w-])\d+(?![\w-])", plain)


def _without_code(text: str) -> str:
    """Leave out what a browser reads, and the ids that only programs read."""
    return re.sub(r"<(?:style|meta|html)[^>]*>(?:[^<]*</style>)?|<[^>]*>", " ", text)


def _values(told: object, key: str = "") -> Iterator[float]:
    match told:
        case dict():
            for inner, value in told.items():
                yield from _values(value, inner)
        case list():
            for value in told:
                yield from _values(value, key)
        case bool() | str() | None:
            return
        case int() | float() if key not in PLACES:
            yield told
