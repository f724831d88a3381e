"""What the sample contract lists: what helps, two goals, four promises, and looking back on it."""

from __future__ import annotations

from contract_tui.contract.items import paths
from contract_tui.contract.items.paths import ItemId, part_of
from contract_tui.contract.items.tokens import GoalState, Origin, Outcome, Stretch, SupportState
from contract_tui.contract.schema import STRUCTURE, StructureChoice
from contract_tui.library.script import (
    PARENT,
    STUDENT,
    TEACHER,
    Add,
    Begin,
    Close,
    Edit,
    Replace,
    Revisit,
    Say,
    Sitting,
    Suggest,
)

BOOK = paths.item(paths.GOALS_LIST, "goat-book")
HYMNS = paths.item(paths.GOALS_LIST, "hymns")
_LISTENER, _RULER, _MORNING = (
    paths.item(paths.SUPPORTS_LIST, key) for key in ("listener", "ruler", "morning")
)
_BENCH, _BOOKS, _PAGE_ONE, _SURPRISE = (
    paths.item(paths.PROMISES_LIST, key) for key in ("bench", "books", "page-one", "surprise")
)
_LAST_WEEK = paths.item(paths.REFLECTIONS_LIST, "last-week")
_A_PAGE_MORE = paths.item(paths.NOTES_LIST, "a-page-more")


def _sit(
    who: str, thing: ItemId, days: int, minutes: int, *edits: Edit, field: str = "what"
) -> Sitting:
    return Sitting(who, part_of(thing, field), days, minutes, edits)


def _step(key: str, minutes: int, what: str, *, done: bool = False) -> Sitting:
    step = paths.step(BOOK, key)
    begin = Begin(step, said={"by": STUDENT, "done": done})
    return _sit(STUDENT, step, 12, minutes, begin, Add(what))


THINGS: tuple[Sitting, ...] = (
    # The first conference goes on: two goals, and who promises what.
    _sit(
        STUDENT,
        BOOK,
        26,
        20,
        Begin(
            BOOK,
            said={
                "origin": Origin.MINE,
                "structure_choice": StructureChoice.OWN_WAY,
                "state": GoalState.IDEA,
            },
        ),
        Add("Write the goat book"),
    ),
    _sit(
        STUDENT,
        BOOK,
        26,
        22,
        Add("Nobody else knows all their names. "),
        Add("When I am old I want to remember Little Bear."),
        field="matters",
    ),
    _sit(
        STUDENT,
        BOOK,
        26,
        25,
        Add("I read it to Grandmother, and she can tell which goat is which."),
        field="success",
    ),
    _sit(
        TEACHER,
        HYMNS,
        26,
        28,
        Begin(
            HYMNS,
            said={
                "origin": Origin.NEGOTIATED,
                "structure_choice": StructureChoice.TOGETHER,
                "state": GoalState.IDEA,
            },
        ),
        Add("Read to Grandmother from her hymn book"),
    ),
    _sit(
        TEACHER,
        HYMNS,
        26,
        30,
        Add("School asks for reading aloud. That it is the hymn book was Heidi’s idea."),
        field="origin_note",
    ),
    _sit(
        STUDENT,
        HYMNS,
        26,
        32,
        Add("She has not heard her songs for years, because she cannot see them."),
        field="matters",
    ),
    _sit(
        PARENT,
        _BENCH,
        26,
        35,
        Begin(_BENCH, said={"by": PARENT, "to": STUDENT, "when": "after supper"}),
        Add("I sit with you on the bench, ten minutes, no longer."),
    ),
    _sit(
        TEACHER,
        _BOOKS,
        26,
        36,
        Begin(_BOOKS, said={"by": TEACHER, "to": STUDENT, "when": "on Mondays"}),
        Add("I bring two books, and you choose one."),
    ),
    _sit(
        STUDENT,
        _PAGE_ONE,
        26,
        38,
        Begin(_PAGE_ONE, said={"by": STUDENT, "to": PARENT}),
        Add("I try page one alone before I call you."),
    ),
    # Her teacher writes down what she has seen help; at home they add to it.
    _sit(
        TEACHER,
        _RULER,
        19,
        6,
        Begin(_RULER, said={"offered_by": TEACHER, "state": SupportState.HELPS}),
        Add("A ruler under the line"),
    ),
    _sit(TEACHER, _RULER, 19, 7, Add("with new books"), field="when"),
    _sit(
        STUDENT,
        _LISTENER,
        12,
        4,
        Begin(_LISTENER, said={"offered_by": "", "state": SupportState.HELPS}),
        Add("Reading to Grandmother first"),
    ),
    _sit(STUDENT, _LISTENER, 12, 5, Add("before I read to anybody else"), field="when"),
    _sit(
        PARENT,
        _MORNING,
        12,
        8,
        Begin(
            _MORNING,
            said={"offered_by": PARENT, "state": SupportState.TRYING},
            days={"check_on": 14},
        ),
        Add("Half an hour before the goats go out"),
    ),
    _sit(PARENT, _MORNING, 12, 9, Add("when it does not rain"), field="when"),
    _sit(STUDENT, BOOK, 12, 10, Say(BOOK, "state", GoalState.TRYING)),
    _step("names", 11, "A list of all their names", done=True),
    _step("swan", 12, "One page for Little Swan, with a picture"),
    _step("peter", 13, "Ask Peter what they did before I came"),
    _sit(STUDENT, BOOK, 12, 15, Add("Peter, for the old goats"), field="together_with"),
    _sit(STUDENT, BOOK, 12, 17, Add("The book, with a page for each goat."), field="evidence"),
    _sit(
        STUDENT,
        _SURPRISE,
        12,
        20,
        Begin(_SURPRISE, said={"by": STUDENT, "to": TEACHER, "when": "when it is done"}),
        Add("I show you the goat book."),
    ),
    # Last week they look back on it.
    _sit(
        STUDENT,
        _LAST_WEEK,
        5,
        10,
        Begin(_LAST_WEEK, said={"by": STUDENT}, days={"at": -5}),
        Add("The letters stood still, nearly all of them. "),
        Add("I did not mind that Peter listened.\n"),
        field="text",
    ),
    _sit(STUDENT, BOOK, 5, 14, Say(BOOK, "stretch", Stretch.RIGHT)),
    _sit(STUDENT, _BENCH, 5, 16, Close(_BENCH, Outcome.KEPT)),
    Sitting(STUDENT, STRUCTURE, 5, 17, (Revisit(28),)),
    _sit(
        STUDENT,
        HYMNS,
        5,
        18,
        Add("She sings along."),
        Replace("sings along", "sings along, and I do not lose the line"),
        field="success",
    ),
    _sit(
        TEACHER,
        BOOK,
        4,
        6,
        Suggest(_A_PAGE_MORE, "a page for each goat", "a page for each goat and one for you"),
        field="evidence",
    ),
)
