"""What an operator copies from `deploy/` is what the relay understands."""

import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.programs import BIN

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"


@pytest.fixture(scope="module")
def options() -> set[str]:
    """Return every option that the relay knows."""
    told = subprocess.run(
        [BIN / "sync-server", "--help"], capture_output=True, text=True, check=True
    )
    return set(re.findall(r"--[a-z-]+", told.stdout))


def test_the_unit_starts_the_relay_with_options_that_it_has(options: set[str]) -> None:
    unit = (DEPLOY / "sync-server.service").read_text()
    command = re.search(r"^ExecStart=(.+)$", unit, re.MULTILINE)
    assert command is not None
    words = shlex.split(command[1])
    assert words[0].endswith("/bin/sync-server")
    assert {word for word in words if word.startswith("--")} <= options


def test_the_example_of_settings_has_options_that_there_are(options: set[str]) -> None:
    line = re.search(
        r'^SYNC_SERVER_OPTIONS="(.+)"$',
        (DEPLOY / "sync-server.conf.example").read_text(),
        re.MULTILINE,
    )
    assert line is not None
    named = {word for word in shlex.split(line[1]) if word.startswith("--")}
    assert named
    assert named <= options


def test_the_container_starts_the_relay_with_options_that_it_has(options: set[str]) -> None:
    container = (DEPLOY / "Containerfile").read_text()
    command = re.search(r"^ENTRYPOINT \[(.+)\]$", container, re.MULTILINE)
    assert command is not None
    words = [word.strip(' "') for word in command[1].split(",")]
    assert words[0].endswith("/bin/sync-server")
    assert {word for word in words if word.startswith("--")} <= options
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", container, re.MULTILINE)
    assert all((ROOT / name).exists() for line in copied for name in line.split())


def test_the_container_has_all_that_the_program_is_built_with_before_it_is() -> None:
    container = (DEPLOY / "Containerfile").read_text()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    needed = set(project["build-system"]["backend-path"])
    packages = project["tool"]["setuptools"]["packages"]["find"]["include"]
    needed |= {name.removesuffix("*") for name in packages}
    before_it_is_built, _, _ = container.partition("--no-build-isolation .")
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", before_it_is_built, re.MULTILINE)
    assert needed <= {name for line in copied for name in line.split()}


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    unit = (DEPLOY / "sync-server.service").read_text()
    here = tmp_path / "sync-server.service"
    here.write_text(unit.replace("/opt/contract-tui/.venv/bin/sync-server", "/bin/true"))
    told = subprocess.run(
        ["systemd-analyze", "verify", here], capture_output=True, text=True, check=False
    )
    complaints = [line for line in told.stderr.splitlines() if "sync-server.service" in line]
    assert complaints == []


def test_every_option_of_the_operators_page_is_one_that_there_is(options: set[str]) -> None:
    page = (ROOT / "docs" / "operating.md").read_text()
    named = set(re.findall(r"`(--[a-z-]+)", page))
    assert named
    assert named <= options


def test_every_metric_of_the_operators_page_is_one_that_is_told() -> None:
    from sync_server.hub.counters import Counters
    from sync_server.relay.metrics import Vitals, metrics

    told = metrics(Vitals(0, 0, 0.0, storing=True), Counters())
    page = (ROOT / "docs" / "operating.md").read_text()
    named = set(re.findall(r"sync_server_[a-z_]+", page))
    assert named
    assert {name for name in named if name not in told} == set()
