"""The language of a guest's pages: of their own, whatever the host's program speaks."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from contract_tui.guests.environment import preferred
from contract_tui.language.choosing import catalog
from contract_tui.language.languages import LANGUAGES, Language, fitting, known


def asked_for(accepted: str) -> Language:
    """Return the first language of an Accept-Language header that there is."""
    wanted = map(fitting, preferred(accepted).split(":"))
    return next((one for one in wanted if one is not None), LANGUAGES[0])


@cache
def saying(tag: str) -> Callable[[str], str]:
    """Return what says a sentence in a language; as it stands in the sources, where it is not."""
    language = known(tag)
    found = catalog(language) if language else None

    def say(sentence: str) -> str:
        return found.gettext(sentence) if found and sentence else sentence

    return say
