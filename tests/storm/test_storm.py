"""A conference of three goes on, whatever is thrown at its relay."""

import asyncio
from pathlib import Path
from urllib.request import urlopen

import pytest

from sync_server.protocol.ids import PeerId
from tests.programs import RelayProgram, relay_program
from tests.storm.arsenal import Arsenal
from tests.storm.attack import KINDS, Damage, raging
from tests.storm.conference import Conference
from tests.sync_server.relay.guests import Holder

PAUSE = 0.1
"""Seconds between two keys of each of the three."""
PATIENT = ("--limit", "shown_out_wait=0.001", "--limit", "shown_out=1000000/1000000")
"""A relay that lets in at once whoever it has shown out: else the storm would soon be over."""


async def metrics(relay: RelayProgram) -> dict[str, float]:
    def ask() -> str:
        with urlopen(f"http://127.0.0.1:{relay.port}/metrics", timeout=20) as answer:
            return str(answer.read().decode())

    lines = (await asyncio.to_thread(ask)).splitlines()
    return {
        name.removeprefix("sync_server_"): float(value)
        for name, value in (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    }


async def weather(tmp_path: Path, frames: int) -> tuple[Damage, dict[str, float]]:
    """Three type through a storm of so many frames; returns what was thrown, and the metrics."""
    async with relay_program(tmp_path, *PATIENT, closed=True) as relay:
        holder = Holder()
        async with Conference.convene(relay.url, holder) as conference:
            arsenal = Arsenal.gather(
                relay.url, holder, PeerId("student"), conference.past, conference.used
            )
            async with raging(arsenal, frames) as over, conference.typing(PAUSE):
                damage = await over
            await conference.understood()
            assert conference.missing() == []
            assert all(typist.pressed for typist in conference.typists)
            counted = await metrics(relay)
        assert relay.process.returncode is None
    return damage, counted


ENDING = (
    *("garbage", "deep CBOR", "unknown type", "text", "filter of enormous size"),
    *("another document", "somebody else's name", "change by an observer", "endless fragments"),
    *("reserved bits", "frame of enormous length"),
)
"""Kinds of which one is enough to be thrown out, at once."""


def check(damage: Damage, counted: dict[str, float], frames: int) -> None:
    assert sum(damage.frames.values()) >= frames
    assert set(damage.frames) == set(KINDS)
    for kind in ENDING:
        assert damage.ended[kind] >= damage.frames[kind], kind
    assert counted["faults_total"] == 0
    assert counted["failures_total"] == 0
    for reason in ("frame", "document", "sender", "observer", "missing", "expired"):
        assert counted[f'refusals_total{{reason="{reason}"}}'] > 0


def test_there_are_thirty_kinds_and_more() -> None:
    assert len(set(KINDS)) == len(KINDS)
    assert len(KINDS) >= 30


@pytest.mark.later
async def test_a_conference_goes_on_in_a_squall(tmp_path: Path) -> None:
    damage, counted = await weather(tmp_path, 300)
    check(damage, counted, 300)


@pytest.mark.soak
async def test_a_conference_goes_on_in_a_storm_of_ten_thousand_frames(tmp_path: Path) -> None:
    damage, counted = await weather(tmp_path, 10_000)
    check(damage, counted, 10_000)
