"""Somebody with a seat, who writes with all that the program has for writing in a contract."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache

from contract_tui.contract.contract import Contract
from contract_tui.contract.errors import BadVersionName, NotYours, TooMuch
from contract_tui.contract.items.values import Item
from contract_tui.contract.schema import TITLE, PartId
from contract_tui.contract.text.splice import Splice
from contract_tui.library.library import OwnSeat
from contract_tui.library.world import World
from contract_tui.session.signing.notary import Notary
from contract_tui.session.signing.seating import Seating
from contract_tui.session.writing.agreeing import Agreeing
from contract_tui.session.writing.desk import Desk
from contract_tui.session.writing.pen import Pen
from contract_tui.session.writing.recovery import Recovery
from contract_tui.session.writing.remarks import Remarks
from sync_server.access.devices import accept, verify_device
from sync_server.access.invitation import invite
from sync_server.access.keys import SigningKey, new_actor
from sync_server.access.proof import Role
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.operations import ElementId
from tests.simulation.ledger import Ledger, letters
from tests.simulation.person import CONTRACT, CONTRACT_KEY, Person

ROLES = {"Heidi": Role.STUDENT, "Tom": Role.TEACHER}
_EXPIRES = 2_000_000_000


@cache
def own_seat(name: str, role: Role | None = None) -> OwnSeat:
    """The seat of somebody, with the key of their computer; all others are parents."""
    key = SigningKey(name.encode().ljust(32, b"."))
    invited = invite(
        CONTRACT_KEY,
        role or ROLES.get(name, Role.PARENT),
        name,
        key=SigningKey(f"for {name}".encode().ljust(32, b".")),
        jti=name,
        expires=_EXPIRES,
        relays=(),
    )
    proof = accept(invited, key)
    return OwnSeat(verify_device(proof, CONTRACT).seat, key, proof)


Deed = Callable[["Author", int, int], Iterable[ElementId]]
"""What somebody does, by two numbers; returns the letters that it may take out."""


class ByHand(Notary):
    """Keeps what is written; whoever has seals to make makes them by hand, step by step."""

    def __init__(self, keep: Callable[[bytes], None]) -> None:
        self._record = keep

    def keep(self, raw: bytes) -> None:
        """Keep a change that was made here."""
        self._record(raw)


class Entering(Seating):
    """Enters a person into the contract; nobody says here who holds its key."""

    def __init__(self, own: OwnSeat) -> None:
        self._own = own
        self._has_entered = False
        self._has_stated = True
        self._statement = None


class Author(Person):
    """One seat of the conference, and a ledger of what its person meant to do."""

    def __init__(self, name: str, clock: Callable[[], float]) -> None:
        self.own = self.seat(name)
        self.ledger = Ledger()
        self.stood: frozenset[ElementId] = frozenset()
        """The letters that stood when the last deed began."""
        self._drawn = 0
        super().__init__(name, clock)

    def start(self) -> None:
        super().start()
        seat, world = self.own.seat, World(self._clock, self._entropy, online=False)
        self.pen = Pen(
            seat,
            self.replica,
            ByHand(lambda raw: self.keep(lambda: self.replica.record(raw))),
            Entering(self.own),
            world,
            is_receiving=lambda: False,
            send=lambda: None,
            on_change=lambda: None,
        )
        self.desk = Desk(self.replica, self.pen, world)
        self.remarks = Remarks(seat, self.replica, self.pen, self.desk, world)
        self.recovery = Recovery(seat, self.replica, self.pen, world, lambda: None)
        self.agreeing = Agreeing(CONTRACT, self.own, self.replica, self.pen, world)

    def seat(self, name: str) -> OwnSeat:
        """In which seat somebody is, by the key of their computer."""
        return own_seat(name, self.role(name))

    @classmethod
    def role(cls, name: str) -> Role | None:
        """Who somebody is, where it is not as everywhere."""
        return None

    def begin(self) -> None:
        """Write the contract's first changes, and a little into it."""
        super().begin()
        self._note(0)
        self.pen.take_seat()
        goal = self.desk.add_goal()
        self.desk.add_step(goal)
        for field in ("what", "matters"):
            self.pen.edit(PartId(f"{goal}/{field}"), Splice(0, 0, f"{field}?"))
        self.pen.edit(PartId(f"{self.desk.add_support()}/what"), Splice(0, 0, "Quiet"))

    @property
    def is_student(self) -> bool:
        return self.own.seat.role is Role.STUDENT

    @property
    def knows_people(self) -> bool:
        """Whether enough of the contract has arrived to say what is whose."""
        return self.is_running and bool(self.replica.contract.pupils)

    def do(self, deed: Deed, *numbers: int) -> None:
        """Do something, and see that no letter goes but those that are meant to go."""
        if not self.knows_people:
            return
        self.pen.take_seat()
        before = len(self.replica.graph)
        self.stood = stood = letters(self.replica.contract)
        meant: Iterable[ElementId] = ()
        with suppress(NotYours, TooMuch, BadVersionName):
            meant = deed(self, *numbers)
        done = self.replica.graph.hashes[before:]
        gone = stood - letters(self.replica.contract)
        assert gone == self.ledger.taken_out_by(done)
        assert gone <= frozenset(meant)

    def force(self, write: Callable[[], bytes]) -> None:
        """Write what no program of ours writes, as a changed one might."""
        self.keep(lambda: self.replica.record(write()))

    def back_then(self, number: int) -> Contract:
        """The contract as it was once, to be gone on with under an actor of its own."""
        raws = self.replica.contract.changes_since()
        actor = new_actor(self.key.public, self._entropy(8))
        return Contract.open(raws[: 1 + number % len(raws)], actor, CONTRACT)

    def branch(self, raw: bytes) -> None:
        """Bring in what this person wrote on an earlier version."""
        self.keep(lambda: self.replica.take(parse_changes([raw])))

    def keep(self, write: Callable[[], object]) -> None:
        before = len(self.replica.graph)
        super().keep(write)
        self._note(before)

    def remember(self, thing: Item) -> None:
        """Note what stands in a thing that is to be taken away now."""
        contract = self.replica.contract
        self.ledger.known[thing.object, contract.heads] = letters(contract, [thing])

    def parts(self) -> list[PartId]:
        """Every text that this person may write in."""
        parts = sorted(self.replica.contract.texts)
        return [part for part in parts if part != TITLE and self.pen.may_write(part)]

    def _note(self, before: int) -> None:
        graph = self.replica.graph
        for position in range(before, len(graph)):
            self.ledger.note(graph.hashes[position], *graph.raws([position]))

    def _entropy(self, size: int) -> bytes:
        self._drawn += 1
        return hashlib.sha256(f"{self.name} {self._drawn}".encode()).digest()[:size]
