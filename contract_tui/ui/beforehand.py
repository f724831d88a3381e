"""Loads what an open contract needs, while the screen that says so stays alive.

It takes half a second, in which a screen that loaded it itself would be frozen.
"""

from __future__ import annotations

from importlib import import_module
from threading import Lock

NEEDED = ("jwt", "contract_tui.session.session", "contract_tui.ui.screens.workshop")
"""What takes longest to load on the way from the list of contracts into one of them."""
_LOADING = Lock()
"""Two threads that load the same modules at once may see them half loaded."""


def load() -> None:
    """Load it, to be called in a thread."""
    with _LOADING:
        for name in NEEDED:
            import_module(name)
