"""Where everybody stands: whose answer counts, and which of several is a person's newest."""

from collections.abc import Callable, Iterable, Sequence

from contract_tui.contract.agreement.checking import Checked
from contract_tui.contract.agreement.values import Agreement, Given, Standing
from contract_tui.contract.membership.seats import Roster, SeatEntry
from contract_tui.contract.opening.pieces import Pieces
from contract_tui.contract.values import Heads
from sync_server.access.proof import Role
from sync_server.protocol.ids import ChangeHash

Since = Callable[[Heads], Iterable[ChangeHash]]
"""All changes that a version does not hold."""


def stand(roster: Roster, newest: Iterable[Given], broken: Iterable[str]) -> Agreement:
    """Put the newest answers beside the people who are asked for one."""
    given = {one.person: one for one in newest}
    standings = tuple(Standing(one, given.get(one.id)) for one in _asked(roster))
    broken = tuple(broken)
    agree = len(standings) > 1 and all(one.agrees for one in standings)
    return Agreement(standings, agree, broken)


def _asked(roster: Roster) -> list[SeatEntry]:
    """Everybody who writes, by their latest seat, in the same order on every computer."""
    writing = [
        one
        for one in roster.seats.values()
        if one.proven and one.replaced_by is None and one.role is not None and one.role.writes
    ]
    return sorted(writing, key=lambda one: (one.role is not Role.STUDENT, one.name, one.id))


class Lineage:
    """Which versions hold which others, as far as anybody asked: that never changes."""

    def __init__(self, since: Since) -> None:
        self._since = since
        self._known: dict[tuple[Heads, Heads], bool] = {}

    def holds(self, later: Heads, versions: Iterable[Heads]) -> set[Heads]:
        """Which of some versions another one holds all of, and more than that."""
        others = {one for one in versions if one != later}
        if asked := [one for one in others if (later, one) not in self._known]:
            lacking = frozenset(self._since(later))
            self._known.update(((later, one), lacking.isdisjoint(one)) for one in asked)
        return {one for one in others if self._known[later, one]}


def newest(found: Sequence[Checked], lineage: Lineage) -> Pieces[Checked]:
    """Of a person's sound answers the one whose version holds the versions of all others.

    Two that were given on two computers at once do not know of each other: then the one that was
    signed later counts, as that person's own clocks say it. `found` is in the order of noting.
    """
    left, tops = list(reversed(found)), list[Checked]()
    while left:  # nearly always the last one holds all others, and nothing else is looked at
        yield
        top = left.pop(0)
        held = lineage.holds(_version(top), map(_version, left))
        left = [one for one in left if _version(one) not in held]
        tops.append(top)
    versions = [_version(one) for one in tops]
    held = set[Heads]()
    for version in versions if len(versions) > 1 else ():
        yield
        held |= lineage.holds(version, versions)
    latest = [one for one in tops if _version(one) not in held]
    return max(latest, key=lambda one: (one.said.at if one.said else 0, one.token))


def _version(one: Checked) -> Heads:
    assert one.said is not None
    return one.said.heads
