"""What can be chosen of the things of a contract: short tokens that screens put into words.

None of them is more than another, and "" always means that nobody has said anything.
"""

from enum import StrEnum
from typing import TypeVar

_Token = TypeVar("_Token", bound=StrEnum)


class SupportState(StrEnum):
    """How it is with something that may help."""

    WANTED = "wanted"
    TRYING = "trying"
    HELPS = "helps"
    NOT_NOW = "not-now"
    NOT_SAID = ""


class Origin(StrEnum):
    """Where a goal comes from, so that nobody's demand poses as the student's wish."""

    MINE = "mine"
    NEGOTIATED = "negotiated"
    REQUIRED = "required"
    NOT_SAID = ""


class Stretch(StrEnum):
    """How a goal feels."""

    TOO_EASY = "too-easy"
    RIGHT = "right"
    TOO_MUCH = "too-much"
    NOT_SAID = ""


class GoalState(StrEnum):
    """What has become of a goal."""

    IDEA = "idea"
    TRYING = "trying"
    CHANGED = "changed"
    REACHED = "reached"
    LET_GO = "let-go"
    NOT_SAID = ""


class Outcome(StrEnum):
    """What has become of a promise, as the one says whom it was made to."""

    KEPT = "kept"
    CHANGED = "changed"
    NOT_YET = "not-yet"
    NOT_SAID = ""


class NoteKind(StrEnum):
    """What a note is."""

    SUGGESTION = "suggestion"
    WONDERING = "wondering"
    DISSENT = "dissent"


class NoteAnswer(StrEnum):
    """What the student says to a suggestion."""

    TOOK = "took"
    CHANGED = "changed"
    NO = "no"
    NOT_SAID = ""


def token(kind: type[_Token], value: object) -> _Token:
    """Return what a value means; nothing that is known counts as not said."""
    return kind(value) if isinstance(value, str) and value in list(kind) else kind("")
