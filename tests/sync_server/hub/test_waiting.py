"""What a seal covers, against the plain definition of it."""

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from sync_server.access.constants import GENESIS_HASH
from sync_server.access.voucher import vouch
from sync_server.hub.custody import Custody
from sync_server.hub.waiting import Outside, Place, Waiting
from sync_server.protocol.chunk import Change
from sync_server.protocol.columns import Directory
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import Actor, ChangeHash
from tests.sync_server.hub.company import CONTRACT, CONTRACT_KEY, Person, company

PEOPLE = company()
ACTORS = [person.actor() for person in PEOPLE for _ in range(2)]
OWN = PEOPLE[0]
NOWHERE = Directory({}, 0, 0)


class Table:
    """A graph, what is outside of it, and what one connection brings."""

    def __init__(self) -> None:
        self.outside = Outside()
        self.graph = Graph(orphans=self.outside)
        self.custody = Custody(CONTRACT, self.graph)
        for person in PEOPLE:
            self.custody.learn(person.device, person.proof)
        place = Place(self.graph, self.outside, self.custody)
        self.waiting = Waiting(place, OWN.device.prefix)
        self.outside.waiting.add(self.waiting)
        self.passed: list[Change] = []

    def bring(self, change: Change) -> None:
        self.passed += self.waiting.sift([change])

    def settle(self, steps: int = 1000, count: int = 1000) -> None:
        while self.waiting.busy:
            self.waiting.spread(steps)
            self.passed += self.waiting.take(count)

    def seal(self, change: Change) -> None:
        """Cover a change, by a seal or by a voucher: what that covers is the same."""
        if change.hash[0] % 2:
            assert self.custody.take_seal(author(change).seal(change)) == []
        else:
            voucher = vouch(CONTRACT_KEY, change.actor, change.hash)
            assert self.custody.take_voucher(voucher) == []
        for sealed in self.custody.take_fresh():
            self.waiting.sealed(sealed)


def author(change: Change) -> Person:
    return next(person for person in PEOPLE if person.wrote(change))


def change(name: str, actor: Actor, seq: int, deps: list[Change]) -> Change:
    digest = ChangeHash(hashlib.sha256(name.encode()).digest())
    start = max((dep.max_op for dep in deps), default=0) + 1
    names = tuple(sorted(dep.hash for dep in deps))
    return Change(digest, names, actor, seq, start, 1, 0, name.encode(), (), NOWHERE)


Step = tuple[Actor, list[int]]
"""Who makes a change, and on top of which of those before it, counted round and round."""


def made_of(steps: list[Step]) -> list[Change]:
    """Changes of several actors, each on top of some of those before."""
    made: list[Change] = []
    last: dict[Actor, Change] = {}
    for number, (actor, below) in enumerate(steps):
        deps = [made[at] for at in {at % len(made) for at in below}] if made else []
        if actor in last and last[actor] not in deps:
            deps.append(last[actor])
        seq = last[actor].seq + 1 if actor in last else 1
        last[actor] = change(f"change {number}", actor, seq, deps)
        made.append(last[actor])
    return made


steps = st.tuples(st.sampled_from(ACTORS), st.lists(st.integers(0, 24), max_size=2))
histories = st.lists(steps, min_size=1, max_size=25).map(made_of)


def past(head: Change, known: dict[ChangeHash, Change]) -> set[ChangeHash]:
    seen: set[ChangeHash] = set()
    stack = [head.hash]
    while stack:
        name = stack.pop()
        if name not in seen and name in known:
            seen.add(name)
            stack += known[name].deps
    return seen


def shown(made: list[Change], sealed: list[Change]) -> set[ChangeHash]:
    """The own ones, and those of its actor in the past of each sealed one."""
    known = {change.hash: change for change in made}
    covered = {change.hash for change in made if OWN.wrote(change)}
    for head in sealed:
        covered |= {name for name in past(head, known) if known[name].actor == head.actor}
    return covered


@settings(max_examples=300)
@given(histories, st.data())
def test_what_passes_is_what_is_shown_in_any_order_of_arrival(
    made: list[Change], data: st.DataObject
) -> None:
    sealed = data.draw(st.lists(st.sampled_from(made), unique=True))
    events = [("bring", each) for each in made] + [("seal", each) for each in sealed]
    table = Table()
    for kind, each in data.draw(st.permutations(events)):
        if kind == "bring":
            table.bring(each)
        else:
            table.seal(each)
        if data.draw(st.booleans()):
            table.settle(data.draw(st.integers(1, 3)), data.draw(st.integers(1, 3)))
    table.settle()
    covered = shown(made, sealed)
    known = {each.hash: each for each in made}
    whole = {each.hash for each in made if past(each, known) <= covered}
    passed = [each.hash for each in table.passed]
    assert whole <= set(passed) <= covered
    assert len(passed) == len(set(passed))
    assert {name for name in known if table.waiting.get(name)} == known.keys() - set(passed)


@settings(max_examples=100)
@given(histories)
def test_in_order_and_all_sealed_everything_passes_behind_what_it_follows(
    made: list[Change],
) -> None:
    table = Table()
    for each in made:
        table.bring(each)
    for actor in ACTORS:
        mine = [each for each in made if each.actor == actor]
        if mine:
            table.seal(mine[-1])
    table.settle(2, 2)
    there: set[ChangeHash] = set()
    for each in table.passed:
        assert there.issuperset(each.deps)
        there.add(each.hash)
    assert len(there) == len(made)
    assert not len(table.waiting)
    assert table.waiting.memory == 0


def test_what_entered_another_way_waits_no_longer_and_holds_nothing_up() -> None:
    table = Table()
    theirs = change("theirs", ACTORS[2], 1, [])
    mine = change("mine", ACTORS[0], 1, [theirs])
    table.bring(theirs)
    table.bring(mine)
    table.settle()
    assert table.passed == []
    table.waiting.entered(theirs.hash)
    table.settle()
    assert table.passed == [mine]


def test_what_waits_is_on_its_way_to_the_sync_protocol() -> None:
    table = Table()
    theirs = change("theirs", ACTORS[2], 1, [])
    above = change("above", ACTORS[2], 2, [theirs])
    table.bring(above)
    assert table.graph.missing([above.hash]) == (theirs.hash,)
    table.bring(theirs)
    assert table.graph.missing([above.hash]) == ()


def test_part_of_the_program_passes_from_anybody() -> None:
    table = Table()
    genesis = Change(
        GENESIS_HASH, (), Actor(b"nobody-at-all---"), 1, 1, 9, 0, b"genesis", (), NOWHERE
    )
    table.bring(genesis)
    assert table.passed == [genesis]
