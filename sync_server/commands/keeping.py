"""Backups: made while the relay runs, and brought back into a directory that none holds."""

import os
import time
from argparse import Namespace
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path

from sync_server.commands.console import NotDone, progress, say
from sync_server.commands.places import data_directory
from sync_server.hub.records import KNOWN
from sync_server.relay.datadir import FILE_NAME, holding, write_note
from sync_server.storage import SqliteStore, StorageError
from sync_server.storage.census import every_document, take_census, tombstones
from sync_server.storage.copies import copy, look_through, sync


def backup(options: Namespace) -> int:
    """Write everything that the relay keeps to one file, at one moment, and check the file."""
    data, target = data_directory(options), Path(options.file)
    if target.resolve().is_relative_to(data.resolve()):
        raise NotDone(f"{target} is inside the data directory: keep a backup somewhere else")
    if not options.force and os.path.lexists(target):
        raise NotDone(f"{target} exists already: name another file, or add --force to replace it")
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    copy(data / FILE_NAME, partial, progress())
    try:
        _move(partial, target, replace=options.force)
    finally:
        partial.unlink(missing_ok=True)
    _say_what_is_in(target)
    return 0


def restore(options: Namespace) -> int:
    """Bring a backup back; what was there before is only ever put aside."""
    data, source = data_directory(options), Path(options.file)
    look_through(source)
    with holding(data) as lock:
        file, partial = data / FILE_NAME, data / f"{FILE_NAME}.part"
        if not options.force and _holds_something(file):
            raise NotDone(
                f"{data} holds contracts already: add --force to put them aside in a file of their"
                " own and bring the backup back"
            )
        partial.unlink(missing_ok=True)
        identity = copy(source, partial, progress(), rename=True)
        still_erased = _erase_again(file, partial)
        _meet_again(partial, int(time.time()))
        aside = _put_aside(file)
        partial.rename(file)
        sync(data)
        write_note(lock, identity)
    if aside:
        say(f"what was there before is in {aside}")
    if still_erased:
        say(f"contracts that were erased here since stay erased: {still_erased}")
    _say_what_is_in(file)
    return 0


def _move(partial: Path, target: Path, replace: bool) -> None:
    """Give a whole file its name; what took the name meanwhile is not replaced unasked."""
    if not replace and os.path.lexists(target):
        raise NotDone(f"{target} exists already: name another file, or add --force to replace it")
    try:
        partial.replace(target)
        sync(target.parent)
    except OSError as error:
        raise NotDone(f"{target} cannot be written: {error.strerror}") from error


def _holds_something(file: Path) -> bool:
    """Whether there is anything to lose; what cannot be read may be anything."""
    if not file.exists() or not file.stat().st_size:
        return False
    try:
        return bool(every_document(file))
    except StorageError:
        return True


def _erase_again(file: Path, partial: Path) -> int:
    """Keep a backup from bringing back what was erased after it; returns how many it held."""
    try:
        stones = tombstones(file)
    except StorageError:  # damaged, or not there
        return 0
    held = set(every_document(partial)) - {stone.document for stone in tombstones(partial)}
    with closing(SqliteStore(partial)) as store:
        for stone in stones:
            store.erase(stone.document, stone.data)
    return len(held & {stone.document for stone in stones})


def _meet_again(partial: Path, now: int) -> None:
    """Let the relay know its contracts from now on, in seconds since 1970.

    Seats may have been taken after the backup was made. Whoever took one shows an invitation that
    has expired meanwhile, as if too late, to a relay that remembers the time in which it did not.
    """
    with closing(SqliteStore(partial)) as store:
        known = [replace(record, data=str(now).encode()) for record in store.records_of(KNOWN)]
        store.put_records(known)


def _put_aside(file: Path) -> Path | None:
    """Give the old store and its log another name; returns the name, None where nothing was."""
    aside = _free_name(file)
    # The log first: whatever has the store's name and no log is whole, if perhaps older.
    for ending in ("-wal", "-shm", ""):
        old = file.with_name(file.name + ending)
        if old.exists():
            old.rename(aside.with_name(aside.name + ending))
    return aside if aside.exists() else None


def _free_name(file: Path) -> Path:
    day = time.strftime("%Y-%m-%d")
    names = (file.with_stem(f"{file.stem}-{day}-{number}") for number in count(1))
    return next(name for name in names if not name.exists())


def _say_what_is_in(file: Path) -> None:
    census = take_census(file)
    contracts = "1 contract" if census.documents == 1 else f"{census.documents} contracts"
    changes = "1 change" if census.changes == 1 else f"{census.changes} changes"
    say(f"{file} holds {contracts} with {changes}")
