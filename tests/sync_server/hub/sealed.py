"""A contract that several people wrote, made quickly, and carried to a relay by one of them."""

from collections.abc import Sequence
from functools import cache

from automerge.core import ROOT, Document, ObjType, ScalarType

from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.ids import Actor
from tests.sync_server.hub.company import CONTRACT, Person, company
from tests.sync_server.hub.writing import Copy


@cache
def written(count: int) -> tuple[Change, ...]:
    """So many changes by three people who take turns of seven keys, with new actors now and then.

    The same whenever it is asked for, as all three have fixed keys.
    """
    people = company()
    actors = [person.actor() for person in people]
    document = Document(actors[0])
    with document.transaction() as tx:
        text = tx.put_object(ROOT, "text", ObjType.Text)
    for number in range(1, count):
        who = number // 7 % 3
        if number % 500 == 0:
            actors[who] = people[who].actor()
        document.set_actor(actors[who])
        with document.transaction() as tx:
            tx.insert(text, number - 1, ScalarType.Str, "x")
    return tuple(parse_changes([change.bytes for change in document.get_changes([])]))


def copy_of(changes: Sequence[Change]) -> Copy:
    """A copy that has these changes, and is only for carrying them."""
    copy = Copy(CONTRACT)
    copy.graph.add(changes)
    return copy


def last_seals(changes: Sequence[Change], people: Sequence[Person]) -> tuple[bytes, ...]:
    """A seal over everything of each actor."""
    last: dict[Actor, Change] = {change.actor: change for change in changes}
    return tuple(author(change, people).seal(change) for change in last.values())


def frequent_seals(
    changes: Sequence[Change], people: Sequence[Person], every: int
) -> tuple[bytes, ...]:
    """Seals of all three after each so many changes."""
    seals: list[bytes] = []
    newest: dict[Actor, Change] = {}
    for number, change in enumerate(changes, 1):
        newest[change.actor] = change
        if number % every == 0 or number == len(changes):
            seals += [author(each, people).seal(each) for each in newest.values()]
            newest.clear()
    return tuple(seals)


def author(change: Change, people: Sequence[Person]) -> Person:
    return next(person for person in people if person.wrote(change))
