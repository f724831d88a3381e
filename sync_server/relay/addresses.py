"""Addresses: the names by which the relay goes, the sites that may use it, and who is at the door.

Pure: sockets are somebody else's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address

from sync_server.access.audience import audience_of
from sync_server.access.errors import BadAddress
from sync_server.relay.errors import AddressMisspelt
from sync_server.relay.settings import Settings

LOOPBACK = ("127.0.0.1", "::1", "localhost")
_IPV6_HOST_BITS = 64
"""A household or school gets a /64 at least, and every computer in it as many addresses."""


class Names:
    """The audiences that the relay answers to; never taken from what a peer says of it."""

    def __init__(self, settings: Settings) -> None:
        """Read the settings; raises AddressMisspelt."""
        self._host = settings.host
        self._scheme = "wss" if settings.tls_cert else "ws"
        self._port = settings.port
        self._anywhere = not settings.public_urls and _is_anywhere(settings.host)
        self._fixed = frozenset(_audiences(settings.public_urls))
        self._reached: set[str] = set()
        self._origins = frozenset(origin.lower() for origin in settings.allow_origins)
        self._sites = frozenset(_audiences(_web(settings.allow_origins)))

    def listen(self, port: int) -> None:
        """Go by the names of the port as bound, unless there are public ones."""
        self._port = port
        self._fixed = self._fixed or frozenset(self._bound())

    def at(self, reached: str) -> frozenset[str]:
        """The names for a connection that reached this address of ours.

        A relay that listens on all addresses of its computer has each of them as a name.
        """
        if not self._anywhere or not reached:
            return self._fixed
        audience = self._audience(reached)
        self._reached.add(audience)
        return self._fixed | {audience}

    @property
    def known(self) -> frozenset[str]:
        """All names by which it was reached so far."""
        return self._fixed | self._reached

    def welcomes(self, origin: str, reached: str) -> bool:
        """Whether a page of this origin (RFC 6454) may connect: our own, or one that is allowed."""
        if origin.lower() in self._origins:
            return True
        try:
            audience = audience_of(origin)
        except BadAddress:
            return False
        return audience in self._sites or audience in self.at(reached)

    def _bound(self) -> set[str]:
        hosts = LOOPBACK if self._anywhere else (self._host, *LOOPBACK)
        return {self._audience(each) for each in hosts}

    def _audience(self, host: str) -> str:
        return audience_of(address(self._scheme, _plain(host), self._port))


class Crowd:
    """How many connections there are, from where, and how far they have come."""

    def __init__(self, settings: Settings) -> None:
        self._most = settings.connections
        self._most_per_network = settings.connections_per_address
        self._most_waiting = settings.handshakes
        self._waiting: Counter[str] = Counter()
        self._open: Counter[str] = Counter()
        self._waiting_in_all = self._open_in_all = 0

    def arrives(self, network: str) -> bool:
        """Note a connection at the door; returns False, noting nothing, if there is no room.

        No network takes more than half of the room there, so that the others get in.
        """
        if self._waiting_in_all >= self._most_waiting:
            return False
        if self._waiting_in_all + self._open_in_all >= self._most:
            return False
        if self._waiting[network] >= max(1, self._most_waiting // 2):
            return False
        self._waiting[network] += 1
        self._waiting_in_all += 1
        return True

    def may_enter(self, network: str) -> bool:
        """Whether one more connection of this network may open."""
        return self._open[network] < self._most_per_network

    def enters(self, network: str) -> None:
        """Note that a connection has opened."""
        self.leaves(network, was_open=False)
        self._open[network] += 1
        self._open_in_all += 1

    def leaves(self, network: str, was_open: bool) -> None:
        """Note that a connection has ended."""
        if was_open:
            self._open_in_all -= 1
            _less(self._open, network)
        else:
            self._waiting_in_all -= 1
            _less(self._waiting, network)


def network_of(host: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 of an IPv6 address."""
    try:
        ip = ip_address(_plain(host))
    except ValueError:
        return host
    if isinstance(ip, IPv4Address):
        return str(ip)
    return str(IPv6Address(int(ip) >> _IPV6_HOST_BITS << _IPV6_HOST_BITS))


def host_of(socket_address: object) -> str:
    """The host in what a socket tells of an address; empty where it tells nothing."""
    told = socket_address if isinstance(socket_address, tuple) else ()
    return str(told[0]) if told else ""


def address(scheme: str, host: str, port: int) -> str:
    """A URL of a host, which may be an IPv6 address."""
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def _plain(host: str) -> str:
    """An address without its zone, and an IPv4 address as such where IPv6 carries it."""
    host = host.partition("%")[0]
    try:
        mapped = IPv6Address(host).ipv4_mapped
    except ValueError:
        return host
    return str(mapped) if mapped else host


def _is_anywhere(host: str) -> bool:
    try:
        return not host or ip_address(host).is_unspecified
    except ValueError:
        return False


def _audiences(urls: Iterable[str]) -> set[str]:
    audiences = set()
    for url in urls:
        try:
            audiences.add(audience_of(url))
        except BadAddress as error:
            raise AddressMisspelt(f"{url} is not an address that can be used: {error}") from error
    return audiences


def _web(origins: Iterable[str]) -> list[str]:
    """Those that are sites; a browser's extensions have origins of other kinds."""
    return [each for each in origins if each.lower().startswith(("http:", "https:", "ws"))]


def _less(counts: Counter[str], network: str) -> None:
    counts[network] -= 1
    if counts[network] <= 0:
        del counts[network]
