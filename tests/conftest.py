"""Settings that hold for every test: how hard Hypothesis looks, and a library of one's own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The machine is shared: a slow example is no failure. The gate is the same on every run; the deep
# runs look somewhere new each time.
_SLOW = [HealthCheck.too_slow]
settings.register_profile(
    "quick", max_examples=25, deadline=None, derandomize=True, suppress_health_check=_SLOW
)
settings.register_profile(
    "test", max_examples=100, deadline=None, derandomize=True, suppress_health_check=_SLOW
)
settings.register_profile(
    "deep", max_examples=2_000, deadline=None, print_blob=True, suppress_health_check=_SLOW
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "test"))

_HERE = Path(__file__).resolve().parent
_LATER = (
    "contract_tui/session/test_killed.py",
    "contract_tui/test_cli_bad_input.py",
    "contract_tui/ui/test_together.py",
    "simulation/test_simulation.py",
    "sync_server/test_cli.py",
    "test_pictures.py",
)
"""What starts whole programs or searches long, and is left to `make test`."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.relative_to(_HERE).as_posix() in _LATER:
            item.add_marker(pytest.mark.later)


@pytest.fixture(scope="session", autouse=True)
def _no_library_of_the_persons_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep every test, and every program it starts, away from the contracts of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONTRACT_TUI_HOME", str(tmp_path_factory.mktemp("home")))
        yield
