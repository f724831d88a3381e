"""The people of a contract, as its pages offer them."""

from contract_tui.ui.pages.circle import Circle
from sync_server.access.proof import SeatId

HEIDI, SESEMANN, DETE = SeatId("he"), SeatId("se"), SeatId("de")
NAMES = {DETE: "Dete", SESEMANN: "Mrs Sesemann", HEIDI: "Heidi"}


def test_an_adult_is_offered_the_student_first_and_themselves_last() -> None:
    circle = Circle(DETE, NAMES, frozenset({HEIDI}))
    assert list(circle.options("myself").values()) == ["Heidi", "Mrs Sesemann", "myself"]


def test_the_student_is_offered_the_others_first() -> None:
    circle = Circle(HEIDI, NAMES, frozenset({HEIDI}))
    assert list(circle.options("myself").values()) == ["Dete", "Mrs Sesemann", "myself"]


def test_who_reads_along_is_offered_everybody_by_name() -> None:
    circle = Circle(None, NAMES, frozenset({HEIDI}))
    assert list(circle.options("myself").values()) == ["Heidi", "Dete", "Mrs Sesemann"]
