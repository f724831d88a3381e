"""Everything that can be done in a conference just now, for the palette and for the menu."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contract_tui.contract.schema import PartId
from contract_tui.ui.conference import confirming_words as typed
from contract_tui.ui.conference import words
from contract_tui.ui.widgets.go_to import Way

if TYPE_CHECKING:
    from contract_tui.ui.conference.meeting import Meeting


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done."""

    letter: str
    """Its key in the menu."""
    name: str
    help: str
    do: Callable[[], object]

    @property
    def way(self) -> Way:
        """The line of the menu."""
        return Way(PartId(self.letter), self.name, self.letter)


def deeds(screen: Meeting) -> Iterator[Deed]:
    """Yield what this person can do, what matters most first."""
    table = screen.table
    if not screen.session.can_write:
        yield Deed("r", words.READ_ALOUD, words.READ_ALOUD_HELP, screen.action_read_aloud)
        return
    if not table.takes_part:
        yield from _typed(screen)
        yield from _before(screen)
        return
    yield from _steps(screen)
    yield from _typed(screen)
    yield Deed("r", words.READ_ALOUD, words.READ_ALOUD_HELP, screen.action_read_aloud)
    yield from _leading(screen)
    yield from _clock(screen)
    yield Deed("a", words.AGENDA_NAME, words.AGENDA_HELP, screen.action_agenda)
    name = words.END if screen.session.conferring.can_steer else words.WHAT_IS_LEFT
    yield Deed("e", name, words.END_HELP, screen.action_end_conference)
    if screen.can_insist:
        yield Deed("i", words.WAS_ASKED, words.WAS_ASKED_HELP, screen.action_was_asked)


def _typed(screen: Meeting) -> Iterator[Deed]:
    """Yield the question about what was typed for the student, also after the conference."""
    if screen.table.pending or screen.table.not_mine:
        name, help_ = typed.WORDS_TYPED, typed.WORDS_TYPED_HELP
        yield Deed("w", name, help_, screen.action_whose_words)


def _before(screen: Meeting) -> Iterator[Deed]:
    """Yield what one can do who is in no conference."""
    if screen.table.goes_on and screen.table.rests:
        yield Deed("n", words.TAKE_UP, words.TAKE_UP_HELP, screen.action_take_part)
        help_ = words.BEGIN_ANOTHER_HELP
        yield Deed("o", words.BEGIN_ANOTHER, help_, screen.action_begin_another)
        if screen.session.conferring.can_steer:
            yield Deed("e", words.END, words.END_HELP, screen.action_end_conference)
    else:
        help_ = words.CONFERENCE_HELP
        yield Deed("n", words.CONFERENCE, help_, screen.action_begin_conference)
    yield Deed("r", words.READ_ALOUD, words.READ_ALOUD_HELP, screen.action_read_aloud)
    yield Deed("a", words.AGENDA_NAME, words.AGENDA_HELP, screen.action_agenda)


def _steps(screen: Meeting) -> Iterator[Deed]:
    if screen.session.conferring.can_steer:
        yield Deed("n", words.GO_ON, words.GO_ON_HELP, screen.action_go_on_phase)
        yield Deed("b", words.GO_BACK, words.GO_BACK_HELP, screen.action_back_phase)
        yield Deed("m", words.MORE_TIME, words.MORE_TIME_HELP, screen.action_more_time)
    else:
        name = words.ASK_NO_MORE if screen.table.asks else words.ASK_TO_GO_ON
        yield Deed("n", name, words.ASK_TO_GO_ON_HELP, screen.action_ask_to_go_on)


def _leading(screen: Meeting) -> Iterator[Deed]:
    leading = screen.session.conferring.leading
    if leading.leads:
        yield Deed("l", words.LEAD_NO_MORE, words.LEAD_HELP, screen.action_lead)
    elif leading.leader is None:
        yield Deed("l", words.LEAD, words.LEAD_HELP, screen.action_lead)
    else:
        name = words.COME_ALONG if leading.view is None else words.LEAVE
        yield Deed("l", name, words.FOLLOW_HELP, screen.action_lead)
        yield Deed("f", words.LEAD, words.LEAD_HELP, screen.action_take_lead)


def _clock(screen: Meeting) -> Iterator[Deed]:
    face = screen.session.conferring.face()
    if face and face.on_break:
        yield Deed("p", words.RESUME, words.RESUME_HELP, screen.action_pause)
    else:
        yield Deed("p", words.PAUSE, words.PAUSE_HELP, screen.action_pause)
    name = words.SHOW_CLOCK if screen.table.hides_clock else words.HIDE_CLOCK
    yield Deed("h", name, words.CLOCK_HELP, screen.action_hide_clock)
