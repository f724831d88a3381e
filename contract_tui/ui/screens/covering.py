"""Covers a slip: words of one's own that nobody should read any more, at any time of the past."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual.app import App

from contract_tui.contract.past.covers import own
from contract_tui.contract.schema import PartId
from contract_tui.session.session import Session
from contract_tui.ui import words as shared
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.history import words
from contract_tui.ui.widgets.editor import Editor
from sync_server.protocol.ids import ElementId


class Passage(NamedTuple):
    """Letters of a part that somebody selected."""

    part: PartId
    elements: Sequence[ElementId]
    text: str


def selected_in(editor: Editor, part: PartId, session: Session) -> Passage:
    """Return what is selected in an editor of a part."""
    editor.catch_up()  # the letters of the contract are counted as it is now
    start, end = editor.selection
    return Passage(part, session.contract.text(part).ids[start:end], editor.text[start:end])


def cover(
    app: App[object], session: Session, passage: Passage | None, say: Callable[[str], None]
) -> None:
    """Ask whether to cover what is selected; only one's own words are."""
    if session.me is None or not session.can_write:
        say(shared.READING_ALONG)
        return
    if passage is None or not passage.text.strip():
        say(words.COVER_SELECT)
        return
    part, elements, text = passage
    mine = own(elements, session.me.id, session.contract.roster)
    if not mine:
        say(words.COVER_NONE)
        return
    explained = words.COVER_EXPLAINED.format(preview=words.preview(text))
    explained += words.COVER_SOME if len(mine) < len(set(elements)) else ""

    def attempt(_answers: object) -> str:
        session.pen.cover(part, mine)
        return words.COVERED

    dialog = Dialog(words.COVER, explained, [], words.COVER_CONFIRM, attempt, dangerous=True)
    app.push_screen(dialog, lambda said: say(said) if said else None)
