"""Changes that are part of the program and that everybody may therefore send."""

from sync_server.protocol.ids import ChangeHash

GENESIS_HASH = ChangeHash(
    bytes.fromhex("1effeb3a1361be69e8e3840fa17132d4f60da74ddcd73c7d83792c288ccdc92d")
)
"""The first change of every learning contract, the same on all computers."""
