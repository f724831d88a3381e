"""How much a store holds, counted without reading a word of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sync_server.protocol.ids import DocumentId
from sync_server.storage.copies import reading
from sync_server.storage.port import ERASED, StoredRecord


@dataclass(frozen=True, slots=True)
class Census:
    """What is in a store at one moment."""

    documents: int
    """Those with at least one change."""
    changes: int
    change_bytes: int
    snapshots: int
    snapshot_bytes: int
    records: Mapping[str, int]
    """How many of each kind; tombstones are apart."""
    erased: int
    """Documents that have left a tombstone."""


def take_census(path: Path) -> Census:
    """Count what is in a file that a relay may be using; raises StorageError."""
    with reading(path) as connection:
        ask = connection.execute
        documents, changes, size = ask(
            "SELECT count(DISTINCT document), count(*), coalesce(sum(length(raw)), 0) FROM change"
        ).fetchone()
        snapshots, snapshot_size = ask(
            "SELECT count(*), coalesce(sum(length(data)), 0) FROM snapshot"
        ).fetchone()
        records = {}
        if ask("SELECT 1 FROM sqlite_master WHERE name = 'record'").fetchone():
            records = dict(ask("SELECT kind, count(*) FROM record GROUP BY kind").fetchall())
    erased = records.pop(ERASED, 0)
    return Census(documents, changes, size, snapshots, snapshot_size, records, erased)


def every_document(path: Path) -> list[DocumentId]:
    """Every document that a file holds anything of, ascending; raises StorageError."""
    query = "SELECT document FROM change UNION SELECT document FROM snapshot"
    with reading(path) as connection:
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'record'").fetchone():
            query += " UNION SELECT document FROM record"
        return [DocumentId(row[0]) for row in connection.execute(f"{query} ORDER BY 1")]


def tombstones(path: Path) -> list[StoredRecord]:
    """What the erased documents of a file have left, by document; raises StorageError."""
    with reading(path) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'record'").fetchone():
            return []
        query = "SELECT document, kind, name, data FROM record WHERE kind = ? ORDER BY document"
        return [StoredRecord(*row) for row in connection.execute(query, (ERASED,))]
