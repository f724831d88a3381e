"""What can be chosen of a conference: short tokens that screens put into words."""

from enum import StrEnum


class Form(StrEnum):
    """Which agenda a conference follows."""

    FULL = "25"
    """25 minutes, in seven phases."""
    SHORT = "15"
    """The same in 15 minutes."""
    OWN = "own"
    """What the student has made of one of these."""


class ReadyPhase(StrEnum):
    """The phases that the program has words for."""

    OPEN = "open"
    ME = "me"
    """Me and my work."""
    HELPS = "helps"
    """What helps, and how much structure."""
    GOAL = "goal"
    """A goal, and what success is."""
    PROMISES = "promises"
    """What may get in the way, and who promises what."""
    READ_BACK = "read-back"
    """Reading back, and agreeing."""
    CLOSE = "close"


class Floor(StrEnum):
    """Whose turn it is to speak and to write."""

    STUDENT = "student"
    """The student's: what an adult types becomes a wondering beside the text."""
    ADULTS_ASK = "adults-ask"
    """The student's, and at first the adults only ask."""
    STUDENT_FIRST = "student-first"
    """The student begins, then the others."""
    EVERYBODY = "everybody"


class Confirmation(StrEnum):
    """What the student says of words that somebody typed because they were asked to."""

    NOT_YET = "not-yet"
    CONFIRMED = "confirmed"
    NOT_MINE = "not-mine"
