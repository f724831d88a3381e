from hypothesis import example, given
from hypothesis import strategies as st

from contract_tui.contract.items.positions import between, place

CHANCE = st.integers(0, 2**32 - 1)
FOREIGN = st.one_of(st.text(max_size=3), st.text("0z", max_size=4), st.just("z" * 300))
LATE = "\U0010ffff"


def in_order(positions: dict[str, str]) -> list[str]:
    """Things as every reader sorts them."""
    return sorted(positions, key=lambda name: (positions[name] or LATE, name))


def put(positions: dict[str, str], name: str, at: int, chance: int) -> None:
    order = in_order(positions)
    position, moved = place([positions[one] for one in order], at, chance)
    positions[name] = position
    positions |= {order[index]: new for index, new in moved.items()}


@given(st.lists(st.tuples(st.integers(0, 30), CHANCE), max_size=30))
def test_what_is_put_somewhere_stands_there_however_often(steps: list[tuple[int, int]]) -> None:
    positions: dict[str, str] = {}
    naive: list[str] = []
    for number, (place_, chance) in enumerate(steps):
        at = place_ % (len(naive) + 1)
        naive.insert(at, f"{number:02}")
        put(positions, f"{number:02}", at, chance)
    assert in_order(positions) == naive


@given(st.lists(FOREIGN, max_size=6), st.integers(0, 6), CHANCE)
@example(["a", "a0"], 1, 0)
@example(["", "", ""], 1, 7)
@example(["~", "~~"], 2, 7)
def test_a_thing_finds_its_place_among_whatever_others_wrote(
    foreign: list[str], place_: int, chance: int
) -> None:
    positions = {f"{number}": one for number, one in enumerate(foreign)}
    naive = in_order(positions)
    at = place_ % (len(naive) + 1)
    naive.insert(at, "new")
    put(positions, "new", at, chance)
    assert in_order(positions) == naive


def test_only_what_is_in_the_way_gets_another_position() -> None:
    assert place(["b1", "d1"], 1, 7)[1] == {}
    assert place(["b1", "b1", "d1"], 1, 7)[1].keys() == {1}
    assert place(["b1", "~", "d1"], 1, 7)[1].keys() == {1}


@given(CHANCE, CHANCE)
def test_two_who_put_something_in_the_same_place_get_positions_between_the_same_two(
    one: int, other: int
) -> None:
    low, high = between("", "", 0), between(between("", "", 0), "", 0)
    assert all(low < between(low, high, chance) < high for chance in (one, other))


def test_hundreds_in_the_same_place_stay_short() -> None:
    first, last = between("", "", 1), between(between("", "", 1), "", 1)
    for chance in range(300):
        last = between(first, last, chance)
    assert len(last) < 100
