"""Where everybody stands: whose answer counts, and which of several is a person's newest."""

from collections.abc import Iterable

from contract_tui.contract.agreement.values import Agreement, Given, Standing
from contract_tui.contract.seats import Roster, SeatEntry
from sync_server.access.proof import Role


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
