"""The way from an open contract to a draft, and from a draft into the contract."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from contract_tui.contract.errors import NotYours
from contract_tui.contract.schema import TITLE, PartId
from contract_tui.language import told
from contract_tui.library.drafts import BEFORE_CONFERENCE, DraftId
from contract_tui.library.errors import SessionError
from contract_tui.session.session import Session
from contract_tui.ui import words as common
from contract_tui.ui.conference.standing import asks_instead
from contract_tui.ui.conference.words import KEEP_DRAFT
from contract_tui.ui.drafts import words
from contract_tui.ui.drafts.screen import Asked, DraftScreen, Target
from contract_tui.ui.names import sentence_start
from contract_tui.ui.prompts import prompt
from contract_tui.ui.prompts_of_others import whose
from contract_tui.ui.widgets.editor import Editor

if TYPE_CHECKING:
    from contract_tui.ui.screens.workshop import WorkshopScreen


def open_draft(
    screen: WorkshopScreen, part: PartId | None, editor: Editor | None, *, notes: bool = False
) -> None:
    """Show the draft of the part somebody is in; where they are in none, the notes."""
    session = screen.session
    if not session.can_write:
        screen.notice.say(common.READING_ALONG)
        return
    is_in = editor is not None and part in session.contract.texts and part != TITLE
    where = part if is_in and part else _first(session)
    single = is_in and editor is not None and editor.single_line
    heading = screen.going.directory.headings.get(where, "").strip("“”")
    target = Target(where, heading, partial(_share, session, where, single, screen.company.student))
    place = BEFORE_CONFERENCE if notes or not is_in else DraftId(where)
    try:
        page = DraftScreen(session.drafting, target, _asked(screen, where), place)
    except SessionError as error:
        screen.notice.say(told(error))
        return
    screen.app.push_screen(page, partial(_back, screen, where))


def _first(session: Session) -> PartId:
    """The first section, where the notes would go that belong to no part."""
    shown = [one.part for one in session.contract.sections if not one.hidden]
    return shown[0] if shown else TITLE


def _asked(screen: WorkshopScreen, part: PartId) -> Asked:
    me = screen.session.me
    role = me.role if me else None
    other = whose(screen.session.contract, part, me.id if me else None)
    question = prompt(part, role, screen.company.student, other)
    notes = words.NOTES_PROMPTS.get(role, "") if role else ""
    return Asked(words.DRAFT_PROMPT.format(question=question), notes)


def _share(
    session: Session, part: PartId, single_line: bool, student: str, place: DraftId
) -> str | None:
    """Share a draft, as a suggestion where only the student writes; returns what to say of it."""
    if asks_instead(session, part):
        raise NotYours(KEEP_DRAFT.format(name=sentence_start(student)))
    try:
        done = session.drafting.share(place, part, single_line=single_line)
    except NotYours:
        splice = session.drafting.shared(place, part, single_line=single_line)
        if splice is None:
            return None
        session.remarks.suggest(part, splice)
        session.drafting.empty(place)
        return words.SUGGESTED.format(name=student)
    return words.SHARED if done else None


def _back(screen: WorkshopScreen, part: PartId, said: str | None) -> None:
    """Show the contract again, and where something was shared, go there."""
    if said is None:
        screen.follow()
    else:
        screen.land(part, len(screen.session.contract.text(part).text), said)
