"""What of a contract is printed, where it is not all of it: one goal, or what people promised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from contract_tui.contract.membership.seats import SeatEntry
from contract_tui.contract.opening.check import readable
from contract_tui.contract.reading import ReadGoal, Reading
from contract_tui.language import _
from contract_tui.library.errors import SessionError


class NoSuchGoal(SessionError):
    """No goal fits what was asked for, or several do."""


class NoSuchPerson(SessionError):
    """Nobody fits who was asked for, or several people do."""


@dataclass(frozen=True, slots=True)
class OneGoal:
    """One goal, as a path from A to B."""

    said: str
    """Its place in their order, or its first words."""


@dataclass(frozen=True, slots=True)
class Promises:
    """What people promised, each on a page to take home."""

    said: str = ""
    """Whose: how their name begins; "" for everybody."""


Layout = OneGoal | Promises
_SEVERAL_GOALS = _(
    "“{words}” fits several goals: there is {goals}; say its number or its first words"
)
_NO_GOAL = _(
    "“{words}” is no goal of this contract: there is {goals}; say its number or its first words"
)


def find_goal(reading: Reading, said: str) -> ReadGoal:
    """The goal that somebody means, by its place in their order or its first words."""
    goals = reading.goals
    if not goals:
        raise NoSuchGoal(_("there is no goal in this contract yet"))
    if said.isdecimal() and 1 <= int(said) <= len(goals):
        return goals[int(said) - 1]
    begin = _plain(said)
    fitting = [one for one in goals if begin and _plain(one.what.text).startswith(begin)]
    if len(fitting) == 1:
        return fitting[0]
    there = ", ".join(f"“{readable(one.what.text)}”" for one in fitting or goals)
    sorry = _SEVERAL_GOALS if fitting else _NO_GOAL
    raise NoSuchGoal(sorry.format(words=readable(said), goals=there))


def find_person(reading: Reading, said: str) -> SeatEntry:
    """Whom somebody means, by their name or how it begins; of two with one name, by their id."""
    people, begin = list(_people(reading)), _plain(said)
    fitting = [one for one in people if _plain(one.name) == begin] or [
        one for one in people if begin and _begins(one, begin)
    ]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        there = ", ".join(readable(one.name) for one in people)
        sorry = _("nobody here is called “{name}”: there is {people}")
        raise NoSuchPerson(sorry.format(name=readable(said), people=there))
    there = ", ".join(f"{readable(one.name)} ({one.id})" for one in fitting)
    sorry = _(
        "“{name}” fits several people: there is {people}; say the name, or the sign behind it"
    )
    raise NoSuchPerson(sorry.format(name=readable(said), people=there))


def _people(reading: Reading) -> Iterator[SeatEntry]:
    """Everybody with a seat, and whoever promised something before they had one."""
    known = {one.id: one for one in reading.seats if one.proven}
    yield from known.values()
    promising = {one.by.id: one.by for one in reading.promises if one.by}
    yield from (one for seat, one in promising.items() if seat not in known)


def _begins(person: SeatEntry, begin: str) -> bool:
    return _plain(person.name).startswith(begin) or person.id.startswith(begin)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
