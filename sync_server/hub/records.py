"""The kinds of records that the relay keeps beside a contract's changes."""

from sync_server.storage.port import ERASED as ERASED

KNOWN = "known"
"""One, without a name: since when the relay has known the contract, in seconds since 1970."""
CLAIM = "claim"
"""By the jti of a one-time invitation: the proof of whoever took it first."""
CONTESTED = "contested"
"""By the jti of an invitation: who else tried to take it too, as `contests` writes it."""
SEAL = "seal"
"""By actor: the seal of the newest change of its that is sealed."""
REVOCATIONS = "revocations"
"""One, without a name: the newest signed list of what is revoked."""
SPENT = "spent"
"""By its seat and a hash of it: when a credential that was used expires, in seconds since 1970."""
CODE = "code"
"""By a hash of it: what a short code stands for, or what became of it."""
