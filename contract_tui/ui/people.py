"""Who is in a contract, how each is painted, and where they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType

from textual.color import Color

from contract_tui.contract.contract import Contract
from contract_tui.contract.items import terms
from contract_tui.contract.membership.authorship import Doubted
from contract_tui.contract.membership.seats import PREFIX_SIZE, Roster
from contract_tui.contract.schema import GENESIS_ACTOR, PartId
from contract_tui.contract.text.mirror import SharedText
from contract_tui.session.presence.presence import Person
from contract_tui.session.session import Session
from contract_tui.ui.ink import Ink, make_ink, make_stranger_ink, marks, number_seats
from contract_tui.ui.names import student_of
from contract_tui.ui.timeline.words import day
from contract_tui.ui.widgets.editor.remote import Remote
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor


@dataclass(frozen=True, slots=True)
class Inks:
    """Everybody's ink, for editors of one background and text colour."""

    by_seat: Mapping[str, Ink]
    by_device: Mapping[bytes, Ink | None] = field(default_factory=dict)
    """The ink of whoever writes on a computer, by the prefix of its actors."""
    stranger: Ink | None = None
    """The ink of words of unknown origin."""
    doubted: Mapping[bytes, Ink] = field(default_factory=dict)
    """The ink of what is not shown to be somebody's in whose name it stands, by prefix too."""
    doubtful: Mapping[Actor, int] = field(default_factory=dict)
    """Whose words those are, and from which operation on."""

    def of_actor(self, actor: bytes) -> Ink | None:
        """Return the ink of whoever writes as this actor, on whichever of their computers."""
        if isinstance(actor, Doubted):
            return self.doubted.get(actor[:PREFIX_SIZE], self.stranger)
        return self.by_device.get(actor[:PREFIX_SIZE], self.stranger)

    def of_seat(self, seat: str) -> Ink | None:
        """Return the ink of a seat."""
        return self.by_seat.get(seat)


_NOTHING: Mapping[Actor, int] = MappingProxyType({})


class Inkwell:
    """Mixes everybody's ink, again only when people or colours have changed."""

    def __init__(self) -> None:
        self._made_of: tuple[Roster, Mapping[Actor, int], str, str] | None = None
        self.inks = Inks({})

    def mix(
        self,
        contract: Contract,
        background: str,
        foreground: str,
        doubtful: Mapping[Actor, int] = _NOTHING,
    ) -> Inks:
        """Return everybody's ink: the same numbers and marks on every screen."""
        made_of = (contract.roster, doubtful, background, foreground)
        if self._made_of != made_of:
            self._made_of = made_of
            colors = Color.parse(background), Color.parse(foreground)
            mixed = _mix(contract.roster, doubtful, *colors)
            self.inks = self.inks if mixed == self.inks else mixed
        return self.inks


def _mix(
    roster: Roster, doubtful: Mapping[Actor, int], background: Color, foreground: Color
) -> Inks:
    """Return one ink for each person, whatever seats they had and computers they write on."""
    people = {str(one.id): one for one in roster.seats.values() if one.proven}
    current = {seat: one for seat, one in people.items() if one.replaced_by not in people}
    numbers = number_seats({seat: str(one.role or "") for seat, one in current.items()})
    initials = marks({seat: one.name for seat, one in current.items()}, numbers)
    colors = background, foreground
    inks = {seat: make_ink(numbers[seat], initials[seat], *colors) for seat in current}
    by_seat = {seat: inks[str(roster.person(one.id).id)] for seat, one in people.items()}
    by_device = {bytes.fromhex(seat): ink for seat, ink in by_seat.items()}
    for device, seat in roster.devices.items():
        if ink := by_seat.get(seat):
            by_device[bytes.fromhex(device)] = ink
    constant = {bytes(GENESIS_ACTOR[:PREFIX_SIZE]): None}
    prefixes = {bytes(actor[:PREFIX_SIZE]) for actor in doubtful} & by_device.keys()
    doubted = {one: make_stranger_ink(*colors, by_device[one].mark) for one in prefixes}
    stranger = make_stranger_ink(*colors)
    return Inks(by_seat, {**by_device, **constant}, stranger, doubted, doubtful)


