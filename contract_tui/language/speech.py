"""Looks up what is said; where no catalogue is in use, everything is said as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a program that speaks English never loads it
    from gettext import GNUTranslations

_catalog: GNUTranslations | None = None


def use(catalog: GNUTranslations | None) -> None:
    """Say from now on what this catalogue says; None: what stands in the sources."""
    global _catalog
    _catalog = catalog


def _(message: str) -> str:
    """Return a sentence as this program says it."""
    if _catalog is None or not message:  # of nothing, gettext would tell what is in the catalogue
        return message
    return _catalog.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the sentence for so many, of which some languages have more than two."""
    if _catalog is None:
        return one if count == 1 else many
    return _catalog.ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    """Return a word that means more than one thing, by what it means here."""
    return message if _catalog is None else _catalog.pgettext(context, message)


def told(error: Exception) -> str:
    """Return why something cannot be done, in this program's language.

    The relay's room knows no languages: its errors keep a sentence and what is put into it apart.
    What was said in a language already stays as it is.
    """
    sentence, values = getattr(error, "sentence", None), getattr(error, "values", None)
    if not isinstance(sentence, str) or not isinstance(values, dict):
        return str(error)
    return _(sentence).format(**values) if values else _(sentence)


def gettext_noop(message: str) -> str:
    """Mark a sentence for the catalogues that is looked up later, where it is known for whom."""
    return message
