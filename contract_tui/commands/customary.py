"""How others are let in here: what somebody says now, and what they said once for good."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from contract_tui.library import hosting

WHERE = ("relay", "register_key_file", "address", "port")
"""Where all meet: each of it makes sense with the others of the same moment only."""
CERTIFICATE = ("tls_cert", "tls_key")
NAMES = (*WHERE, "guests_address", "guests_port", *CERTIFICATE)


def settled(home: Path, options: Namespace) -> Namespace:
    """Return the options of `host` with what was kept for those that are not named.

    Whoever keeps what they say now begins anew. Raises BadHosting.
    """
    if options.keep:
        return options
    kept, now = hosting.read(home), vars(options)
    for together in (WHERE, CERTIFICATE):
        if any(now[name] is not None for name in together):
            kept = {name: said for name, said in kept.items() if name not in together}
    return Namespace(**{**now, **{n: said for n, said in kept.items() if now[n] is None}})


def as_kept(home: Path) -> Namespace:
    """Return what was kept, as if nobody said anything now; raises BadHosting."""
    return settled(home, Namespace(**dict.fromkeys(NAMES), keep=False))
