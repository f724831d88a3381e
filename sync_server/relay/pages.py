"""What the relay answers over plain HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus

from websockets.datastructures import Headers
from websockets.http11 import Response


@dataclass(frozen=True, slots=True)
class Refused:
    """Why somebody is not let in, or not answered."""

    status: int
    """Of HTTP."""
    reason: str
    """One word for those who count."""
    sentence: str
    """For the person who reads it."""
    wait: int = 0
    """Seconds after which another try makes sense; 0 says nothing about that."""


CANNOT_STORE = Refused(
    503, "storage", "the relay cannot store anything at the moment: try again later", 30
)


def page(status: int, kind: str, text: str, *further: tuple[str, str]) -> Response:
    """An answer of a media type; `further` are more headers."""
    body = text.encode()
    headers = Headers(
        [
            ("Date", formatdate(usegmt=True)),  # by which clients set a wrong clock right
            ("Content-Type", kind),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("Connection", "close"),
            *further,
        ]
    )
    return Response(status, HTTPStatus(status).phrase, headers, body)


def plain(status: int, sentence: str, *further: tuple[str, str]) -> Response:
    """An answer of one sentence."""
    return page(status, "text/plain; charset=utf-8", f"{sentence}\n", *further)


def refusal(refused: Refused) -> Response:
    """The answer to whoever is refused."""
    further = [("X-Refused", refused.reason)]
    if refused.status == HTTPStatus.UNAUTHORIZED:
        further.append(("WWW-Authenticate", "Bearer"))  # RFC 9110, section 11.6.1
    if refused.wait:
        further.append(("Retry-After", str(refused.wait)))
    return plain(refused.status, refused.sentence, *further)
