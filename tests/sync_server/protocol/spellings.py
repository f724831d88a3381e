"""Messages as JavaScript spells them: automerge-repo 2.5.6, automerge-repo-network-websocket."""

from typing import Any

from sync_server.protocol.ids import DocumentId, PeerId, format_document_id

ANNA, RELAY = PeerId("anna"), PeerId("relay")
DOCUMENT = DocumentId(bytes(range(16)))


JOIN: dict[str, Any] = {
    "type": "join",
    "senderId": "anna",
    "peerMetadata": {"storageId": "3f1c", "isEphemeral": False},
    "supportedProtocolVersions": ["1"],
}
PEER: dict[str, Any] = {
    "type": "peer",
    "senderId": "relay",
    "targetId": "anna",
    "peerMetadata": {"isEphemeral": False},
    "selectedProtocolVersion": "1",
}
SYNC: dict[str, Any] = {
    "type": "sync",
    "senderId": "anna",
    "targetId": "relay",
    "documentId": format_document_id(DOCUMENT),
    "data": b"\x42\x00\x00\x00\x00",
}
EPHEMERAL: dict[str, Any] = {**SYNC, "type": "ephemeral", "sessionId": "s1", "count": 3}
CUSTODY: dict[str, Any] = {
    **{name: value for name, value in SYNC.items() if name != "data"},
    "type": "custody",
    "proofs": ["a~b", "c~d"],
    "seals": [bytes(144)],
    "revocations": "e",
}
ABOUT = {name: CUSTODY[name] for name in ("senderId", "targetId", "documentId")}
NOTICE: dict[str, Any] = {**ABOUT, "type": "notice", "kind": "withheld", "fields": {"count": 3}}
ORDER: dict[str, Any] = {**ABOUT, "type": "order", "token": "f"}
CODE: dict[str, Any] = {
    **ABOUT,
    "type": "code",
    "invitation": "g",
    "lifetime": 60,
    "code": "",
    "expires": 0,
}
ERROR: dict[str, Any] = {"type": "error", "senderId": "relay", "message": "no", "targetId": "anna"}
