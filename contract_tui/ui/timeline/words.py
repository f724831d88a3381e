"""What the timeline says: where one is in the past, in words that everybody's screen shares.

A turn is named by its number among all of the contract, whoever is followed: so nobody's turns are
counted, and two people who talk about turn 12 mean the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo

from rich.cells import cell_len, set_cell_size

from contract_tui.contract.items import terms
from contract_tui.contract.membership.seats import SeatEntry
from contract_tui.contract.schema import TITLE, PartId
from contract_tui.history.chapters import ChapterKind
from contract_tui.history.history import History
from contract_tui.history.naming import times_of
from contract_tui.history.turns import Turn
from contract_tui.history.walk import Walk
from contract_tui.language import _
from contract_tui.language.days import in_words as day_in_words
from sync_server.access.proof import SeatId

NOTHING_YET = _("Nothing has been written yet.")
NO_TIME = _("at an unknown time")
AT, BY_THEIR_CLOCK = _("{day}, {time}"), _("{moment} by their clock")
TURN, CHANGE = _("Turn {turn} of {turns}"), _("Change {change} of turn {turn}")
ONLY = _("only {whose}")
FOR = _("{who} for {student}")
"""Who was asked to type something for the student."""
NOTHING, NOTHING_BY = _("Nothing yet."), _("Nothing by {who} yet.")
NOTHING_IN, NOTHING_BY_IN = _("Nothing in {where} yet."), _("Nothing by {who} in {where} yet.")
KINDS = (_("Conference of {days}"), _("Agreement of {days}"))
STRANGER = _("somebody unknown")
AGREED = ChapterKind.AGREEMENT
SHORTEST = 12
"""Cells of a part's name below which it says nothing."""


ForWhom = Callable[[Turn], str]
"""Says for whom the author of a turn was asked to type."""


def for_nobody(_turn: Turn) -> str:
    """Nobody was asked to type."""
    return ""


def said(
    walk: Walk,
    headings: Mapping[PartId, str],
    zone: tzinfo | None = None,
    room: int | None = None,
    for_whom: ForWhom = for_nobody,
) -> str:
    """Say which turn is shown; times are told in a time zone, the computer's own by default.

    `for_whom` says for whom its author was asked to type, "" where nobody asked. Where there is no
    `room` for all of it, in cells, it is the part's name that is cut.
    """
    turn = walk.turn
    if turn is None:
        return _none(walk, headings)
    number = TURN.format(turn=turn.number, turns=len(walk.history.turns))
    if walk.change is not None:
        number = CHANGE.format(change=walk.change + 1, turn=turn.number)
    only = walk.filter
    who, whom = author(walk.history, turn), for_whom(turn)
    who = FOR.format(who=who, student=whom) if whom else who
    where = place(turn.section, headings)
    pieces = [
        number,
        ONLY.format(whose=who) if only.author is not None else who,
        ONLY.format(whose=where) if only.part is not None else where,
        time_of(walk.history, turn, zone),
    ]
    whole = ", ".join(pieces)
    if room is None or (over := cell_len(whole) - room) <= 0:
        return whole
    pieces[2] = set_cell_size(pieces[2], max(SHORTEST, cell_len(pieces[2]) - over - 1)).rstrip()
    return ", ".join([*pieces[:2], f"{pieces[2]}…", pieces[3]])


def _none(walk: Walk, headings: Mapping[PartId, str]) -> str:
    """Say that there is no turn to be shown."""
    only = walk.filter
    if not walk.history.turns:
        return NOTHING_YET
    who = "" if only.author is None else name_of(walk.history, only.author)
    where = "" if only.part is None else place(only.part, headings)
    if not who:
        return NOTHING_IN.format(where=where) if where else NOTHING
    return (NOTHING_BY_IN if where else NOTHING_BY).format(who=who, where=where)


def author(history: History, turn: Turn) -> str:
    """Say whose a turn is: the role, or the name too where several have that role."""
    return _called(history.author(turn.actor), everybody(history))


def name_of(history: History, seat: SeatId) -> str:
    """Say who has a seat, as the turns do."""
    found = everybody(history)
    return _called(found[seat], found) if seat in found else STRANGER


def everybody(history: History) -> dict[SeatId, SeatEntry]:
    """Return all who ever did something in a contract."""
    people = (history.author(actor) for actor in history.past.order.actors)
    return {one.id: one for one in people}


def _called(person: SeatEntry, people: Mapping[SeatId, SeatEntry]) -> str:
    if person.role is None:
        return STRANGER
    same = [one for one in people.values() if one.role is person.role]
    return terms.THE[person.role] if len(same) <= 1 else terms.with_role(person.name, person.role)


def place(part: PartId, headings: Mapping[PartId, str]) -> str:
    """Return what a part is called inside a sentence."""
    if part == TITLE:
        return _("the title")
    heading = headings.get(part, part)
    return heading if heading[1:2].isupper() else heading[:1].lower() + heading[1:]


def time_of(history: History, turn: Turn, zone: tzinfo | None = None) -> str:
    """Say when a turn began, by its author's clock."""
    if turn.at is None:
        return NO_TIME
    doubted = history.author(turn.actor).id in history.doubted_clocks
    newest = next((one.at for one in reversed(history.turns) if one.at), turn.at)
    told = moment(turn.at, newest, zone)
    return BY_THEIR_CLOCK.format(moment=told) if doubted else told


def moment(at: datetime, newest: datetime, zone: tzinfo | None = None) -> str:
    """Say a day and a time of it, with the year unless it is that of the newest turn."""
    try:
        local, last = at.astimezone(zone), newest.astimezone(zone)
    except (OverflowError, ValueError, OSError):
        return NO_TIME
    return AT.format(day=day(local, last), time=f"{local:%H:%M}")


def day(local: datetime, newest: datetime) -> str:
    """Say a day, with the year unless it is that of the newest turn."""
    return day_in_words(local.date(), with_year=local.year != newest.year)


def chapter_names(history: History, zone: tzinfo | None = None) -> Sequence[str]:
    """Return what every chapter is called, by days of a time zone."""
    return history.chapter_names(lambda at: at.astimezone(zone))


def called(history: History, zone: tzinfo | None = None) -> Sequence[tuple[str, ...]]:
    """Return what every chapter may be called, the longest first: a conference with its times."""

    def local(at: datetime) -> datetime:
        return at.astimezone(zone)

    found = []
    for chapter, name in zip(history.chapters, chapter_names(history, zone), strict=True):
        held = times_of(chapter, local)
        found.append(((f"{name}, {held}",) if held else ()) + shortened(name))
    return found


def behind(names: Sequence[tuple[str, ...]], kinds: Sequence[ChapterKind]) -> tuple[str, ...]:
    """Return what stands behind the last turn: the newest agreement, a conference, or both."""
    agreed = next((name for name, kind in zip(names, kinds, strict=True) if kind is AGREED), None)
    met = next((name for name, kind in zip(names, kinds, strict=True) if kind is not AGREED), None)
    if agreed is None or met is None:
        return agreed or met or ()
    return (*(f"{one} · {agreed[-2]}" for one in met[:-1]), *agreed)


def shortened(name: str) -> tuple[str, ...]:
    """Return a chapter's name, and what it may be called where there is less room: its date."""
    head = name.partition(", ")[0]
    date = head
    for kind in KINDS:
        date = date.removeprefix(kind.partition("{days}")[0])
    return name, head, date
