"""What stands in somebody's name without their seal, and for how long."""

from hypothesis import given
from hypothesis import strategies as st

from contract_tui.library.coverage import FEW, Coverage, Demand
from sync_server.protocol.chunk import Change
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import Actor
from tests.sync_server.protocol.growth import SHAPES, grown, past
from tests.sync_server.protocol.written import ALICE, BOB, chain, write_change

WAIT = 10.0
"""Seconds that these tests are patient."""


class Reader:
    """Somebody who is sent changes and seals."""

    def __init__(self) -> None:
        self.graph = Graph()
        self.sealed: dict[Actor, int] = {}
        self.unexpected: set[Actor] = set()
        self.coverage = Coverage(lambda: self.graph, self._demand)

    def _demand(self, actor: Actor) -> Demand | None:
        if actor in self.unexpected:
            return None
        return Demand(self.sealed.get(actor, 0), WAIT)

    def seal(self, change: Change) -> None:
        self.sealed[change.actor] = max(change.seq, self.sealed.get(change.actor, 0))

    def doubts(self, change: Change) -> bool:
        """Whether what this change put in is shown as doubtful."""
        start = self.coverage.doubtful.get(change.actor)
        return start is not None and change.start_op >= start


@given(SHAPES, st.data())
def test_doubtful_is_what_no_seal_has_in_its_past(
    shape: list[tuple[int, list[int]]], data: st.DataObject
) -> None:
    made = grown(shape)
    sealed = data.draw(st.lists(st.sampled_from(made), unique=True))
    moments = data.draw(st.lists(st.integers(0, len(made)), max_size=3))
    reader = Reader()
    events = [("change", one) for one in data.draw(st.permutations(made))]
    events += [("seal", one) for one in sealed]
    now = 0.0
    for number, (kind, one) in enumerate(data.draw(st.permutations(events))):
        if kind == "change":
            reader.graph.add([one])
        else:
            reader.seal(one)
        if number in moments:
            reader.coverage.look(now := now + 1)
    reader.coverage.look(now)
    reader.coverage.look(now + WAIT)
    covered = {
        name
        for head in sealed
        for name in past(made, [head.hash])
        if reader.graph.header(reader.graph.positions[name]).actor == head.actor
    }
    for one in made:
        assert reader.doubts(one) == (one.hash not in covered)


def test_nothing_is_doubtful_before_its_seal_had_time_to_come() -> None:
    reader = Reader()
    first, second = chain(2)
    reader.graph.add([first])
    assert not reader.coverage.look(0.0)
    reader.graph.add([second])
    assert not reader.coverage.look(WAIT - 1)
    assert reader.coverage.look(WAIT)
    assert reader.coverage.doubtful == {first.actor: first.start_op}
    assert not reader.coverage.look(WAIT + 1)
    reader.seal(first)
    assert reader.coverage.look(WAIT + 2)
    assert reader.coverage.doubtful == {}
    assert reader.coverage.look(2 * WAIT - 1)
    assert reader.coverage.doubtful == {second.actor: second.start_op}
    reader.seal(second)
    assert reader.coverage.look(2 * WAIT)
    assert reader.coverage.doubtful == {}


def test_whoever_goes_on_writing_does_not_put_it_off() -> None:
    reader = Reader()
    work = chain(30)
    found = []
    for now, change in enumerate(work):
        reader.graph.add([change])
        reader.coverage.look(float(now))
        found.append(bool(reader.coverage.doubtful))
    assert found.index(True) == WAIT
    assert all(found[int(WAIT) :])
    assert reader.coverage.doubtful == {work[0].actor: work[0].start_op}


def test_nobody_is_doubted_of_whom_no_seal_is_expected_until_it_is() -> None:
    reader = Reader()
    alice, bob = write_change(actor=ALICE), write_change(actor=BOB)
    reader.unexpected.add(Actor(BOB))
    reader.graph.add([alice, bob])
    reader.coverage.look(0.0)
    reader.coverage.look(WAIT)
    assert set(reader.coverage.doubtful) == {ALICE}
    reader.unexpected.clear()
    assert not reader.coverage.look(WAIT + 1)
    reader.coverage.review()
    assert not reader.coverage.look(WAIT + 2)
    assert reader.coverage.look(2 * WAIT + 2)
    assert set(reader.coverage.doubtful) == {ALICE, BOB}


def test_of_many_changes_at_once_none_is_forgotten() -> None:
    reader = Reader()
    work = chain(FEW + 1)
    other = write_change(actor=BOB, deps=[work[-1]], start_op=work[-1].max_op + 1)
    reader.graph.add([*work, other])
    reader.seal(work[-1])
    reader.coverage.look(0.0)
    reader.coverage.look(WAIT)
    assert reader.coverage.doubtful == {other.actor: other.start_op}
