"""Which languages there are, and which of them are whole."""

from __future__ import annotations

from typing import NamedTuple

SOURCE = "en"
"""What the sources are written in."""

FROM_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


class Language(NamedTuple):
    """One language that people can be spoken to in."""

    tag: str
    """As gettext names it: a language, or a language and a country, as in pt_BR."""
    name: str
    """What it calls itself."""
    is_complete: bool
    """Whether somebody who speaks it has read all of it; the tests then allow no gap."""


LANGUAGES = (
    Language(SOURCE, "English", is_complete=True),
    Language("es", "Español", is_complete=True),
)


def known(tag: str) -> Language | None:
    """Return the language of this tag."""
    return next((one for one in LANGUAGES if one.tag == tag), None)


def direction(language: Language) -> str:
    """Return where the lines of a page begin, as HTML says it."""
    return "rtl" if language.tag.partition("_")[0] in FROM_RIGHT_TO_LEFT else "ltr"


def fitting(wanted: str) -> Language | None:
    """Return the language nearest to one that somebody wants, as in es_MX.UTF-8; None for none."""
    tag = wanted.partition(".")[0].partition("@")[0].replace("-", "_")
    if tag in ("C", "POSIX"):
        return known(SOURCE)
    language, _, country = tag.partition("_")
    exact = known(f"{language.lower()}_{country.upper()}") if country else None
    return exact or known(language.lower())
