"""Who wrote what, apart from what only stands in somebody's name."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.membership.authorship import Doubted, Run, doubting, in_doubt
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import ElementId

ACTORS = [Actor(bytes([number]) * 16) for number in range(3)]
IDS = st.lists(st.builds(ElementId, st.integers(1, 9), st.sampled_from(ACTORS)), max_size=20)
DOUBTFUL = st.dictionaries(st.sampled_from(ACTORS), st.integers(1, 10))


def runs_of(ids: list[ElementId]) -> list[Run]:
    runs: list[Run] = []
    for offset, one in enumerate(ids):
        if runs and runs[-1][2] == one.actor:
            runs[-1] = (runs[-1][0], offset + 1, Actor(one.actor))
        else:
            runs.append((offset, offset + 1, Actor(one.actor)))
    return runs


@given(IDS, DOUBTFUL, st.data())
def test_each_character_is_doubted_from_its_authors_operation_on(
    ids: list[ElementId], doubtful: dict[Actor, int], data: st.DataObject
) -> None:
    some = runs_of(ids)
    if some:
        some = some[data.draw(st.integers(0, len(some) - 1)) :]
    found = doubting(some, ids, doubtful)
    assert [at for start, end, _ in found for at in range(start, end)] == [
        at for start, end, _ in some for at in range(start, end)
    ]
    for start, end, actor in found:
        for one in ids[start:end]:
            assert one.actor == actor
            doubted = one.actor in doubtful and one.counter >= doubtful[Actor(one.actor)]
            assert isinstance(actor, Doubted) == doubted
    kinds = [(bytes(actor), isinstance(actor, Doubted)) for _, _, actor in found]
    assert all(one != other for one, other in pairwise(kinds))


@given(IDS, DOUBTFUL)
def test_in_whose_names_words_stand_is_found(
    ids: list[ElementId], doubtful: dict[Actor, int]
) -> None:
    found = {one.actor for one in ids if one.counter >= doubtful.get(Actor(one.actor), 99)}
    assert in_doubt(ids, doubtful) == found


def test_while_nothing_is_doubtful_nothing_is_looked_at() -> None:
    runs = [(0, 1, ACTORS[0])]
    assert doubting(runs, [], {}) is runs
