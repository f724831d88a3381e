"""One note as a whole, below the text: who says what, and what the student answered."""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from contract_tui.contract.items.tokens import NoteAnswer
from contract_tui.ui.names import sentence_start
from contract_tui.ui.notes import words
from contract_tui.ui.notes.board import Posted
from contract_tui.ui.touch import bare, is_phone


class NoteCard(VerticalScroll, can_focus=False):
    """Shows one note, until it is closed; what is very long can be scrolled with the mouse."""

    DEFAULT_CSS = """
    NoteCard {
        display: none; height: auto; max-height: 50%; padding: 0 2;
        scrollbar-size-vertical: 1;
        & Static { height: auto; }
    }
    NoteCard.-shown { display: block; }
    """

    def __init__(self) -> None:
        super().__init__(id="note-card")
        self._words = Static("", markup=False)
        self.shown: Posted | None = None
        self._made_of: object = None

    def compose(self) -> ComposeResult:
        """Put the words into it."""
        yield self._words

    @property
    def content(self) -> str:
        """What it says."""
        return str(self._words.content)

    def show(self, one: Posted | None, student: str, key: str) -> None:
        """Show a note, and what can be done with it; None shows nothing."""
        if (one, student, key) == self._made_of:
            return
        self._made_of = one, student, key
        self.shown = one
        hints = {key: "note", words.NEXT_KEY: "next_note", words.CLOSE_KEY: "put_away"}
        if is_phone(self.app):
            hints = {bare(hint): action for hint, action in hints.items()}
        self._words.update(_drawn(one, student, hints) if one else "")
        self.set_class(one is not None, "-shown")


def said(one: Posted) -> str:
    """Return in one sentence what somebody says beside the words."""
    name, old = sentence_start(one.name), words.short(one.old)
    if one.lost is not None:
        return words.MISSING.format(name=name, whose=one.whose, words=one.words)
    if one.note is None or one.note.kind is None:
        return ""
    if one.is_suggestion:
        return _form(one).format(name=name, words=one.words.strip(), old=old)
    return words.SAID[one.note.kind].format(name=name, about=_about(one), words=one.words)


def reply(one: Posted, student: str) -> str:
    """Return what the student answered; empty where they did not yet."""
    answer = one.note.answer if one.note else NoteAnswer.NOT_SAID
    if answer is NoteAnswer.NOT_SAID and not one.answer_text:
        return ""
    said = words.ANSWERED[answer].format(student=sentence_start(student))
    return f"{said} {one.answer_text}".strip()


def answer_told(one: Posted, student: str) -> str:
    """Return in a sentence what the student answered to whoever wrote the note."""
    answer = one.note.answer if one.note else NoteAnswer.NOT_SAID
    about = words.short(one.words) or words.short(one.old)
    form = words.TOLD[answer] if about else words.TOLD_BRIEFLY[answer]
    said = form.format(student=sentence_start(student), words=about)
    return f"{said} {words.short(one.answer_text, words.LONG)}".strip()


def _form(one: Posted) -> str:
    """The sentence for a suggestion: about what may become of the words, or about what has."""
    is_open = one.note is not None and one.note.answer is NoteAnswer.NOT_SAID
    if not one.words:
        if not one.old:
            return words.GONE
        return words.LEAVES_OUT if is_open else words.LEFT_OUT
    if one.old:
        return words.REPLACES if is_open else words.REPLACED
    return words.ADDS if is_open else words.ADDED


def _about(one: Posted) -> str:
    if one.old:
        return words.ABOUT_WORDS.format(words=words.short(one.old))
    is_gone = one.located is None or one.located.is_gone
    return words.ABOUT_GONE if is_gone else words.ABOUT_ALL


def _drawn(one: Posted, student: str, hints: Mapping[str, str]) -> Text:
    text = Text().append(said(one), Style(color=one.ink.color) if one.ink else Style())
    if answer := reply(one, student):
        text.append(f"\n{answer}")
    if one.is_mixed:
        text.append(f"\n{words.MIXED}", Style(bold=True))
    text.append("\n")
    tapped = (Text(hint, _tapped(action)) for hint, action in hints.items() if hint)
    return text.append(Text("   ").join(tapped))


def _tapped(action: str) -> Style:
    return Style(meta={"@click": f"screen.{action}"})
