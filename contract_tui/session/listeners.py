"""Who is woken when something about an open contract has changed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress


class Listeners:
    """Wakes everybody without a payload: they look for themselves."""

    def __init__(self) -> None:
        self._callbacks: list[Callable[[], None]] = []

    def add(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Wake this one, too; returns what ends it."""
        self._callbacks.append(callback)

        def unsubscribe() -> None:
            with suppress(ValueError):
                self._callbacks.remove(callback)

        return unsubscribe

    def wake(self) -> None:
        """Something has changed."""
        for callback in tuple(self._callbacks):
            callback()

    def clear(self) -> None:
        """Wake nobody any more."""
        self._callbacks.clear()
