from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract_tui.household import Family, closed_relay
from tests.contract_tui.session.shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path)
    yield made
    made.close()


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    with closed_relay(tmp_path / "relay") as url:
        yield Family(tmp_path, url)
