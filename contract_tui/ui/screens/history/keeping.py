"""Keeps the shown version under a name, or takes such a name away again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract_tui.contract.past.kept import KeptVersion
from contract_tui.ui import words as shared
from contract_tui.ui.screens.dialogs import Answers, Dialog, Field
from contract_tui.ui.screens.history import words
from contract_tui.ui.screens.history.menu import Choice, Menu

if TYPE_CHECKING:
    from contract_tui.ui.screens.history.screen import HistoryScreen


def keep(screen: HistoryScreen) -> None:
    """Ask for a name; where this person kept this version already, offer to take that away."""
    if not screen.session.can_write:
        screen.notice.say(shared.READING_ALONG)
        return
    own = _own_names_here(screen)
    if not own:
        _ask_for_name(screen)
        return
    another: Choice[tuple[KeptVersion | None]] = Choice(words.KEEP_ANOTHER, (None,))
    choices = [another]
    choices += [Choice(_drop(one), (one,), words.DROP_EXPLAINED) for one in own]
    menu = Menu(words.KEEP, "", choices)
    screen.app.push_screen(menu, lambda answer: _do(screen, answer[0]) if answer else None)


def _drop(version: KeptVersion) -> str:
    return words.DROP.format(name=version.name)


def _own_names_here(screen: HistoryScreen) -> list[KeptVersion]:
    """Return the names that this person gave to the version that is shown."""
    heads = screen.walk.history.heads(screen.walk.moment)
    me = screen.session.me
    return [
        one
        for one in screen.session.contract.kept
        if me is not None and one.by == me.id and one.heads == heads
    ]


def _do(screen: HistoryScreen, drop: KeptVersion | None) -> None:
    if drop is None:
        _ask_for_name(screen)
        return
    screen.session.pen.drop_version(drop.id)
    screen.follow_kept()
    screen.notice.say(words.DROPPED.format(name=drop.name))


def _ask_for_name(screen: HistoryScreen) -> None:
    """Ask for a name, and say what is wrong with it."""
    heads = screen.walk.history.heads(screen.walk.moment)

    def attempt(answers: Answers) -> str:
        screen.session.pen.keep_version(answers["name"], heads)
        return " ".join(answers["name"].split())

    def kept(name: str | None) -> None:
        if name:
            screen.follow_kept()
            screen.notice.say(words.KEPT.format(name=name))

    fields = [Field("name", words.KEEP_LABEL, words.KEEP_HINT)]
    dialog = Dialog(words.KEEP, words.KEEP_EXPLAINED, fields, words.KEEP_CONFIRM, attempt)
    screen.app.push_screen(dialog, kept)
