"""Paints one contract of the list in one line: with all that is known of it where there is room.

Where there is less, the line says what tells contracts apart, and how it is with each; the rest is
said below the list, of the one that the mark is at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.style import Style
from rich.text import Text

from contract_tui.session.link.standings import ERASED
from contract_tui.ui import words as common
from contract_tui.ui.cells import clipped, padded, painted
from contract_tui.ui.graphemes import width
from contract_tui.ui.shelf import words
from contract_tui.ui.shelf.facts import Facts

ALL_IN_ONE = 140
"""Cells from which all that is known of a contract is in its line."""
NEWS, NO_NEWS = "● ", "  "
GAP = 2
SHARES = (32, 26, 36, 22, 18, 11)
"""How the width is shared: title, people, change, agreement, the day to look again, sharing."""
FEW_SHARES = (22, 16, 14, 20)
"""The same of less: title, people, change, agreement."""
_BOLD, _PLAIN, _SLANTED = Style(bold=True), Style(bold=False), Style(bold=False, italic=True)


def paint(facts: Facts, cells: int, now: float, accent: str = "") -> Text:
    """One contract in so many cells; `accent` is the colour of the dot for what is new."""
    made = _in_one(facts, cells, now)
    dot = Style(color=accent or None, bold=True)
    return Text.assemble((NEWS if facts.is_news else NO_NEWS, dot), made, no_wrap=True)


def heads(cells: int) -> str:
    """What stands above the columns."""
    names: tuple[str, ...] = (words.TITLE_HEAD, words.PEOPLE_HEAD, words.CHANGE_HEAD)
    names = (*names, words.CONSENT_HEAD)
    if cells >= ALL_IN_ONE:
        names = (*names, words.REVISIT_HEAD, words.SHARED_HEAD)
    return NO_NEWS + _columns(names, cells)


def foot(facts: Facts, cells: int, now: float) -> str:
    """What the line of a contract has no room for, in three lines; nothing where it says all."""
    if cells >= ALL_IN_ONE:
        return ""
    room = cells - len(NO_NEWS)
    settled = [painted(facts.consent), painted(words.revisit(facts.revisit, now))]
    beside = clipped(" · ".join(filter(None, settled)), room)
    instead = _instead(facts)
    below = clipped(instead, room) if instead else _fitted(facts, room, now)
    return "\n".join((clipped(painted(facts.entry.name), room), below, beside))


def _in_one(facts: Facts, cells: int, now: float) -> Text:
    title = painted(facts.entry.name)
    has_all = cells >= ALL_IN_ONE
    change = _change(facts, now) if has_all else _brief_change(facts, now, _widths(cells)[2] - GAP)
    said = [title, _who(facts), change, painted(facts.consent)]
    if has_all:
        shared = words.NOT_ALL if facts.entry.unshared else ""
        said += [painted(words.revisit_alone(facts.revisit, now)), shared]
    row = _columns(said, cells)
    if instead := _instead(facts):
        row = _columns(said[:2], cells)
        row += padded(instead, cells - len(NO_NEWS) - width(row))
    first = len(padded(title, _widths(cells)[0]))
    return Text.assemble((row[:first], _BOLD), (row[first:], _PLAIN))


def _instead(facts: Facts) -> str:
    """What there is to know where nobody writes on."""
    if facts.refused:
        return common.ERASED_THERE if facts.refused == ERASED else common.TAKEN_OUT
    return painted(facts.anew.in_brief) if facts.anew else ""


def _fitted(facts: Facts, room: int, now: float) -> str:
    """As much as there is room for, said as fully as it can be."""
    for said in _ways(facts, now):
        line = " · ".join(filter(None, said))
        if width(line) <= room:
            return line
    return clipped(line, room)


def _ways(facts: Facts, now: float) -> Iterator[Sequence[str]]:
    """Ever shorter ways to say who is in it, when it changed, and whether all is shared."""
    who, short = _who(facts), _change(facts, now)
    change = words.CHANGED.format(when=short) if facts.entry.changed_at else short
    unshared = facts.entry.unshared
    for people in (who, _briefly(facts)):
        yield people, change, words.UNSHARED if unshared else ""
        yield people, change, words.UNSHARED_SHORT if unshared else ""
        yield people, short, words.UNSHARED_SHORT if unshared else ""
    yield short, words.UNSHARED_SHORT if unshared else ""


def _who(facts: Facts) -> str:
    """Everybody in it, and whether this person only reads."""
    names = facts.people
    said = words.ONLY_YOU if names == [words.YOU] and facts.summary else common.listed(names)
    return " · ".join(filter(None, (painted(said), facts.role)))


def _briefly(facts: Facts) -> str:
    """The first of them, where there are more than two."""
    names = facts.people
    first = words.AND_OTHERS.format(first=names[0]) if len(names) > 2 else common.listed(names)
    return " · ".join(filter(None, (painted(first), facts.role)))


def _brief_change(facts: Facts, now: float, room: int) -> str:
    """When it changed last, and by whom where there is room; the dot says whether that is news."""
    said = _changed_by(facts, now)
    if width(said) <= room or not facts.entry.changed_at:
        return said
    brief = _ago(facts, now)
    return brief if width(brief) <= room else words.short_day(facts.entry.changed_at, now)


def _ago(facts: Facts, now: float) -> str:
    return common.ago(facts.entry.changed_at, now)


def _changed_by(facts: Facts, now: float) -> str:
    """When it changed last, and by whom."""
    if not facts.entry.changed_at:
        return words.NOT_HERE_YET
    said = _ago(facts, now)
    if facts.changed_by:
        by = words.BY_YOU if facts.changed_by == words.YOU else words.BY
        said = by.format(change=said, who=painted(facts.changed_by))
    return said


def _change(facts: Facts, now: float) -> str:
    """When it changed last, by whom, and whether this person has seen it."""
    said = _changed_by(facts, now)
    if not facts.is_news or not facts.entry.changed_at:
        return said
    since = words.SINCE_TOO if facts.changed_by == words.YOU else words.SINCE
    return since.format(change=said)


def _widths(cells: int) -> list[int]:
    """How many cells each column takes, the gaps beside it included."""
    room, all_shares = cells - len(NO_NEWS), SHARES if cells >= ALL_IN_ONE else FEW_SHARES
    shares = [room * share // sum(all_shares) for share in all_shares]
    return [shares[0] + room - sum(shares), *shares[1:]]


def _columns(texts: Sequence[str], cells: int) -> str:
    """Texts side by side, from the left; the last one too takes all of its column."""
    widths = _widths(cells)
    pieces = zip(texts, widths, strict=False)
    return "".join(padded(text, each - GAP) + " " * GAP for text, each in pieces)
