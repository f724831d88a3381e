"""Versions as one string: their newest changes in hex, joined by commas, as in commands."""

import re

from contract_tui.contract.values import Heads
from sync_server.protocol.ids import HASH_SIZE, ChangeHash

MOST_HEADS = 256
"""A version has as many heads as people wrote at once; a change of anybody's joins them."""

_HASHES = re.compile(rf"[0-9a-f]{{{2 * HASH_SIZE}}}(,[0-9a-f]{{{2 * HASH_SIZE}}})*")


def write_heads(heads: Heads) -> str:
    """Return a version as a string."""
    return ",".join(head.hex() for head in heads)


def read_heads(text: str) -> Heads | None:
    """Return the version that a string names, sorted; None for anything else."""
    if len(text) > MOST_HEADS * (2 * HASH_SIZE + 1) or not _HASHES.fullmatch(text):
        return None
    return tuple(sorted({ChangeHash(bytes.fromhex(one)) for one in text.split(",")}))
