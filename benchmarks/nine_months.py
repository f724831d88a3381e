"""A contract that three people wrote over nine months, key by key, as people would.

Mostly one of them sits down alone for a while; once a month all three meet and write at the same
time, and at the end of every third conference they agree. For looking back at:
`python -m benchmarks.nine_months DIRECTORY` makes a library for each of them below a directory.
"""

import random
import sys
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from contract_tui.contract.agreement.content import FORMAT
from contract_tui.contract.agreement.values import Answer
from contract_tui.contract.conference.agenda import READY
from contract_tui.contract.conference.moves import END, write_move
from contract_tui.contract.conference.noted import CONFERENCES
from contract_tui.contract.conference.tokens import Form
from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import CrdtDocument
from contract_tui.contract.heads import write_heads
from contract_tui.contract.membership.seats import seat_of
from contract_tui.contract.past.milestones import AGREEMENTS
from contract_tui.contract.schema import (
    CONSTANT_SECTIONS,
    INTERESTS,
    STRUCTURE,
    SUPPORTS,
    PartId,
    StructureChoice,
)
from contract_tui.contract.text.splice import Splice
from contract_tui.contract.values import Item
from contract_tui.library.custody import Custodian
from contract_tui.library.journal import Appearance
from contract_tui.library.library import Library, OwnSeat
from contract_tui.library.parcels import Parcel
from contract_tui.library.seats import invite_to, join, new_contract
from contract_tui.library.world import World
from sync_server.access.answer import SignedAnswer, sign_answer
from sync_server.access.keys import new_actor
from sync_server.access.proof import Role
from sync_server.access.seal import seal
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import DocumentId, ElementId, format_document_id

TITLE = "My year at the tidepools"
PEOPLE = {"Maya": Role.STUDENT, "Ms Okafor": Role.TEACHER, "Papa": Role.PARENT}
MONTHS, DAY, HOUR = 9, 86_400, 3_600
LAST_DAY = 2
"""Days ago that somebody wrote last."""
ALONE = 90
"""Keys of a sitting, more or less."""
IN_CONFERENCES = 0.6
"""Of all keys."""
LONG = 4_000
"""Characters of a section from which on something goes when something comes."""
ANIMALS = ("crabs", "limpets", "starfish", "anemones", "periwinkles", "gobies", "whelks", "shrimp")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Sunday")
SAID: dict[PartId, tuple[str, ...]] = {
    INTERESTS: (
        "I want to know what {animals} eat between two tides.",
        "On {day} the {animals} were on the east side again.",
        "Could you draw the {animals} that you saw on {day}?",
        "She talks about {animals} at supper.",
        "Why do {animals} stay when the water goes?",
    ),
    SUPPORTS: (
        "Reading aloud goes wrong when everybody waits, as on {day}.",
        "A map of where the {animals} are helps me.",
        "Would it help to hear the text about {animals} first?",
        "On {day} early in the morning is best.",
        "I need the long words on a card, even {animals}.",
    ),
    STRUCTURE: (
        "I want to be left alone until the {animals} are drawn.",
        "Show me the first step with {animals}, then I go on by myself.",
        "On {day} we look at the {animals} together.",
        "Ten minutes on {day} after supper, no longer.",
        "Ask me on {day} whether it is still too much.",
    ),
}


@dataclass(slots=True)
class _Writer:
    """One person at their own computer."""

    own: OwnSeat
    contract: Contract
    known: int = 0
    """How much of all that was written has arrived here."""


def _signed(who: _Writer, at: int) -> str:
    """A person's agreement with the contract as they have it, signed on their computer."""
    contract = who.contract
    assert contract.id is not None
    said = SignedAnswer(FORMAT, contract.answers.digest, contract.heads, Answer.AGREE.value, "", at)
    return sign_answer(who.own.key, contract.id, said)


