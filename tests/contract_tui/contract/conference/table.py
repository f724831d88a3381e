"""Three people with a copy of one contract each, who hold a conference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from contract_tui.contract.conference import writing
from contract_tui.contract.conference.agenda import READY
from contract_tui.contract.conference.noted import CONFERENCES
from contract_tui.contract.conference.tokens import Form
from contract_tui.contract.conference.values import Conference
from contract_tui.contract.conference.writing import Press
from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Branch, CrdtDocument, Writer
from contract_tui.contract.membership.seats import seat_of as computer_of
from contract_tui.contract.records import Write
from contract_tui.contract.values import Item
from sync_server.access.keys import new_actor
from sync_server.access.proof import Seat
from tests.contract_tui.contract.people import (
    BEGINNING,
    MAYA,
    OKAFOR,
    OKAFOR_PROOF,
    actor_of,
    copy,
    exchange,
    new_contract,
)
from tests.contract_tui.contract.test_roster import tablet
from tests.contract_tui.full_contract import JONAS, JONAS_PROOF

PHASES = [one.id for one in READY[Form.FULL]]


@dataclass
class Table:
    """Maya, Ms Okafor and Jonas; what one does reaches the others when they meet."""

    maya: Contract = field(init=False)
    okafor: Contract = field(init=False)
    jonas: Contract = field(init=False)
    begun: int = 0

    def __post_init__(self) -> None:
        first = new_contract()
        first.add_seat(OKAFOR, OKAFOR_PROOF)
        first.add_seat(JONAS, JONAS_PROOF)
        self.maya, self.okafor, self.jonas = (
            copy(first, actor_of(one, 1)) for one in (MAYA, OKAFOR, JONAS)
        )

    @property
    def all(self) -> tuple[Contract, ...]:
        return self.maya, self.okafor, self.jonas

    def meet(self) -> None:
        """Bring everything to everybody."""
        exchange(*self.all)

    def begin(self, who: Contract, at: int = BEGINNING) -> None:
        """Begin the next conference."""
        self.begun += 1
        number, by = len(who.conferences.all) + 1, seat_of(self, who).id
        agenda, heads = who.conferences.agenda, who.heads
        do(who, writing.begin(f"c{self.begun}", number, agenda, by, press(who, at), heads))

    def go_on(self, who: Contract, at: int = BEGINNING, spent: float = 60) -> bool:
        """Go on to the next phase; whether there was one."""
        one = current(who)
        return do(
            who, writing.go_on(one, who.conferences.agenda, one.place.visit, press(who, at, spent))
        )

    def go_back(self, who: Contract, at: int = BEGINNING, spent: float = 60) -> bool:
        one = current(who)
        return do(
            who,
            writing.go_back(one, who.conferences.agenda, one.place.visit, press(who, at, spent)),
        )

    def pause(self, who: Contract, spent: float = 60) -> bool:
        return do(who, writing.take_break(current(who), press(who, spent=spent)))

    def resume(self, who: Contract, spent: float = 60) -> bool:
        return do(who, writing.come_back(current(who), press(who, spent=spent)))

    def add(self, who: Contract, minutes: int) -> bool:
        return do(who, writing.add_minutes(current(who), minutes, press(who)))

    def end(self, who: Contract, at: int = BEGINNING) -> bool:
        return do(who, writing.end(current(who), press(who, at), who.heads))


def opened() -> Table:
    """A conference that Ms Okafor has begun and that everybody knows of."""
    table = Table()
    table.begin(table.okafor)
    table.meet()
    return table


def do(who: Contract, write: Write | None) -> bool:
    """Write something, if there is anything to write."""
    if write is not None:
        who.change(write)
    return write is not None


def press(who: Contract, at: int = BEGINNING, spent: float = 0) -> Press:
    """Somebody presses a key."""
    return Press(computer_of(who.actor), at, spent)


def current(who: Contract) -> Conference:
    """The conference that goes on."""
    found = who.conferences.current
    assert found is not None
    return found


def phase(who: Contract) -> str:
    """Where it is."""
    return current(who).place.phase


def seat_of(table: Table, who: Contract) -> Seat:
    """Whose copy it is."""
    seats = {id(table.maya): MAYA, id(table.okafor): OKAFOR, id(table.jonas): JONAS}
    return seats[id(who)]


def tablet_of(table: Table) -> Contract:
    """What Maya has on another computer of hers, with a key of its own."""
    device, proof = tablet()
    there = copy(table.maya, new_actor(device.key, bytes(8)))
    there.add_device(device, proof)
    return there


def put(who: Contract, way: tuple[str, ...], fields: Mapping[str, Item]) -> None:
    """Write anything at all in the entry of a conference, as a changed program would."""
    document = CrdtDocument(who.actor)
    document.apply(who.changes_since())
    place = CONFERENCES
    for key in way:
        held = document.get(place, key)
        assert isinstance(held, Branch)
        place = held.object

    def write(writer: Writer) -> None:
        for name, item in fields.items():
            writer.put(place, name, item)

    who.change(write)
