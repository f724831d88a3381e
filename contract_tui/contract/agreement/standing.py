"""Where everybody stands: whose answer counts, and which of several is a person's newest."""

from collections.abc import Callable, Iterable, Sequence

from contract_tui.contract.agreement.checking import Checked
from contract_tui.contract.agreement.values import Agreement, Given, Standing
from contract_tui.contract.seats import Roster, SeatEntry
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


def newest(found: Sequence[Checked], since: Since) -> Checked:
    """Of a person's sound answers the one whose version holds the versions of all others.

    Two that were given on two computers at once do not know of each other: then the one that was
    signed later counts, as that person's own clocks say it. `found` is in the order of noting.
    """
    left, tops = list(reversed(found)), list[Checked]()
    while left:  # nearly always the last one holds all others, and nothing else is looked at
        top = left.pop(0)
        left = [one for one in left if not _follows(top, one, since)]
        tops.append(top)
    latest = [one for one in tops if not any(_follows(other, one, since) for other in tops)]
    return max(latest, key=lambda one: (one.said.at if one.said else 0, one.token))


def _follows(later: Checked, earlier: Checked, since: Since) -> bool:
    """Whether a version came after another: it holds all of that and is not the same."""
    assert later.said is not None
    assert earlier.said is not None
    if later.said.heads == earlier.said.heads:
        return False
    return frozenset(since(later.said.heads)).isdisjoint(earlier.said.heads)
