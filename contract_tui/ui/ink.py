"""Who is painted how: a colour, a cue that needs no colour, and a mark for the margin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from rich.cells import cell_len
from rich.style import Style
from textual.color import Color

from contract_tui.ui.graphemes import clusters, glyph

LEGIBLE = 4.6
"""Contrast of text on its background; WCAG 2.2 asks for 4.5 (success criterion 1.4.3)."""
MARK_CELLS = 2

ON_DARK = ("#a3cdf0", "#f0a85c", "#74d3ae", "#e39ac4", "#e8dd6d", "#b9b3f5", "#f2998e", "#8fd0d6")
ON_LIGHT = ("#0b5a94", "#9a4a00", "#00674c", "#93336f", "#6b5900", "#4a3fa6", "#a02b1f", "#1d6166")
"""Not all of them can be told apart by everybody; hence the cues."""

CUES = (
    Style(),
    Style(underline=True),
    Style(italic=True),
    Style(underline2=True),
    Style(bold=True),
    Style(bold=True, underline=True),
    Style(bold=True, italic=True),
    Style(italic=True, underline=True),
)
STRANGER_MARK = "?"
STRANGER_CUE = Style(italic=True, underline2=True)
"""Nobody else has this one: it tells words of unknown origin where there are no colours."""
FIRST_OF_ROLE = {"student": 0, "teacher": 1, "parent": 2, "observer": 3}
"""The first of each role looks the same on every screen, whoever else comes."""


@dataclass(frozen=True, slots=True)
class Ink:
    """How one person's words, caret and name are painted."""

    color: str
    """Hex; legible as text on the background of the editors."""
    on_color: str
    """Hex; legible on `color`."""
    tint: str
    """Hex; the background of what the person has selected."""
    cue: Style
    mark: str
    """The person's initial, or what tells them from others with the same. At most two cells."""

    @property
    def in_doubt(self) -> bool:
        """Whether nothing shows whose words it paints."""
        return self.cue == STRANGER_CUE

    @property
    def words(self) -> Style:
        """The style of what the person wrote."""
        return Style(color=self.color) + self.cue

    @property
    def caret(self) -> Style:
        """The style of the cell the person's caret stands on."""
        return Style(color=self.on_color, bgcolor=self.color, bold=True)

    @property
    def selected(self) -> Style:
        """The style of what the person has selected."""
        return Style(bgcolor=self.tint)


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    """Return the relative luminance, from 0 to 1 (WCAG 2.2)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in color.rgb)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def legible(color: Color, background: Color, least: float = LEGIBLE) -> Color:
    """Return the colour, moved towards black or white until it can be read on the background."""
    white, black = Color(255, 255, 255), Color(0, 0, 0)
    end = white if contrast(white, background) > contrast(black, background) else black
    for step in range(21):
        moved = color.blend(end, step / 20)
        if contrast(moved, background) >= least:
            return moved
    return end


def make_ink(number: int, mark: str, background: Color, foreground: Color) -> Ink:
    """Return the ink with this number, for editors of this background and text colour."""
    palette = ON_DARK if _luminance(background) < 0.2 else ON_LIGHT
    color = legible(Color.parse(palette[number % len(palette)]), background)
    tint = background
    for step in range(6, 0, -1):
        tint = background.blend(color, step / 20)
        if contrast(tint, foreground) >= LEGIBLE and contrast(tint, color) >= LEGIBLE - 1.5:
            break
    return Ink(
        color.hex6,
        legible(Color.parse("#000000"), color).hex6,
        tint.hex6,
        CUES[number % len(CUES)],
        mark,
    )


def make_stranger_ink(background: Color, foreground: Color, name: str = "") -> Ink:
    """Return the ink of words of which nothing shows who wrote them: no colour of anybody's.

    `name` is the mark of the person in whose name they stand, if they stand in anybody's.
    """
    grey = legible(foreground.blend(background, 0.35), background)
    black = Color.parse("#000000")
    tint = background.blend(grey, 0.1)
    mark = f"{name}{STRANGER_MARK}"
    if cell_len(mark) > MARK_CELLS:
        mark = STRANGER_MARK
    return Ink(grey.hex6, legible(black, grey).hex6, tint.hex6, STRANGER_CUE, mark)


def number_seats(roles: Mapping[str, str]) -> dict[str, int]:
    """Return the number of every seat's ink, given each seat's role: the same on every screen."""
    numbers: dict[str, int] = {}
    later = len(FIRST_OF_ROLE)
    taken: set[str] = set()
    for seat, role in sorted(roles.items(), key=lambda item: (item[1], item[0])):
        if role in FIRST_OF_ROLE and role not in taken:
            taken.add(role)
            numbers[seat] = FIRST_OF_ROLE[role]
        else:
            numbers[seat] = later
            later += 1
    return numbers


def marks(names: Mapping[str, str], numbers: Mapping[str, int]) -> dict[str, str]:
    """Return everybody's mark from their names: an initial, or what else tells them apart."""
    found: dict[str, str] = {}
    for key in sorted(names, key=lambda key: numbers[key]):
        taken = {STRANGER_MARK, *found.values()}
        found[key] = next(mark for mark in _candidates(names[key]) if mark not in taken)
    return found


def _candidates(name: str) -> Iterator[str]:
    """Yield marks for a name, the best first: of “Ms Ortiz” M, O, MO, Ms, and numbered ones."""
    words = name.split() or ["?"]
    first, last = _start(words[0]), _start(words[-1])
    yield first
    if len(words) > 1:
        yield last
        if cell_len(first + last) <= MARK_CELLS:
            yield first + last
    yield _start(words[0], 2)
    for number in count(1):
        yield f"{first}{number}" if cell_len(first) == 1 and number < 10 else str(number)


def _start(word: str, length: int = 1) -> str:
    """Return the first clusters of a word, as far as two cells hold them, with a capital."""
    start = ""
    for begin, end in list(clusters(word))[:length]:
        painted = glyph(word[begin:end])[0]
        painted = painted if start or len(painted.upper()) > 1 else painted.upper()
        if cell_len(start + painted) > MARK_CELLS:
            break
        start += painted
    return start or "?"
