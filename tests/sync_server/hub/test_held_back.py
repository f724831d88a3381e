"""Stories of changes that a relay takes from nobody: held back, with what was built on them."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.hub.limits import Limits, Rate
from sync_server.protocol.chunk import Change
from sync_server.protocol.ids import Actor
from sync_server.protocol.messages import Sync
from tests.sync_server.hub.company import CONTRACT, Person, company
from tests.sync_server.hub.sealed import copy_of
from tests.sync_server.hub.story import Story, Writer
from tests.sync_server.protocol.rows import change, put
from tests.sync_server.protocol.written import BOB

HEIDI, CLARA, _ = company()
INVALID = ("withheld", {"changes": 1, "reason": "invalid"})


def made(
    name: str, *deps: Change, bad: bool = False, actor: Actor | None = None, seq: int = 1
) -> Change:
    """A change by Heidi's computer; a bad one overwrites what nobody ever wrote."""
    over = [(7, BOB)] if bad else []
    start = max((dep.max_op for dep in deps), default=0) + 1
    actor = actor or HEIDI.actor()
    return change([put(name, *over)], deps=deps, actor=actor, seq=seq, start_op=start)


def carrier(story: Story, person: Person, changes: Sequence[Change]) -> Writer:
    """Somebody whose program has changes from before a rule was made, and offers them."""
    writer = story.welcome(person)
    writer.copies[CONTRACT] = copy_of(changes)
    return writer.push(CONTRACT)


def stored(story: Story) -> set[bytes]:
    return {header.hash for header in story.store.load(CONTRACT)}


def test_what_is_refused_is_held_back_with_what_follows_it_and_nothing_else() -> None:
    story = Story()
    first = made("first")
    bad = made("bad", first, bad=True)
    after = made("after", bad)
    beside = made("beside", first)
    both = made("both", after, beside)
    heidi = carrier(story, HEIDI, [first, bad, after, beside, both])
    story.wait(60)
    assert heidi.is_open()
    assert stored(story) == {first.hash, beside.hash}
    assert heidi.notices == [INVALID]
    assert story.hub.counters.invalid == 1
    assert story.hub.counters.refusals == {}


def test_whoever_has_it_goes_on_writing_beside_it_and_reading() -> None:
    story = Story()
    first = made("first")
    heidi = carrier(story, HEIDI, [first, made("bad", first, bad=True)])
    story.wait(1)
    clara = carrier(story, CLARA, [])
    story.wait(1)
    later = made("later", first)
    heidi.copies[CONTRACT].graph.add([later])
    heidi.push(CONTRACT)
    story.wait(1)
    assert stored(story) == {first.hash, later.hash}
    assert later.hash in clara.copies[CONTRACT].graph
    answer = change([put("answer")], deps=[later], actor=CLARA.actor(), start_op=3)
    clara.copies[CONTRACT].graph.add([answer])
    clara.push(CONTRACT)
    story.wait(1)
    assert answer.hash in heidi.copies[CONTRACT].graph
    assert heidi.is_open()


def test_nobody_talks_for_ever_about_what_is_held_back() -> None:
    story = Story()
    first = made("first")
    bad = made("bad", first, bad=True)
    heidi = carrier(story, HEIDI, [first, bad, made("after", bad)])
    story.wait(600)
    assert heidi.is_open()
    assert heidi.count(Sync) < 60
    before = heidi.count(Sync)
    story.wait(600)
    assert heidi.count(Sync) - before <= 20, "hardly more than once a minute"
    assert story.hub.counters.invalid == 1, "on one connection it is looked at once"


def test_on_the_next_connection_it_is_the_same() -> None:
    story = Story()
    first = made("first")
    bad = made("bad", first, bad=True)
    for _ in range(3):
        heidi = carrier(story, HEIDI, [first, bad])
        story.wait(10)
        assert heidi.notices == [INVALID]
        assert heidi.is_open()
        heidi.vanish()
    assert stored(story) == {first.hash}
    assert story.hub.waiting == 0


