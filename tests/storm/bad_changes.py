"""Changes that no honest program makes, each with the right checksum unless said otherwise."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from sync_server.protocol.chunk import MAGIC, Change
from sync_server.protocol.ids import Actor
from sync_server.protocol.leb import encode_sleb, encode_uleb
from tests.histories import Typing
from tests.storm.arsenal import Arsenal
from tests.storm.bad_frames import Frames
from tests.sync_server.protocol.apart import put_together, take_apart
from tests.sync_server.protocol.mutants import Around, mutant
from tests.sync_server.protocol.written import write_body, write_chunk

_ACTION, _PREDECESSOR_COUNT = 0x42, 0x70
_MANY = 1 << 40
_BOMB = 32 << 20
"""Bytes of what comes in 32 KiB."""


def _made(arsenal: Arsenal, columns: Mapping[int, bytes] | None = None, **header: int) -> bytes:
    """A change of the member's own device on top of what everybody has."""
    head = arsenal.head
    body = write_body(
        deps=[head.hash],
        actor=arsenal.actor(),
        start_op=header.get("start_op", head.max_op + 1),
        seq=header.get("seq", 1),
        time=header.get("time", 0),
        columns=columns,
    )
    return write_chunk(1, body)


def _mutant(arsenal: Arsenal) -> list[bytes | str]:
    changes = [*arsenal.past, *arsenal.written]
    around = Around(
        [(change.start_op, bytes(change.actor)) for change in changes],
        [change.hash for change in changes],
        [change.raw for change in changes],
        arsenal.chance,
    )
    return [arsenal.upload(mutant(arsenal.chance.choice(arsenal.written).raw, around))]


def _orphans(arsenal: Arsenal) -> list[bytes | str]:
    parts = take_apart(arsenal.written[0].raw)
    actor = arsenal.actor()
    raws = [
        put_together(replace(parts, deps=(arsenal.hash(),), actor=actor, seq=seq, start_op=9 * seq))
        for seq in range(2, 30)
    ]
    return [arsenal.upload(*raws)]


def _by(arsenal: Arsenal, actor: Actor, past: Sequence[Change]) -> list[bytes | str]:
    return [arsenal.upload(*(key.raw for key in Typing(actor, list(past)).keys(3)))]


def _forged(arsenal: Arsenal) -> list[bytes | str]:
    """Somebody else's device, under a new actor of theirs."""
    return _by(arsenal, Actor(arsenal.past[0].actor[:8] + arsenal.noise(8)), arsenal.past)


def _fork(arsenal: Arsenal) -> list[bytes | str]:
    """Somebody else's own actor, with other words than theirs."""
    return _by(arsenal, arsenal.past[0].actor, arsenal.past)


def _checksum(arsenal: Arsenal) -> list[bytes | str]:
    raw = bytearray(arsenal.written[0].raw)
    raw[4] ^= 1
    return [arsenal.upload(bytes(raw))]


def _inflating(deflated: bytes) -> bytes:
    return MAGIC + bytes(4) + b"\x02" + encode_uleb(len(deflated)) + deflated


@cache
def _bomb() -> bytes:
    squeezer = zlib.compressobj(9, wbits=-15)
    return _inflating(squeezer.compress(bytes(_BOMB)) + squeezer.flush())


def _column(arsenal: Arsenal, spec: int, data: bytes) -> list[bytes | str]:
    columns = {_ACTION: b"\x01\x01", spec: data}
    return [arsenal.upload(_made(arsenal, dict(sorted(columns.items()))))]


BAD_CHANGES: dict[str, Frames] = {
    "operation bomb": lambda a: _column(a, _ACTION, encode_sleb(_MANY) + b"\x01"),
    "predecessor bomb": lambda a: _column(a, _PREDECESSOR_COUNT, b"\x01" + encode_uleb(_MANY)),
    "deflate bomb": lambda a: [a.upload(_bomb())],
    "nothing to inflate": lambda a: [a.upload(_inflating(a.noise(200)))],
    "mutant": _mutant,
    "change without its past": _orphans,
    "somebody else's device": _forged,
    "fork of somebody else": _fork,
    "wrong checksum": _checksum,
    "skipped numbers": lambda a: [a.upload(_made(a, seq=1000))],
    "number of the last days": lambda a: [a.upload(_made(a, start_op=(1 << 62) + 1))],
    "chunk of no kind": lambda a: [a.upload(write_chunk(9, a.noise(40)))],
    "document of nothing": lambda a: [a.upload(write_chunk(0, a.noise(200)))],
}
