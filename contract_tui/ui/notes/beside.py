"""How notes look in the text that they are about.

What a suggestion would take out is struck through; what would come stands below, underlined, in
the ink and behind the mark of whoever suggests it. Nothing of it is in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.style import Style

from contract_tui.contract.items.tokens import NoteKind
from contract_tui.contract.schema import PartId
from contract_tui.contract.text.voice import not_theirs
from contract_tui.session.session import Session
from contract_tui.ui.conference.marks import marked
from contract_tui.ui.ink import Ink
from contract_tui.ui.notes import words
from contract_tui.ui.notes.board import Board, Posted
from contract_tui.ui.people import Inks
from contract_tui.ui.widgets.editor.asides import Aside, Decor, Sign

STRUCK = Style(strike=True)
COMES = Style(underline=True)
PLAIN = Style()


def decor(part: PartId, board: Board, session: Session, inks: Inks) -> Decor:
    """Return everything that stands beside one text."""
    text = session.contract.text(part).text
    signs: list[Sign] = []
    asides: list[Aside] = []
    for one in board.beside(part):
        if one.ink is not None:
            signs += _signs(one, one.ink)
            asides += _asides(one, one.ink, text)
    for start, end in not_theirs(session.contract, part):
        ink = inks.of_actor(session.contract.text(part).author_at(start)) or inks.stranger
        if ink is not None:
            signs.append(Sign(start, end, Style(bgcolor=ink.tint, italic=True)))
            label = words.NOT_THEIRS.format(name=board.owner(part))
            asides.append(_aside(end - 1, label, text[start:end], ink, PLAIN))
    typed = marked(part, session, inks)
    return Decor((*signs, *typed.signs), (*asides, *typed.asides))


def _signs(one: Posted, ink: Ink) -> Sequence[Sign]:
    if not _is_inline(one) or one.located is None:
        return ()
    goes = Style(color=ink.color) + STRUCK
    style = goes if one.is_suggestion else Style(bgcolor=ink.tint)
    return [Sign(start, end, style) for start, end in one.located.stretches]


def _asides(one: Posted, ink: Ink, text: str) -> Iterator[Aside]:
    if one.lost is not None:
        label = words.INLINE_MISSING.format(whose=one.whose)
        yield _aside(one.at, label, one.words, ink, PLAIN)
    elif not _is_inline(one) or one.note is None:
        return
    elif one.note.kind is NoteKind.WONDERING:
        yield _aside(_end(one), words.INLINE_WONDERS, one.words, ink, PLAIN)
    elif one.note.kind is NoteKind.DISSENT:
        yield _aside(_end(one), words.INLINE_DISSENTS, one.words, ink, PLAIN)
    elif not one.words.strip():
        yield _aside(_end(one), words.INLINE_LEAVE_OUT, "", ink, PLAIN)
    else:
        before = _before(one, text)
        is_first = not one.old and not before and bool(text[one.at :].strip())
        behind = words.BEHIND if is_first else ""
        yield _aside(_end(one), before, one.words, ink, COMES, behind)


def stands_below(one: Posted) -> int | None:
    """Return the character below whose row a note can be seen; None where it cannot."""
    if one.lost is not None:
        return one.at
    return _end(one) if _is_inline(one) else None


def _is_inline(one: Posted) -> bool:
    """Whether a note is to be seen in the text: until it is answered, and a dissent always."""
    return one.is_open or (one.note is not None and one.note.kind is NoteKind.DISSENT)


def _end(one: Posted) -> int:
    """The character below whose row a note stands."""
    stretches = one.located.stretches if one.located else ()
    return stretches[-1][1] - 1 if stretches else one.at


def _before(one: Posted, text: str) -> str:
    """The word that what is added would come behind; nothing where words are replaced."""
    if one.old:
        return ""
    before = text[max(0, one.at - words.LONG) : one.at].split("\n")[-1]
    last = before[len(before.rstrip().rpartition(" ")[0]) :].lstrip()
    return words.INLINE_AFTER.format(words=last) if last else ""


def _aside(offset: int, label: str, said: str, ink: Ink, style: Style, behind: str = "") -> Aside:
    space = " " if said[:1].isspace() and label and not label.endswith(" ") else ""
    shown = f"{label}{space}{words.short(said, words.LONG)}"
    return Aside(offset, shown + behind, ink, style, len(label) + len(space), len(behind))
