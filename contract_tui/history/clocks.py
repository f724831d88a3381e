"""Whose clocks can be believed: those that contradict nothing that their owner had already seen.

Nothing is ever ordered by a clock. But turns are told with times, and a computer's clock may lie by
years. It shows where somebody begins a turn *before* something that they had already read: one of
the two clocks is wrong. Whoever is part of most such contradictions is in doubt, then whoever is
part of most that are left; where two are part of equally many, both. A clock that jumps back
between two turns of one person is wrong by itself.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

from contract_tui.history.order import Order
from contract_tui.history.past import Past
from contract_tui.history.turns import Turn
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor

TOLERANCE = 10 * 60
"""Seconds that two clocks may be apart before one of them is in doubt."""
MOST_PEOPLE = 64
"""Of so many people, in the order in which they appear, the clocks are compared."""

Times = Mapping[SeatId, int]
"""The latest time of each person's turns, in seconds since 1970 by their own clock."""
Said = Mapping[int, tuple[SeatId, int]]
"""Who began a turn when, by position."""


class Seen:
    """For each change the latest times of all turns up to it that it was made upon.

    It goes on as a past grows: a key that somebody types costs no look at all that was before.
    """

    def __init__(self) -> None:
        self._times: list[Times] = []
        self._said: Said = {}

    def go_on(self, order: Order, said: Said) -> None:
        """Take what was said of the changes since; all, if of those before it is not the same."""
        known = len(self._times)
        if self._said != {at: one for at, one in said.items() if at < known}:
            self._times.clear()
        self._said = said
        times = self._times
        for position, deps in islice(enumerate(order.deps), len(times), None):
            begun = said.get(position)
            quiet = begun is None and len(deps) == 1  # as nearly always
            times.append(times[deps[0]] if quiet else self._at(deps, begun))

    def __getitem__(self, position: int) -> Times:
        """Those of the change at a position."""
        return self._times[position]

    def _at(self, deps: Sequence[int], said: tuple[SeatId, int] | None) -> Times:
        times = self._times[deps[0]] if deps else {}
        for dep in deps[1:]:
            times = _joined(times, self._times[dep])
        return times if said is None else _joined(times, dict([said]))


class Clocks:
    """What everybody's clocks say, and which of them contradict what their owners had seen."""

    def __init__(
        self,
        past: Past,
        turns: Sequence[Turn],
        person: Callable[[Actor], SeatId],
        seen: Seen | None = None,
    ) -> None:
        """`person` tells who writes under an actor.

        `seen` is what is known already of the first changes of this past, and goes on.
        """
        self._order = past.order
        self._said = _said(turns, person)
        self._seen = Seen() if seen is None else seen
        self._seen.go_on(past.order, self._said)
        self.doubted = _cover(_contradictions(past.order, self._said, self._seen))
        """Whose clocks are in doubt."""

    def believed(self, position: int) -> int | None:
        """When the turn began that begins at a position, by a clock that is not in doubt."""
        said = self._said.get(position)
        return said[1] if said and said[0] not in self.doubted else None

    def seen(self, position: int) -> int | None:
        """When the latest turn began of those that the author of a change had seen.

        None where no clock says so that is not in doubt.
        """
        before = (self._seen[dep] for dep in self._order.deps[position])
        times = (at for seen in before for who, at in seen.items() if who not in self.doubted)
        return max(times, default=None)


def _said(
    turns: Iterable[Turn], person: Callable[[Actor], SeatId]
) -> dict[int, tuple[SeatId, int]]:
    """Return who began a turn when, by position."""
    known: set[SeatId] = set()
    said: dict[int, tuple[SeatId, int]] = {}
    for turn in turns:
        if turn.at is None:
            continue
        author = person(turn.actor)
        if author in known or len(known) < MOST_PEOPLE:
            known.add(author)
            said[turn.begin] = author, int(turn.at.timestamp())
    return said


def _joined(one: Times, other: Times) -> Times:
    """Return the later times of both; most often they are those of one, which is then kept."""
    if one is other or all(person in one and one[person] >= at for person, at in other.items()):
        return one
    joined = dict(one)
    for person, at in other.items():
        joined[person] = max(at, joined.get(person, at))
    return joined


def _contradictions(order: Order, said: Said, seen: Seen) -> Counter[frozenset[SeatId]]:
    """Count the turns that lie before what their author had seen, by whose clocks these are."""
    found: Counter[frozenset[SeatId]] = Counter()
    for position, (person, at) in said.items():
        later = {
            other
            for dep in order.deps[position]
            for other, then in seen[dep].items()
            if then - at > TOLERANCE
        }
        found.update(frozenset((person, other)) for other in later)
    return found


def _cover(contradictions: Mapping[frozenset[SeatId], int]) -> frozenset[SeatId]:
    """Return whose clocks explain all contradictions, beginning with who explains most."""
    found = {person for pair in contradictions if len(pair) == 1 for person in pair}
    while left := {pair: count for pair, count in contradictions.items() if not pair & found}:
        parts: Counter[SeatId] = Counter()
        for pair, count in left.items():
            parts.update(dict.fromkeys(pair, count))
        most = max(parts.values())
        found.update(person for person, count in parts.items() if count == most)
    return frozenset(found)
