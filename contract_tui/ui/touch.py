"""What to tap where a sentence names a key that a phone has not.

The page of a guest adds Esc, Tab, the arrows and *Menu* to a phone's own keyboard. All else is in
that menu by its name, and what belongs to a conference behind a tap on its lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from contract_tui.language import _

if TYPE_CHECKING:
    from textual.app import App

SLIM = 60
"""Columns below which a window is as narrow as a phone that is held upright."""
IN_MENU = _("“{name}” (Menu)")
TOP_LINES = _("a tap on the lines at the top")
HERE = _("a tap here")
WITHOUT_KEYS = _("""\
# On a phone
Where this names a key that you have not, tap: the last line can be tapped, and so can the lines \
of a conference. Everything else is in “Menu”, by its name.""")
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "Ctrl+G": _("Go to…"),
        "Ctrl+K": _("Take away, or bring back"),
        "Ctrl+L": _("Next note"),
        "Ctrl+N": _("New goal"),
        "Ctrl+R": _("Note"),
        "Ctrl+T": _("Sections"),
        "Ctrl+U": _("Draft"),
        "Ctrl+Y": _("Bring them back"),
        "Ctrl+Z": _("Take back my last words"),
        "F3": _("Look back"),
        "F4": _("Who wrote what"),
        "F5": _("Cover these words"),
        "F7": _("Invite somebody"),
        "F10": _("Conference"),
    }
)
"""What the menu calls what a key does."""
KEPT = frozenset({"enter", "escape", "tab", "up", "down", "left", "right", "space"})
"""Keys that a phone has, or the page adds."""
_OF_CONFERENCE = ("Ctrl+F", "Alt+R", "F10", "F12")
_KEY = re.compile(r"\b(?:Ctrl\+[A-Z]|Alt\+[A-Z]|F1?[0-9])\b")
_BEGINS = re.compile(r"(?:^|[.!?] )$")
IN_A_DRAFT: Mapping[str, str] = MappingProxyType({"F2": _("“{name}”").format(name=_("Share"))})
"""What to tap where a draft says it; it is in the last line."""
IN_A_CONFERENCE: Mapping[str, str] = MappingProxyType(dict.fromkeys(_OF_CONFERENCE, HERE))
"""What to tap where the lines of a conference say it themselves."""
_ELSEWHERE: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(_OF_CONFERENCE, TOP_LINES),
        **{key: IN_MENU.format(name=name) for key, name in NAMES.items()},
    }
)


def is_phone(app: App[Any]) -> bool:
    """Whether this is the screen of a phone, as far as one can tell: a slim one in a browser."""
    return app.is_web and app.size.width < SLIM


def told(app: App[Any], sentence: str, ways: Mapping[str, str] = _ELSEWHERE) -> str:
    """Return a sentence as it helps on this screen."""
    return by_touch(sentence, ways) if is_phone(app) else sentence


def bare(hint: str) -> str:
    """Return what a key does without the key: where it stands it can be tapped."""
    return " ".join(_KEY.sub("", hint).split())


def by_touch(sentence: str, ways: Mapping[str, str] = _ELSEWHERE) -> str:
    """Return a sentence with what to tap in place of keys that a phone has not."""

    def way(found: re.Match[str]) -> str:
        instead = ways.get(found[0], found[0])
        starts = _BEGINS.search(sentence[: found.start()])
        return instead[:1].upper() + instead[1:] if starts else instead

    return _KEY.sub(way, sentence)