class Origins:
    """Looks for words of unknown origin, again only in parts that have changed."""

    def __init__(self) -> None:
        self._seen: dict[PartId, tuple[int, Inks, bool]] = {}

    def unknown(self, contract: Contract, parts: Iterable[PartId], inks: Inks) -> bool:
        """Whether somebody wrote in one of the parts of whom nothing is proven."""
        return any(self._unknown_in(contract.text(part), part, inks) for part in parts)

    def _unknown_in(self, text: SharedText, part: PartId, inks: Inks) -> bool:
        version, looked_with, found = self._seen.get(part, (-1, None, False))
        if version != text.version or looked_with is not inks:
            devices = {element.actor[:PREFIX_SIZE] for element in text.ids}
            found = not devices <= inks.by_device.keys()
            self._seen[part] = text.version, inks, found
        return found


@dataclass(frozen=True, slots=True)
class Company:
    """Everybody in a contract, as the screen shows them."""

    people: Sequence[Person]
    inks: Inks
    headings: Mapping[PartId, str] = field(default_factory=dict)
    holder: SeatId | None = None
    """Who holds the contract's key."""
    strangers: bool = False
    """Whether some words are of unknown origin."""
    doubted: Mapping[SeatId, Ink] = field(default_factory=dict)
    """In whose names something was done that is not shown to be theirs; and the ink of it."""
    vouched: frozenset[SeatId] = frozenset()
    """For whom of those the holder of the key has vouched: it belongs here, whoever did it."""
    looked: Mapping[SeatId, str] = field(default_factory=dict)
    """On which day each who ever looked back did so last, in words."""
    student: str = terms.THE_STUDENT
    """What the student is called inside a sentence."""

    def inks_by(self, place_of: Callable[[PartId], PartId]) -> dict[PartId, list[Ink]]:
        """Return the inks of the others by the place that they are at."""
        found: dict[PartId, list[Ink]] = {}
        for one in self.people:
            ink = self.inks.of_seat(one.seat)
            if ink and one.part and not one.me:
                found.setdefault(place_of(one.part), []).append(ink)
        return found


class Companions:
    """Follows who is in an open contract, and how each is painted."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._inkwell = Inkwell()
        self._origins = Origins()

    def look(
        self,
        headings: Mapping[PartId, str],
        colors: Mapping[str, str],
        shown: Iterable[PartId] | None = None,
    ) -> Company:
        """Return everybody as they are now, on a screen of these colours.

        `headings` says what the parts are called that somebody may be in; `shown` are those whose
        words are on the screen, by default all of them.
        """
        contract, people = self._session.contract, self._session.people
        doubtful = self._session.doubtful
        inks = self._inkwell.mix(contract, colors["surface"], colors["foreground"], doubtful)
        strangers = self._origins.unknown(contract, headings if shown is None else shown, inks)
        named = {contract.author(actor).id: inks.of_actor(Doubted(actor)) for actor in doubtful}
        claims = {seat: ink for seat, ink in named.items() if ink}
        open_ = {contract.author(actor).id for actor in doubtful.keys() - self._session.vouched}
        vouched = frozenset(claims.keys() - open_)
        holder, looked = holder_of(contract), _looked(contract)
        student = student_of(contract)
        return Company(people, inks, headings, holder, strangers, claims, vouched, looked, student)


def looks_in(contract: Contract) -> dict[SeatId, datetime]:
    """Return when each who ever looked back did so last, in this computer's time zone."""
    seen = contract.seen.items()
    return {seat: datetime.fromtimestamp(one.at, UTC).astimezone() for seat, one in seen}


def _looked(contract: Contract) -> dict[SeatId, str]:
    """Return on which day each who ever looked back did so last, in words."""
    looks = looks_in(contract)
    newest = max(looks.values(), default=None)
    return {seat: day(at, newest) for seat, at in looks.items()} if newest else {}


def holder_of(contract: Contract) -> SeatId | None:
    """Return whose seat it is that holds the contract's key, where somebody has said so."""
    holder = contract.roster.holder
    return contract.roster.person(holder.id).id if holder else None


def remotes_in(
    part: PartId, people: Sequence[Person], contract: Contract, inks: Inks
) -> list[Remote]:
    """Return the carets of the others in a part."""
    remotes = []
    for person in people:
        ink = inks.of_seat(person.seat)
        if person.me or not person.here or person.part != part or ink is None:
            continue
        text = contract.text(part)
        anchor, head = text.offset_of(person.anchor), text.offset_of(person.head)
        if head is not None:
            remotes.append(Remote(ink, head if anchor is None else anchor, head))
    return remotes
