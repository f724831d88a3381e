"""Answers: a device's signature under one version of the contract, and what its person says to it.

A JWS (RFC 7515) by EdDSA over the contract's id, the heads of the version, the digest of its
content, the answer, a note and the time. It checks with the device's key alone, offline and for
ever; whether the digest fits the version is for whoever reads the document to say.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from sync_server.access.errors import Foreign, Malformed
from sync_server.access.fields import Payload, names, number_field, text_field
from sync_server.access.keys import (
    DEVICE_PREFIX_SIZE,
    PublicKey,
    SigningKey,
    device_prefix,
    from_base64url,
    to_base64url,
)
from sync_server.access.proof import REFUSED_CATEGORIES, REFUSED_CHARACTERS
from sync_server.access.tokens import Kind, read, sign
from sync_server.protocol.ids import HASH_SIZE, ChangeHash, DocumentId, format_document_id

DIGEST_SIZE = 32
MOST_HEADS = 256
LONGEST_NOTE = 500
"""Characters of what somebody says beside their answer."""
LONGEST_WORD = 40
_HASH = re.compile(rf"[0-9a-f]{{{2 * HASH_SIZE}}}")
_PREFIX = re.compile(rf"[0-9a-f]{{{2 * DEVICE_PREFIX_SIZE}}}")


@dataclass(frozen=True, slots=True)
class SignedAnswer:
    """What a device's person says to one version of the contract."""

    content: str
    """What the digest is of, and how it is made: the name of a format."""
    digest: bytes
    """32 bytes: SHA-256."""
    heads: tuple[ChangeHash, ...]
    """The version, at least one and sorted."""
    answer: str
    """One short word."""
    note: str
    """May be empty."""
    at: int
    """Seconds since 1970, by the clock of that computer."""
    on: str = ""
    """The computer of somebody else that has the device's key, by its prefix in hex; mostly none.

    A guest's key is on the host's computer, and whoever reads the answer should know.
    """


def plain_note(text: str) -> str:
    """A text as a note: one line, of which every character is shown as it is."""
    shown = (one for one in text if _is_shown(one) or one.isspace())
    return " ".join("".join(shown).split())


def sign_answer(key: SigningKey, contract: DocumentId, said: SignedAnswer) -> str:
    """Sign an answer with the key of the device; the same values give the same token."""
    payload: Payload = {
        "answer": said.answer,
        "content": said.content,
        "digest": to_base64url(said.digest),
        "heads": [head.hex() for head in said.heads],
        "iat": said.at,
        "iss": format_document_id(contract),
        "note": said.note,
        "sub": device_prefix(key.public).hex(),
        **({"on": said.on} if said.on else {}),
    }
    return sign(Kind.ANSWER, payload, key)


def read_answer(token: str, contract: DocumentId, device: PublicKey) -> SignedAnswer:
    """What a device signed in a contract; raises ProofError."""
    payload = read(token, Kind.ANSWER, device)
    if not names(payload.get("iss"), contract):
        raise Foreign("this answer is about another contract")
    if payload.get("sub") != device_prefix(device).hex():
        raise Foreign("this answer is somebody else’s")
    return SignedAnswer(
        _word(payload, "content"),
        _digest(payload),
        _heads(payload.get("heads")),
        _word(payload, "answer"),
        _note(payload.get("note")),
        number_field(payload, "iat"),
        _on(payload.get("on", "")),
    )


def _on(said: object) -> str:
    if not isinstance(said, str) or (said and not _PREFIX.fullmatch(said)):
        raise Malformed("the token names a computer that is none")
    return said


def _word(payload: Payload, field: str) -> str:
    word = text_field(payload, field)
    if len(word) > LONGEST_WORD or not word.isprintable():
        raise Malformed(f"the token's {field} is not one short word")
    return word


def _digest(payload: Payload) -> bytes:
    try:
        digest = from_base64url(text_field(payload, "digest"))
    except Malformed:
        raise
    except ValueError as error:
        raise Malformed("the token's digest is unreadable") from error
    if len(digest) != DIGEST_SIZE:
        raise Malformed("the token's digest has another length than it should")
    return digest


def _heads(said: object) -> tuple[ChangeHash, ...]:
    if not isinstance(said, list) or not 0 < len(said) <= MOST_HEADS:
        raise Malformed("the token names no version")
    if not all(isinstance(one, str) and _HASH.fullmatch(one) for one in said):
        raise Malformed("the token names something that is no version")
    return tuple(sorted({ChangeHash(bytes.fromhex(one)) for one in said}))


def _note(said: object) -> str:
    if not isinstance(said, str) or len(said) > LONGEST_NOTE:
        raise Malformed("the token's note is missing or too long")
    if not all(map(_is_shown, said)):
        raise Malformed("the token's note holds characters that cannot be shown")
    return said


def _is_shown(character: str) -> bool:
    """Whether a character neither rules a terminal nor turns the direction of the text around."""
    refused = unicodedata.category(character) in REFUSED_CATEGORIES
    return not refused and character not in REFUSED_CHARACTERS
