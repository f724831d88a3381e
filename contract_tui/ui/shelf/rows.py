"""Paints one contract of the list: two lines where there is little room, else one with columns."""

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

ONE_LINE = 140
"""Cells from which a contract takes one line."""
NEWS, NO_NEWS = "● ", "  "
GAP = 2
SHARES = (32, 26, 36, 22, 18, 11)
"""How the width is shared: title, people, change, agreement, the day to look again, sharing."""
LEAST_TITLE = 21
"""Cells that a title keeps beside what stands to its right."""
_BOLD, _PLAIN, _SLANTED = Style(bold=True), Style(bold=False), Style(bold=False, italic=True)


def paint(facts: Facts, cells: int, now: float, accent: str = "") -> Text:
    """One contract in so many cells; `accent` is the colour of the dot for what is new."""
    made = _in_one(facts, cells, now) if cells >= ONE_LINE else _in_two(facts, cells, now)
    dot = Style(color=accent or None, bold=True)
    return Text.assemble((NEWS if facts.is_news else NO_NEWS, dot), made, no_wrap=True)


def heads(cells: int) -> str:
    """What stands above the columns; nothing where there are none."""
    if cells < ONE_LINE:
        return ""
    names = words.TITLE_HEAD, words.PEOPLE_HEAD, words.CHANGE_HEAD
    return NO_NEWS + _columns(
        (*names, words.CONSENT_HEAD, words.REVISIT_HEAD, words.SHARED_HEAD), cells
    )


def _in_one(facts: Facts, cells: int, now: float) -> Text:
    title = painted(facts.entry.name)
    row = _columns(
        (
            title,
            _who(facts),
            _instead(facts) or _change(facts, now),
            painted(facts.consent),
            painted(words.revisit_alone(facts.revisit, now)),
            words.NOT_ALL if facts.entry.unshared else "",
        ),
        cells,
    )
    first = len(padded(title, _widths(cells)[0]))
    return Text.assemble((row[:first], _BOLD), (row[first:], _PLAIN))


def _in_two(facts: Facts, cells: int, now: float) -> Text:
    """The title with what is settled to its right; below it who, and the last change."""
    room = cells - len(NO_NEWS)
    name = painted(facts.entry.name)
    settled = [painted(facts.consent), painted(words.revisit(facts.revisit, now))]
    right = clipped(" · ".join(filter(None, settled)), room - LEAST_TITLE - GAP)
    left = room - (width(right) + GAP if right else 0)
    title = padded(name, left) if right else clipped(name, left)
    below = _instead(facts)
    if below:
        line = Text(NO_NEWS + clipped(below, room), _SLANTED)
    else:
        line = Text(NO_NEWS + _fitted(facts, room, now), _PLAIN)
    beside = f"{' ' * GAP}{right}" if right else ""
    return Text.assemble((title, _BOLD), (beside, _PLAIN), "\n", line)


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


def _change(facts: Facts, now: float) -> str:
    """When it changed last, by whom, and whether this person has seen it."""
    if not facts.entry.changed_at:
        return words.NOT_HERE_YET
    said = common.ago(facts.entry.changed_at, now)
    if facts.changed_by:
        by = words.BY_YOU if facts.changed_by == words.YOU else words.BY
        said = by.format(change=said, who=painted(facts.changed_by))
    if not facts.is_news:
        return said
    since = words.SINCE_TOO if facts.changed_by == words.YOU else words.SINCE
    return since.format(change=said)


def _widths(cells: int) -> list[int]:
    """How many cells each column takes, the gaps beside it included."""
    room = cells - len(NO_NEWS)
    shares = [room * share // sum(SHARES) for share in SHARES]
    return [shares[0] + room - sum(shares), *shares[1:]]


def _columns(texts: Sequence[str], cells: int) -> str:
    """Texts side by side; the last one too takes all of its column."""
    widths = _widths(cells)
    pieces = zip(texts, widths, strict=True)
    return "".join(padded(text, each - GAP) + " " * GAP for text, each in pieces)
