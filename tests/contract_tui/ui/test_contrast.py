"""Every word on every screen can be read on what is behind it, in each look of the program."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rich.color import Color as RichColor
from rich.segment import Segment
from textual.color import Color
from textual.pilot import Pilot
from textual.screen import ModalScreen

from contract_tui.ui.ink import contrast
from contract_tui.ui.themes import CONTRAST, DARK, LIGHT
from tests.contract_tui.language.walking import Walk, walk_past
from tests.contract_tui.ui.sitting import Sitting

LEAST = {DARK.name: 4.5, LIGHT.name: 4.5, CONTRAST.name: 7.0}
"""Contrast that text needs on its background (WCAG 2.2, success criteria 1.4.3 and 1.4.6)."""


class Reading(Walk):
    """A walk that notes how well each word can be read; not what a question pushes back."""

    def __init__(self, pilot: Pilot[None]) -> None:
        super().__init__(pilot)
        self.found: dict[tuple[str, str, str], float] = {}
        """The contrast of some words, by their screen and what they are painted in."""

    async def look(self, name: str) -> None:
        await super().look(name)
        for segment in self._in_front():
            style = segment.style
            if style and any(map(str.isalnum, segment.text)):
                ratio = contrast(plain(style.color), plain(style.bgcolor))
                self.found[name, segment.text.strip(), f"{style}"] = ratio

    def _in_front(self) -> Iterator[Segment]:
        boxes = [one.region for one in self.screen.children]
        is_asked = isinstance(self.screen, ModalScreen)
        for y, strip in enumerate(self.screen._compositor.render_strips()):
            x = 0
            for segment in strip:
                if not is_asked or any(box.contains(x, y) for box in boxes):
                    yield segment
                x += segment.cell_length


def plain(color: RichColor | None) -> Color:
    assert color is not None, "nothing is painted in whatever a terminal likes"
    return Color(*color.get_truecolor())


@pytest.mark.parametrize("theme", LEAST)
async def test_every_word_can_be_read(theme: str, sitting: Sitting) -> None:
    walk = await walk_past(sitting, Reading, theme)
    assert len(walk.found) > 200
    assert {said: ratio for said, ratio in walk.found.items() if ratio < LEAST[theme]} == {}
