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


@pytest.fixture(scope="session")
def _relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A relay program for all families: each has a contract of its own, and none sees another's."""
    with closed_relay(tmp_path_factory.mktemp("relay")) as url:
        yield url


@pytest.fixture
def family(tmp_path: Path, _relay: str) -> Family:
    return Family(tmp_path, _relay)
