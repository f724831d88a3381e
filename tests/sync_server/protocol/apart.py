"""A change taken apart into rows, and put together again as Automerge writes it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
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
