"""Counting what a relay keeps."""

import json
from argparse import Namespace
from pathlib import Path

from sync_server.commands.places import data_directory
from sync_server.relay.datadir import FILE_NAME
from sync_server.storage.census import Census, take_census


def stats(options: Namespace) -> int:
    """Print how much is kept; numbers only, of nobody in particular."""
    data = data_directory(options)
    census = take_census(data / FILE_NAME)
    files = _files(data)
    if options.json:
        print(json.dumps({**_numbers(census), "records": dict(census.records), "files": files}))
        return 0
    rows = {
        **_numbers(census),
        **{f"records: {kind}": count for kind, count in census.records.items()},
        **{f"file: {name}": size for name, size in files.items()},
    }
    for name, number in rows.items():
        print(f"{name.replace('_', ' '):<32}{number:>16,}")
    return 0


def _numbers(census: Census) -> dict[str, int]:
    return {
        "contracts": census.documents,
        "changes": census.changes,
        "change_bytes": census.change_bytes,
        "snapshots": census.snapshots,
        "snapshot_bytes": census.snapshot_bytes,
        "erased": census.erased,
    }


def _files(data: Path) -> dict[str, int]:
    """Bytes of every file in the data directory, by name."""
    return {file.name: file.stat().st_size for file in sorted(data.iterdir()) if file.is_file()}
