"""What the relay writes down of itself: one line an event, and nothing that names anybody.

No contents, no names of people, no ids of contracts and no addresses: of a defect only its kind
and where in the program it was met, as its message may quote what somebody wrote.
"""

import json
import logging
import traceback
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

_FRAMES = 4
"""Places told of a defect, the innermost first."""
_EVERY = 60.0
"""Seconds between two lines about the same kind of refusal."""

_logger = logging.getLogger(__name__)

Fields = dict[str, str | int]


def configure(as_json: bool, stream: TextIO | None = None) -> None:
    """Write to standard error, or elsewhere: trouble for people, or everything for programs."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines() if as_json else PlainLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("sync_server").setLevel(logging.INFO if as_json else logging.WARNING)


def note(
    logger: logging.Logger, event: str, level: int = logging.INFO, **fields: str | int
) -> None:
    """Write an event down, with what there is to say about it."""
    logger.log(level, event, extra={"fields": fields})


class PlainLines(logging.Formatter):
    """`sync-server: event key=value …`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        words = [record.getMessage(), *(f"{k}={_plain(v)}" for k, v in _fields(record).items())]
        return "sync-server: " + " ".join(words).replace("\n", " ")


class JsonLines(logging.Formatter):
    """An object with `at`, `level`, `event` and what there is to say."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said: Fields = {"at": at, "level": record.levelname.lower(), "event": record.getMessage()}
        return json.dumps({**said, **_fields(record)})


class Refusals:
    """Writes down how often somebody was refused, by reason, and not oftener than now and then."""

    def __init__(self, now: float) -> None:
        """Nothing was refused before."""
        self._told: Counter[str] = Counter()
        self._next = now

    def report(self, refusals: Counter[str], now: float) -> None:
        """Write down what is new, if it is time."""
        if now < self._next or refusals == self._told:
            return
        self._next = now + _EVERY
        for reason, count in sorted((refusals - self._told).items()):
            note(_logger, "refused", logging.WARNING, reason=reason, count=count)
        self._told = Counter(refusals)


def _fields(record: logging.LogRecord) -> Fields:
    fields: Fields = dict(getattr(record, "fields", {}))
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
        fields["fault"] = type(error).__name__
        fields["at_line"] = " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in frames[::-1])
    return fields


def _plain(value: str | int) -> str:
    text = str(value)
    return json.dumps(text) if set(text) & set(' "=') or not text else text
