"""Honest histories of all kinds: of our own documents, of JavaScript, of three people at once."""

import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from automerge.core import ROOT, Document, ExpandMark, ObjType, ScalarType

from contract_tui.contract.names import write_name
from contract_tui.contract.schema import BODY_TEXTS, GENESIS, INTERESTS, ROOT_OBJECTS
from sync_server.protocol.chunk import Change, parse_changes
from tests.sync_server.protocol.harm import apply
from tests.sync_server.protocol.test_operations import KINDS, written_by_three

HERE = Path(__file__).parent


@cache
def javascript() -> Sequence[Change]:
    """What automerge 3.5.0 wrote when `tests/interop/history.mjs 3 120` was run."""
    lines = (HERE / "javascript_history.hex").read_text().split()
    return parse_changes([bytes.fromhex(line) for line in lines])


@cache
def three_people(seed: int, steps: int) -> Sequence[Change]:
    """What Automerge for Python writes for three people with texts, lists, maps and marks."""
    chance = random.Random(seed)
    did = [
        (
            chance.randrange(3),
            chance.choice(KINDS),
            chance.randrange(1 << 16),
            chance.choice("xyé😀"),
        )
        for _ in range(steps)
    ]
    return everything(written_by_three(did).document)


@cache
def contract() -> Sequence[Change]:
    """Two people in a learning contract, in every part of its schema."""
    ours = Document(b"ours" * 4)
    apply(ours, [GENESIS])
    theirs = Document(b"them" * 4)
    apply(theirs, [GENESIS])
    for turn in range(3):
        for number, one in enumerate((ours, theirs)):
            _write(one, turn, "AB"[number])
        raws = [change.raw for change in everything(ours)]
        apply(ours, [change.raw for change in everything(theirs)])
        if turn != 1:
            apply(theirs, raws)
    return everything(ours)


def everything(document: Document) -> Sequence[Change]:
    return parse_changes([bytes(change.raw_bytes) for change in document.get_changes([])])


def _write(document: Document, turn: int, who: str) -> None:
    body = write_name(BODY_TEXTS[INTERESTS])
    with document.transaction() as t:
        length = t.length(body)
        for at, character in enumerate(f"{who} says ü{turn}"):
            t.insert(body, length + at, ScalarType.Str, character)
        turns = write_name(ROOT_OBJECTS["turns"])
        t.insert(turns, t.length(turns), ScalarType.Int, 1_764_000_000 + turn)
    with document.transaction() as t:
        t.insert(body, t.length(body) // 2, ScalarType.Str, "\n")
    with document.transaction() as t:
        for _ in range(3):
            t.delete(body, t.length(body) // 2)
        t.put(ROOT, "structure_choice", ScalarType.Str, ("steps", "own-way")[turn % 2])
    with document.transaction() as t:
        for name in ("goals", "promises", "notes", "seats", "conferences", "agreements"):
            parent = write_name(ROOT_OBJECTS[name])
            item = t.put_object(parent, f"{name}-{turn % 2}", ObjType.Map)
            what = t.put_object(item, "what", ObjType.Text)
            t.insert(what, 0, ScalarType.Str, who)
            t.put(item, "pos", ScalarType.Str, "a5")
            t.put(item, "done", ScalarType.Boolean, who == "A")
            t.put(item, "when", ScalarType.Int, turn)
    with document.transaction() as t:
        t.delete(write_name(ROOT_OBJECTS["notes"]), f"notes-{turn % 2}")
        t.mark(body, 1, 4, "strong", ScalarType.Boolean, True, ExpandMark.After)
    with document.transaction() as t:
        t.put(ROOT, "extra", ScalarType.Bytes, b"\0\xff")
        t.put(ROOT, "float", ScalarType.F64, 0.5)
