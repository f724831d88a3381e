"""Loads what is needed next, while the screen that is shown stays alive.

An open contract takes half a second, in which a screen that loaded it itself would be frozen; and
whoever looks back should not wait for what could have been loaded while they were writing.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from threading import Lock

NEEDED = ("jwt", "contract_tui.session.session", "contract_tui.ui.screens.workshop")
"""What takes longest to load on the way from the list of contracts into one of them."""
PAST = (
    "contract_tui.history.walk",
    "contract_tui.ui.widgets.timeline",
    "contract_tui.ui.widgets.past_pane",
    "contract_tui.ui.screens.history.page",
    "contract_tui.ui.screens.history.opening",
)
"""What looking back needs, in pieces of a few milliseconds."""
PAUSE = 0.2
"""Seconds between two pieces of it."""
_LOADING = Lock()
"""Two threads that load the same modules at once may see them half loaded."""


def load() -> None:
    """Load it, to be called in a thread."""
    with _LOADING:
        for name in NEEDED:
            import_module(name)


def load_past(later: Callable[[float, Callable[[], object]], object], done: int = 0) -> None:
    """Load what looking back needs, each piece `later` than the one before, by a timer."""
    if done < len(PAST):
        import_module(PAST[done])
        later(PAUSE, lambda: load_past(later, done + 1))