class _Year:
    """All that is written, in the order in which it was."""

    def __init__(self, people: Sequence[_Writer], changes: int, now: int) -> None:
        self.people = people
        self.written: list[tuple[_Writer, bytes]] = []
        self._changes = changes
        self._now = now
        self._chance = random.Random(changes)
        self._held = 0
        """How many conferences there have been."""
        self._in_conference = int(changes * IN_CONFERENCES) // MONTHS

    def write(self) -> None:
        """Write about so many changes."""
        begin = self._now - MONTHS * 30 * DAY
        days = MONTHS * 30 - LAST_DAY
        conferences = [30 * month + 15 for month in range(MONTHS)]
        rest = int(self._changes * (1 - IN_CONFERENCES))
        alone = self._chance.sample(range(days), min(days, rest // ALONE + 1))
        for day in sorted({*conferences, *alone}):
            at = begin + day * DAY + self._chance.randrange(8 * HOUR)
            if day in conferences:
                self._confer(at, agrees=conferences.index(day) % 3 == 2)
            else:
                self._sit(self._chance.choice(self.people), at, ALONE)

    def _sit(self, who: _Writer, at: int, keys: int) -> None:
        """Write alone for some minutes; the others hear of it in the end."""
        self._start(who)
        end = len(self.written) + keys
        while len(self.written) < end:
            part = self._chance.choice(CONSTANT_SECTIONS)
            deque(self._turn(who, at, part), maxlen=0)
            at += self._chance.randrange(180, 900)
        self._meet()

    def _confer(self, at: int, *, agrees: bool) -> None:
        """Write all three at once, in whatever order the keys come."""
        for who in self.people:
            self._start(who)
        opener = self.people[1]
        began, opened = at, write_heads(opener.contract.heads)
        end = len(self.written) + self._in_conference
        while len(self.written) < end:
            two = zip(
                self._chance.sample(self.people, 2),
                self._chance.sample(CONSTANT_SECTIONS, 2),
                strict=True,
            )
            turns = [self._turn(who, at, part) for who, part in two]
            while turns:
                turn = self._chance.choice(turns)
                if next(turn, None) is None:
                    turns.remove(turn)
                self._meet()
            at += self._chance.randrange(180, 400)
        name = f"conference-{began}"
        closed = write_heads(opener.contract.heads)
        times: dict[str, Item] = {"started_at": began, "ended_at": at, "phase_since": at}
        heads: dict[str, Item] = {"opened_heads": opened, "closed_heads": closed}
        student = self.people[0]  # who says when it is over
        first, computer = READY[Form.FULL][0].id, seat_of(student.contract.actor)
        began_and_ended = {(first,): began, END: at}
        moves: Item = {write_move(way, computer): f"{at} 0" for way, at in began_and_ended.items()}
        self._held += 1
        about: dict[str, Item] = {"number": self._held, "phase": first, "moves": moves}
        self._note(student, CONFERENCES, name, {**about, **times, **heads, "confirmed": {}})
        for who in self.people if agrees else ():
            self._note(who, AGREEMENTS, who.own.seat.id, {name: _signed(who, at)})

    def _turn(self, who: _Writer, at: int, part: PartId) -> Iterator[bool]:
        """Write one sentence key by key, sometimes in the place of another one."""
        contract, chance = who.contract, self._chance
        turn_at: int | None = at
        if part == STRUCTURE and chance.random() < 0.1:
            choice = chance.choice(list(StructureChoice))
            raw = contract.choose_structure(choice, turn_at)
            if raw is not None:
                turn_at = None
                yield self._add(who, raw)
        text = contract.text(part).text
        sentences = text.split("\n")
        if len(sentences) > 1 and (len(text) > LONG or chance.random() < 0.2):
            gone = chance.randrange(len(sentences) - 1)
            start = sum(len(one) + 1 for one in sentences[:gone])
            splice = Splice(start, start + len(sentences[gone]) + 1, "")
            yield self._add(who, contract.splice(part, splice, turn_at))
            turn_at = None
        anchor: int | None = None
        for key in self._keys(part):
            shared = contract.text(part)
            offset = len(shared.text) if anchor is None else anchor
            offset = min(offset, len(shared.text))
            splice = Splice(offset - 1, offset, "") if key == "\b" else Splice(offset, offset, key)
            yield self._add(who, contract.splice(part, splice, turn_at))
            turn_at, anchor = None, offset + splice.length_change

    def _keys(self, part: PartId) -> Iterator[str]:
        """Type a sentence, with a slip here and there."""
        chosen = self._chance.choice(SAID[part])
        said = chosen.format(animals=self._chance.choice(ANIMALS), day=self._chance.choice(DAYS))
        for number, key in enumerate(f"{said}\n"):
            if number and key.isalpha() and self._chance.random() < 0.04:
                yield "x"
                yield "\b"
            yield key

    def _start(self, who: _Writer) -> None:
        """Start the program anew: everybody writes under another actor then."""
        who.contract.write_as(new_actor(who.own.key.public, self._chance.randbytes(8)))

    def _note(self, who: _Writer, obj: ElementId, key: str, fields: Mapping[str, Item]) -> None:
        """Note something beside the words, as a program will that knows how."""
        document = CrdtDocument(new_actor(who.own.key.public, self._chance.randbytes(8)))
        document.apply(who.contract.changes_since())
        made = document.transact(lambda writer: writer.put(obj, key, fields))
        assert made is not None
        who.contract.apply([made.raw])
        self._add(who, made.raw)
        self._meet()

    def _add(self, who: _Writer, raw: bytes) -> bool:
        self.written.append((who, raw))
        return True

    def _meet(self) -> None:
        """Bring everything to everybody."""
        for who in self.people:
            news = [raw for one, raw in self.written[who.known :] if one is not who]
            who.contract.apply(news)
            who.known = len(self.written)


def nine_months(directory: Path, changes: int = 10_000, now: int | None = None) -> str:
    """Make three libraries with the same contract below a directory; returns the contract's id."""
    now = int(time.time()) if now is None else now
    world = World(clock=lambda: now - MONTHS * 30 * DAY)
    libraries = [Library(directory / role.value) for role in PEOPLE.values()]
    try:
        contract = _gather(libraries, world)
        people = _sit_down(libraries, contract)
        year = _Year(people, changes, now)
        year.write()
        made = parse_changes(people[0].contract.changes_since())
        appearance = Appearance(TITLE, now - LAST_DAY * DAY, people[0].contract.heads)
        for library in libraries:
            _store(library, contract, made, appearance)
            _seal(library, contract, made, [one.own for one in people])
    finally:
        for library in libraries:
            library.close()
    return format_document_id(contract)


def _gather(libraries: Sequence[Library], world: World) -> DocumentId:
    first = libraries[0]
    (name, role), *others = PEOPLE.items()
    contract = new_contract(first, TITLE, name, role, [], world)
    for library, (name, role) in zip(libraries[1:], others, strict=True):
        invitation = invite_to(first, first.entry(contract), role, name, world=world)
        join(library, invitation.link(), world)
    return contract


def _sit_down(libraries: Sequence[Library], contract: DocumentId) -> list[_Writer]:
    """Open the contract as each of them, with everybody's seat in it."""
    journal = libraries[0].journal(contract)
    raws = [one.raw for one in journal.read(journal.stored())]
    people: list[_Writer] = []
    for library in libraries:
        own = library.own_seat(contract)
        assert own is not None
        mine = Contract.open(raws, new_actor(own.seat.key, bytes(8)), contract)
        if own.seat.id not in mine.seats:
            raws.append(mine.add_seat(own.seat, own.proof))
        people.append(_Writer(own, mine))
    for one in people:
        one.contract.apply(raws)
    return people


def _store(
    library: Library, contract: DocumentId, made: Sequence[Change], appearance: Appearance
) -> None:
    journal = library.journal(contract)
    while journal.length < journal.stored():
        journal.read(1_000)
    journal.append(made, appearance)


def _seal(
    library: Library, contract: DocumentId, made: Sequence[Change], people: Sequence[OwnSeat]
) -> None:
    """Keep what shows that each of them wrote what stands in their name."""
    graph = Graph()
    graph.add(made, trusted=True)
    newest = {change.actor: change.hash for change in made}
    seals = [
        seal(own.key, contract, actor, name).to_bytes()
        for own in people
        for actor, name in newest.items()
        if actor.startswith(own.device.prefix)
    ]
    custodian = Custodian(contract, library.keepsakes(contract), lambda: graph, lambda: None)
    custodian.hear(Parcel(tuple(own.shown.text for own in people), tuple(seals)))


if __name__ == "__main__":
    print(nine_months(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000))
