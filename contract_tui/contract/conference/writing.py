"""How a conference comes into the document: each is part of one change, and none begins a turn."""

from collections.abc import Iterable
from typing import NamedTuple

from contract_tui.contract.conference import words
from contract_tui.contract.conference.agenda import MOST_MINUTES, Agenda
from contract_tui.contract.conference.moves import (
    BREAK,
    END,
    LONGEST,
    Path,
    is_phase,
    write_move,
    write_path,
)
from contract_tui.contract.conference.noted import CONFERENCES, MAPS
from contract_tui.contract.conference.values import LONGEST_STAY, Conference
from contract_tui.contract.crdt import Kind, Writer
from contract_tui.contract.errors import ContractError, TooMuch
from contract_tui.contract.heads import MOST_HEADS, write_heads
from contract_tui.contract.items.writing import Plain, put_anew
from contract_tui.contract.records import Write
from contract_tui.contract.text.places import write_place
from contract_tui.contract.values import Heads, Item
from sync_server.access.proof import SeatId
from sync_server.protocol.operations import ElementId


class Press(NamedTuple):
    """Somebody presses a key that moves a conference."""

    computer: SeatId
    """Where: every computer notes under keys of its own, so that none hides what another noted."""
    at: int
    """When, in seconds since 1970."""
    spent: float = 0.0
    """How many seconds the conference was where it is."""


def begin(key: str, number: int, agenda: Agenda, by: SeatId, press: Press, heads: Heads) -> Write:
    """Begin a conference with the first phase of an agenda, under a fresh key."""
    if not agenda.phases:
        raise ContractError(words.NOTHING_TO_BEGIN_WITH)
    first, at = str(agenda.phases[0].id), press.at
    entry: dict[str, Item] = {
        "number": number,
        "phase": first,
        "phase_since": at,
        "started_at": at,
        **{name: {} for name in MAPS},  # of two that are made at once, one would be hidden
        "moves": {write_move((first,), press.computer): f"{at} 0"},
        "people": {by: at},
    }
    if len(heads) <= MOST_HEADS:
        entry["opened_heads"] = write_heads(heads)
    return lambda writer: writer.put(CONFERENCES, key, entry)


def go_on(conference: Conference, agenda: Agenda, left: Path, press: Press) -> Write | None:
    """Go on to the next phase; `left` is the visit that is left, as it was seen when pressed.

    None where the conference has left it already, or is in its last phase.
    """
    following = agenda.following(conference.path)
    if conference.place.visit != left or following is None:
        return None
    return move(conference, following.id, press)


def go_back(conference: Conference, agenda: Agenda, left: Path, press: Press) -> Write | None:
    """Go back to the phase in front; None where there is none, or one has left already."""
    before = agenda.preceding(conference.place.phase)
    if conference.place.visit != left or before is None:
        return None
    return move(conference, before.id, press)


def add_minutes(conference: Conference, minutes: int, press: Press) -> Write | None:
    """Give the phase some more minutes; None during a break."""
    if not 1 <= minutes <= MOST_MINUTES:
        raise ContractError(words.MINUTES_OUT_OF_RANGE.format(most=MOST_MINUTES))
    return None if conference.place.on_break else move(conference, f"+{minutes}", press)


def take_break(conference: Conference, press: Press) -> Write | None:
    """Stop the clock; None where it stands."""
    return None if conference.place.on_break else move(conference, BREAK, press)


def come_back(conference: Conference, press: Press) -> Write | None:
    """Go on with the phase in which the break was taken; None where there is none."""
    here = conference.place
    return move(conference, here.phase, press) if here.on_break else None


def move(conference: Conference, made: str, press: Press) -> Write:
    """Make a move; raises TooMuch behind thousands of them."""
    path = (*conference.path, made)
    if len(write_path(path)) > LONGEST:
        raise TooMuch(words.MOVED_TOO_OFTEN)
    name, spent = write_move(path, press.computer), max(0, min(round(press.spent), LONGEST_STAY))

    def write(writer: Writer) -> None:
        put_anew(writer, _inside(writer, conference, "moves"), name, f"{press.at} {spent}")
        if is_phase(made):
            writer.put(conference.object, "phase", made)
            writer.put(conference.object, "phase_since", press.at)

    return write


def end(conference: Conference, press: Press, heads: Heads) -> Write | None:
    """Close a conference with a version; None where it is closed."""
    if not conference.goes_on:
        return None
    name = write_move(END, press.computer)

    def write(writer: Writer) -> None:
        put_anew(writer, _inside(writer, conference, "moves"), name, f"{press.at} 0")
        if len(heads) <= MOST_HEADS:
            put_anew(writer, conference.object, "closed_heads", write_heads(heads))
        put_anew(writer, conference.object, "ended_at", press.at)

    return write


def come(conference: Conference, by: SeatId, at: int) -> Write:
    """Note that somebody is there."""
    return _under(conference, "people", by, at)


def insist(conference: Conference, key: str, text: ElementId, typed: Iterable[ElementId]) -> Write:
    """Note which characters of a text one was asked to write; raises TooMuch."""
    return _under(conference, "insisted", key, write_place(text, typed))


def confirm(conference: Conference, key: str, text: ElementId, seen: Iterable[ElementId]) -> Write:
    """Note which characters that somebody was asked to write the student confirms."""
    return _under(conference, "confirmed", key, write_place(text, seen))


def refuse(conference: Conference, key: str, text: ElementId, seen: Iterable[ElementId]) -> Write:
    """Note which characters that somebody was asked to write are not the student's words."""
    return _under(conference, "not_mine", key, write_place(text, seen))


def stand_by(conference: Conference, key: str, token: str) -> Write:
    """Note a guest's certificate for somebody else's computer."""
    return _under(conference, "standby", key, token)


def _under(conference: Conference, name: str, key: str, value: Plain) -> Write:
    def write(writer: Writer) -> None:
        put_anew(writer, _inside(writer, conference, name), key, value)

    return write


def _inside(writer: Writer, conference: Conference, name: str) -> ElementId:
    """A map in the entry of a conference; made again where another program took it out."""
    found = conference.inside.get(name)
    return found if found is not None else writer.make(conference.object, name, Kind.MAP)
