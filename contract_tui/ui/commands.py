"""What the command palette offers, beside what it offers everywhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from contract_tui.contract.items.terms import CHOICES
from contract_tui.contract.schema import StructureChoice
from contract_tui.language import _, pgettext
from contract_tui.ui import words
from contract_tui.ui.conference import words as conferring
from contract_tui.ui.conference.deeds import deeds
from contract_tui.ui.hosting import words as hosting
from contract_tui.ui.hosting.takeover import offered
from contract_tui.ui.screens.library import LibraryScreen
from contract_tui.ui.screens.workshop import WorkshopScreen

if TYPE_CHECKING:
    from contract_tui.ui.app import ContractApp

Command = tuple[str, str, Callable[[], object]]
"""What it is called, what it does, how it is done."""


class Commands(Provider):
    """Everything that can be done on a screen, to be found by typing."""

    async def discover(self) -> Hits:
        """Show everything while nothing has been typed."""
        for name, help_, action in self._commands():
            yield DiscoveryHit(name, action, help=help_)

    async def search(self, query: str) -> Hits:
        """Show what fits what was typed."""
        matcher = self.matcher(query)
        for name, help_, action in self._commands():
            if score := matcher.match(name):
                yield Hit(score, matcher.highlight(name), action, help=help_)

    def _commands(self) -> Iterator[Command]:
        """Yield everything that can be done now."""
        raise NotImplementedError


class LibraryCommands(Commands):
    """Everything that can be done with the contracts on this computer."""

    def _commands(self) -> Iterator[Command]:
        """Yield everything that can be done now."""
        screen = self.screen
        assert isinstance(screen, LibraryScreen)
        yield _("New contract"), _("Begin one (Ctrl+N)"), screen.action_new
        yield _("Join"), _("With a link or a short code (F6)"), screen.action_join
        yield _("Bring in"), _("From a file (Ctrl+O)"), screen.action_import
        if len(screen.entries) > 1:
            yield _("Find"), _("By a word of a title, or a name: type it"), screen.action_find
            yield (
                _("Sort"),
                _("By last change, title, or when to look again (F4)"),
                screen.action_sort,
            )
        entry = screen.chosen
        if entry is None:
            return
        if entry.holder:
            yield (
                _("Invite somebody"),
                _("To “{name}” (F7)").format(name=entry.name),
                screen.action_invite,
            )
        yield (
            pgettext("as a file", "Take away"),
            _("“{name}” on paper or as a file (Ctrl+S)").format(name=entry.name),
            screen.action_export,
        )
        yield (
            _("Erase"),
            _("“{name}” from this computer; it asks first").format(name=entry.name),
            screen.action_erase,
        )


class WorkshopCommands(Commands):
    """Everything that can be done in the workshop."""

    def _commands(self) -> Iterator[Command]:
        """Yield everything that can be done now."""
        screen = self.screen
        assert isinstance(screen, WorkshopScreen)
        yield from _ways(screen)
        yield from _conference(screen)
        yield (
            _("Look back"),
            _("How it came to be, and who changed what (F3)"),
            screen.action_look_back,
        )
        authors = screen.action_toggle_authors
        yield _("Who wrote what"), _("Show or hide colours and initials (F4)"), authors
        yield (
            _("Next note"),
            _("Suggestions and questions beside the words (Ctrl+L)"),
            _run(screen, screen.action_next_note),
        )
        if screen.session.can_write:
            yield from _writing(screen)
        if screen.room:
            yield _("The room"), hosting.THE_TABLE_HELP, screen.action_room
        elif screen.can_host:
            yield hosting.HOST_HERE, hosting.HOST_HERE_HELP, screen.action_room
            yield from _along(screen)
        take_away = partial(_take_away, screen)
        yield (
            pgettext("as a file", "Take away"),
            _("On paper, as a page, or all of it as a file"),
            take_away,
        )
        yield _("Invite somebody"), _("With a link or a short code (F7)"), screen.action_invite
        yield _("Connect now"), _("Try at once to reach the others (F2)"), screen.action_connect
        if not screen.app.is_web:  # a guest has this one contract here, and no list
            yield _("All contracts"), _("Go back to the list (F9)"), screen.action_leave


def _along(screen: WorkshopScreen) -> Iterator[Command]:
    """Yield where somebody else may have taken the place of a host who is gone."""
    gone = offered(screen.session)
    for name, url in gone.elsewhere if gone else ():
        go = partial(cast("ContractApp", screen.app).come_along, url)
        yield hosting.COME_ALONG.format(name=name), hosting.COME_ALONG_HELP, go


def _ways(screen: WorkshopScreen) -> Iterator[Command]:
    """Yield where one can go."""
    yield _("Go to…"), _("Every place with a key of its own (Ctrl+G)"), screen.action_go_to
    for place in screen.going.places:
        go = partial(screen.open_part, place.part)
        yield _("Go to {place}").format(place=place.heading), _("Open this part"), go


def _conference(screen: WorkshopScreen) -> Iterator[Command]:
    """Yield what can be done in a conference, or how one begins."""
    if screen.table.goes_on:
        help_ = conferring.CONFERENCE_KEYS_HELP
        yield conferring.CONFERENCE_KEYS, help_, screen.action_conference_keys
    for one in deeds(screen):
        yield one.name, one.help, one.do


def _writing(screen: WorkshopScreen) -> Iterator[Command]:
    """Yield what only somebody can do who writes."""
    yield (
        _("New goal"),
        _("Something you want to do or learn (Ctrl+N)"),
        _run(screen, screen.action_new_goal),
    )
    if (page := screen.ground.shown) and page.MORE:
        more = _run(screen, screen.action_one_more)
        yield page.MORE, _("Add one on this page (Ctrl+O)"), more
    if page and page.check_action("take_away", ()):
        take_away = _run(screen, partial(page.run_action, "take_away"))
        yield _("Take away, or bring back"), _("What you are at on this page (Ctrl+K)"), take_away
    if screen.session.desk.can_arrange:
        help_ = _("Add, rename, order and hide them (Ctrl+T)")
        yield _("Sections"), help_, screen.action_sections
    yield _("When to look at it again"), _("A day, or words"), screen.action_revisit
    yield _("Note"), _("Suggest, wonder or disagree beside the words (Ctrl+R)"), screen.action_note
    yield (
        _("Draft"),
        _("Write for yourself first; nobody else sees it (Ctrl+U)"),
        screen.action_draft,
    )
    before = partial(screen.action_draft, notes=True)
    yield _("Notes before the conference"), _("Only on this computer, until you share them"), before
    yield _("Take back my last words"), _("Only your own (Ctrl+Z)"), screen.editor_in_use.undo
    yield _("Bring them back"), _("What you took back last (Ctrl+Y)"), screen.editor_in_use.redo
    yield _("Cover these words"), _("Your own that you selected (F5)"), screen.action_cover
    for token, label in CHOICES.items():
        choose = partial(screen.choose, StructureChoice(token))
        yield _("Choose “{label}”").format(label=label), _("How much structure you want"), choose
    leave_open = partial(screen.choose, StructureChoice.NOT_CHOSEN)
    yield _("Leave the choice open"), _("Take back how much structure you want"), leave_open
    anew = partial(_show_how_to_begin_anew, screen)
    yield _("Begin anew"), _("Today’s words without their past: shows the command"), anew


def _run(screen: WorkshopScreen, action: Callable[[], Awaitable[None]]) -> Callable[[], object]:
    """Return what does something that has to be awaited, on the screen."""
    return partial(screen.call_next, action)


def _take_away(screen: WorkshopScreen) -> None:
    """Ask as what and where the contract is to be written."""
    if screen.app.is_web:
        from contract_tui.ui.screens.delivering import hand_over

        hand_over(screen.app, screen.session, screen.library)
        return
    from contract_tui.ui.screens.exporting import take_open_away

    take_open_away(screen.app, screen.session, screen.library)


def _show_how_to_begin_anew(screen: WorkshopScreen) -> None:
    """Show what beginning anew is, and the command that does it after asking."""
    from contract_tui.ui.screens.notice import NoticeScreen

    notice = words.BEGIN_ANEW.format(contract=screen.session.entry.text_id)
    screen.app.push_screen(NoticeScreen(notice))
