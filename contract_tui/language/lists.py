"""Names in one phrase, as they are said in each language.

The little word between two names can change with the sound that follows it: Spanish says “Maya y
Sam” but “Maya e Inés”, “Sam o Maya” but “Maya u Olga”. A language that knows no such thing says
the same twice.
"""

from __future__ import annotations

import re

from contract_tui.language import _, pgettext

AND = _("{first} and {last}")
AND_BEFORE_I = pgettext("before the sound of i, as in Inés or Hilda", "{first} and {last}")
OR = _("{one} or {other}")
OR_BEFORE_O = pgettext("before the sound of o, as in Olga or Hortensia", "{one} or {other}")
_SOUNDS_LIKE_I = r"[“‘(]?h?[iíy](?![aeouáéóú])"
_SOUNDS_LIKE_O = r"[“‘(]?h?[oó]"


def both(first: str, last: str) -> str:
    """Return two names of which both are meant."""
    form = AND_BEFORE_I if _begins(last, _SOUNDS_LIKE_I) else AND
    return form.format(first=first, last=last)


def either(one: str, other: str) -> str:
    """Return two names of which one is meant."""
    form = OR_BEFORE_O if _begins(other, _SOUNDS_LIKE_O) else OR
    return form.format(one=one, other=other)


def _begins(name: str, sound: str) -> bool:
    """Whether a name begins so; compiled at its first use, which few programs ever come to."""
    return re.match(sound, name, re.IGNORECASE) is not None
