"""Changes that nobody would write: honest ones with something altered, and hashed anew.

What is altered in the bytes is nearly always found by how it is written. So most mutants are taken
apart into rows, altered there, and written as Automerge writes: only what they refer to is wrong.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from sync_server.protocol import canonical, columns
from sync_server.protocol.chunk import body_of, parse_body
from sync_server.protocol.ids import Actor
from sync_server.protocol.leb import encode_sleb, encode_uleb
from tests.sync_server.protocol.written import write_body, write_chunk

Name = tuple[int, bytes]
"""An operation: its counter and its actor."""


@dataclass(frozen=True)
class Row:
    """One operation, everything of it."""

    object: Name | None
    key: str | Name | None
    insert: bool
    action: int
    kind: int
    value: bytes
    predecessors: tuple[Name, ...]
    expand: bool
    mark: str | None


@dataclass(frozen=True)
class Parts:
    """A change taken apart."""

    deps: tuple[bytes, ...]
    actor: bytes
    seq: int
    start_op: int
    time: int
    rows: tuple[Row, ...]


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


# Taking apart and putting together


def take_apart(raw: bytes) -> Parts:
    body = body_of(raw)
    parts = parse_body(body)
    actors: tuple[Actor, ...] = (parts.actor, *parts.others)
    count = parts.ops

    def column(spec: int) -> bytes:
        return parts.directory.column(body, spec)

    def names(actor: int, counter: list[int | None], rows: int) -> list[Name | None]:
        found = canonical.numbers(column(actor), rows)
        return [
            None if c is None else (c, b"" if a is None else actors[a])
            for a, c in zip(found, counter, strict=True)
        ]

    objects = canonical.numbers(column(columns.OBJECT_COUNTER), count)
    keys = canonical.deltas(column(columns.KEY_COUNTER), count)
    sizes = canonical.counts(column(columns.PREDECESSOR_COUNT), count)
    total = sum(sizes)
    before = canonical.deltas(column(columns.PREDECESSOR_COUNTER), total)
    overwritten = iter(names(columns.PREDECESSOR_ACTOR, before, total))
    metas = canonical.counts(column(columns.VALUE_META), count)
    values, at = [], 0
    for meta in metas:
        values.append(column(columns.VALUE)[at : at + (meta >> 4)])
        at += meta >> 4
    rows = zip(
        names(columns.OBJECT_ACTOR, objects, count),
        canonical.strings(column(columns.KEY_STRING), count),
        names(columns.KEY_ACTOR, keys, count),
        canonical.flags(column(columns.INSERT), count),
        canonical.counts(column(columns.ACTION), count),
        metas,
        values,
        sizes,
        canonical.rare_flags(column(columns.EXPAND), count),
        canonical.strings(column(columns.MARK_NAME), count),
        strict=True,
    )
    return Parts(
        parts.deps,
        parts.actor,
        parts.seq,
        parts.start_op,
        parts.time,
        tuple(
            Row(
                obj,
                name if name is not None else None if key is None or not key[1] else key,
                insert,
                action,
                meta & 15,
                value,
                tuple(one for _ in range(size) if (one := next(overwritten)) is not None),
                expand,
                mark,
            )
            for obj, name, key, insert, action, meta, value, size, expand, mark in rows
        ),
    )


def put_together(parts: Parts) -> bytes:
    """Write a change as Automerge writes it: an honest one without a message byte for byte."""
    rows = parts.rows
    named = [name for row in rows for name in (row.object, row.key, *row.predecessors)]
    others = sorted({name[1] for name in named if isinstance(name, tuple)} - {parts.actor})
    index = {actor: number for number, actor in enumerate((parts.actor, *others))}
    keys = [row.key for row in rows]
    before = [name for row in rows for name in row.predecessors]
    written = {
        columns.OBJECT_ACTOR: runs([row.object and index[row.object[1]] for row in rows]),
        columns.OBJECT_COUNTER: runs([row.object and row.object[0] for row in rows]),
        columns.KEY_ACTOR: runs([index[k[1]] if isinstance(k, tuple) else None for k in keys]),
        columns.KEY_COUNTER: steps([_key_counter(key) for key in keys]),
        columns.KEY_STRING: runs([_string(k) if isinstance(k, str) else None for k in keys]),
        columns.INSERT: alternating([row.insert for row in rows]),
        columns.ACTION: runs([row.action for row in rows]),
        columns.VALUE_META: runs([len(row.value) << 4 | row.kind for row in rows]),
        columns.VALUE: b"".join(row.value for row in rows),
        columns.PREDECESSOR_COUNT: runs([len(row.predecessors) for row in rows]),
        columns.PREDECESSOR_ACTOR: runs([index[name[1]] for name in before]),
        columns.PREDECESSOR_COUNTER: steps([name[0] for name in before]),
        columns.EXPAND: alternating([row.expand for row in rows])
        if any(row.expand for row in rows)
        else b"",
        columns.MARK_NAME: runs([None if r.mark is None else _string(r.mark) for r in rows]),
    }
    body = write_body(
        deps=parts.deps,
        actor=parts.actor,
        seq=parts.seq,
        start_op=parts.start_op,
        time=parts.time,
        others=others,
        columns={spec: column for spec, column in written.items() if column},
    )
    return write_chunk(1, body)


def _key_counter(key: str | Name | None) -> int | None:
    if isinstance(key, str):
        return None
    return key[0] if key else 0


def _string(text: str) -> bytes:
    raw = text.encode()
    return encode_uleb(len(raw)) + raw


def runs(
    values: Iterable[int | bytes | None], encode: Callable[[int], bytes] = encode_uleb
) -> bytes:
    """Write a column in the one way that is allowed."""
    out: list[bytes] = []
    literal: list[bytes] = []

    def flush() -> None:
        if literal:
            out.extend((encode_sleb(-len(literal)), *literal))
            literal.clear()

    for value, group in groupby(values):
        count = sum(1 for _ in group)
        if value is None:
            flush()
            out.append(b"\0" + encode_uleb(count))
            continue
        written = value if isinstance(value, bytes) else encode(value)
        if count == 1:
            literal.append(written)
        else:
            flush()
            out.append(encode_sleb(count) + written)
    flush()
    return b"" if len(out) == 1 and out[0].startswith(b"\0") else b"".join(out)


def steps(values: Iterable[int | None]) -> bytes:
    """Write a column of differences."""
    differences: list[int | None] = []
    last = 0
    for value in values:
        differences.append(None if value is None else value - last)
        last = last if value is None else value
    return runs(differences, encode_sleb)


def alternating(flags: Sequence[bool]) -> bytes:
    """Write a column of flags."""
    counts = [(flag, sum(1 for _ in group)) for flag, group in groupby(flags)]
    start = b"\0" if flags and flags[0] else b""
    return start + b"".join(encode_uleb(count) for _, count in counts)


# Mutants


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
