"""What people agree with: the content of a contract at one version, and the digest of it.

A function of the document at some heads and of nothing else: not of who is in the contract, of any
clock, of what is shown, or of which version of the program reads it. Strings are taken as they
stand in the document, in no language; what is no string where one belongs counts as an empty one.

It counts what the contract says, field by field:

- the title, and the choice of how much structure is wanted;
- sections: heading, words, whether hidden; in their order;
- supports: what, when, who offers it, when to look again; in their order;
- goals: what, why it matters, what success is, evidence, with whom, where it comes from, how much
  structure; their steps with what, who, when; all in their order;
- promises: who, to whom, what, when; in their order;
- when to take the contract up again.

It does not count what becomes of all that: how it is with a support, how a goal feels and how it
is going, which steps are done, what came of a promise. Nor what is said beside it: notes,
reflections, answers, seats, marks of looking, names of versions, turns, conferences.

What was taken away is not in the content, and neither is a goal that was let go. As rights are not
looked at here, that is so whoever wrote it. All of this is compared with what people are shown
(`unshown`), and where somebody wrote what counts who had no right to, that is said.
"""

import hashlib
from collections.abc import Mapping

from contract_tui.contract.crdt import Branch, CrdtDocument, Heads, Kind, Value
from contract_tui.contract.heads import read_heads
from contract_tui.contract.items.tokens import GoalState
from contract_tui.contract.names import ObjectId
from contract_tui.contract.opening.pieces import Pieces, whole
from contract_tui.contract.schema import (
    BODY_TEXTS,
    CONSTANT_SECTIONS,
    HEADING_TEXTS,
    ROOT_OBJECTS,
    SECTION_MAPS,
    SECTIONS_MAP,
    TITLE,
    TITLE_TEXT,
)
from contract_tui.contract.shape import CONTRACT, LISTED, Each, Leaf, Record

FORMAT = "learning-contract-content/1"
"""A version that counts otherwise needs another name, or old digests would fit no more."""

COUNTS: Mapping[str, tuple[str, ...]] = {
    "": ("title", "structure_choice", "revisit", "sections", "support_items", "goals", "promises"),
    "sections": ("heading", "body", "hidden"),
    "support_items": ("what", "when", "offered_by", "check_on"),
    "goals": (
        *("what", "matters", "success", "evidence", "together_with"),
        *("origin", "origin_note", "structure_choice", "structure_note", "steps"),
    ),
    "steps": ("what", "by", "when"),
    "promises": ("by", "to", "what", "when"),
}
"""The fields that count, by the list they are in; "" is the contract itself."""
ORDERS = "pos"
"""Counts only in that things are sorted by it."""
TAKES_AWAY: Mapping[str, frozenset[str]] = {
    "support_items": frozenset({"removed"}),
    "goals": frozenset({"removed", "state"}),
    "steps": frozenset({"removed"}),
    "promises": frozenset({"removed"}),
}
"""Counts only in that a thing is not in the content by it; of a goal's states, letting it go."""

Plain = str | bool | list["Plain"] | dict[str, "Plain"]

_LATE = "\U0010ffff"
_SECTION = CONTRACT.fields["sections"]
assert isinstance(_SECTION, Each)
assert isinstance(_SECTION.shape, Record)
_SHAPES: Mapping[str, Record] = {**LISTED, "sections": _SECTION.shape}


def digest(document: CrdtDocument, heads: Heads | None = None) -> bytes:
    """Return SHA-256 of the content at some heads, which have to be known; as it stands, if None.

    Over its canonical JSON (RFC 8785), so that a program in any language comes to the same.
    """
    return digest_of(content(document, heads))


def digest_of(content: Mapping[str, Plain]) -> bytes:
    """Return the digest of what counts."""
    import rfc8785  # imported here to keep the start quick

    return hashlib.sha256(rfc8785.dumps(dict(content))).digest()


def content(document: CrdtDocument, heads: Heads | None = None) -> dict[str, Plain]:
    """Return what counts at some heads, which have to be known, as plain JSON."""
    return whole(reading(document, heads))


def by_key(things: Plain) -> dict[str, Mapping[str, Plain]]:
    """Return the things of a list that counts by what each is called in the document."""
    assert isinstance(things, list)
    return {str(one["id"]): one for one in things if isinstance(one, dict)}


def reading(document: CrdtDocument, heads: Heads | None) -> Pieces[dict[str, Plain]]:
    """Read what counts at some heads; to read one field of long ago walks through all changes.

    As it stands (None) it is to be read at once, since what is written meanwhile changes it.
    """
    return _Reader(document, heads).contract()


