"""Finds the language of whoever started the program: their own choice, or what their system says.

What was chosen inside the program is kept beside the library, in a file that holds the tag alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from contract_tui.language import speech
from contract_tui.language.languages import LANGUAGES, SOURCE, Language, fitting, known

if TYPE_CHECKING:
    from gettext import GNUTranslations

CATALOGS = Path(__file__).parent / "catalogs"
DOMAIN = "contract_tui"
CHOICE = "language"
"""The file in which a person's choice is kept."""
TOLD = "language-told"
"""The file that says in which unreviewed language its reader was told so."""
VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""Where a system says which language is wanted; the first that says something counts."""
LONGEST_CHOICE = 40
"""Characters of a choice that are read."""


def speak(home: Path, environment: Mapping[str, str] = os.environ) -> Language:
    """Speak to people in their language from now on, and return it."""
    language = chosen(home, environment)
    speech.use(catalog(language))
    return language


def chosen(home: Path, environment: Mapping[str, str] = os.environ) -> Language:
    """Return the language that a person chose, else the first that their system wants."""
    return kept(home) or next(_wanted(environment), LANGUAGES[0])


def kept(home: Path) -> Language | None:
    """Return what a person chose inside the program; None where they did not."""
    return known(_read(home / CHOICE))


def keep(home: Path, language: Language | None) -> None:
    """Keep a person's choice for the next start; None: as the system says. Raises OSError."""
    if language is None:
        (home / CHOICE).unlink(missing_ok=True)
    else:
        (home / CHOICE).write_text(f"{language.tag}\n", encoding="ascii")


def catalog(language: Language, catalogs: Path = CATALOGS) -> GNUTranslations | None:
    """Return what a language says; None for the sources' own, and where it was not compiled."""
    if language.tag == SOURCE:
        return None
    from gettext import GNUTranslations

    with suppress(OSError), compiled(language, catalogs).open("rb") as file:
        return GNUTranslations(file)
    return None


def compiled(language: Language, catalogs: Path = CATALOGS) -> Path:
    """Return where the compiled catalogue of a language is."""
    return catalogs / language.tag / "LC_MESSAGES" / f"{DOMAIN}.mo"


def is_news(home: Path, language: Language) -> bool:
    """Whether a person has to be told that their language is unreviewed: once, and noted here."""
    if language.is_complete or _read(home / TOLD) == language.tag:
        return False
    with suppress(OSError):  # they are told again
        (home / TOLD).write_text(f"{language.tag}\n", encoding="ascii")
    return True


def _wanted(environment: Mapping[str, str]) -> Iterator[Language]:
    said = next((environment[name] for name in VARIABLES if environment.get(name)), "")
    return (found for one in said.split(":") if (found := fitting(one)) is not None)


def _read(path: Path) -> str:
    """Return what a small file says; nothing where there is none or it is no text."""
    try:
        with path.open(encoding="ascii") as file:
            return file.read(LONGEST_CHOICE).strip()
    except (OSError, UnicodeError):
        return ""
