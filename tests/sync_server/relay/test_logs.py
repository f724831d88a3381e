import io
import json
import logging
from collections import Counter
from collections.abc import Iterator

import pytest

from sync_server.relay.logs import Refusals, configure, note

LOGGER = logging.getLogger("sync_server.test")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root, ours = logging.getLogger(), logging.getLogger("sync_server")
    handlers, levels = root.handlers[:], (root.level, ours.level)
    root.handlers.clear()
    yield
    root.handlers[:] = handlers
    root.setLevel(levels[0])
    ours.setLevel(levels[1])


def lines(as_json: bool = False) -> io.StringIO:
    stream = io.StringIO()
    configure(as_json, stream)
    return stream


def test_an_event_is_one_plain_line() -> None:
    said = lines()
    note(LOGGER, "started")
    note(LOGGER, "full", logging.ERROR, access="closed", data="on disk", connections=3, tls="")
    assert said.getvalue() == (
        'sync-server: full access=closed data="on disk" connections=3 tls=""\n'
    )


def test_an_event_is_one_object_for_programs() -> None:
    said = lines(as_json=True)
    note(LOGGER, "refused", logging.WARNING, reason="change", count=2)
    told = json.loads(said.getvalue())
    assert told.pop("at").endswith("+00:00")
    assert told == {"level": "warning", "event": "refused", "reason": "change", "count": 2}


@pytest.mark.parametrize("as_json", [False, True])
def test_of_a_defect_only_its_kind_and_place_are_told(as_json: bool) -> None:
    said = lines(as_json)
    try:
        dict[str, str]()["what Heidi wrote"]
    except KeyError as error:
        LOGGER.error("a defect of the relay", exc_info=error)
    [line] = said.getvalue().splitlines()
    assert "KeyError" in line
    assert "test_logs.py:" in line
    assert "Heidi" not in line


def test_refusals_are_told_by_reason_and_not_each() -> None:
    said, refusals = lines(), Counter[str]()
    report = Refusals(now=100)
    report.report(refusals, 100)
    refusals.update(change=1)
    report.report(refusals, 101)
    refusals.update(change=500, frame=2)
    for now in range(102, 160):
        report.report(refusals, now)
    assert said.getvalue() == "sync-server: refused reason=change count=1\n"
    report.report(refusals, 161)
    report.report(refusals, 300)
    assert said.getvalue().splitlines()[1:] == [
        "sync-server: refused reason=change count=500",
        "sync-server: refused reason=frame count=2",
    ]
