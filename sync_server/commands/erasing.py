"""Erasing a contract at the relay, by whoever runs it."""

import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sync_server.commands.console import NotDone, say
from sync_server.commands.places import data_directory
from sync_server.protocol.errors import BadDocumentId
from sync_server.protocol.ids import (
    URL_SCHEME,
    DocumentId,
    format_document_id,
    parse_document_id,
)
from sync_server.relay.datadir import FILE_NAME, hold
from sync_server.relay.errors import DataUnavailable
from sync_server.storage import ERASED, SqliteStore
from sync_server.storage.census import every_document

BY_THE_OPERATOR = b"operator"
"""The tombstone of a contract that the relay's operator erased, without anybody's signature."""


def erase(options: Namespace) -> int:
    """Erase one contract and leave a tombstone, so that nobody's copy brings it back unasked."""
    data = data_directory(options)
    file = data / FILE_NAME
    contract = _find(file, options.contract)
    if not options.yes:
        _confirm(contract)
    with _held_if_free(data) as running, closing(SqliteStore(file, begin=False)) as store:
        store.erase(contract, BY_THE_OPERATOR)
    say(f"erased {format_document_id(contract)}; copies in backups and of its people remain")
    if running:
        say("the relay that is running lets it go within a few seconds")
    return 0


def _find(file: Path, text: str) -> DocumentId:
    """The contract of this id or unique beginning of an id; raises NotDone."""
    beginning = text.strip().removeprefix(URL_SCHEME)
    documents = {format_document_id(document): document for document in every_document(file)}
    found = [name for name in documents if beginning and name.startswith(beginning)]
    if len(found) > 1:
        raise NotDone(f"{text} fits several contracts: {', '.join(found)}")
    if found:
        contract = documents[found[0]]
        _check_not_erased(file, contract)
        return contract
    try:
        parse_document_id(beginning)
    except BadDocumentId as error:
        raise NotDone(f"{text} is no contract's id: {error}") from error
    raise NotDone(f"this relay keeps nothing of {text}")


def _check_not_erased(file: Path, contract: DocumentId) -> None:
    with closing(SqliteStore(file, begin=False)) as store:
        kinds = {record.kind for record in store.records(contract)}
    if kinds == {ERASED}:
        raise NotDone(f"{format_document_id(contract)} has been erased already")


def _confirm(contract: DocumentId) -> None:
    name = format_document_id(contract)
    say(f"This erases {name}, its history and everybody's proofs from this relay, for good.")
    say("Copies of the people who wrote it, and in backups, remain. Type its id to erase it:")
    if sys.stdin.readline().strip().removeprefix(URL_SCHEME) != name:
        raise NotDone("nothing was erased")


@contextmanager
def _held_if_free(data: Path) -> Iterator[bool]:
    """Keep relays from starting meanwhile; True where one is running, which notices by itself."""
    try:
        lock = hold(data)
    except DataUnavailable:
        yield True
        return
    try:
        yield False
    finally:
        os.close(lock)
