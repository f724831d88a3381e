from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_tui.library.library import Library
from tests.contract_tui.session.shelf import Shelf


@pytest.fixture
def elsewhere(shelf: Shelf, tmp_path: Path) -> Iterator[Library]:
    """Another person's computer with the same contract."""
    with Library(tmp_path / "elsewhere") as library:
        library.add(shelf.contract)
        yield library
