"""The names of documents, changes, actors, operations and peers."""

from functools import lru_cache
from typing import NamedTuple, NewType

import base58

from sync_server.protocol.errors import BadDocumentId

DocumentId = NewType("DocumentId", bytes)
"""16 bytes."""
ChangeHash = NewType("ChangeHash", bytes)
"""SHA-256 of a change: 32 bytes."""
Actor = NewType("Actor", bytes)
"""One run of one writing program; 1 to 64 bytes, 16 for programs of ours."""
PeerId = NewType("PeerId", str)
"""One program on one connection."""


class ElementId(NamedTuple):
    """The operation that made an object, an element of a list or text, or a value.

    Ids compare as Automerge orders them: by counter, then by actor.
    """

    counter: int
    actor: bytes


DOCUMENT_ID_SIZE = 16
HASH_SIZE = 32
URL_SCHEME = "automerge:"

_LONGEST_TEXT = 28
"""16 bytes and a 4-byte checksum never need more; base58 takes quadratic time on longer text."""

_REMEMBERED = 4096
"""Ids kept in both spellings: each message names its document, and base58 is long division."""


@lru_cache(_REMEMBERED)
def format_document_id(document: DocumentId) -> str:
    """Return the id in base58check, as automerge-repo writes it."""
    return base58.b58encode_check(document).decode("ascii")


@lru_cache(_REMEMBERED)
def parse_document_id(text: str) -> DocumentId:
    """Read an id with or without ``automerge:`` in front; raises BadDocumentId."""
    plain = text.removeprefix(URL_SCHEME)
    if not plain or len(plain) > _LONGEST_TEXT:
        raise BadDocumentId("a document id has up to 28 characters")
    try:
        document = DocumentId(base58.b58decode_check(plain))
    except ValueError:
        raise BadDocumentId("a document id is misspelt") from None
    if len(document) != DOCUMENT_ID_SIZE:
        raise BadDocumentId("a document id names 16 bytes")
    if format_document_id(document) != plain:
        raise BadDocumentId("a document id has characters around it")
    return document


def document_url(document: DocumentId) -> str:
    """Return the document's URL, ``automerge:`` and its id."""
    return URL_SCHEME + format_document_id(document)
