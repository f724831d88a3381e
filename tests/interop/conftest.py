"""What the tests with automerge-repo need; without Node they are skipped, but never in CI."""

import os
import socket
from pathlib import Path

import pytest

from tests.interop import npm


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    reason = npm.why_not()
    for item in items:
        if here not in item.path.parents:
            continue
        item.add_marker(pytest.mark.interop)
        if reason is not None and os.environ.get("CI") != "true":
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session", autouse=True)
def _programs_from_npm() -> None:
    reason = npm.why_not()
    if reason is not None:
        pytest.fail(reason)
    npm.installed()


@pytest.fixture
def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
