"""A contract with a past, for the rehearsal: Heidi, from Johanna Spyri's tale, learns to read.

Three people wrote it over several sittings; each edit below is made by its author's own program at
its own time, so that the sample has authors, turns and overlapping work like any other contract.
"""

from __future__ import annotations

from dataclasses import dataclass

from contract_tui.contract.schema import (
    INTERESTS,
    STRUCTURE,
    SUPPORTS,
    PartId,
    StructureChoice,
)

TITLE = "Heidi learns to read, the mountain way"
STUDENT, TEACHER, PARENT = "Heidi", "Mrs Sesemann", "Grandfather"
DAY = 24 * 60 * 60
SAT_DOWN = 15 * 60 * 60 + 30 * 60
"""Seconds after midnight at which people sit down to write."""


@dataclass(frozen=True, slots=True)
class Add:
    """New words at the end of a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Replace:
    """Other words in place of some, or after them when they stay in front."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Choose:
    """How much structure is wanted."""

    choice: StructureChoice


Edit = Add | Replace | Choose


@dataclass(frozen=True, slots=True)
class Sitting:
    """What one person did in one part without a pause."""

    who: str
    part: PartId
    days: int
    """How many days before the rehearsal."""
    minutes: int
    """How many minutes after the people sat down that day."""
    edits: tuple[Edit, ...]
    apart: bool = False
    """Written without having seen what the others wrote in this sitting."""

    def at(self, now: float) -> int:
        """When it began, in seconds since 1970: on a day before `now`, in the afternoon."""
        midnight = int(now) // DAY * DAY
        return midnight - self.days * DAY + SAT_DOWN + self.minutes * 60


SITTINGS: tuple[Sitting, ...] = (
    # Heidi begins alone, five weeks ago.
    Sitting(
        STUDENT,
        INTERESTS,
        36,
        0,
        (
            Add("I love the goats, Little Swan and Little Bear most. "),
            Add("I know all their names and who is whose child. "),
            Add("I like the wind in the fir trees.\n"),
        ),
    ),
    Sitting(
        STUDENT,
        SUPPORTS,
        36,
        9,
        (
            Add("It goes wrong when I have to read out loud and everybody waits. "),
            Add("The letters look like goats that do not stand still.\n"),
        ),
    ),
    # Three days later her grandfather adds to it at the kitchen table.
    Sitting(
        PARENT,
        INTERESTS,
        33,
        0,
        (Add("She can tell the weather from the sky, better than I can.\n"),),
    ),
    Sitting(
        PARENT,
        SUPPORTS,
        33,
        6,
        (Add("She learns fastest with something in her hands. Early in the morning is best.\n"),),
    ),
    # The first conference: all three write, two of them at the same time.
    Sitting(
        TEACHER,
        INTERESTS,
        26,
        0,
        (Add("I wonder: would you like to write down what the goats did each day?\n"),),
    ),
    Sitting(
        STUDENT,
        INTERESTS,
        26,
        1,
        (Replace("I like the wind", "I like the sound of the wind"),),
        apart=True,
    ),
    Sitting(STUDENT, INTERESTS, 26, 2, (Add("Yes! A goat book, with a page for each goat.\n"),)),
    Sitting(
        TEACHER,
        SUPPORTS,
        26,
        3,
        (
            Replace(
                "everybody waits. ",
                "everybody waits. Could you read to me alone first, or to Peter's grandmother? ",
            ),
        ),
        apart=True,
    ),
    Sitting(
        STUDENT,
        SUPPORTS,
        26,
        8,
        (
            Add("Grandmother! She cannot see, so she really needs me to read. "),
            Add("Big letters help, and a ruler under the line.\n"),
        ),
    ),
    Sitting(
        STUDENT,
        STRUCTURE,
        26,
        12,
        (
            Choose(StructureChoice.TOGETHER),
            Add("I want somebody beside me when it is a new book. "),
            Add("For the goat book I want to be left alone until it is done.\n"),
        ),
    ),
    Sitting(
        PARENT,
        STRUCTURE,
        26,
        15,
        (Add("I will sit with you on the bench after supper, ten minutes, no longer.\n"),),
    ),
    # Her teacher, some days later.
    Sitting(
        TEACHER,
        STRUCTURE,
        19,
        0,
        (
            Add("On Mondays I bring two books and you choose one. "),
            Add("You say stop when it is enough.\n"),
        ),
    ),
    Sitting(
        PARENT,
        INTERESTS,
        12,
        0,
        (Replace("better than I can.", "better than I can. She is teaching me."),),
    ),
    # Last week Heidi looks at it again and changes her mind.
    Sitting(
        STUDENT,
        STRUCTURE,
        5,
        0,
        (
            Replace("when it is a new book. ", "when it is a new book, but only for page one. "),
            Choose(StructureChoice.CHECK_IN),
        ),
    ),
    Sitting(
        STUDENT,
        SUPPORTS,
        5,
        4,
        (
            Replace(
                "Big letters help, and a ruler under the line.", "A ruler under the line helps."
            ),
            Add("Big letters I do not need any more.\n"),
        ),
    ),
    Sitting(
        TEACHER,
        SUPPORTS,
        4,
        0,
        (Add("I noticed that too. Is it still hard with the others listening?\n"),),
    ),
)
