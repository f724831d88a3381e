"""The readers: each takes bytes, and raises only what its room documents."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from contract_tui.contract.errors import ContractError
from contract_tui.contract.heads import read_heads, write_heads
from contract_tui.contract.text.places import (
    BadPlace,
    read_character,
    read_place,
    write_character,
    write_place,
)
from contract_tui.session.presence import presence as presences
from sync_server.access.answer import read_answer, sign_answer
from sync_server.access.audience import audience_of
from sync_server.access.backup import paper, read_paper
from sync_server.access.code import make_code, normal_code
from sync_server.access.credential import read_credential
from sync_server.access.devices import DeviceProof, verify_device
from sync_server.access.errors import AccessError, Malformed
from sync_server.access.fields import Payload
from sync_server.access.holder import read_holder
from sync_server.access.invitation import parse_invitation
from sync_server.access.keys import device_prefix, to_base64url
from sync_server.access.order import read_order
from sync_server.access.proof import Proof, verify_proof
from sync_server.access.revocation import read_revocations
from sync_server.access.seal import Seal
from sync_server.access.tokens import Kind, sign
from sync_server.access.voucher import read_voucher
from sync_server.protocol import canonical, columns
from sync_server.protocol.bloom import Bloom, build_bloom
from sync_server.protocol.chunk import Change, parse_changes, parse_chunk, scan, split
from sync_server.protocol.codec import decode, encode
from sync_server.protocol.document import outline
from sync_server.protocol.errors import BadChunk, ProtocolError
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import ChangeHash, format_document_id, parse_document_id
from sync_server.protocol.leb import encode_sleb, encode_uleb, sleb, uleb
from sync_server.protocol.messages import Gossip
from sync_server.protocol.operations import operations
from sync_server.protocol.sync import SyncState
from sync_server.protocol.sync_message import SyncMessage
from tests.fuzz.inside import BadSummary, contract, summary
from tests.sync_server.access.people import CONTRACT, CONTRACT_KEY, proof
from tests.sync_server.protocol.apart import runs
from tests.sync_server.protocol.written import write_chunk

Reader = Callable[[bytes], object]
NOW = 1_900_000_000
RELAY = "wss://relay.example:443"


@dataclass(frozen=True, slots=True)
class Target:
    """A reader, and the only errors it may raise."""

    read: Reader
    refusal: type[Exception]

    def __call__(self, data: bytes) -> bool:
        """Tell whether the reader took what it was given."""
        try:
            self.read(data)
        except self.refusal:
            return False
        return True


# What comes over the wire


def frame(data: bytes) -> None:
    message = decode(data)
    if not isinstance(message, Gossip):
        again = decode(encode(message))
        assert again == message


def sync_message(data: bytes) -> None:
    message = SyncMessage.decode(data)
    again = SyncMessage.decode(message.encode())
    assert (again.heads, again.need, again.have) == (message.heads, message.need, message.have)
    state = SyncState(Graph())
    state.receive(message, [])
    state.generate()


def chunk(data: bytes) -> None:
    for begin, end in scan(data):
        parse_chunk(data[begin:end])
    split([data])


@cache
def _past() -> tuple[Change, ...]:
    from tests.sync_server.protocol.rows import FIRST

    return (FIRST,)


def change(data: bytes) -> None:
    """Give the body of a change the right hash, so that what follows the hash is reached."""
    (made,) = parse_changes([write_chunk(1, data)])
    graph = Graph(validate=True)
    graph.add(_past())
    if graph.add([made]):
        assert len(operations(made.raw)) == made.ops


def column(data: bytes) -> None:
    rows, data = (data[0] % 8, data[1:]) if data else (0, b"")
    numbers = canonical.numbers(data, rows)
    assert numbers == columns.numbers(data, rows)
    assert runs(numbers) == data
    for read in (canonical.deltas, canonical.strings, canonical.flags, canonical.rare_flags):
        with suppress(BadChunk):
            read(data, rows)


def bloom(data: bytes) -> None:
    filled = Bloom(data)
    name = ChangeHash(data.ljust(32, b"\0")[:32])
    assert bool(filled) or name not in filled
    assert name in Bloom(build_bloom([name]))
    _ = name in filled


def document(data: bytes) -> None:
    with suppress(BadChunk):
        outline(data)
    outline(write_chunk(0, data))


def leb(data: bytes) -> None:
    with suppress(BadChunk):
        number, end = sleb(data, 0)
        assert encode_sleb(number) == data[:end]
    number, end = uleb(data, 0)
    assert encode_uleb(number) == data[:end]


def document_id(data: bytes) -> None:
    text = _text(data)
    assert format_document_id(parse_document_id(text)) == text.removeprefix("automerge:")


# What shows who may come in


def invitation(data: bytes) -> None:
    parse_invitation(_text(data))


def seat_proof(data: bytes) -> None:
    certificate, _, claimed = _text(data).partition("~")
    verify_proof(Proof(certificate, claimed), CONTRACT, NOW)


def device_proof(data: bytes) -> None:
    verify_device(DeviceProof.from_text(_text(data)), CONTRACT, NOW)


def credential(data: bytes) -> None:
    read_credential(_text(data), NOW, [RELAY], 300)


def signed(data: bytes) -> None:
    """Sign what nobody honest would say, so that what follows the signature is reached."""
    try:
        payload = json.loads(data)
    except (ValueError, RecursionError):
        return
    if not isinstance(payload, dict):
        return
    for kind, read in _SIGNED.items():
        with suppress(AccessError):
            read(sign(kind, payload, CONTRACT_KEY))


_SIGNED: dict[Kind, Callable[[str], object]] = {
    Kind.CERTIFICATE: lambda token: verify_proof(Proof(token, proof().claim), CONTRACT, NOW),
    Kind.CLAIM: lambda token: verify_proof(Proof(proof().certificate, token), CONTRACT, NOW),
    Kind.DEVICE_CERTIFICATE: lambda token: verify_device(
        DeviceProof(proof(), token, proof().claim), CONTRACT, NOW
    ),
    Kind.CREDENTIAL: lambda token: read_credential(token, NOW, [RELAY], 300),
    Kind.REVOCATIONS: lambda token: read_revocations(token, CONTRACT),
    Kind.HOLDER: lambda token: read_holder(token, CONTRACT),
    Kind.ORDER: lambda token: read_order(token, CONTRACT, NOW, [RELAY]),
    Kind.VOUCHER: lambda token: read_voucher(token, CONTRACT),
    Kind.ANSWER: lambda token: read_answer(token, CONTRACT, CONTRACT_KEY.public),
}


def answer(data: bytes) -> None:
    """Read what somebody signed under a contract, and sign the same again."""
    try:
        said = {**_ANSWER, **json.loads(data)}
    except (ValueError, TypeError, RecursionError) as error:
        raise Malformed("this is no map") from error
    found = read_answer(sign(Kind.ANSWER, said, CONTRACT_KEY), CONTRACT, CONTRACT_KEY.public)
    again = sign_answer(CONTRACT_KEY, CONTRACT, found)
    assert read_answer(again, CONTRACT, CONTRACT_KEY.public) == found


_ANSWER: Payload = {
    "answer": "agree",
    "content": "learning-contract-content/1",
    "digest": to_base64url(bytes(32)),
    "heads": ["00" * 32],
    "iat": NOW,
    "iss": format_document_id(CONTRACT),
    "note": "",
    "sub": device_prefix(CONTRACT_KEY.public).hex(),
}


def tokens(data: bytes) -> None:
    text = _text(data)
    for read in (
        lambda: read_revocations(text, CONTRACT),
        lambda: read_holder(text, CONTRACT),
        lambda: read_order(text, CONTRACT, NOW, [RELAY]),
        lambda: read_voucher(text, CONTRACT),
        lambda: read_answer(text, CONTRACT, CONTRACT_KEY.public),
    ):
        with suppress(AccessError):
            read()


def seal(data: bytes) -> None:
    found = Seal.from_bytes(data)
    assert found.to_bytes() == data
    found.verifies(CONTRACT)


def code(data: bytes) -> None:
    text = normal_code(_text(data))
    assert normal_code(text) == text
    assert normal_code(make_code(data.ljust(5, b"\0")[:5]))


def backup(data: bytes) -> None:
    found = read_paper(_text(data))
    assert read_paper(paper(found)).public == found.public


def audience(data: bytes) -> None:
    address = audience_of(_text(data))
    assert audience_of(address) == address


# What one person's program says to another's, through a relay that does not look


def place(data: bytes) -> None:
    found = read_place(_text(data))
    assert read_place(write_place(*found)) == found


def character(data: bytes) -> None:
    text = _text(data)
    assert write_character(read_character(text)) == text.lower()


def heads(data: bytes) -> None:
    text = _text(data)
    version = read_heads(text)
    if version is None:
        raise BadPlace(text)
    assert read_heads(write_heads(version)) == version


def presence(data: bytes) -> None:
    found = presences.decode(data)
    assert presences.decode(presences.encode(found)) == found


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


_WIRE = (frame, sync_message, chunk, change, column, bloom, document, leb, document_id)
_ACCESS = (
    *(invitation, seat_proof, device_proof, credential, signed, tokens, seal, code, backup),
    *(answer, audience),
)
TARGETS = {
    **{read.__name__: Target(read, ProtocolError) for read in _WIRE},
    **{read.__name__: Target(read, AccessError) for read in _ACCESS},
    **{read.__name__: Target(read, BadPlace) for read in (place, character, heads)},
    "presence": Target(presence, presences.BadPresence),
    "contract": Target(contract, ContractError),
    "summary": Target(summary, BadSummary),
}
"""By the name of the folder that keeps their inputs."""
