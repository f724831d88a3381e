"""Settings that hold for every test: how hard Hypothesis looks, and a library of one's own."""

import os
import signal
from collections.abc import Generator, Iterator
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
    "contract_tui/session/test_closed_relay.py",
    "contract_tui/session/test_killed.py",
    "contract_tui/session/test_replica_poison.py",
    "contract_tui/test_cli_bad_input.py",
    "contract_tui/test_cli_people.py",
    "contract_tui/test_cli_rehearse.py",
    "contract_tui/test_cli_sync.py",
    "contract_tui/test_cli_terminal.py",
    "contract_tui/ui/test_app.py",
    "contract_tui/ui/test_together.py",
    "forgery/",
    "simulation/test_sealed_simulation.py",
    "simulation/test_simulation.py",
    "sync_server/relay/test_codes.py",
    "sync_server/hub/test_rates.py",
    "sync_server/hub/test_sealed_work.py",
    "sync_server/relay/test_server.py",
    "sync_server/hub/test_waiting.py",
    "sync_server/test_cli.py",
    "test_pictures.py",
)
"""What starts whole programs or searches long, and is left to `make test`."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.relative_to(_HERE).as_posix().startswith(_LATER):
            item.add_marker(pytest.mark.later)


_LONGEST = 180
"""Seconds after which a test that is no long run is given up, so that it is named."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    def give_up(*_: object) -> None:
        raise TimeoutError(f"still running after {_LONGEST} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(0 if item.get_closest_marker("soak") else _LONGEST)
    try:
        return (yield)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="session", autouse=True)
def _no_library_of_the_persons_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep every test, and every program it starts, away from the contracts of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONTRACT_TUI_HOME", str(tmp_path_factory.mktemp("home")))
        yield
