"""What an operator begins with."""

from pathlib import Path

import pytest

from tests.sync_server.commands.operating import filled


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory with something of everything in it."""
    return filled(tmp_path / "data")
