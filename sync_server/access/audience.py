"""The one spelling of a relay's address, for which credentials are made."""

from __future__ import annotations

import re

from sync_server.access.errors import BadAddress

SCHEMES = {"ws": "ws", "wss": "wss", "http": "ws", "https": "wss"}
PORTS = {"ws": 80, "wss": 443}
LONGEST_ADDRESS = 2048
ADDRESS = re.compile(
    r"(?P<scheme>[A-Za-z]+)://(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<host>[^\s:/?#@\[\]\\]+))"
    r"(?::(?P<port>[0-9]{1,5}))?(?:[/?#]\S*)?",
)
HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*")


def audience_of(url: str) -> str:
    """The address as `scheme://host:port`: lower-case, in ASCII, port written; raises BadAddress.

    `http` and `https` stand for `ws` and `wss`; a path, which has no part in it, is dropped.
    """
    match = ADDRESS.fullmatch(url.strip()) if len(url) <= LONGEST_ADDRESS else None
    scheme = SCHEMES.get(match["scheme"].lower()) if match else None
    if match is None or scheme is None:
        raise BadAddress("the address of a relay looks like wss://school.example")
    port = int(match["port"] or PORTS[scheme])
    if not 0 < port < 65536:
        raise BadAddress("a port is a number from 1 to 65535, and not {port}", port=port)
    host = _six(match["six"]) if match["six"] else _host(match["host"])
    return f"{scheme}://{host}:{port}"


def _six(text: str) -> str:
    from ipaddress import IPv6Address

    try:
        return f"[{IPv6Address(text).compressed}]"
    except ValueError as error:
        raise BadAddress("“{text}” is not an IPv6 address", text=text) from error


def _host(text: str) -> str:
    try:
        host = text if text.isascii() else text.encode("idna").decode("ascii")
    except UnicodeError:
        host = ""
    host = host.lower().removesuffix(".")
    if len(host) > 253 or not HOST.fullmatch(host):
        raise BadAddress("“{text}” is not the name of a computer", text=text)
    return host
