"""Brings words of the past back: as one's own new words, so that nothing of today is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from contract_tui.contract.items.terms import CHOICES
from contract_tui.contract.past.covers import without_veils
from contract_tui.contract.schema import STRUCTURE, PartId
from contract_tui.session.writing.pen import Brought
from contract_tui.ui import words as shared
from contract_tui.ui.conference.standing import asks_instead
from contract_tui.ui.conference.words import PAST_WAITS
from contract_tui.ui.names import sentence_start, student_of
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.history import words
from contract_tui.ui.screens.history.menu import Choice, Menu

if TYPE_CHECKING:
    from contract_tui.ui.screens.history.screen import HistoryScreen


class Landing(NamedTuple):
    """Where the person goes on in the workshop."""

    part: PartId
    caret: int | None
    """None for the choice below the text."""
    said: str


Bring = Callable[[], None]


def bring_back(screen: HistoryScreen) -> None:
    """Ask what is to be brought back: the selected words, the open section, or its choice."""
    pane = screen.sections.pane(screen.sections.current)
    if not screen.session.can_write:
        screen.notice.say(shared.READING_ALONG)
        return
    if (part := screen.sections.current) and asks_instead(screen.session, part):
        student = sentence_start(student_of(screen.session.contract))
        screen.notice.say(PAST_WAITS.format(name=student))
        return
    offers = [*_selected(screen), *_choice(screen), *(_section(screen) if pane else ())]
    if not offers:
        screen.notice.say(words.THERE_ALREADY)
    elif len(offers) == 1 or screen.selection is not None:
        offers[0].result()
    else:
        menu = Menu(words.WHICH_BACK, words.BRING_EXPLAINED, offers)
        screen.app.push_screen(menu, lambda bring: bring() if bring else None)


def _section(screen: HistoryScreen) -> list[Choice[Bring]]:
    """Offer the open section as it is shown, if it reads otherwise today."""
    part = screen.sections.current
    assert part is not None
    then, heading = screen.walk.text(part), screen.looking.headings[part]
    if then == screen.session.contract.text(part).text:
        return []

    def bring() -> Landing:
        before = screen.session.contract.text(part).text
        brought = screen.session.pen.bring_back(part, then)
        end = _end_of_change(before, screen.session.contract.text(part).text)
        return Landing(part, end, _said(brought))

    title = words.BRING_SECTION.format(heading=heading)
    offer = words.THE_SECTION.format(heading=heading)
    return [Choice(offer, lambda: _confirm(screen, title, words.BRING_EXPLAINED, bring))]


def _selected(screen: HistoryScreen) -> list[Choice[Bring]]:
    """Offer the selected words, if they are not all there today in one piece."""
    found = screen.selection
    if found is None:
        return []
    view, start, end = found
    part, text = view.part, view.text[start:end]
    if not without_veils(text).strip() or screen.looking.stands_today(part, start, end):
        return []

    def bring() -> Landing:
        after = screen.looking.standing_before(part, start)
        now = screen.session.contract.text(part)
        at = now.offset_of(after) or 0
        spaced = _spaced(now.text, at, text)
        brought = screen.session.pen.insert(part, after, spaced)
        return Landing(part, at + len(spaced), _said(brought))

    title = words.BRING_SENTENCE.format(heading=screen.looking.headings[part])
    explained = f"“{words.preview(text, 200)}”\n\n{words.BRING_EXPLAINED}"
    return [Choice(words.THE_SENTENCE, lambda: _confirm(screen, title, explained, bring))]


def _choice(screen: HistoryScreen) -> list[Choice[Bring]]:
    """Offer the choice of structure, in its section, if another holds today."""
    then = screen.walk.choice()[1]
    if screen.sections.current != STRUCTURE or then is screen.session.contract.structure_choice:
        return []

    def bring() -> Landing:
        screen.session.choose_structure(then)
        return Landing(STRUCTURE, None, words.CHOSEN_BACK)

    label = CHOICES.get(then)
    title = words.BRING_CHOICE.format(label=label) if label else words.BRING_OPEN
    explained = words.BRING_CHOICE_EXPLAINED
    offer = words.THE_CHOICE.format(label=f"“{label}”" if label else words.LEFT_OPEN)
    return [Choice(offer, lambda: _confirm(screen, title, explained, bring))]


def _confirm(
    screen: HistoryScreen, title: str, explained: str, bring: Callable[[], Landing]
) -> None:
    """Ask once more, write the change, and go to where it stands."""
    dialog = Dialog(title, explained, [], words.BRING_CONFIRM, lambda _answers: bring())
    screen.app.push_screen(dialog, lambda landing: screen.land(landing) if landing else None)


def _said(brought: Brought) -> str:
    return words.BROUGHT_GAPS if brought.has_gaps else words.BROUGHT


def _spaced(text: str, at: int, words_: str) -> str:
    """Return words with the spaces that they need between the words around them."""
    before, after = text[at - 1 : at] if at else "", text[at : at + 1]
    if before and not before.isspace() and not words_[0].isspace():
        words_ = f" {words_}"
    if after and not after.isspace() and not words_[-1].isspace():
        words_ = f"{words_} "
    return words_


def _end_of_change(before: str, after: str) -> int:
    """Return where the last difference of a text ends."""
    same = 0
    while same < min(len(before), len(after)) and before[-1 - same] == after[-1 - same]:
        same += 1
    return len(after) - same
