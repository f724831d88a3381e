"""Why a connection is closed: a code for its program, a clause for people, a word for counting."""

from sync_server.protocol.errors import BadChunk, BadSyncMessage, ProtocolError

NORMAL, UNSUPPORTED, REFUSED, FAILED = 1000, 1003, 1008, 1011
"""Close codes of RFC 6455, section 7.4.1."""
REVOKED, ERASED, LIMITED = 4403, 4410, 4429
"""Close codes of our own (RFC 6455, section 7.4.2), after the HTTP statuses they resemble."""


class Refusal(ProtocolError):
    """A connection cannot go on; the text says why."""

    def __init__(self, reason: str, word: str, code: int = REFUSED, notice: str = "") -> None:
        """`notice`: the kind of notice that programs of ours get before."""
        super().__init__(reason)
        self.word = word
        self.code = code
        self.notice = notice


def code_of(error: ProtocolError) -> int:
    """The close code for an error."""
    return error.code if isinstance(error, Refusal) else REFUSED


def word_of(error: ProtocolError) -> str:
    """The word under which an error is counted."""
    match error:
        case Refusal(word=word):
            return word
        case BadChunk():
            return "change"
        case BadSyncMessage():
            return "sync"
        case _:
            return "frame"
