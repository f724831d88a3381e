"""However the links fail, all end with the same history and every word of it."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync_server.protocol import bloom
from sync_server.protocol.graph import Graph
from sync_server.protocol.sync import SyncMessage, SyncState
from tests.sync_server.protocol.exchange import TEXT, Automerge, Exchange, Link, Ours, Person

Step = tuple[str, int, int]


class Terse(SyncState):
    """Sends a change or two at a time, and waits for an answer."""

    MOST_BYTES = 200
    MOST_UNANSWERED = 1


class Stepwise(SyncState):
    """Works out every message in the smallest steps, and tells of everything in one filter."""

    MANY = 0
    STEP = 1

    def __init__(self, graph: Graph, *, advertise: bool = False) -> None:
        super().__init__(graph, advertise=advertise, stepwise=True)

    def generate(self, ack: bool = True) -> SyncMessage | None:
        """Say the next message, in as many steps as it takes."""
        message = super().generate(ack)
        while self.unfinished:
            assert message is None
            message = super().generate(ack)
        return message


def steps(*kinds: str) -> st.SearchStrategy[list[Step]]:
    usual = ("edit", "edit", "speak", "deliver", "talk", "rest")
    return st.lists(
        st.tuples(st.sampled_from((*usual, *kinds)), st.integers(0, 2), st.integers(0, 999)),
        max_size=60,
    )


PEOPLE = st.lists(
    st.tuples(st.sampled_from([Automerge, Ours]), st.booleans()), min_size=1, max_size=3
)


def people(kinds: Sequence[tuple[type[Automerge | Ours], bool]]) -> list[Person]:
    return [kind(bytes([n + 1]) * 16, empty=empty) for n, (kind, empty) in enumerate(kinds)]


def play(exchange: Exchange, script: Sequence[Step]) -> None:
    """Do the steps, then check that all agree and that no edit of anybody was lost."""
    for kind, who, number in script:
        link = exchange.links[who % len(exchange.links)]
        if kind == "edit":
            link.person.edit(number)
        elif kind == "roll back":
            exchange.roll_back(number % (len(exchange.graph) + 1))
        elif kind == "snapshot":
            exchange.take_snapshot()
        else:
            move(exchange, link, kind, number)
    exchange.settle()
    if not {"lose", "repeat", "reorder"} & {kind for kind, _, _ in script}:
        assert exchange.nudges == 0
    check(exchange, written=sum(kind == "edit" for kind, _, _ in script))


def move(exchange: Exchange, link: Link, kind: str, number: int) -> None:
    if kind != "deliver":
        exchange.speak(link)
    match kind:
        case "deliver" | "talk":
            exchange.deliver(link)
        case "rest":
            exchange.settle()
        case "cut":
            exchange.connect(link)
        case "lose" if number % 2:
            link.down.clear()
        case "lose" if isinstance(link.person, Ours):
            # Automerge's own program would wait for an answer for ever, and nobody could tell.
            link.up.clear()
        case "repeat":
            link.up.extend(list(link.up)[:1])
            link.down.extend(list(link.down)[:1])
        case "reorder":
            link.up.reverse()
            link.down.reverse()


def check(exchange: Exchange, written: int) -> None:
    text = exchange.text()
    everything = written + 1 if len(exchange.graph) else 0
    assert len(exchange.graph) == everything
    for link in exchange.links:
        assert len(link.person.document.get_changes([])) == everything
        assert not everything or link.person.document.text(TEXT) == text
        assert link.state.unshared() == 0
        if isinstance(link.person, Ours):
            assert link.person.graph.heads == exchange.graph.heads
            assert link.person.state.unshared() == 0


@given(PEOPLE, steps("cut"))
def test_all_agree_over_links_that_break(
    kinds: list[tuple[type, bool]], script: list[Step]
) -> None:
    play(Exchange(people(kinds)), script)


@given(PEOPLE, steps("cut", "lose"))
def test_all_agree_over_links_that_lose_messages(
    kinds: list[tuple[type, bool]], script: list[Step]
) -> None:
    play(Exchange(people(kinds)), script)


@given(PEOPLE, steps("repeat", "reorder"))
def test_all_agree_over_links_that_repeat_and_reorder(
    kinds: list[tuple[type, bool]], script: list[Step]
) -> None:
    play(Exchange(people(kinds)), script)


@given(PEOPLE, steps("cut", "roll back"))
def test_all_agree_with_a_relay_that_forgets(
    kinds: list[tuple[type, bool]], script: list[Step]
) -> None:
    play(Exchange(people(kinds)), script)


@given(PEOPLE, steps("cut", "snapshot"))
def test_all_agree_when_whole_documents_are_sent(
    kinds: list[tuple[type, bool]], script: list[Step]
) -> None:
    play(Exchange(people(kinds)), script)


@given(PEOPLE, steps("cut", "reorder", "snapshot"))
def test_all_agree_in_small_portions_and_with_little_room_to_wait(
    kinds: list[tuple[type, bool]], script: list[Step]
) -> None:
    play(Exchange(people(kinds), state=Terse, orphans=2), script)


@given(PEOPLE, steps("cut", "lose", "reorder", "snapshot"))
def test_all_agree_when_every_message_is_worked_out_in_steps(
    kinds: list[tuple[type, bool]], script: list[Step]
) -> None:
    play(Exchange(people(kinds), state=Stepwise), script)


@pytest.mark.usefixtures("_coarse_filters")
@given(PEOPLE, steps("cut", "lose", "roll back"))
def test_all_agree_when_filters_are_often_wrong(
    kinds: list[tuple[type, bool]], script: list[Step]
) -> None:
    play(Exchange(people(kinds)), script)


@pytest.fixture(scope="module")
def _coarse_filters() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bloom, "BITS_PER_ENTRY", 2)
        yield


DEEP = settings(max_examples=2_000)
OURS = st.lists(st.tuples(st.just(Ours), st.booleans()), min_size=1, max_size=3)
STATES = st.sampled_from([SyncState, Terse])


@pytest.mark.soak
@DEEP
@given(PEOPLE, steps("cut", "cut", "roll back", "snapshot"), STATES)
def test_all_agree_whatever_happens_to_connections(
    kinds: list[tuple[type, bool]], script: list[Step], state: type[SyncState]
) -> None:
    play(Exchange(people(kinds), state=state), script)


@pytest.mark.soak
@DEEP
@given(OURS, steps("cut", "lose", "repeat", "reorder", "roll back", "snapshot"), STATES)
def test_our_programs_agree_whatever_happens(
    kinds: list[tuple[type, bool]], script: list[Step], state: type[SyncState]
) -> None:
    play(Exchange(people(kinds), state=state), script)
