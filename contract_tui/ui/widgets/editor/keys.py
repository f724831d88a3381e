"""Which key does what in an editor.

Keys that browsers or terminals take for themselves are not needed; some names stand for what a
terminal sends for another key (`ctrl+w` and `ctrl+h` for backspace with a modifier).
"""

from __future__ import annotations

import unicodedata

from textual.events import Key

from contract_tui.ui.widgets.editor.motion import Step

_PLAIN_MOVES = {
    "left": Step.LEFT,
    "right": Step.RIGHT,
    "up": Step.UP,
    "down": Step.DOWN,
    "home": Step.ROW_START,
    "end": Step.ROW_END,
    "pageup": Step.PAGE_UP,
    "pagedown": Step.PAGE_DOWN,
}
MOVES = {
    **_PLAIN_MOVES,
    "ctrl+left": Step.WORD_LEFT,
    "ctrl+right": Step.WORD_RIGHT,
    "alt+left": Step.WORD_LEFT,
    "alt+right": Step.WORD_RIGHT,
    "alt+b": Step.WORD_LEFT,
    "alt+f": Step.WORD_RIGHT,
    "ctrl+up": Step.LINE_START,
    "ctrl+down": Step.LINE_END,
    "ctrl+home": Step.TEXT_START,
    "ctrl+end": Step.TEXT_END,
    "ctrl+e": Step.ROW_END,
}
SELECTS = {f"shift+{key}": step for key, step in _PLAIN_MOVES.items()} | {
    "ctrl+shift+left": Step.WORD_LEFT,
    "ctrl+shift+right": Step.WORD_RIGHT,
    "ctrl+shift+home": Step.TEXT_START,
    "ctrl+shift+end": Step.TEXT_END,
}
DELETES = {
    "backspace": Step.LEFT,
    "shift+backspace": Step.LEFT,
    "ctrl+h": Step.LEFT,
    "delete": Step.RIGHT,
    "ctrl+d": Step.RIGHT,
    "ctrl+backspace": Step.WORD_LEFT,
    "alt+backspace": Step.WORD_LEFT,
    "ctrl+w": Step.WORD_LEFT,
    "ctrl+delete": Step.WORD_RIGHT,
    "alt+delete": Step.WORD_RIGHT,
    "alt+d": Step.WORD_RIGHT,
}
LINE_FEEDS = frozenset({"enter", "shift+enter", "ctrl+j", "newline"})
COPIES = {"ctrl+c": "copy", "super+c": "copy"}
"""Where nothing is selected they are not for the editor: some people quit programs with them."""
COMMANDS = {
    **COPIES,
    "ctrl+a": "select_all",
    "ctrl+x": "cut",
    "super+x": "cut",
    "ctrl+v": "paste",
    "super+v": "paste",
    "ctrl+z": "undo",
    "super+z": "undo",
    "ctrl+y": "redo",
    "super+y": "redo",
}
_TYPED_CATEGORIES = frozenset({"Zs", "Cf"})


def typed(event: Key) -> str | None:
    """Return the character that a key writes, if it writes one.

    `str.isprintable` refuses no-break spaces, the ideographic space and joiners, which people do
    type; a letter with `alt` arrives with its character and is still a command.
    """
    character = event.character
    if character is None or len(character) != 1 or event.key.startswith(("alt+", "ctrl+")):
        return None
    if character.isprintable() or unicodedata.category(character) in _TYPED_CATEGORIES:
        return character
    return None