class _Reader:
    """Reads one version, in pieces of one field each."""

    def __init__(self, document: CrdtDocument, heads: Heads | None) -> None:
        self._document, self._heads = document, heads

    def contract(self) -> Pieces[dict[str, Plain]]:
        found: dict[str, Plain] = {"format": FORMAT}
        for key in COUNTS[""]:
            if key == TITLE:
                found[key] = yield from self._text(TITLE_TEXT)
            elif key == "sections":
                found[key] = yield from self._sections()
            elif key in LISTED:
                found[key] = yield from self._list(key, ROOT_OBJECTS[key])
            else:
                found[key] = yield from self._string(None, key)
        return found

    def _things(self, obj: ObjectId) -> Pieces[list[tuple[str, ObjectId]]]:
        """What a map of things holds; nothing of which people could not read anything."""
        yield
        found: list[tuple[str, ObjectId]] = []
        for key in self._document.keys(obj, self._heads):
            inner = yield from self._inside(obj, key)
            if inner is not None and "/" not in key:
                found.append((key, inner))
        return found

    def _inside(self, obj: ObjectId, key: str) -> Pieces[ObjectId]:
        """The map under a key; None where there is none."""
        value = yield from self._get(obj, key)
        return value.object if isinstance(value, Branch) and value.kind is Kind.MAP else None

    def _is_out(self, kind: str, obj: ObjectId) -> Pieces[bool]:
        """Whether somebody took a thing away, or let it go."""
        out = TAKES_AWAY[kind]
        if "removed" in out:
            removed = yield from self._string(obj, "removed")
            if read_heads(removed) is not None:
                return True
        return "state" in out and (yield from self._string(obj, "state")) == GoalState.LET_GO

    def _list(self, kind: str, obj: ObjectId) -> Pieces[list[Plain]]:
        if obj is None:
            return []
        placed: list[tuple[str, str, ObjectId]] = []
        for key, one in (yield from self._things(obj)):
            if not (yield from self._is_out(kind, one)):
                place = yield from self._string(one, ORDERS)
                placed.append((place or _LATE, key, one))
        found: list[Plain] = []
        for _, key, one in sorted(placed):
            found.append((yield from self._thing(kind, key, one)))
        return found

    def _thing(self, kind: str, key: str, obj: ObjectId) -> Pieces[dict[str, Plain]]:
        fields = _SHAPES[kind].fields
        found: dict[str, Plain] = {"id": key}
        for field in COUNTS[kind]:
            if isinstance(fields[field], Each):
                inner = yield from self._inside(obj, field)
                found[field] = yield from self._list(field, inner)
            elif fields[field] is Leaf.YES_NO:
                found[field] = (yield from self._get(obj, field)) is True
            else:
                found[field] = yield from self._string(obj, field)
        return found

    def _sections(self) -> Pieces[list[Plain]]:
        """Every section; those that the first change made by what it made, whatever hides it."""
        found: list[tuple[str, str, Plain]] = []
        for part in CONSTANT_SECTIONS:
            section = yield from self._thing("sections", part, SECTION_MAPS[part])
            section["heading"] = yield from self._text(HEADING_TEXTS[part])
            section["body"] = yield from self._text(BODY_TEXTS[part])
            place = yield from self._string(SECTION_MAPS[part], ORDERS)
            found.append((place, part, section))
        for key, obj in (yield from self._things(SECTIONS_MAP)):
            body = yield from self._get(obj, "body")
            if key in (TITLE, *CONSTANT_SECTIONS):
                continue
            if isinstance(body, Branch) and body.kind is Kind.TEXT:
                section = yield from self._thing("sections", key, obj)
                place = yield from self._string(obj, ORDERS)
                found.append((place, key, section))
        return [section for _, _, section in sorted(found, key=lambda one: one[:2])]

    def _string(self, obj: ObjectId, key: str) -> Pieces[str]:
        value = yield from self._get(obj, key)
        if isinstance(value, Branch) and value.kind is Kind.TEXT:
            return (yield from self._text(value.object))
        return value if isinstance(value, str) else ""

    def _get(self, obj: ObjectId, key: str) -> Pieces[Value]:
        yield
        return self._document.get(obj, key, self._heads)

    def _text(self, obj: ObjectId) -> Pieces[str]:
        yield
        return self._document.text(obj, self._heads)
