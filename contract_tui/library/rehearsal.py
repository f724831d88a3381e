"""Sets the stage for a rehearsal: three libraries with one contract that has a past.

Everything happens through the same doors as with real people: invitations, joining, changes made by
each person's own program.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import PartId
from contract_tui.contract.text.rewrite import minimal_splices
from contract_tui.contract.text.splice import Splice
from contract_tui.library.custody import Custodian
from contract_tui.library.journal import Appearance
from contract_tui.library.library import Library
from contract_tui.library.parcels import Parcel
from contract_tui.library.sample import SITTINGS, TITLE
from contract_tui.library.sample_acts import acting
from contract_tui.library.script import (
    DAY,
    PARENT,
    STUDENT,
    TEACHER,
    Add,
    Choose,
    Edit,
    Replace,
    Sitting,
)
from contract_tui.library.seats import invite_to, join, new_contract
from contract_tui.library.world import World
from sync_server.access.keys import new_actor
from sync_server.access.proof import Role
from sync_server.access.seal import seal
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import DocumentId

ROLES = {STUDENT: Role.STUDENT, TEACHER: Role.TEACHER, PARENT: Role.PARENT}
BEGAN = 37 * DAY
"""Seconds ago that the contract was made."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What a rehearsal plays with; all of it lies in one directory that can be thrown away."""

    contract: DocumentId
    homes: dict[Role, Path]
    """Each person's library."""


@dataclass(slots=True)
class _Writer:
    """One person of the sample at their own computer."""

    contract: Contract
    own: set[bytes] = field(default_factory=set)
    """What this person has written."""
    known: int = 0
    """How much of all that was written has arrived here."""

    def catch_up(self, written: Sequence[bytes], end: int) -> None:
        """Take in what the others have written, up to an end."""
        self.contract.apply([raw for raw in written[self.known : end] if raw not in self.own])
        self.known = max(self.known, end)

    def sit(self, sitting: Sitting, now: float) -> list[bytes]:
        """Write a sitting's edits, word by word, as one turn; returns the changes."""
        turn_at: int | None = sitting.at(now)
        raws: list[bytes] = []
        for edit in sitting.edits:
            raws += self._write(sitting.part, edit, None if raws else turn_at, now)
        self.own.update(raws)
        return raws

    def _write(self, part: PartId, edit: Edit, turn_at: int | None, now: float) -> Sequence[bytes]:
        match edit:
            case Choose(choice):
                raw = self.contract.choose_structure(choice, turn_at)
                return [] if raw is None else [raw]
            case Replace(old, new):
                text = self.contract.text(part).text
                assert old in text, f"{old!r} is not in {text!r}"
                splices = minimal_splices(text, text.replace(old, new, 1))
            case Add(text):
                splices = list(_words(len(self.contract.text(part).text), text))
            case _:
                return [self.contract.change(acting(self.contract, part, edit, turn_at, now))]
        raws: list[bytes] = []
        for splice in splices:
            raws.append(self.contract.splice(part, splice, None if raws else turn_at))
        return raws


def set_stage(
    directory: Path,
    relay: str,
    world: World | None = None,
    sittings: Sequence[Sitting] = SITTINGS,
) -> Stage:
    """Make the three libraries below the directory, sharing through the relay."""
    world = world or World()
    now = world.clock()
    then = replace(world, clock=lambda: now - BEGAN)
    libraries = {who: Library(directory / role.value) for who, role in ROLES.items()}
    try:
        contract = _people(libraries, relay, then)
        past = _past(libraries, contract, then, now, sittings)
        shown = _shown(libraries.values(), contract, past.changes)
        graph = Graph()
        graph.add(past.changes, trusted=True)
        for library in libraries.values():
            _store(library, contract, past)
            custodian = Custodian(contract, library.keepsakes(contract), lambda: graph, _nothing)
            custodian.hear(shown)
    finally:
        for library in libraries.values():
            library.close()
    return Stage(contract, {role: directory / role.value for role in ROLES.values()})


def _people(libraries: dict[str, Library], relay: str, world: World) -> DocumentId:
    """The student's contract, and the others' seats in it."""
    student = libraries[STUDENT]
    contract = new_contract(student, TITLE, STUDENT, Role.STUDENT, [relay], world)
    for who in (TEACHER, PARENT):
        entry = student.entry(contract)
        invitation = invite_to(student, entry, ROLES[who], who, world=world)
        join(libraries[who], invitation.link(), world)
    return contract


@dataclass(frozen=True, slots=True)
class _Past:
    """All that was written, and what it looks like."""

    changes: Sequence[Change]
    appearance: Appearance


def _past(
    libraries: dict[str, Library],
    contract: DocumentId,
    world: World,
    now: float,
    sittings: Sequence[Sitting],
) -> _Past:
    """Write the sample: everybody at their own computer, with what had arrived there by then."""
    written: list[bytes] = []
    writers = {who: _sit_down(one, contract, world, written) for who, one in libraries.items()}
    arrived = len(written)
    for sitting in sittings:
        if not sitting.apart:
            arrived = len(written)
        writer = writers[sitting.who]
        writer.catch_up(written, arrived)
        written += writer.sit(sitting, now)
    student = writers[STUDENT]
    student.catch_up(written, len(written))
    changed_at = max(sitting.at(now) for sitting in sittings)
    appearance = Appearance(student.contract.title, changed_at, student.contract.heads)
    return _Past(parse_changes(student.contract.changes_since()), appearance)


def _sit_down(
    library: Library, contract: DocumentId, world: World, written: list[bytes]
) -> _Writer:
    """Open the contract as one person, who enters their seat if it is not there."""
    own = library.own_seat(contract)
    assert own is not None
    actor = new_actor(own.seat.key, world.entropy(8))
    journal = library.journal(contract)
    stored = [one.raw for one in journal.read(journal.stored())] if journal.stored() else []
    if stored:
        written += stored
        return _Writer(Contract.open(stored, actor, contract), set(stored))
    writer = _Writer(Contract.blank(actor, contract))
    writer.own.add(writer.contract.add_seat(own.seat, own.proof))
    written += writer.own
    return writer


def _store(library: Library, contract: DocumentId, past: _Past) -> None:
    journal = library.journal(contract)
    while journal.length < journal.stored():
        journal.read(1000)
    journal.append(past.changes, past.appearance)


def _shown(libraries: Iterable[Library], contract: DocumentId, changes: Sequence[Change]) -> Parcel:
    """What shows that each of the three wrote what stands in their name."""
    newest = {change.actor: change.hash for change in changes}
    proofs: list[str] = []
    seals: list[bytes] = []
    for library in libraries:
        own = library.own_seat(contract)
        assert own is not None
        proofs.append(own.shown.text)
        mine = [actor for actor in newest if actor.startswith(own.device.prefix)]
        seals += [seal(own.key, contract, one, newest[one]).to_bytes() for one in mine]
    return Parcel(tuple(proofs), tuple(seals))


def _nothing() -> None:
    """Nobody waits for what is kept here."""


def _words(start: int, text: str) -> list[Splice]:
    """One splice for each word, with the space that follows it."""
    splices: list[Splice] = []
    for word in text.split(" "):
        at = start + sum(len(splice.text) for splice in splices)
        splices.append(Splice(at, at, f"{word} "))
    last = splices.pop()
    if word := last.text[:-1]:
        splices.append(replace(last, text=word))
    return splices
