"""In which language this program speaks, and how somebody chooses another."""

from __future__ import annotations

from pathlib import Path

from contract_tui.language import _, choosing
from contract_tui.language.languages import LANGUAGES, Language, known
from contract_tui.library.errors import LibraryError
from contract_tui.ui.screens.dialogs import Answers, Dialog, Field

TITLE = _("In which language?")
EXPLAINED = _(
    "It is for you alone: the others keep theirs, and the words of the contract stay as they were "
    "written. It holds from the next start on."
)
WHICH, SET = _("Language"), _("Say so")
AS_SYSTEM = _("as this computer")
UNREVIEWED = _("{name}, unreviewed")
FROM_NEXT_START = _("From the next start on, the program speaks as you chose.")
NOT_KEPT = _("Your choice cannot be kept here: {reason}")
NEWS = _(
    "Nobody has read all of this language yet: some sentences may be wrong, or still in English. "
    "Ctrl+P, then Language, chooses another."
)


def ask_language(home: Path) -> Dialog[str]:
    """Ask for a language; the answer says what comes of it."""

    def attempt(answers: Answers) -> str:
        try:
            choosing.keep(home, known(answers["language"]))
        except OSError as error:
            raise LibraryError(NOT_KEPT.format(reason=error.strerror)) from error
        return FROM_NEXT_START

    options = {"": AS_SYSTEM, **{one.tag: _called(one) for one in LANGUAGES}}
    kept = choosing.kept(home)
    field = Field("language", WHICH, value=kept.tag if kept else "", options=options)
    return Dialog(TITLE, EXPLAINED, [field], SET, attempt)


def _called(language: Language) -> str:
    return language.name if language.is_complete else UNREVIEWED.format(name=language.name)
