"""Commands count days as their person does: here, for most tests, without any time zone."""

import time
from collections.abc import Callable, Iterator

import pytest


@pytest.fixture(autouse=True)
def live_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Move to a time zone; to that of Greenwich without being asked."""

    def move(zone: str) -> None:
        patch.setenv("TZ", zone)
        time.tzset()

    with monkeypatch.context() as patch:
        move("UTC")
        yield move
    time.tzset()
