"""Every language says all that is said, leaves open what is left open, and fits where it stands."""

from datetime import date, timedelta
from io import BytesIO

import language
import pytest
from babel.messages.catalog import Catalog, Message
from rich.cells import cell_len

from contract_tui.language import days
from contract_tui.language.languages import Language
from tests.contract_tui.language.reading import (
    COMPLETE,
    OTHERS,
    catalog,
    limits,
    messages,
    names,
    path,
    said,
    sources,
    translations,
    without_names,
)

every_language = pytest.mark.parametrize("spoken", OTHERS, ids=lambda one: one.tag)
every_complete_language = pytest.mark.parametrize("spoken", COMPLETE, ids=lambda one: one.tag)


def missing(found: Catalog) -> list[object]:
    """Return what the sources say and a language does not."""
    return [
        one.id
        for one in messages(said())
        if (there := found.get(one.id, one.context)) is None
        or there.fuzzy
        or not all(translations(there) or [""])
    ]


def misfits(found: Catalog) -> list[object]:
    """Return what leaves other names open than the source does, or has other lines."""
    return [one.id for one in messages(found) if not all(fits(one, it) for it in translations(one))]


def fits(message: Message, translation: str) -> bool:
    open_, lines = names(sources(message)[-1]), sources(message)[-1].count("\n")
    is_plural = len(sources(message)) > 1  # what is said of one need not say the number
    left = names(translation)
    return translation.count("\n") == lines and (left <= open_ if is_plural else left == open_)


def overlong(found: Catalog) -> list[tuple[str, int]]:
    """Return what does not fit where it stands, and how many columns there are.

    What a sentence leaves open is left out: its limit leaves room for that.
    """
    wide = []
    for one in messages(said()):
        there = found.get(one.id, one.context)
        for text in [*sources(one), *(translations(there) if there else [])]:
            columns = max(map(cell_len, without_names(text).split("\n")))
            wide += [(text, limit) for limit in limits(one) if columns > limit]
    return wide


@every_complete_language
def test_a_complete_language_leaves_nothing_unsaid(spoken: Language) -> None:
    assert missing(catalog(spoken.tag)) == []


@every_language
def test_every_language_leaves_open_what_the_source_leaves_open_and_has_its_lines(
    spoken: Language,
) -> None:
    assert misfits(catalog(spoken.tag)) == []


def test_what_is_said_in_english_fits_where_it_stands() -> None:
    assert overlong(Catalog()) == []


@every_complete_language
def test_what_a_complete_language_says_fits_where_it_stands(spoken: Language) -> None:
    assert overlong(catalog(spoken.tag)) == []


@every_language
def test_a_catalogue_is_written_as_the_tool_writes_it(spoken: Language) -> None:
    found = catalog(spoken.tag)
    content = BytesIO()
    language.write_to(content, found)
    assert content.getvalue().decode() == path(spoken.tag).read_text()


@every_language
def test_a_day_that_was_written_in_a_language_is_understood_in_it(
    spoken: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = catalog(spoken.tag)

    def say(text: str) -> str:
        there = found.get(text)
        return str(there.string if there and there.string else text)

    monkeypatch.setattr(days, "DAY_OF_YEAR", say("{day} {month} {year}"))
    monkeypatch.setattr(days, "MONTHS", tuple(map(say, days.MONTHS)))
    year = [date(2027, 1, 1) + timedelta(days=count) for count in range(365)]
    assert [days.meant(days.in_words(day, with_year=True)) for day in year] == year


def test_what_a_translator_can_get_wrong_is_found() -> None:
    spanish = Catalog(locale="es")
    spanish.add("With {people}.", "Con {personas}.")
    spanish.add("One\nTwo", "Uno dos")
    spanish.add(("one star", "{n} stars"), ("una estrella", "{n} estrellas"))
    assert misfits(spanish) == ["With {people}.", "One\nTwo"]
    assert len(missing(spanish)) == len(messages(said()))
    narrow = next(one for one in messages(said()) if any(limits(one)))
    limit = next(limits(narrow))
    spanish.add(narrow.id, "{name}" + "ñ" * limit, context=narrow.context)
    assert overlong(spanish) == []
    spanish[narrow.id].string = "字" * limit
    assert overlong(spanish) == [("字" * limit, limit)]
