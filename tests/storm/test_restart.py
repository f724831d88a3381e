"""Everybody comes back to a relay that was killed and started again, and has everything."""

import asyncio
from pathlib import Path

import pytest

from tests.storm.crowd import agreed, bereft

DEADLINE = 120.0
"""Seconds, on a computer that is busy with other things; on a quiet one it is a few."""


async def come_back(data: Path, rooms: int) -> None:
    async with bereft(data, rooms) as everybody:
        async with asyncio.timeout(DEADLINE):
            await agreed(everybody, connection=2)
        for room in everybody:
            for regular in room.regulars:
                assert regular.seat
                assert all(change.hash in regular.seat for change in room.past)


@pytest.mark.later
async def test_a_dozen_come_back_to_a_relay_that_was_killed(tmp_path: Path) -> None:
    await come_back(tmp_path, 4)


@pytest.mark.soak
async def test_three_hundred_come_back_to_a_relay_that_was_killed(tmp_path: Path) -> None:
    await come_back(tmp_path, 100)
