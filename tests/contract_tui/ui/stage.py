"""A program with nothing but an editor in it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from textual import events, on
from textual.app import App, ComposeResult
from textual.color import Color
from textual.geometry import Region
from textual.pilot import Pilot
from textual.strip import Strip

from contract_tui.ui.ink import Ink, make_ink
from contract_tui.ui.widgets.editor import Editor
from contract_tui.ui.widgets.editor import messages as told
from tests.contract_tui.ui.memory_part import MemoryPart

BACKGROUND, FOREGROUND = Color.parse("#1b1f26"), Color.parse("#e3e6ea")
INKS = {
    b"me": make_ink(0, "M", BACKGROUND, FOREGROUND),
    b"genesis": make_ink(1, "T", BACKGROUND, FOREGROUND),
    b"other": make_ink(2, "P", BACKGROUND, FOREGROUND),
}
TEACHER, PARENT = INKS[b"genesis"], INKS[b"other"]


def ink_of(actor: bytes) -> Ink | None:
    return INKS.get(actor)


class Stage(App[None]):
    """One editor of one text, and what it has told."""

    CSS = "Editor { background: #1b1f26; color: #e3e6ea; }"

    def __init__(self, editor: Editor) -> None:
        super().__init__()
        self.editor = editor
        self.told: list[told.EditorMessage] = []

    def compose(self) -> ComposeResult:
        yield self.editor

    def on_mount(self) -> None:
        self.editor.show_people([], ink_of, authors=True)
        self.editor.focus()

    @on(told.Moved)
    @on(told.Written)
    @on(told.Full)
    @on(told.Locked)
    @on(told.Left)
    @on(told.Refused)
    def _note(self, message: told.EditorMessage) -> None:
        self.told.append(message)

    def tells(self, kind: type[told.EditorMessage]) -> bool:
        return any(type(message) is kind for message in self.told)


@asynccontextmanager
async def staged(
    part: MemoryPart,
    *,
    size: tuple[int, int] = (40, 10),
    limit: int = 10_000,
    single_line: bool = False,
    prompt: str = "",
) -> AsyncIterator[tuple[Editor, Pilot[None], Stage]]:
    """Show a text in a terminal of this size."""
    editor = Editor(part, limit=limit, single_line=single_line, prompt=prompt)
    stage = Stage(editor)
    async with stage.run_test(size=size) as pilot:
        await until(lambda: editor.has_focus and editor.virtual_size.height > 0)
        yield editor, pilot, stage


async def until(holds: Callable[[], bool], seconds: float = 60.0) -> None:
    """Let the program run until something holds."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - what is awaited is the state of Textual's widgets
            await asyncio.sleep(0.001)


async def press(editor: Editor, *keys: str) -> None:
    """Press keys without the pilot, which waits after each until the program is idle."""
    for key in keys:
        await editor._on_key(events.Key(key, key if len(key) == 1 else None))


def drawn(editor: Editor) -> str:
    """The text with its caret as | and the other end of its selection as ^."""
    text = editor.text
    places = sorted(
        {editor.caret: "|", **({editor.pivot: "^"} if editor.pivot != editor.caret else {})}.items()
    )
    for place, sign in reversed(places):
        text = text[:place] + sign + text[place:]
    return text


def put(editor: Editor, drawing: str) -> None:
    """Put the caret at the | of a drawing, and the other end of the selection at its ^."""
    caret = drawing.replace("^", "").index("|")
    pivot = drawing.replace("|", "").index("^") if "^" in drawing else None
    editor.place(caret, pivot)


def screen_rows(editor: Editor) -> Sequence[str]:
    """What is painted, row by row."""
    return [paint(editor, y).text for y in range(editor.size.height)]


def paint(editor: Editor, y: int) -> Strip:
    """A row as it would be painted now."""
    (strip,) = editor.render_lines(Region(0, y, editor.size.width, 1))
    return strip
