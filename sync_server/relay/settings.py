"""How a relay is to run."""

from dataclasses import dataclass
from pathlib import Path

from sync_server.relay.limits import DEFAULT_LIMITS, Limits


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line, or a program that hosts a relay, decides."""

    host: str = "127.0.0.1"
    port: int = 3030
    """0 lets the system choose one."""
    data: Path | None = None
    """The directory to keep changes in; None keeps them in memory."""
    open: bool = False
    """Admit everyone; without it the relay does not start yet."""
    power_safe: bool = True
    """Wait for the disk itself before passing a change on."""
    max_frame: int = 32 << 20
    """Bytes of one message."""
    ping_interval: float = 20
    """Seconds of silence after which a peer is asked whether it is there, …"""
    ping_timeout: float = 20
    """… and after which it is taken for gone."""
    handshake_within: float = 10
    close_within: float = 5
    """Seconds for a connection to end orderly before it is cut."""
    snapshots: bool = True
    """Make snapshots of long documents, in limited processes."""
    limits: Limits = DEFAULT_LIMITS
