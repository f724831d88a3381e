"""Who is here, and where: what travels as ephemeral messages and is never kept.

A caret is named by the character before it, so that it stays right while the text around it
changes; whoever paints it looks up where that character is now.  Pure: time is an argument.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import cbor2

from contract_tui.contract.conference.timing import Told
from contract_tui.contract.schema import PartId
from contract_tui.library.settings import is_room
from sync_server.access.proof import Role, SeatId, is_seat_id
from sync_server.protocol.ids import PeerId
from sync_server.protocol.operations import ElementId

KIND = "contract-presence/1"
HEARTBEAT = 10.0
"""Seconds between two messages of a person who does nothing."""
EXPIRY = 25.0
"""Seconds after which somebody of whom nothing was heard counts as gone."""
INTERVAL = 0.04
"""Seconds between two messages while a caret moves."""
LONGEST = 1024
LONGEST_ADDRESS = 100
MOST_PEERS = 64
ACTOR_SIZES = range(1, 65)
_FOREVER = 2**31


class BadPresence(ValueError):
    """An ephemeral message that says nothing about presence."""


@dataclass(frozen=True, slots=True)
class Together:
    """What one program says in a conference: all of it is gone with whoever said it."""

    asks: str = ""
    """Which stay in a phase the person asks to end; "" where they ask nothing."""
    leads: int = 0
    """How many led before the person did; 0 where the others need not follow them."""
    line: int = 0
    """The line of their page that they read first, for who follows them."""
    told: Told | None = None
    """How long the conference has been where it is."""
    on: str = ""
    """The computer that lets guests in, by its prefix in hex; it and guests' programs say so."""
    stands_by: str = ""
    """This computer, by its prefix in hex, where it could let guests in if that one dies, …"""
    at: str = ""
    """… and the address under which others would then reach it."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What one program says about its person."""

    seat: SeatId
    part: PartId | None = None
    """Where the person's caret is; None: nowhere in the text."""
    anchor: ElementId | None = None
    """The character before the selection's fixed end; None: the start of the part."""
    head: ElementId | None = None
    """The character before the caret; None: the start of the part."""
    typing: bool = False
    here: bool = True
    """False in the last message, which takes the person off the others' screens at once."""
    looking_back: bool = False
    """Whether the person looks at the contract as it was."""
    together: Together = Together()

    def behind(self, part: PartId, element: ElementId) -> Whereabouts:
        """Return the same once the person has written a character, if that is where they are."""
        return replace(self, anchor=element, head=element) if part == self.part else self


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a seat, and where they are now."""

    seat: SeatId
    name: str
    role: Role | None
    """None for a seat that proves nothing."""
    part: PartId | None
    anchor: ElementId | None
    head: ElementId | None
    typing: bool
    here: bool
    me: bool
    looking_back: bool = False
    """Whether they look at the contract as it was, rather than as it is."""


def encode(whereabouts: Whereabouts) -> bytes:
    """The payload of an ephemeral message."""
    fields: dict[str, object] = {
        "type": KIND,
        "seat": whereabouts.seat,
        "part": whereabouts.part,
        "anchor": _write_element(whereabouts.anchor),
        "head": _write_element(whereabouts.head),
        "typing": whereabouts.typing,
    }
    if not whereabouts.here:
        fields["here"] = False
    if whereabouts.looking_back:
        fields["looking_back"] = True
    if whereabouts.together != Together():
        fields["together"] = _write_together(whereabouts.together)
    return cbor2.dumps(fields)


def decode(data: bytes) -> Whereabouts:
    """Read a payload from anybody; raises BadPresence."""
    if len(data) > LONGEST:
        raise BadPresence("too long")
    try:
        fields = cbor2.loads(data)
    except (cbor2.CBORDecodeError, ValueError, TypeError, RecursionError) as error:
        raise BadPresence("not CBOR") from error
    match fields:
        case {"type": "contract-presence/1", "seat": str(seat)}:
            part = fields.get("part")
            return Whereabouts(
                SeatId(seat),
                PartId(part) if isinstance(part, str) else None,
                _read_element(fields.get("anchor")),
                _read_element(fields.get("head")),
                fields.get("typing") is True,
                fields.get("here") is not False,
                fields.get("looking_back") is True,
                _read_together(fields.get("together")),
            )
    raise BadPresence("not presence")


def _write_together(together: Together) -> dict[str, object]:
    fields: dict[str, object] = {
        "asks": together.asks,
        "leads": together.leads,
        "line": together.line,
    }
    if (told := together.told) is not None:
        fields["time"] = [told.visit, told.elapsed, told.knows]
    said = {"on": together.on, "stands_by": together.stands_by, "at": together.at}
    return fields | {name: words for name, words in said.items() if words}


def _read_together(fields: object) -> Together:
    """Read what somebody says in a conference; what cannot be told counts as not said."""
    if not isinstance(fields, dict):
        return Together()
    asks, time = fields.get("asks"), fields.get("time")
    leads, line = _count(fields.get("leads")), _count(fields.get("line"))
    told = None
    match time:
        case [str(visit), int() | float() as elapsed, bool(knows)] if 0 <= elapsed < _FOREVER:
            told = Told(visit, float(elapsed), knows)
    on, stands_by = _computer(fields.get("on")), _computer(fields.get("stands_by"))
    asks = asks if isinstance(asks, str) else ""
    return Together(asks, leads, line, told, on, stands_by, _address(fields.get("at")))


def _address(value: object) -> str:
    """Read the address of a room; whoever is to go there is asked before."""
    said = value if isinstance(value, str) and len(value) <= LONGEST_ADDRESS else ""
    return said if said.isascii() and said.isprintable() and is_room(said) else ""


def _computer(value: object) -> str:
    return str(value) if is_seat_id(value) else ""


def _count(value: object) -> int:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and isinstance(value, int) and 0 <= value < _FOREVER else 0


def _write_element(element: ElementId | None) -> str | None:
    return None if element is None else f"{element.counter}@{element.actor.hex()}"


def _read_element(text: object) -> ElementId | None:
    if text is None:
        return None
    if not isinstance(text, str):
        raise BadPresence("a caret is a text")
    counter, _, actor = text.partition("@")
    try:
        element = ElementId(int(counter), bytes.fromhex(actor))
    except ValueError as error:
        raise BadPresence("a caret is counter@actor") from error
    if element.counter < 1 or len(element.actor) not in ACTOR_SIZES:
        raise BadPresence("a caret is counter@actor")
    return element


@dataclass(frozen=True, slots=True)
class _Heard:
    whereabouts: Whereabouts
    at: float


class Presences:
    """What was last heard of every other program that has this contract open."""

    def __init__(self) -> None:
        self._heard: dict[PeerId, _Heard] = {}

    def hear(self, peer: PeerId, whereabouts: Whereabouts, now: float) -> bool:
        """Note a message; returns whether this peer is new, and wants to hear of us at once."""
        if not whereabouts.here:
            self._heard.pop(peer, None)
            return False
        new = peer not in self._heard
        if new and len(self._heard) >= MOST_PEERS:
            return False
        self._heard.pop(peer, None)
        self._heard[peer] = _Heard(whereabouts, now)
        return new

    def wrote(self, seat: SeatId, part: PartId, element: ElementId) -> None:
        """Note where somebody has written, in the part that they are in."""
        for peer, heard in self._heard.items():
            if heard.whereabouts.seat == seat:
                behind = heard.whereabouts.behind(part, element)
                self._heard[peer] = replace(heard, whereabouts=behind)

    def expire(self, now: float) -> bool:
        """Forget those who have been silent; returns whether there were any."""
        silent = [peer for peer, heard in self._heard.items() if now - heard.at >= EXPIRY]
        for peer in silent:
            del self._heard[peer]
        return bool(silent)

    def clear(self) -> None:
        """Forget everybody: without a relay nobody can be seen."""
        self._heard.clear()

    def __iter__(self) -> Iterator[Whereabouts]:
        """Everybody's whereabouts, the latest heard last."""
        return (heard.whereabouts for heard in self._heard.values())
