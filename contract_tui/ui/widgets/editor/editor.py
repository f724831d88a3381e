"""The editor: a view whose text this person can change, by keys, mouse and clipboard.

Everything that changes what is shown arrives through `PartPort.since`, one's own edits too: an edit
goes down first and comes back as a splice like everybody else's. So the text on the screen can
never disagree with the contract.
"""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.reactive import reactive

from contract_tui.contract.text.splice import Splice
from contract_tui.ui.widgets.editor import keys
from contract_tui.ui.widgets.editor.intake import clean, fit
from contract_tui.ui.widgets.editor.messages import (
    Full,
    Left,
    Locked,
    Moved,
    Pointed,
    Refused,
    Written,
)
from contract_tui.ui.widgets.editor.motion import VERTICAL, Step, line_around, move, word_around
from contract_tui.ui.widgets.editor.painting import MARGIN
from contract_tui.ui.widgets.editor.port import EditRefused, PartPort
from contract_tui.ui.widgets.editor.view import TextView

LIMIT = 10_000
"""Characters a person can write into one part; merging may make it longer."""


class Editor(TextView):
    """One shared text, written by this person and others at the same time."""

    read_only: reactive[bool] = reactive(False)

    def __init__(
        self,
        port: PartPort,
        *,
        single_line: bool = False,
        limit: int = LIMIT,
        prompt: str = "",
        id: str | None = None,  # noqa: A002 - the name every widget has for it
        classes: str | None = None,
    ) -> None:
        super().__init__(port, prompt=prompt, id=id, classes=classes)
        self.single_line = single_line
        self.limit = limit
        self.unwritten = ""
        """What the person typed where they cannot write, until somebody takes it up."""
        self._column: int | None = None
        self._dragging = False

    @property
    def selected_text(self) -> str:
        """What is selected."""
        start, end = self.selection
        return self.text[start:end]

    # Changing the text

    def write(self, text: str) -> None:
        """Put a text in place of the selection, as much of it as there is room for."""
        self.catch_up()
        text = clean(text, single_line=self.single_line)
        start, end = self.selection
        length = len(self.text)
        fitting = fit(text, max(self.limit, length - 1) - (length - (end - start)))
        if fitting != text:
            self.post_message(Full(self, self.limit))
        if fitting or (start < end and not text):
            self._edit(Splice(start, end, fitting))

    def erase(self, start: int, end: int) -> None:
        """Delete what is between two offsets."""
        if start < end:
            self._edit(Splice(start, end, ""))

    def _edit(self, splice: Splice) -> None:
        """Send one's own change down, and show it as it comes back."""
        if self._is_done(lambda: self.port.edit(splice)):
            self.take()
            self._after_change(splice.start + len(splice.text))
        else:
            self.unwritten += splice.text

    def take_unwritten(self) -> str:
        """Return what could not be written, once."""
        taken, self.unwritten = self.unwritten, ""
        return taken

    def _after_change(self, place: int) -> None:
        """Put the caret where a change of one's own ended.

        It may be inside a cluster there: a typed family emoji arrives in parts, one by one.
        """
        self.caret = self.pivot = min(place, len(self.text))
        self._column = None
        self.show_caret()
        self.post_message(Written(self))

    def undo(self) -> None:
        """Take back one's own last words, and nobody else's."""
        self._turn(self.port.undo)

    def redo(self) -> None:
        """Bring back what was taken back."""
        self._turn(self.port.redo)

    def _turn(self, action: Callable[[], bool]) -> None:
        """Undo or redo, and put the caret there."""
        self.catch_up()
        if self._is_done(action) and (splices := self.take()):
            last = splices[-1]
            self._after_change(self.page.boundary(last.start + len(last.text)))

    def _is_done(self, action: Callable[[], object]) -> bool:
        """Change the text below; say so if that is not possible."""
        if self.read_only:
            self.post_message(Locked(self))
            return False
        try:
            return action() is not False
        except EditRefused as refusal:
            self.post_message(Refused(self, str(refusal)))
            return False

    # Moving

    def step(self, step: Step, *, select: bool = False) -> None:
        """Move the caret; from a selection, left and right lead to its ends."""
        self.catch_up()
        if self._column is None or step not in VERTICAL:
            self._column = self.page.cell_of(self.caret)[0]
        start, end = self.selection
        if start != end and not select and step in (Step.LEFT, Step.RIGHT):
            there = start if step is Step.LEFT else end
        else:
            there = self._target(step)
        if step not in VERTICAL:
            self._column = None
        self.place(there, self.pivot if select else None)

    def _target(self, step: Step) -> int:
        """Return where a step from the caret leads."""
        height = max(1, self.scrollable_content_region.height)
        return move(self.page, self.caret, step, column=self._column or 0, page=height)

    def erase_step(self, step: Step) -> None:
        """Delete the selection, or what the step goes over."""
        self.catch_up()
        start, end = self.selection
        if start == end:
            start, end = sorted((self.caret, self._target(step)))
        self.erase(start, end)

    def select_all(self) -> None:
        """Select the whole text without scrolling away from what is read."""
        self.catch_up()
        self.pivot, self.caret = 0, len(self.text)
        self.refresh()
        self.post_message(Moved(self))

    def copy(self) -> None:
        """Put the selection on the clipboard."""
        if self.selected_text:
            self.app.copy_to_clipboard(self.selected_text)

    def cut(self) -> None:
        """Put the selection on the clipboard and delete it."""
        self.catch_up()
        self.copy()
        self.erase(*self.selection)

    def paste(self) -> None:
        """Write what is on the program's clipboard."""
        self.write(self.app.clipboard)

    # Keys and mouse

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key is for the text, so that the footer does not offer it."""
        return not self.read_only and character is not None and len(key) == 1

    async def _on_key(self, event: events.Key) -> None:
        """Do everything a key means here and now, so that no key overtakes another."""
        if self._obey(event):
            event.stop()
            event.prevent_default()

    def _obey(self, event: events.Key) -> bool:
        """Do what a key means; False if it means nothing here."""
        key = event.key
        if (step := keys.MOVES.get(key)) is not None:
            self.step(step)
        elif (step := keys.SELECTS.get(key)) is not None:
            self.step(step, select=True)
        elif (step := keys.DELETES.get(key)) is not None:
            self.erase_step(step)
        elif key in keys.LINE_FEEDS:
            self._feed_line()
        elif key in keys.COPIES and self.selection[0] == self.selection[1]:
            return False
        elif (command := keys.COMMANDS.get(key)) is not None:
            getattr(self, command)()
        elif (character := keys.typed(event)) is not None:
            self.write(character)
        else:
            return False
        return True

    def _feed_line(self) -> None:
        """Begin a new line, or finish a single one."""
        if self.single_line:
            self.post_message(Left(self))
        else:
            self.write("\n")

    async def _on_paste(self, event: events.Paste) -> None:
        """Write what the terminal pastes; if the event bubbled, it would be pasted twice."""
        event.stop()
        event.prevent_default()
        self.write(event.text)

    async def _on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the caret under the mouse and begin to select."""
        self.catch_up()
        self._column = None
        self._dragging = True
        self.capture_mouse()
        self.place(self._offset_under(event), self.pivot if event.shift else None)

    async def _on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to the mouse; beyond the edge the text scrolls along."""
        if self._dragging:
            self.catch_up()
            self.place(self._offset_under(event), self.pivot)

    async def _on_mouse_up(self, _event: events.MouseUp) -> None:
        """Stop selecting."""
        self._stop_dragging()

    def _on_hide(self, _event: events.Hide) -> None:
        """Stop selecting when the screen goes away under the mouse."""
        self._stop_dragging()

    def _stop_dragging(self) -> None:
        """Let go of the mouse."""
        if self._dragging:
            self._dragging = False
            self.release_mouse()

    async def _on_click(self, event: events.Click) -> None:
        """Select a word on the second click, a line on the third; tell of a click on a note."""
        if event.chain == 1:
            self._point(event)
        else:
            around = word_around if event.chain == 2 else line_around
            start, end = around(self.page, self._offset_under(event))
            self.place(end, start)

    def _point(self, event: events.Click) -> None:
        """Go to what stands beside the words, and tell of it, where that is clicked on."""
        _, y = event.get_content_offset_capture(self)
        beside = self.page.aside_at(y + self.scroll_offset.y)
        if beside is not None and self.caret == self.pivot:
            self.place(min(beside[0].offset, len(self.text)))
            self.post_message(Pointed(self))

    def _offset_under(self, event: events.MouseEvent) -> int:
        """Return the place in the text nearest to the mouse."""
        x, y = event.get_content_offset_capture(self)
        return self.page.offset_at(max(0, x - MARGIN), y + self.scroll_offset.y)
