"""What of one contract could not be read: kept, not shown, and tried again by newer programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Container
from contextlib import suppress
from functools import cache, reduce

from contract_tui.contract.items import terms
from contract_tui.contract.membership.seats import SeatEntry
from contract_tui.contract.opening.aside import Aside
from contract_tui.language import _, ngettext
from contract_tui.library.errors import LibraryError
from contract_tui.library.keepsakes import Keepsakes
from sync_server.access.proof import Role
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ids import Actor, ChangeHash

QUARANTINE = "quarantine"
"""The kind of the records that hold each such change: its hash and its bytes."""
WAITING = "waiting"
"""The kind of the records of what was made on top of those, where it is kept nowhere else."""
EXAMINED = "examined"
"""The kind of the one record that says which program last looked at everything that is stored."""
NOBODY = Actor(b"")
ALL_ELSE = _("Everything else is here.")
"""How the sentence ends that names whose changes could not be read."""
_AND = _("{some} and {last}")


@cache
def _program() -> bytes:
    """The program that reads the changes, and the library with which it does."""
    from importlib.metadata import version  # slow to import, and seldom asked

    return f"{version('contract-tui')} {version('automerge')}".encode()


class Quarantine:
    """Which changes of a contract are set aside, in memory and on the disk."""

    def __init__(self, keepsakes: Keepsakes) -> None:
        """Read what is on the disk; raises LibraryError."""
        self._keepsakes = keepsakes
        self._kept = keepsakes.all(QUARANTINE)
        self._examined = keepsakes.get(EXAMINED)
        self._waiting = keepsakes.all(WAITING)
        self.aside = Aside((ChangeHash(name), _author(raw)) for name, raw in self._kept.items())
        self.aside.hashes.update(map(ChangeHash, self._waiting))

    @property
    def is_due(self) -> bool:
        """Whether everything is to be looked at again: never done, or there is hope now."""
        return self._examined is None or (bool(self._kept) and self._examined != _program())

    def release(self) -> list[Change]:
        """Set nothing aside any more; returns what was, as far as it can be read at all."""
        known = self.aside.accused
        hopeless = [name for name, raw in self._kept.items() if not _readable(raw)]
        self.aside = Aside((ChangeHash(name), known[ChangeHash(name)]) for name in hopeless)
        return [*_readable(*self._kept.values()), *_readable(*self._waiting.values())]

    @property
    def accused(self) -> Collection[ChangeHash]:
        """Those that cannot be read, without what waits for them."""
        return self.aside.accused.keys()

    def takes(self, change: Change) -> bool:
        """Whether a change is set aside, or waits for one that is."""
        return self.aside.takes(change.hash, change.deps, change.actor)

    def put(self, change: ChangeHash, actor: Actor, raw: bytes, *, ahead: bool = False) -> None:
        """Set a change aside and keep it; what the disk does not take is found out again.

        `ahead` of looking at those that it was made on top of.
        """
        if ahead:
            self.aside.accused[change] = actor
        else:
            self.aside.accuse(change, actor)
        found = {bytes(change): raw}
        self._kept |= found
        with suppress(LibraryError):
            self._keepsakes.put(QUARANTINE, found)

    def wait(self, change: Change) -> None:
        """Keep a change that was made on top of one that was refused."""
        self.aside.hashes.add(change.hash)
        self._waiting[bytes(change.hash)] = change.raw
        with suppress(LibraryError):
            self._keepsakes.put(WAITING, {bytes(change.hash): change.raw})

    def settle(self) -> None:
        """Everything that is stored has been looked at: remember that, and what it led to."""
        with suppress(LibraryError):
            self._keepsakes.put(EXAMINED, {b"": _program()})
            self._examined = _program()
            self._forget(QUARANTINE, self._kept, self.aside.accused)
            self._forget(WAITING, self._waiting, self.aside.hashes)

    def _forget(self, kind: str, kept: dict[bytes, bytes], aside: Container[ChangeHash]) -> None:
        """Forget the records of what is no longer set aside."""
        gone = [name for name in kept if ChangeHash(name) not in aside]
        self._keepsakes.change(kind, {}, gone)
        for name in gone:
            del kept[name]

    def sentence(self, author: Callable[[Actor], SeatEntry]) -> str:
        """What is set aside, in words for people; empty where nothing is."""
        makers = Counter((one.name, one.role) for one in map(author, self.aside.accused.values()))
        if not makers:
            return ""
        by = [_made(author, number) for author, number in makers.items()]
        changes = reduce(lambda some, last: _AND.format(some=some, last=last), by)
        said = _set_aside(makers.total(), self.aside.waiting).format(
            changes=changes, n=self.aside.waiting
        )
        return f"{said[0].upper()}{said[1:]} {ALL_ELSE}"


def _made(by: tuple[str, Role | None], changes: int) -> str:
    """So many changes, and who made them."""
    name, role = by
    if role is None:
        said = ngettext("a change {of_unknown_origin}", "{n} changes {of_unknown_origin}", changes)
        return said.format(n=changes, of_unknown_origin=name)
    said = ngettext("a change by {name}", "{n} changes by {name}", changes)
    return said.format(n=changes, name=terms.with_role(name, role))


def _set_aside(changes: int, waiting: int) -> str:
    """The sentence for so many changes, and so many that were made on top of them."""
    if not waiting:
        return ngettext(
            "{changes} could not be read and was set aside.",
            "{changes} could not be read and were set aside.",
            changes,
        )
    if changes == 1:
        return ngettext(
            "{changes} could not be read and was set aside, and a change made on top of it waits"
            " with it.",
            "{changes} could not be read and was set aside, and {n} changes made on top of it wait"
            " with it.",
            waiting,
        )
    return ngettext(
        "{changes} could not be read and were set aside, and a change made on top of them waits"
        " with them.",
        "{changes} could not be read and were set aside, and {n} changes made on top of them wait"
        " with them.",
        waiting,
    )


def _readable(*raws: bytes) -> list[Change]:
    """What can be read of some raw changes, at least their headers."""
    found: list[Change] = []
    for raw in raws:
        with suppress(BadChunk):
            found += parse_changes([raw])
    return found


def _author(raw: bytes) -> Actor:
    """Who made a change, as far as its header can be read; the graph knows it better."""
    return next((change.actor for change in _readable(raw)), NOBODY)
