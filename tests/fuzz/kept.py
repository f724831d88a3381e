"""The inputs that are kept for each reader: `corpus/READER.hex`, one a line."""

from collections.abc import Iterable
from pathlib import Path

CORPUS = Path(__file__).resolve().parent / "corpus"
_MOST = 60
_LONGEST = 1024


def kept(name: str) -> list[bytes]:
    return [bytes.fromhex(line) for line in _file(name).read_text().splitlines()]


def keep(name: str, found: Iterable[bytes]) -> None:
    """Keep more inputs: the short ones, and not many, so that all are read in a moment."""
    before = kept(name)
    news = {data for data in found if len(data) <= _LONGEST} - {*before}
    some = sorted(news, key=lambda data: (len(data), data))[: max(0, _MOST - len(before))]
    lines = sorted((data.hex() for data in (*before, *some)), key=lambda line: (len(line), line))
    _file(name).write_text("".join(f"{line}\n" for line in lines))


def _file(name: str) -> Path:
    return CORPUS / f"{name}.hex"
