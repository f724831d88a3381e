"""Every forgery is tried while three people write together."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from contract_tui.session.signing import sealing
from tests.forgery.conference import Conference, conference


@pytest.fixture(autouse=True)
def _seal_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "DELAY", 0.02)


@pytest.fixture
async def meeting(tmp_path: Path) -> AsyncIterator[Conference]:
    async with conference(tmp_path) as meeting:
        yield meeting
