"""Changes that nobody would write: honest ones with something altered, and hashed anew.

What is altered in the bytes is nearly always found by how it is written. So most mutants are taken
apart into rows, altered there, and written as Automerge writes: only what they refer to is wrong.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sync_server.protocol.chunk import body_of, parse_body
from sync_server.protocol.leb import encode_sleb, encode_uleb
from tests.sync_server.protocol.apart import (
    Name,
    Row,
    put_together,
    runs,
    take_apart,
)
from tests.sync_server.protocol.written import write_body, write_chunk


@dataclass
class Around:
    """What a mutant may be made of besides the change that it was."""

    names: Sequence[Name]
    """Operations before it."""
    changes: Sequence[bytes]
    """Hashes of changes."""
    donors: Sequence[bytes]
    """Other raw changes."""
    chance: random.Random = field(default_factory=random.Random)


def mutant(raw: bytes, around: Around) -> bytes:
    """Alter a change in one way or another; it stays a chunk with the right checksum."""
    make = around.chance.choices((_of_rows, _of_columns, _of_header, _of_bytes), (6, 2, 1, 1))[0]
    return make(raw, around)


def _of_rows(raw: bytes, around: Around) -> bytes:
    parts = take_apart(raw)
    rows = list(parts.rows)
    own = [(parts.start_op + at, parts.actor) for at in range(len(rows) + 1)]
    for _ in range(around.chance.choice((1, 1, 1, 2, 3))):
        if not rows:
            break
        at = around.chance.randrange(len(rows))
        match around.chance.randrange(12):
            case 0:
                del rows[at]
            case 1:
                rows.insert(around.chance.randrange(len(rows) + 1), rows[at])
            case 2:
                other = around.chance.randrange(len(rows))
                rows[at], rows[other] = rows[other], rows[at]
            case _:
                rows[at] = _altered(rows[at], own, around)
    return put_together(replace(parts, rows=tuple(rows)))


_KEYS = ("title", "text", "map", "list", "k0", "c1", "new", "é😀", "")
_VALUES = (
    *((0, b""), (1, b""), (2, b""), (3, b"\x05"), (4, b"\x7f"), (5, bytes(8)), (6, b"word")),
    *((6, b""), (7, b"\x00\xff"), (8, b"\x03"), (9, b"\x80\x01"), (12, b"later"), (0, b"x")),
    *((4, encode_sleb(-(2**63))), (3, encode_uleb(2**64 - 1)), (9, encode_sleb(2**62))),
    *((8, encode_sleb(2**63 - 1)), (5, b"\xff" * 8), (6, "👩‍👩‍👧".encode()), (6, b"\xff")),
)


def _altered(row: Row, own: Sequence[Name], around: Around) -> Row:
    chance = around.chance

    def name() -> Name:
        counter, actor = chance.choice(own if chance.random() < 0.3 else around.names)
        return (counter + chance.choice((0, 0, 0, 0, 1, -1))) or 1, actor

    match chance.randrange(9):
        case 0:
            return replace(row, object=chance.choice((None, name(), name())))
        case 1:
            return replace(row, key=chance.choice((None, chance.choice(_KEYS), name(), name())))
        case 2:
            return replace(row, insert=not row.insert)
        case 3:
            return replace(row, action=chance.randrange(9))
        case 4:
            kind, value = chance.choice(_VALUES)
            return replace(row, kind=kind, value=value)
        case 5:
            return replace(row, predecessors=(*row.predecessors, name()))
        case 6:
            some = [one for one in row.predecessors if chance.random() < 0.5]
            return replace(row, predecessors=tuple(some))
        case 7:
            key = row.key if isinstance(row.key, tuple) else name()
            wanted = (key, *row.predecessors[1:])
            return replace(row, action=chance.choice((1, 3, 5)), predecessors=tuple(sorted(wanted)))
        case _:
            mark = chance.choice((None, "m0", ""))
            return replace(row, mark=mark, expand=chance.random() < 0.5)


def _of_columns(raw: bytes, around: Around) -> bytes:
    body = body_of(raw)
    parts = parse_body(body)
    found = {spec: parts.directory.column(body, spec) for spec in parts.directory.spans}
    donor = body_of(around.chance.choice(around.donors))
    given = parse_body(donor).directory
    for _ in range(around.chance.choice((1, 1, 2))):
        spec = around.chance.choice([*found, 0x01, 0x13, 0x34, 0x42, 0x56, 0x70, 0x73, 0x94, 0xA5])
        match around.chance.randrange(4):
            case 0:
                found.pop(spec, None)
            case 1:
                found[spec] = given.column(donor, spec)
            case 2:
                found[spec] = runs([around.chance.randrange(4) for _ in range(parts.ops)])
            case _:
                found[spec] = _scratched(found.get(spec, b""), around.chance)
    return write_chunk(
        1,
        write_body(
            deps=parts.deps,
            actor=parts.actor,
            seq=parts.seq,
            start_op=parts.start_op,
            time=parts.time,
            others=parts.others,
            columns=dict(sorted(found.items())),
        ),
    )


def _of_header(raw: bytes, around: Around) -> bytes:
    parts = take_apart(raw)
    chance = around.chance
    match chance.randrange(6):
        case 0:
            some = {*parts.deps, chance.choice(around.changes)}
            parts = replace(parts, deps=tuple(sorted(some)))
        case 1:
            parts = replace(parts, deps=(chance.choice(around.changes),))
        case 2:
            parts = replace(parts, deps=parts.deps[:-1])
        case 3:
            far = chance.choice((-1, 1, 2, 1000, 1 << 20, 1 << 30))
            parts = replace(parts, start_op=max(1, parts.start_op + far))
        case 4:
            actor = chance.choice((*(name[1] for name in around.names), b"new", bytes(64)))
            parts = replace(parts, actor=actor, seq=chance.choice((parts.seq, 1)))
        case _:
            time = chance.choice((-1, 0, 2**53, -(2**63), 2**63 - 1, 253_402_300_800_000))
            parts = replace(parts, time=time)
    return put_together(parts)


def _of_bytes(raw: bytes, around: Around) -> bytes:
    return write_chunk(1, _scratched(body_of(raw), around.chance))


def _scratched(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        at = chance.randrange(len(out) + 1)
        match chance.randrange(5):
            case 0 if at < len(out):
                out[at] ^= 1 << chance.randrange(8)
            case 1 if at < len(out):
                out[at] = chance.choice((0, 1, 2, 0x7E, 0x7F, 0x80, 0xFF))
            case 2 if at < len(out):
                del out[at]
            case 3:
                out[at:at] = out[at : at + chance.randrange(1, 4)]
            case _:
                out.insert(at, chance.randrange(256))
    return bytes(out)
