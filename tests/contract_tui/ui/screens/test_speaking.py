"""A language of one's own, chosen inside the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract_tui.language import languages
from contract_tui.language.choosing import CHOICE, chosen, kept
from contract_tui.language.languages import known
from contract_tui.library.errors import LibraryError
from contract_tui.library.library import Library
from contract_tui.ui.app import ContractApp
from contract_tui.ui.screens import speaking
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.library import LibraryScreen
from contract_tui.ui.screens.notice import NoticeScreen
from contract_tui.ui.screens.speaking import ask_language
from tests.contract_tui.ui.stage import until


async def test_a_language_is_chosen_in_the_program_and_its_reader_told_once_what_it_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = tuple(one._replace(is_complete=one.tag == "en") for one in languages.LANGUAGES)
    monkeypatch.setattr(languages, "LANGUAGES", some)
    with Library(tmp_path) as library:
        app = ContractApp(library)
        async with app.run_test() as pilot:
            await until(lambda: isinstance(app.screen, LibraryScreen))
            app.action_language()
            await until(lambda: isinstance(app.screen, Dialog) and app.focused is not None)
            await pilot.press("right", "right", "tab")
            await pilot.press("enter")
            await until(lambda: isinstance(app.screen, LibraryScreen))
        assert kept(tmp_path) == known("es")
        assert chosen(tmp_path) == known("es")
        again = ContractApp(library)
        async with again.run_test():
            await until(lambda: isinstance(again.screen, NoticeScreen))
        once_more = ContractApp(library)
        async with once_more.run_test():
            await until(lambda: isinstance(once_more.screen, LibraryScreen))


def test_a_language_that_nobody_has_read_yet_is_offered_as_such(tmp_path: Path) -> None:
    begun = languages.Language("xx", "Xanadu", is_complete=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(speaking, "LANGUAGES", (*languages.LANGUAGES, begun))
        (asked,) = ask_language(tmp_path)._fields
    assert asked.options is not None
    assert asked.options["xx"] == "Xanadu, unreviewed"
    assert asked.options["es"] == "Español"


def test_a_choice_that_cannot_be_kept_is_said(tmp_path: Path) -> None:
    (tmp_path / CHOICE).mkdir()
    question = ask_language(tmp_path)
    with pytest.raises(LibraryError, match="cannot be kept here"):
        question._attempt({"language": "es"})
