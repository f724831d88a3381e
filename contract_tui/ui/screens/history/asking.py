"""What is asked of the past: compare, whose words, which part, under which name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from contract_tui.contract.items import terms
from contract_tui.contract.past.kept import KeptVersion
from contract_tui.contract.schema import PartId
from contract_tui.contract.values import Heads
from contract_tui.history.chapters import Chapter
from contract_tui.history.walk import Comparison, Only
from contract_tui.ui.screens.history import words
from contract_tui.ui.screens.history.beside import BesideScreen
from contract_tui.ui.screens.history.menu import Choice, Menu
from sync_server.access.proof import SeatId

if TYPE_CHECKING:
    from contract_tui.ui.screens.history.screen import HistoryScreen

Act = Callable[[], None]
"""What is done when something has been chosen."""
Version = Callable[[], Heads]
"""Finds the heads of a version, which takes a while in a long past."""


def ask_what_to_compare(screen: HistoryScreen) -> None:
    """Let the person choose what the shown version is compared with."""
    walk = screen.walk

    def compare(comparison: Comparison) -> Act:
        return lambda: _show(screen, lambda: walk.compare(comparison))

    choices = [
        Choice(label, compare(one), explained, here=one is walk.comparison)
        for one, (label, explained) in words.OFFERED.items()
        if one in walk.offered
    ]
    if pane := screen.sections.pane(screen.sections.current):
        explained = words.BESIDE_EXPLAINED.format(heading=pane.heading)
        choices.insert(2, Choice(words.BESIDE, lambda: _beside(screen, pane.part), explained))
    if _versions(screen):
        act = lambda: ask_since_when(screen)  # noqa: E731
        choices.insert(-1, Choice(words.SINCE_VERSION, act, words.SINCE_VERSION_EXPLAINED))
    _ask(screen, Menu(words.COMPARE, words.COMPARE_EXPLAINED, choices))


def ask_since_when(screen: HistoryScreen) -> None:
    """Let the person choose a version with a name to compare with."""

    def since(name: str, version: Version) -> Act:
        def act() -> None:
            try:
                screen.walk.mark_version(version())
            except LookupError:
                screen.notice.say(words.NOT_ALL_HERE.format(name=name))
                return
            screen.looking.mark_name = name
            _show(screen, lambda: screen.walk.compare(Comparison.SINCE_MARK))

        return act

    found = _versions(screen)
    choices = [Choice(name, since(name, one), explained) for name, one, explained in found]
    _ask(screen, Menu(words.WHICH_VERSION, "", choices))


def _versions(screen: HistoryScreen) -> list[tuple[str, Version, str]]:
    """Return every version with a name: those that somebody kept, and the ends of chapters."""
    contract, history = screen.session.contract, screen.walk.history

    def kept(version: KeptVersion) -> tuple[str, Version, str]:
        by = words.KEPT_BY.format(name=contract.roster.person(version.by).name)
        return version.name, lambda: version.heads, by

    def end(chapter: Chapter, name: str) -> tuple[str, Version, str]:
        return name, lambda: history.heads(history.end_of(chapter)), ""

    ends = map(end, history.chapters, screen.looking.chapter_names)
    return [*map(kept, reversed(contract.kept)), *reversed(list(ends))]


def _beside(screen: HistoryScreen, part: PartId) -> None:
    """Show the first words of a part beside those of today."""
    heading = screen.looking.headings[part]
    first, today = screen.looking.first_words(part)
    screen.app.push_screen(BesideScreen(heading, first, today))


def ask_whose_words(screen: HistoryScreen) -> None:
    """Let the person follow one person's words only; asked again, everybody's."""
    walk = screen.walk
    if walk.filter.author is not None:
        _follow(screen, None)
        return
    people = [
        Choice(one.name, _following(screen, one.seat), terms.ROLES[one.role])
        for one in screen.session.people
        if one.role is not None and one.role.writes
    ]
    _ask(screen, Menu(words.WHO, words.WHO_EXPLAINED, people))


def _following(screen: HistoryScreen, seat: SeatId) -> Act:
    return lambda: _follow(screen, seat)


def _follow(screen: HistoryScreen, seat: SeatId | None) -> None:
    """Show the turns of one person only, or everybody's."""
    walk, before = screen.walk, screen.walk.filter
    walk.only(Only(seat, before.part))
    if seat is not None:
        name = next(one.name for one in screen.session.people if one.seat == seat)
        if not walk.turns:
            walk.only(before)
            screen.notice.say(words.NOTHING_OF.format(name=name))
            return
        screen.notice.say(words.ONLY_PERSON.format(name=name))
    else:
        screen.notice.say(words.EVERYBODY)
    screen.set_focus(screen.timeline)
    screen.show()


def only_open_part(screen: HistoryScreen) -> None:
    """Show the turns in the open part only; asked again, in all parts."""
    walk, part = screen.walk, screen.sections.current
    if walk.filter.part is not None or part is None:
        walk.only(Only(walk.filter.author))
        screen.notice.say(words.ALL_PARTS)
    else:
        heading = screen.looking.headings[part]
        before = walk.filter
        walk.only(Only(before.author, part))
        if not walk.turns:
            walk.only(before)
            screen.notice.say(words.NOTHING_IN.format(heading=heading))
            return
        screen.notice.say(words.ONLY_PART.format(heading=heading))
    screen.set_focus(screen.timeline)
    screen.show()


def mark(screen: HistoryScreen) -> None:
    """Remember the shown place as one to compare with."""
    screen.walk.mark()
    screen.looking.mark_name = ""
    screen.notice.say(words.MARKED)


def _show(screen: HistoryScreen, change: Callable[[], object]) -> None:
    """Ask something of the walk, and go back to the timeline with what it shows."""
    change()
    screen.set_focus(screen.timeline)
    screen.show()


def _ask(screen: HistoryScreen, menu: Menu[Act]) -> None:
    """Show a menu and do what is chosen."""
    screen.app.push_screen(menu, lambda act: act() if act else None)
