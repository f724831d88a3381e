"""Finds the version that somebody means."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from contract_tui.library.errors import SessionError
from contract_tui.session.replica import Replica
from sync_server.protocol.graph import Heads
from sync_server.protocol.ids import ChangeHash

HASHES = re.compile(r"[0-9a-fA-F]{64}(,[0-9a-fA-F]{64})*")


class NoSuchVersion(SessionError):
    """No version fits what was asked for."""


def find_version(replica: Replica, text: str) -> Heads:
    """The heads after a turn (its number), at the end of a date, or as given in hex.

    Raises NoSuchVersion.
    """
    if HASHES.fullmatch(text):
        return _known(replica, text)
    if text.isdecimal():
        return _after_turn(replica, int(text))
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise NoSuchVersion(
            f"“{text}” is no version: say the number of a turn, a date like 2026-09-30, or heads"
        ) from None
    return _on(replica, day)


def _known(replica: Replica, text: str) -> Heads:
    heads = tuple(sorted(ChangeHash(bytes.fromhex(one)) for one in text.split(",")))
    if any(head not in replica.graph for head in heads):
        raise NoSuchVersion("this contract has no version with these heads")
    return heads


def _after_turn(replica: Replica, number: int) -> Heads:
    history = replica.history()
    if not 1 <= number <= len(history.turns):
        raise NoSuchVersion(f"there is no turn {number}: this contract has {len(history.turns)}")
    return history.heads(history.past.until(history.turns[number - 1].end))


def _on(replica: Replica, day: date) -> Heads:
    """The version that a day ended with, as days are counted here."""
    end = datetime.combine(day + timedelta(days=1), time()).astimezone()
    history = replica.history()
    before = [turn for turn in history.turns if turn.at and turn.at < end]
    if not before:
        raise NoSuchVersion(f"nothing had been written by {day}")
    return history.heads(history.past.until(before[-1].end))
