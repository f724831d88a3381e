"""Every journey has a relay of its own and a table to sit at."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.browser import chromium
from tests.journeys.table import Relay, Table, lay


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def _laid(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Table, int]:
    """A table as it is when everybody has joined, made once: each journey gets a copy."""
    folder = tmp_path_factory.mktemp("table")
    relay = Relay(folder / "relay")
    relay.start()
    try:
        table = lay(folder, relay.url)
    finally:
        relay.kill()
    return folder, table, relay.port


@pytest.fixture(scope="module")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A browser for all of a module, each of which has people of its own in it."""
    with chromium(tmp_path_factory.mktemp("browser")) as address:
        yield address


@pytest.fixture
def table(tmp_path: Path, _laid: tuple[Path, Table, int]) -> Table:
    folder, table, _ = _laid
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    return Table(table.contract, {name: tmp_path / name for name in table.homes})


@pytest.fixture
def relay(tmp_path: Path, table: Table, _laid: tuple[Path, Table, int]) -> Iterator[Relay]:
    """The table's relay, running."""
    relay = Relay(tmp_path / "relay", _laid[2])
    relay.start()
    yield relay
    relay.kill()
