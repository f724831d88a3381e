import re
from html.parser import HTMLParser

import pytest

from contract_tui.contract.reading import Reading
from contract_tui.contract.schema import INTERESTS
from contract_tui.exports.home import taken_home
from contract_tui.exports.html import promises_to_html, to_html
from tests.contract_tui.exports.readings import (
    DOUBTED,
    EMPTY,
    ODD,
    SAMPLE,
    SECRETS,
    full_reading,
    reading,
    section,
)


class Page(HTMLParser):
    """Collects the elements, attributes and words of a page, and checks that they nest."""

    VOID = frozenset({"meta"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.words: dict[str, list[str]] = {}
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.words.setdefault(self.open[-1], []).append(data)


def test_the_words_are_on_the_page_as_they_were_typed() -> None:
    page = Page(to_html(SAMPLE, "Exported on 21 November 2026"))
    assert page.open == []
    assert page.words["title"] == page.words["h1"] == ["Birds and me"]
    assert page.words["h2"] == ["Interests", "Structure wanted"]
    assert page.words["div"] == ["I like birds.\n\nBig ones:\n  eagles", "Ask me on Mondays."]
    assert page.words["p"] == ["Written by Maya, Ms Okafor", "Check in with me", "Written by Maya"]
    assert page.words["footer"] == ["Exported on 21 November 2026"]


def test_words_that_look_like_a_page_stay_words() -> None:
    page = Page(to_html(ODD, "<b>"))
    assert page.words["h1"] == ["<title> _x_"]
    assert page.words["div"] == [ODD.sections[0].text]
    assert page.words["footer"] == ["<b>"]
    assert not {"script", "b", "i"} & set(page.tags)


def test_each_line_of_somebodys_words_begins_where_its_language_begins() -> None:
    words = "I like birds.\nאני אוהבת ציפורים\nأحب الطيور"
    page = to_html(reading(section(INTERESTS, "תחומי עניין", words), title="חוזה"))
    assert '<h1 dir="auto">חוזה</h1>' in page
    assert '<h2 dir="auto">תחומי עניין</h2>' in page
    assert f'<div class="words" dir="auto">{words}</div>' in page
    (rule,) = re.findall(r"^\.words {(.*)}$", page, re.MULTILINE)
    assert "unicode-bidi: plaintext;" in rule  # else the first line decides for all of them


@pytest.mark.parametrize("some", [SAMPLE, EMPTY, ODD])
def test_nothing_is_loaded_from_elsewhere(some: Reading) -> None:
    page = Page(to_html(some))
    assert not {"link", "img", "script", "iframe"} & set(page.tags)
    assert not {"src", "href"} & page.attributes
    assert "url(" not in to_html(some)
    assert "default-src 'none'" in to_html(some)


def test_a_contract_without_a_title_is_called_what_it_is() -> None:
    assert Page(to_html(EMPTY)).words["h1"] == ["Learning contract"]


def test_no_key_is_shown() -> None:
    assert not [secret for secret in SECRETS if secret in to_html(SAMPLE)]


def test_whoever_is_in_doubt_is_not_named_as_the_author() -> None:
    assert "Written by Maya, somebody in Ms Okafor’s name" in to_html(DOUBTED)


def test_an_empty_section_is_left_out_and_an_empty_contract_says_so() -> None:
    assert "Supports needed" not in to_html(SAMPLE)
    assert Page(to_html(EMPTY)).words["p"] == ["Nothing is written here yet."]


def test_what_each_person_promised_stands_under_their_name_and_prints_on_its_own_page() -> None:
    reading = full_reading()
    made = promises_to_html(reading, taken_home(reading), "As it was on 22 November 2026")
    page = Page(made)
    assert page.open == []
    names = ("Maya", "Ms Okafor", "Jonas")
    assert page.words["h2"] == [f"{name}: what I promise" for name in names]
    assert page.words["div"].count("14 March 2024") == 3
    assert ".home section + section { break-before: page; }" in made
    assert page.tags.count("section") == 3
    assert not [secret for secret in SECRETS if secret in made]
