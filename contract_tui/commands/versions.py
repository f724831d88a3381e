"""Finds the version that somebody means."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from contract_tui.history.history import History
from contract_tui.history.moment import Moment
from contract_tui.library.errors import SessionError
from sync_server.protocol.ids import ChangeHash

HASHES = re.compile(r"[0-9a-fA-F]{64}(,[0-9a-fA-F]{64})*")


class NoSuchVersion(SessionError):
    """No version fits what was asked for."""


def find_version(history: History, text: str) -> Moment:
    """The version after a turn (its number), at the end of a date, or of heads as given in hex.

    Raises NoSuchVersion.
    """
    if HASHES.fullmatch(text):
        return _known(history, text)
    if text.isdecimal():
        return _after_turn(history, int(text))
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise NoSuchVersion(
            f"“{text}” is no version: say the number of a turn, a date like 2026-09-30, or heads"
        ) from None
    return _on(history, day)


def _known(history: History, text: str) -> Moment:
    try:
        return history.at(ChangeHash(bytes.fromhex(one)) for one in text.split(","))
    except LookupError:
        raise NoSuchVersion("this contract has no version with these heads") from None


def _after_turn(history: History, number: int) -> Moment:
    turns = history.turns
    if not 1 <= number <= len(turns):
        raise NoSuchVersion(f"there is no turn {number}: this contract has {len(turns)}")
    return history.past.until(turns[number - 1].end)


def _on(history: History, day: date) -> Moment:
    """The version that a day ended with, as days are counted here."""
    end = datetime.combine(day + timedelta(days=1), time()).astimezone()
    before = [turn for turn in history.turns if turn.at and turn.at < end]
    if not before:
        raise NoSuchVersion(f"nothing had been written by {day}")
    return history.past.until(before[-1].end)
