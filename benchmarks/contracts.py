"""Contracts to be opened on screens: with long sections, with long pasts, with three seats."""

import os
from pathlib import Path

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS, SUPPORTS
from contract_tui.contract.text.splice import Splice
from contract_tui.library.journal import Appearance
from contract_tui.library.library import Library
from contract_tui.library.seats import new_contract
from sync_server.access.keys import new_actor
from sync_server.access.proof import Role
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.ids import Actor, DocumentId, format_document_id

WORDS = "Tidepools are where I want to be. "
PARAGRAPH = 600
"""Characters between two line breaks, as people write."""
RUN = 12
"""Characters after which the author changes."""
FIRST_WORD = "BEGINNING"
SHOWN = FIRST_WORD[1:]
"""What such a screen paints in one piece: the caret is on the letter before."""
SECTION_LIMIT = 10_000
NOW = 1_700_000_000
NINE_MONTHS = 270 * 86_400
TURN = 40
"""Keys that a person presses before the other's turn."""


def prose(length: int) -> str:
    """Return so many characters in paragraphs."""
    paragraph = (WORDS * (PARAGRAPH // len(WORDS))).strip() + "\n\n"
    return (FIRST_WORD + " " + paragraph * (length // len(paragraph) + 1))[:length]


def long_section(home: Path, length: int) -> str:
    """Make a library with one contract whose first section two people wrote; returns its id."""
    with Library(home) as library:
        contract = _new(library)
        mine, theirs = _two_writers(library, contract)
        text = prose(length)
        for number, start in enumerate(range(0, length, RUN)):
            writer, other = (mine, theirs) if number % 2 else (theirs, mine)
            other.apply([writer.splice(INTERESTS, Splice(start, start, text[start : start + RUN]))])
        _store(library, contract, mine)
    return format_document_id(contract)


def long_past(home: Path, keys: int) -> str:
    """Make a library with one contract in which so many keys were pressed; returns its id.

    A section is as long as one may be, and the keys after that replace what is there.
    """
    with Library(home) as library:
        contract = _new(library)
        mine, _ = _two_writers(library, contract)
        mine.splice(INTERESTS, Splice(0, 0, FIRST_WORD))
        most = SECTION_LIMIT - RUN
        for key in range(keys - len(mine.changes_since())):
            at = key if key < most else key % most
            end = at if key < most else at + 1
            mine.splice(SUPPORTS, Splice(at, end, WORDS[key % len(WORDS)]))
        _store(library, contract, mine)
    return format_document_id(contract)


def long_memory(home: Path, changes: int) -> tuple[str, int]:
    """Make a library with one contract that two people wrote in turns, over nine months.

    Returns its id and how many turns it has; the last of them is of the second person.
    """
    with Library(home) as library:
        contract = _new(library)
        mine, theirs = _two_writers(library, contract)
        mine.splice(INTERESTS, Splice(0, 0, FIRST_WORD), NOW)
        left = changes - len(mine.changes_since())
        theirs.apply(mine.changes_since())
        turns, keys = 2, 0
        for begin in range(0, left, TURN):
            writer, other = (mine, theirs) if turns % 2 else (theirs, mine)
            turns += 1
            at = NOW + turns * (NINE_MONTHS * TURN // changes)
            written = [
                _key(writer, keys + key, None if key else at)
                for key in range(min(TURN, left - begin))
            ]
            keys += len(written)
            other.apply(written)
        _store(library, contract, mine)
    return format_document_id(contract), turns


def _key(writer: Contract, key: int, turn_at: int | None) -> bytes:
    """Press a key: at the end of a section, then in the place of what stands there."""
    most = SECTION_LIMIT - RUN
    at = key % most
    end = at if key < most else at + 1
    return writer.splice(SUPPORTS, Splice(at, end, WORDS[key % len(WORDS)]), turn_at)


def _new(library: Library) -> DocumentId:
    return new_contract(library, "Tidepools", "Ana", Role.STUDENT)


def _two_writers(library: Library, contract: DocumentId) -> tuple[Contract, Contract]:
    """Return the student's copy and somebody else's."""
    seat = library.entry(contract).seat
    assert seat is not None
    stored = library.journal(contract)
    raws = [record.raw for record in stored.read(stored.stored())]
    mine = Contract.open(raws, new_actor(seat.key, os.urandom(8)), contract)
    return mine, Contract.open(raws, Actor(os.urandom(16)), contract)


def _store(library: Library, contract: DocumentId, written: Contract) -> None:
    journal = library.journal(contract)
    journal.read(journal.stored())
    changes = parse_changes(written.changes_since())
    journal.append(changes, Appearance(written.title, NOW, written.heads))
