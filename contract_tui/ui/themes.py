"""The looks of the program: dark, light, and one with the highest contrast."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="evening",
    primary="#8ab8e6",
    secondary="#9fb3c8",
    accent="#e6b673",
    warning="#e6b673",
    error="#f0938a",
    success="#7fcfa8",
    foreground="#e3e6ea",
    background="#15181d",
    surface="#1b1f26",
    panel="#232831",
    dark=True,
    variables={"footer-key-foreground": "#8ab8e6", "frame": "#4a525e"},
)
LIGHT = Theme(
    name="morning",
    primary="#1f5f99",
    secondary="#4b6075",
    accent="#8a5200",
    warning="#8a5200",
    error="#a02b1f",
    success="#1b6b47",
    foreground="#22262b",
    background="#f3f1ec",
    surface="#fcfbf8",
    panel="#e7e4dc",
    dark=False,
    variables={"footer-key-foreground": "#1f5f99", "frame": "#a7a397"},
)
CONTRAST = Theme(
    name="high contrast",
    primary="#ffe100",
    secondary="#ffffff",
    accent="#00e5ff",
    warning="#ffe100",
    error="#ff8a80",
    success="#69f0ae",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#333333",
    dark=True,
    variables={
        "footer-key-foreground": "#ffe100",
        "frame": "#ffffff",
        "input-selection-background": "#0047ab",
    },
)
OWN_VARIABLES = {"frame": "#808080"}
"""What our style sheets need and other themes do not define."""
THEMES = (DARK, LIGHT, CONTRAST)


def following(name: str) -> str:
    """Return the theme that comes after one when somebody goes through them."""
    names = [theme.name for theme in THEMES]
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]
