"""What is measured of a conference is measured: in a real browser, and in real terminals."""

import asyncio
import os
from pathlib import Path

import pytest

from benchmarks.conference_figures import BYTES_EACH, ECHO, Scale, fitting, measured
from benchmarks.figures import Figure
from benchmarks.windows import echoing
from tests.journeys.browser import browser, chromium, program

_in_browsers = pytest.mark.skipif(
    program() is None and "CI" not in os.environ, reason="chromium is not installed here"
)
_LEAST = Scale(letters=6, at_once=1, programs=1, seconds=0.05, seconds_of_many=0.05)


@_in_browsers
async def test_every_figure_of_a_conference_is_measured() -> None:
    figures = [figure async for figure in measured(_LEAST)]
    assert [_kind(figure) for figure in figures] == [
        ("guest's key to own frame in Chromium, p50", "ms", ECHO),
        ("guest's key to own frame in Chromium, p95", "ms", ECHO),
        ("guest's key to another browser and a terminal, p50", "ms", ECHO),
        ("guest's key to another browser and a terminal, p95", "ms", ECHO),
        ("from opening the address to the first shared letter, the later of two guests", "s", ""),
        ("memory of a guest's program, the larger of two", "MB", ""),
        ("memory of the host's program, without theirs", "MB", ""),
        ("1 conference with two browsers: guest's key to own frame, p95", "ms", ""),
        ("1 conference with two browsers: guest's key to the others, p95", "ms", ""),
        (
            "1 conference with two browsers: guest's key to the host's terminal,"
            " which no browser draws, p95",
            "ms",
            "",
        ),
        ("CPU per key of the three programs of one of them", "ms", "its windows in Chromium"),
        ("1 conference of three programs, one relay: key to the others, p50", "ms", ""),
        ("1 conference of three programs, one relay: key to the others, p95", "ms", ""),
    ]
    for figure in figures:
        assert figure.measured > 0, figure
        assert figure.by_peer is None or figure.by_peer > 0, figure


@_in_browsers
async def test_each_window_shows_a_letter_after_it_was_pressed_in_one_of_them(
    tmp_path: Path,
) -> None:
    with chromium(tmp_path) as address:
        async with browser(address) as running, echoing(running, 2) as windows:
            typist, other = windows
            never = other.shown("Ж")
            looking = [window.shown("Я") for window in windows]
            at = await typist.press("Я")
            own, others = await asyncio.gather(*looking)
            assert at < own
            assert at < others
            assert not never.done()
            never.cancel()


def test_as_many_conferences_are_held_as_the_memory_allows() -> None:
    one = 3 * BYTES_EACH
    assert fitting(30, 100 * one) == 30
    assert fitting(30, 7 * one + 1) == 7
    assert fitting(30, 0) == 1


def _kind(figure: Figure) -> tuple[str, str, str]:
    return figure.what, figure.unit, figure.peer