@pytest.mark.parametrize("first", ["seals", "changes"])
def test_a_seal_does_not_make_it_good(first: str) -> None:
    story, actor = Story(), CLARA.actor()
    good = made("good", actor=actor)
    bad = made("bad", good, bad=True, actor=actor, seq=2)
    after = made("after", bad, actor=actor, seq=3)
    heidi = story.welcome(HEIDI)
    heidi.copies[CONTRACT] = copy_of([good, bad, after])
    if first == "changes":
        heidi.push(CONTRACT)
        story.settle()
        assert not stored(story)
    heidi.bring(proofs=(CLARA.proof.text,), seals=(CLARA.seal(after),))
    heidi.push(CONTRACT)
    story.wait(60)
    assert heidi.is_open()
    assert stored(story) == {good.hash}
    assert heidi.notices == [INVALID]
    clara = carrier(story, CLARA, [])
    story.wait(1)
    assert set(clara.copies[CONTRACT].graph.hashes) == {good.hash}


def test_of_somebody_who_brings_many_the_connection_is_closed() -> None:
    story = Story(Limits(refused=Rate(1, 5)))
    clara = carrier(story, CLARA, [])
    honest = made("honest")
    heidi = carrier(story, HEIDI, [honest, *(made(f"bad {n}", bad=True) for n in range(5))])
    story.wait(1)
    assert heidi.is_open()
    assert heidi.notices == [("withheld", {"changes": 5, "reason": "invalid"})]
    heidi.vanish()
    heidi = carrier(story, HEIDI, [honest, *(made(f"bad {n}", bad=True) for n in range(6))])
    story.wait(1)
    assert heidi.closed is not None
    assert heidi.closed[0] == 1008
    assert stored(story) == {honest.hash}
    assert clara.is_open()
    assert honest.hash in clara.copies[CONTRACT].graph


def test_what_is_refused_costs_as_much_as_what_is_taken() -> None:
    story = Story(Limits(operations=Rate(1, 100)))
    rows = [put(f"key {n}") for n in range(200)]
    bad = change([*rows, put("bad", (7, BOB))], actor=HEIDI.actor())
    heidi = carrier(story, HEIDI, [bad])
    story.settle()
    assert heidi.is_open()
    assert story.hub.counters.rests["operations"] == 1


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Change], set[Change]]:
    """Changes, each on top of some before it; and which of them are bad."""
    changes: list[Change] = []
    bad: set[Change] = set()
    heidi, _, _ = company()
    for number in range(draw(st.integers(1, 12))):
        deps = draw(st.sets(st.sampled_from(changes), max_size=3)) if changes else set()
        is_bad = draw(st.integers(0, 3)) == 0
        one = made(str(number), *deps, bad=is_bad, actor=heidi.actor())
        changes.append(one)
        if is_bad:
            bad.add(one)
    return changes, bad


@given(history=histories(), slice_=st.integers(1, 5), data=st.data())
def test_exactly_what_does_not_build_on_it_enters(
    history: tuple[list[Change], set[Change]], slice_: int, data: st.DataObject
) -> None:
    changes, bad = history
    spoilt = {each.hash for each in bad}
    for each in changes:  # in an order in which each comes after what it follows
        if any(dep in spoilt for dep in each.deps):
            spoilt.add(each.hash)
    story = Story(Limits(slice=slice_))
    cut = data.draw(st.integers(0, len(changes)))
    heidi = carrier(story, HEIDI, changes[:cut])
    story.wait(2)
    heidi.copies[CONTRACT].graph.add(changes[cut:])
    heidi.push(CONTRACT)
    story.wait(30)
    assert heidi.is_open()
    assert stored(story) == {each.hash for each in changes} - spoilt
    assert story.hub.counters.invalid == sum(
        each in bad and not any(dep in spoilt for dep in each.deps) for each in changes
    )
