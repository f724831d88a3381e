"""How a relay is to run."""

from dataclasses import dataclass, field
from pathlib import Path

from sync_server.hub.limits import DEFAULT_LIMITS, Limits


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line, or a program that hosts a relay, decides."""

    host: str = "127.0.0.1"
    port: int = 3030
    """0 lets the system choose one."""
    data: Path | None = None
    """The directory to keep changes in; None keeps them in memory."""
    open: bool = False
    """Admit everyone, to every document; otherwise only those who prove that they are invited."""
    public_urls: tuple[str, ...] = ()
    """The addresses by which people reach it; without any, those that it listens on."""
    register_key: str | None = field(default=None, repr=False)
    """Who brings a contract that is new here has to know it; None takes new contracts from all."""
    allow_origins: tuple[str, ...] = ()
    """Sites whose pages may connect, as browsers write them: `https://school.example`."""
    tls_cert: Path | None = None
    """The certificate and those that it hangs on, in PEM; needs `tls_key`."""
    tls_key: Path | None = None
    power_safe: bool = True
    """Wait for the disk itself before passing a change on."""
    max_frame: int = 32 << 20
    """Bytes of one message."""
    ping_interval: float = 20
    """Seconds of silence after which a peer is asked whether it is there, …"""
    ping_timeout: float = 20
    """… and after which it is taken for gone."""
    controls: int = 1000
    """Pings and the like that one connection may send within a second, about."""
    connections: int = 20_000
    """Most connections at one time, …"""
    connections_per_address: int = 1000
    """… and most from one IPv4 address or one /64 of IPv6: a whole school may share one."""
    handshakes: int = 2000
    """Most connections that have not finished their handshake."""
    handshake_within: float = 10
    """Seconds for the whole of it, the relay's own part included."""
    close_within: float = 5
    """Seconds for a connection to end orderly before it is cut."""
    snapshots: bool = True
    """Make snapshots of long documents, in limited processes."""
    limits: Limits = DEFAULT_LIMITS
