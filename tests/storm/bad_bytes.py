"""What is no message at all: damaged websocket frames, and knocks at the door by who may not in."""

import os
from collections.abc import Callable
from urllib.parse import urlsplit

from sync_server.access.keys import to_base64url
from tests.storm.arsenal import Arsenal

Bytes = Callable[[Arsenal], bytes]

_MASK = bytes(4)
_UPGRADE = (
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)


def _frame(opcode: int, data: bytes, fin: bool = True) -> bytes:
    """A short websocket frame from a client, RFC 6455, section 5.2."""
    return bytes(((0x80 if fin else 0) | opcode, 0x80 | len(data))) + _MASK + data


BAD_BYTES: dict[str, Bytes] = {
    "endless fragments": lambda _: _frame(2, b"x", fin=False) + _frame(0, b"", fin=False) * 5000,
    "pings": lambda a: _frame(9, a.noise(100)) * 50,
    "pongs that nobody asked for": lambda a: _frame(10, a.noise(100)) * 50,
    "reserved opcode": lambda a: _frame(5, a.noise(10)),
    "reserved bits": lambda _: b"\xf2\x80" + _MASK,
    "no mask": lambda _: b"\x82\x05hello",
    "frame of enormous length": lambda _: b"\x82\xff" + b"\x3f" * 8 + _MASK,
    "long ping": lambda a: b"\x89\xfe\x01\x00" + _MASK + a.noise(256),
    "no text": lambda _: _frame(1, b"\xff\xfe\xfd"),
    "close with nonsense": lambda _: _frame(8, b"\x03"),
    "torn frame": lambda a: b"\x82\xfe\x10\x00" + _MASK + a.noise(10),
}
"""Written to a connection that has joined."""


def _request(arsenal: Arsenal, path: str = "/", *lines: str, whole: bool = True) -> bytes:
    host = urlsplit(arsenal.url).netloc
    head = f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{_UPGRADE}" + "".join(
        f"{line}\r\n" for line in lines
    )
    return head.encode() + (b"\r\n" if whole else b"")


def _bearer(arsenal: Arsenal, token: str) -> bytes:
    return _request(arsenal, "/", f"Authorization: Bearer {token}")


def _altered(arsenal: Arsenal) -> bytes:
    head, body, signature = arsenal.member.credential(arsenal.url).split(".")
    return _bearer(arsenal, f"{head}.{body[:-6]}{arsenal.noise(3).hex()}.{signature}")


def _unsigned(arsenal: Arsenal) -> bytes:
    body = arsenal.member.credential(arsenal.url).split(".")[1]
    head = to_base64url(b'{"alg":"none","typ":"credential+jwt"}')
    return _bearer(arsenal, f"{head}.{body}.")


KNOCKS: dict[str, Bytes] = {
    "half a handshake": lambda a: _request(a, whole=False),
    "no HTTP": lambda a: a.noise(300) + b"\r\n\r\n",
    "TLS to a relay without": lambda a: (
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + a.noise(32)
    ),
    "endless header": lambda a: _request(a, "/", "X-Long: " + "x" * 20_000),
    "many headers": lambda a: _request(a, "/", *(f"X-{n}: x" for n in range(500))),
    "no credential": lambda a: _request(a),
    "garbage for a credential": lambda a: _bearer(a, a.noise(200).hex()),
    "altered credential": _altered,
    "credential that nobody signed": _unsigned,
    "expired credential": lambda a: _bearer(a, a.member.credential(a.url, at=1_700_000_000)),
    "credential for another relay": lambda a: _bearer(a, a.member.credential("wss://other:443")),
    "somebody else's credential again": lambda a: _bearer(a, a.used),
    "two credentials": lambda a: _request(
        a, a.pass_for(a.member), f"Authorization: Bearer {a.member.credential(a.url)}"
    ),
    "a page of another site": lambda a: _request(a, "/", "Origin: https://evil.example"),
    "a guess at a code": lambda a: _request(a, f"/code/{os.urandom(5).hex()[:9].upper()}"),
    "another method": lambda a: _request(a).replace(b"GET", b"POST", 1),
}
"""Written to a connection that is new."""
UNFINISHED = ("half a handshake", "TLS to a relay without")
"""Knocks that the relay waits to hear the rest of."""
