"""What has to be readable in every look of the program."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from contract_tui.ui.ink import contrast
from contract_tui.ui.themes import THEMES

READABLE = 4.5


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_what_is_selected_in_a_line_can_be_read(theme: Theme) -> None:
    colors = theme.to_color_system().generate()
    selected = Color.parse(colors["panel"]) + Color.parse(colors["input-selection-background"])
    assert contrast(Color.parse(colors["foreground"]), selected) >= READABLE
