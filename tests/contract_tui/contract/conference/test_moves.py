"""How a conference goes on, whoever presses at once and whoever was away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.conference.moves import (
    BREAK,
    LONGEST,
    Path,
    believed,
    furthest,
    is_phase,
    minutes_added,
    place,
    read_path,
    write_path,
)

PHASES = ("open", "me", "helps", "goal")
MOVES = (*PHASES, BREAK, "+2", "+5")
AGENDAS = st.lists(st.sampled_from(PHASES), unique=True)


@st.composite
def walks(draw: st.DrawFn, begin: Path = ("open",), most: int = 6) -> Path:
    """A path that somebody walked from where they were."""
    path = begin
    for _ in range(draw(st.integers(0, most))):
        path = draw(st.sampled_from(_next(path)))
    return path


def _next(path: Path) -> list[Path]:
    found = ((*path, move) for move in MOVES)
    return [one for one in found if read_path(write_path(one)) == one]


def with_beginnings(paths: list[Path]) -> set[Path]:
    """The paths with everything that came before them: nobody has one without the others."""
    return {path[:end] for path in paths for end in range(1, len(path) + 1)}


@st.composite
def anywhere(draw: st.DrawFn) -> Path:
    """A path that somebody walked who began anywhere."""
    return draw(walks(begin=(draw(st.sampled_from(PHASES)),)))


@given(walks())
def test_a_path_is_read_as_it_was_written(path: Path) -> None:
    assert read_path(write_path(path)) == path


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "~",
        "+2",
        "open//me",
        "open/~/~",
        "open/~/+2",
        "open/+0",
        "open/+100",
        "Open",
        "o/é",
    ],
)
def test_what_is_no_path_is_passed_over(text: str) -> None:
    assert read_path(text) is None


def test_nobody_goes_back_and_forth_for_ever() -> None:
    assert read_path("/".join(["open"] * (LONGEST // 5))) is not None
    assert read_path("/".join(["open"] * (LONGEST // 5 + 1))) is None


def test_two_who_go_on_at_once_take_one_step() -> None:
    here: Path = ("open", "me")
    one, other = (*here, "helps"), (*here, "helps")
    assert furthest({here, one, other}) == ("open", "me", "helps")


def test_who_goes_on_is_followed_rather_than_who_goes_back_or_rests_at_once() -> None:
    here: Path = ("open", "me")
    assert furthest({here, (*here, "helps"), (*here, "open"), (*here, BREAK)}) == (*here, "helps")
    assert furthest({here, (*here, "open"), (*here, BREAK)}) == (*here, "open")


def test_who_went_on_alone_is_not_brought_back_by_who_stood_still() -> None:
    far: Path = ("open", "me", "helps", "goal")
    still: Path = ("open", "me", BREAK, "me", BREAK, "me", "+2", "+2")
    assert furthest(with_beginnings([far, still])) == far


@given(st.lists(walks(), min_size=1, max_size=6) | st.lists(anywhere(), min_size=1), st.data())
def test_everybody_follows_the_same_path_whatever_came_first(
    paths: list[Path], data: st.DataObject
) -> None:
    walked, agenda = sorted(with_beginnings(paths)), data.draw(AGENDAS)
    assert furthest(walked, agenda) == furthest(data.draw(st.permutations(walked)), agenda)


@given(st.lists(walks(), min_size=1, max_size=6) | st.lists(anywhere(), min_size=1), st.data())
def test_a_step_behind_the_path_that_is_followed_is_followed(
    paths: list[Path], data: st.DataObject
) -> None:
    walked, agenda = with_beginnings(paths), data.draw(AGENDAS)
    here = furthest(walked, agenda)
    assert here is not None
    further = data.draw(st.sampled_from(_next(here)))
    assert furthest({*walked, further}, agenda) == further


@given(st.lists(walks(), min_size=1, max_size=5), st.lists(anywhere(), max_size=5), AGENDAS)
def test_no_phase_that_was_begun_is_lost_when_others_come_back(
    mine: list[Path], theirs: list[Path], agenda: list[str]
) -> None:
    before = furthest(with_beginnings(mine), agenda) or ()
    after = furthest(with_beginnings([*mine, *theirs]), agenda) or ()
    assert _phases(after) >= _phases(before)


def test_of_two_beginnings_the_one_of_the_agenda_is_followed_and_then_whoever_skips_nothing() -> (
    None
):
    agenda = ("open", "me", "helps", "goal")
    for other in ("zoo", "a", "goal"):
        others: list[Path] = [(other,), (other, BREAK), (other, BREAK, other)]
        assert furthest([("open",), *others], agenda) == ("open",)
        assert furthest([*others, ("open",)], agenda) == ("open",)
    assert furthest([("open", "helps"), ("open", "goal")], agenda) == ("open", "helps")
    assert furthest([("open", "helps"), ("open", "zoo")], agenda) == ("open", "helps")


def _phases(path: Path) -> int:
    return len({move for move in path if is_phase(move)})


def test_a_break_keeps_the_phase_and_minutes_belong_to_the_phase_they_were_added_in() -> None:
    path: Path = ("open", "me", "+2", BREAK, "me", "+5", "helps", "+10")
    assert place(path[:4]) == ("me", True, path[:4])
    assert place(path[:3]) == ("me", False, ("open", "me"))
    assert place(path) == ("helps", False, path[:-1])
    assert [minutes_added(path, phase) for phase in ("open", "me", "helps")] == [0, 7, 10]


def test_others_than_the_student_begin_rest_and_come_back_and_no_more() -> None:
    paths: dict[Path, bool] = {
        ("open",): False,
        ("open", "me"): False,
        ("open", BREAK): False,
        ("open", BREAK, "open"): False,
        ("open", BREAK, "goal"): False,
        ("open", "+5"): False,
        ("open", "goal"): True,
        ("open", "goal", BREAK): False,
    }
    refused: set[Path] = {("open", "me"), ("open", BREAK, "goal"), ("open", "+5")}
    assert believed(paths) == paths.keys() - refused


def test_a_break_on_a_path_that_nobody_believes_is_not_believed_either() -> None:
    assert believed({("open",): False, ("open", "me"): False, ("open", "me", BREAK): False}) == {
        ("open",)
    }
