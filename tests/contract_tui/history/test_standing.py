"""A version told from the one asked about before is the same as one told anew."""

from hypothesis import given
from hypothesis import strategies as st

from contract_tui.history.standing import Standing
from sync_server.protocol.ids import Actor, ElementId

ADA = Actor(b"a")
CHANGES = 40


def element(place: int) -> ElementId:
    return ElementId(place + 1, ADA)


@st.composite
def letters(draw: st.DrawFn) -> tuple[list[int], list[int], dict[int, tuple[int, ...]]]:
    """Births, first deaths and all deaths of some letters."""
    at = st.integers(0, CHANGES - 1)
    births, deaths, more = [], [], {}
    for place in range(draw(st.integers(0, 30))):
        births.append(draw(at))
        gone = sorted(draw(st.sets(at, max_size=3)))
        deaths.append(gone[0] if gone else -1)
        if len(gone) > 1:
            more[place] = tuple(gone)
    return births, deaths, more


moments = st.lists(
    st.lists(st.booleans(), min_size=CHANGES, max_size=CHANGES).map(lambda made: bytes([*made, 0])),
    min_size=1,
    max_size=12,
)


@given(letters(), moments)
def test_each_version_is_told_as_if_it_were_the_first_one(
    columns: tuple[list[int], list[int], dict[int, tuple[int, ...]]], asked: list[bytes]
) -> None:
    standing = Standing(*columns, (), element)
    for moment in asked:
        anew = Standing(*columns, (), element)
        assert standing.flags(moment) == anew.flags(moment)
        for place, flag in enumerate(anew.flags(moment)):
            assert standing.stands(place, moment) == bool(flag)


@given(letters(), moments)
def test_of_letters_that_overwrote_each_other_the_one_with_the_greatest_id_stands(
    columns: tuple[list[int], list[int], dict[int, tuple[int, ...]]], asked: list[bytes]
) -> None:
    places = range(len(columns[0]))
    standing = Standing(*columns, [places[::-1]], element)
    plain = Standing(*columns, (), element)
    for moment in asked:
        there = [place for place in places if plain.stands(place, moment)]
        assert [place for place in places if standing.stands(place, moment)] == there[-1:]
