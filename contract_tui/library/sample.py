"""A contract with a past, for the rehearsal: Heidi, from Johanna Spyri's tale, learns to read.

Three people wrote it over several sittings; each edit below is made by its author's own program at
its own time, so that the sample has authors, turns and overlapping work like any other contract.
"""

from __future__ import annotations

from contract_tui.contract.schema import INTERESTS, STRUCTURE, SUPPORTS, StructureChoice
from contract_tui.library.sample_things import THINGS
from contract_tui.library.script import (
    PARENT,
    STUDENT,
    TEACHER,
    Add,
    Choose,
    Replace,
    Sitting,
)

TITLE = "Heidi learns to read, the mountain way"

SECTION_SITTINGS: tuple[Sitting, ...] = (
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

SITTINGS = tuple(sorted((*SECTION_SITTINGS, *THINGS), key=lambda one: (-one.days, one.minutes)))
"""In the order in which people sat down."""
