"""What an editor tells its screen. Wake-ups: none of them carries a place in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from contract_tui.ui.widgets.editor.view import TextView


class EditorMessage(Message):
    """Something about one editor; when several wait in a row, the last is enough."""

    def __init__(self, editor: TextView) -> None:
        super().__init__()
        self.editor = editor

    @property
    def control(self) -> TextView:
        """The editor it is about."""
        return self.editor

    def can_replace(self, message: Message) -> bool:
        """Whether this makes an earlier message superfluous."""
        return type(message) is type(self) and message.control is self.editor


class Moved(EditorMessage):
    """The person has moved the caret or the selection."""


class Pointed(EditorMessage):
    """The person has clicked on what stands beside the words; the caret is where it belongs."""


class Written(EditorMessage):
    """The person has changed the text."""


class Full(EditorMessage):
    """Not everything that the person wrote fitted."""

    def __init__(self, editor: TextView, limit: int) -> None:
        super().__init__(editor)
        self.limit = limit
        """How many characters the text may have."""


class Locked(EditorMessage):
    """The person tried to write where they can only read."""


class Left(EditorMessage):
    """The person has finished a single line."""


class Refused(EditorMessage):
    """A change was not taken."""

    def __init__(self, editor: TextView, reason: str) -> None:
        super().__init__(editor)
        self.reason = reason
        """One sentence for the person."""
