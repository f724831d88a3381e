"""What the line below a contract's past says, while the caret is in no words."""

from __future__ import annotations

from collections.abc import Iterable

from contract_tui.history.comparison import Mark
from contract_tui.ui.screens.history import words
from contract_tui.ui.widgets.past_scene import Stretch


def legend(compared: str, stretches: Iterable[Stretch], columns: int) -> str:
    """Say what is compared with what, what the marks mean that can be seen, and how one goes on."""
    fates = {one.fate for one in stretches}
    signs = {Mark.ADDED: words.CAME, Mark.REMOVED: words.WENT}
    marks = ", ".join(said for fate, said in signs.items() if fate in fates)
    said = f"{compared} ({marks})" if marks else compared
    room = columns - len(said) - len(words.TURN_BY_TURN)
    return f"{said}{' ' * room}{words.TURN_BY_TURN}" if room > 2 else said
