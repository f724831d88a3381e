"""A relay that is killed at any moment: long runs, part of `make soak`."""

import os
from pathlib import Path

import pytest

from tests.kills import Toll, tolls

KILLS = int(os.environ.get("KILLS", "100"))
"""In all; `python -m benchmarks kills` makes a thousand."""


async def toll_of(data: Path, kills: int, *options: str) -> Toll:
    toll = Toll()
    async for toll in tolls(data, kills, *options):
        assert (toll.missing, toll.repeated) == (0, 0), f"after {toll.kills} kills"
    return toll


@pytest.mark.later
async def test_a_relay_that_is_killed_has_lost_no_delivered_key(tmp_path: Path) -> None:
    toll = await toll_of(tmp_path, 3)
    assert toll.kills == 3
    assert toll.delivered >= toll.kills


@pytest.mark.soak
@pytest.mark.parametrize("options", [(), ("--fast",)], ids=["power-safe", "fast"])
async def test_a_relay_that_is_killed_very_often_has_lost_no_delivered_key(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    toll = await toll_of(tmp_path, KILLS // 2, *options)
    assert toll.kills == KILLS // 2
    assert toll.delivered >= toll.kills
