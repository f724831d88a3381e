"""What a peer can get wrong.

::

    ProtocolError (ValueError)
    ├── BadFrame          the envelope: not CBOR, no message of ours, a field missing or mistyped
    ├── BadChunk          an Automerge chunk, or a change that cannot follow the ones before it
    ├── BadSyncMessage    the Automerge sync message inside an envelope
    └── BadDocumentId     text that names no document

Each text is one clause that can be shown to the peer at fault.
"""


class ProtocolError(ValueError):
    """The other side sent something that the protocol does not allow; the text says what."""


class BadFrame(ProtocolError):
    """A websocket frame is not a message of the protocol."""


class BadChunk(ProtocolError):
    """Bytes are not a chunk, or not a change that this graph can take."""


class BadSyncMessage(ProtocolError):
    """The data of a sync or request message is not an Automerge sync message."""


class BadDocumentId(ProtocolError):
    """Text is not a document id in base58check."""
