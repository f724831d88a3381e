"""Conferences, agreements and clocks, as programs would note them in a contract."""

from collections.abc import Callable, Mapping
from itertools import count

from contract_tui.contract.agreement.content import FORMAT
from contract_tui.contract.agreement.values import Answer
from contract_tui.contract.conference.agenda import READY
from contract_tui.contract.conference.moves import END, write_move
from contract_tui.contract.conference.noted import CONFERENCES
from contract_tui.contract.conference.tokens import Form
from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Branch, CrdtDocument, Writer
from contract_tui.contract.names import ObjectId
from contract_tui.contract.past.milestones import AGREEMENTS
from contract_tui.contract.schema import INTERESTS, PartId
from contract_tui.contract.text.splice import Splice
from contract_tui.contract.values import Item
from sync_server.access.answer import SignedAnswer, sign_answer
from sync_server.access.keys import SigningKey
from sync_server.access.proof import Role, Seat, SeatId
from tests.contract_tui.contract import people
from tests.contract_tui.contract.people import (
    BEGINNING,
    OKAFOR,
    OKAFOR_PROOF,
    actor_of,
    copy,
    exchange,
    key_of,
    new_contract,
)

FIRST = READY[Form.FULL][0].id
MINUTE, HOUR, DAY = 60, 3_600, 86_400
PAPA, PAPA_PROOF = people.seat("Papa", Role.PARENT)
_starts = count(100)


class Table:
    """Maya, Ms Okafor and Papa, each with their own copy of one contract."""

    def __init__(self) -> None:
        self.held = 0
        """How many conferences have begun."""
        self.maya = new_contract("Maya")
        self.okafor = copy(self.maya, actor_of(OKAFOR))
        self.okafor.add_seat(OKAFOR, OKAFOR_PROOF)
        self.meet()
        self.papa = copy(self.okafor, actor_of(PAPA))
        self.papa.add_seat(PAPA, PAPA_PROOF)
        self.meet()

    def meet(self) -> None:
        """Bring everything to everybody."""
        exchange(*(one for one in (self.maya, self.okafor, getattr(self, "papa", None)) if one))

    def write(
        self, who: Contract, seconds: int | None, word: str = "word ", part: PartId = INTERESTS
    ) -> None:
        """Begin a turn so many seconds after the contract was made, and tell everybody."""
        self.write_alone(who, seconds, word, part)
        self.meet()

    def write_alone(
        self, who: Contract, seconds: int | None, word: str = "word ", part: PartId = INTERESTS
    ) -> None:
        """Begin a turn, and tell nobody."""
        end = len(who.text(part).text)
        at = None if seconds is None else BEGINNING + seconds
        who.splice(part, Splice(end, end, word), at)

    def open(self, who: Seat, name: str = "c", **fields: Item) -> None:
        """Note that another conference begins, and that it is over if that is said."""
        self.held += 1
        moves = {write_move((FIRST,), SeatId(who.id)): _step(fields.get("started_at"))}
        if said := _end(fields):
            moves[write_move(END, SeatId(who.id))] = said
        entry: dict[str, Item] = {"number": self.held, "moves": moves, **fields}
        note(self.maya, who, lambda writer: writer.put(CONFERENCES, name, entry))
        self.meet()

    def add(self, who: Seat, name: str = "c", **fields: Item) -> None:
        """Note more about a conference, and that it is over if that is said."""
        put_inside(self.maya, who, CONFERENCES, name, fields)
        if said := _end(fields):
            ended: dict[str, Item] = {write_move(END, SeatId(who.id)): said}
            put_inside(self.maya, who, CONFERENCES, f"{name}/moves", ended)
        self.meet()

    def agree(
        self,
        who: Seat,
        seat: str | None = None,
        name: str = "a",
        *,
        seconds: int = 0,
        answer: Answer = Answer.AGREE,
    ) -> None:
        """Note a signed answer, as one's own if nothing else is said."""
        signature: Mapping[str, Item] = {name: signed(self.maya, who, seconds, answer)}
        key = who.id if seat is None else seat
        note(self.maya, who, lambda writer: writer.put(AGREEMENTS, key, signature))
        self.meet()


def signed(contract: Contract, who: Seat, seconds: int = 0, answer: Answer = Answer.AGREE) -> str:
    """An answer to the contract as it stands, so many seconds after it was made."""
    return signed_by(key_of(who.name), contract, BEGINNING + seconds, answer)


def signed_by(
    key: SigningKey, contract: Contract, at: int, answer: Answer = Answer.AGREE, note: str = ""
) -> str:
    """An answer to the contract as it stands, signed at seconds since 1970."""
    assert contract.id is not None
    digest, heads = contract.answers.digest, contract.heads
    return sign_answer(key, contract.id, SignedAnswer(FORMAT, digest, heads, answer, note, at))


def note(contract: Contract, who: Seat, write: Callable[[Writer], object]) -> None:
    """Make a change as another start of somebody's program would."""
    document = CrdtDocument(actor_of(who, next(_starts) % 256))
    document.apply(contract.changes_since())
    made = document.transact(write)
    assert made is not None
    contract.apply([made.raw])


def put_inside(
    contract: Contract, who: Seat, obj: ObjectId, way: str, fields: Mapping[str, Item]
) -> None:
    """Set keys of a map inside of a map, or of one further inside: `c/moves`."""
    document = CrdtDocument(actor_of(who))
    document.apply(contract.changes_since())
    place = obj
    for key in way.split("/"):
        held = document.get(place, key)
        assert isinstance(held, Branch)
        place = held.object

    def write(writer: Writer) -> None:
        for name, item in fields.items():
            writer.put(place, name, item)

    note(contract, who, write)


def _step(at: Item | None) -> str:
    return f"{at if isinstance(at, int) else 0} 0"


def _end(fields: Mapping[str, Item]) -> str:
    """What is noted of the end, if these fields tell of it."""
    return f"{fields.get('ended_at', 0)} 0" if {"ended_at", "closed_heads"} & fields.keys() else ""
