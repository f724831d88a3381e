"""Credentials and proofs that are not what they say: the door stays shut."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

from contract_tui.library.seats import invite_to
from sync_server.access.devices import DeviceProof, accept
from sync_server.access.fields import Payload
from sync_server.access.keys import SigningKey, contract_id
from sync_server.access.proof import (
    Certificate,
    Proof,
    Role,
    certificate_payload,
    claim_payload,
    possession,
    read_certificate,
)
from sync_server.access.tokens import Kind, sign, with_signature
from sync_server.protocol.ids import DocumentId
from sync_server.protocol.messages import Request as DocumentRequest
from sync_server.protocol.sync_message import SyncMessage
from tests.contract_tui.session.company import until
from tests.forgery.conference import Conference
from tests.forgery.forger import answer, bring, edited, enters
from tests.sync_server.relay.guests import Holder, Person, new_key, now


def claimed(certificate: str, contract: DocumentId, signer: SigningKey, key: SigningKey) -> Person:
    """A person who claims a seat for a key, whoever signs that."""
    jti = read_certificate(certificate).jti
    payload = claim_payload(contract, jti, key.public, possession(key, certificate))
    claim = sign(Kind.CLAIM, payload, signer)
    return Person(contract, key, DeviceProof(Proof(certificate, claim)))


async def is_worth_nothing(meeting: Conference, person: Person, *reasons: str) -> None:
    """Neither at the door, nor brought by somebody who has a seat."""
    status, reason = await answer(meeting.url, person.credential(meeting.url))
    assert status == 401
    assert reason in reasons
    before = meeting.kept()
    async with enters(meeting, meeting.person("Eve"), "eve") as eve:
        await bring(eve, meeting, proofs=(person.proof.text,))
        await eve.look(meeting.contract, 1)
        await meeting.goes_on()
        brought = meeting.kept() - before
    assert person.proof.text.encode() not in {data for _, data in brought}
    keys = {entry.seat.key for entry in meeting.sessions[0].contract.seats.values() if entry.seat}
    assert person.key.public not in keys


async def test_anothers_certificate_is_worth_nothing_without_the_invitations_key(
    meeting: Conference,
) -> None:
    eve = new_key()
    certificate = meeting.person("Clara").proof.proof.certificate
    await is_worth_nothing(meeting, claimed(certificate, meeting.contract, eve, eve), "forged")


async def test_anothers_whole_proof_is_worth_nothing_without_their_key(meeting: Conference) -> None:
    clara = meeting.person("Clara")
    thief = Person(meeting.contract, meeting.person("Eve").key, clara.proof)
    assert await answer(meeting.url, thief.credential(meeting.url)) == (401, "forged")
    await meeting.goes_on()


def self_made(contract: DocumentId, governing: SigningKey) -> tuple[Payload, SigningKey]:
    """What a certificate says that nobody gave, and the key for which it is."""
    invitation = new_key()
    said = Certificate(contract, Role.TEACHER, "Clara", invitation.public, "own", now() + 1000)
    assert contract_id(governing.public) != contract
    return certificate_payload(said), invitation


async def test_a_self_made_certificate_is_worth_nothing(meeting: Conference) -> None:
    governing = new_key()
    payload, invitation = self_made(meeting.contract, governing)
    certificate = sign(Kind.CERTIFICATE, payload, governing)
    key = new_key()
    jti = str(payload["jti"])
    said = claim_payload(meeting.contract, jti, key.public, possession(key, certificate))
    proof = Proof(certificate, sign(Kind.CLAIM, said, invitation))
    await is_worth_nothing(meeting, Person(meeting.contract, key, DeviceProof(proof)), "foreign")


async def test_a_self_made_certificate_under_the_contracts_own_key_is_worth_nothing(
    meeting: Conference,
) -> None:
    """Its header shows the contract's public key, which everybody knows; another has signed it."""
    contract_key = meeting.people.library("Heidi").contract_key(meeting.contract)
    assert contract_key is not None
    governing = new_key()
    payload, invitation = self_made(meeting.contract, governing)
    signature = governing.sign(b"whatever")
    certificate = with_signature(Kind.CERTIFICATE, payload, contract_key.public, signature)
    key = new_key()
    jti = str(payload["jti"])
    said = claim_payload(meeting.contract, jti, key.public, possession(key, certificate))
    proof = Proof(certificate, sign(Kind.CLAIM, said, invitation))
    await is_worth_nothing(meeting, Person(meeting.contract, key, DeviceProof(proof)), "forged")


async def test_a_certificate_of_another_contract_opens_this_one_to_nobody(
    meeting: Conference,
) -> None:
    elsewhere = Holder().seat("Eve", Role.TEACHER)
    here = Person(meeting.contract, elsewhere.key, elsewhere.proof)
    await is_worth_nothing(meeting, here, "foreign")


async def test_a_seat_in_another_contract_gives_no_word_of_this_one(meeting: Conference) -> None:
    elsewhere = Holder().seat("Eve", Role.TEACHER)
    async with enters(meeting, elsewhere, "eve") as eve:
        data = SyncMessage().encode()
        await eve.send(DocumentRequest(eve.name, eve.peer, meeting.contract, data))
        assert await eve.ended() == (1008, "this connection was let into another contract")
        assert not eve.notices
    await meeting.goes_on()


async def test_a_replayed_credential_is_refused(meeting: Conference) -> None:
    """Whoever has read along on the way shows it once more, while it is still valid."""
    token = meeting.person("Clara").credential(meeting.url)
    assert await answer(meeting.url, token) == (101, "")
    assert await answer(meeting.url, token) == (401, "replayed")
    await meeting.goes_on()


@asynccontextmanager
async def rogue(headers: list[Mapping[str, str]]) -> AsyncIterator[str]:
    """A relay that notes what it is shown, and lets nobody in."""

    def note(connection: ServerConnection, request: Request) -> Response:
        headers.append(dict(request.headers.raw_items()))
        return connection.respond(503, "not now")

    async def never(_: ServerConnection) -> None:
        raise AssertionError

    async with serve(never, "127.0.0.1", 0, process_request=note) as server:
        yield f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"


async def test_a_credential_for_another_relay_is_refused(meeting: Conference) -> None:
    """Clara's own program is led to a rogue relay, which shows what it got to the real one."""
    headers: list[Mapping[str, str]] = []
    async with rogue(headers) as url:
        meeting.people.library("Clara").add_relays(meeting.contract, [url])
        clara = await meeting.people.open("Clara")
        await until(clara, lambda: bool(headers))
        token = headers[0]["Authorization"].removeprefix("Bearer ")
        assert await answer(meeting.url, token) == (401, "audience")
        await clara.close()
    await meeting.goes_on()


async def test_an_expired_credential_is_refused(meeting: Conference) -> None:
    token = meeting.person("Clara").credential(meeting.url, at=now() - 301)
    assert await answer(meeting.url, token) == (401, "expired")
    await meeting.goes_on()


async def test_a_credential_whose_end_was_moved_is_refused(meeting: Conference) -> None:
    token = meeting.person("Clara").credential(meeting.url, at=now() - 301)
    later = edited(token, 1, iat=now(), exp=now() + 300)
    assert await answer(meeting.url, later) == (401, "forged")
    await meeting.goes_on()


async def test_a_role_changed_inside_the_token_is_refused(meeting: Conference) -> None:
    """Otto, who reads along, makes himself a teacher and claims that with his own keys."""
    otto = meeting.person("Otto")
    proof = otto.proof.proof
    certificate = edited(proof.certificate, 1, role="teacher")
    teacher = Person(otto.contract, otto.key, DeviceProof(Proof(certificate, proof.claim)))
    await is_worth_nothing(meeting, teacher, "forged")


async def test_a_role_changed_before_the_claim_is_refused(meeting: Conference) -> None:
    """Whoever is invited to read along changes that before taking the seat."""
    library = meeting.people.library("Heidi")
    entry = library.entry(meeting.contract)
    invitation = invite_to(library, entry, Role.OBSERVER, "Peter")
    certificate = edited(invitation.certificate, 1, role="student")
    key = new_key()
    jti = invitation.certified.jti
    said = claim_payload(meeting.contract, jti, key.public, possession(key, certificate))
    proof = Proof(certificate, sign(Kind.CLAIM, said, invitation.key))
    student = Person(meeting.contract, key, DeviceProof(proof))
    await is_worth_nothing(meeting, student, "forged")


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "HS256"])
async def test_a_token_that_says_it_needs_no_signature_is_refused(
    meeting: Conference, algorithm: str
) -> None:
    clara = meeting.person("Clara")
    unsigned = edited(clara.credential(meeting.url), 0, alg=algorithm)
    assert await answer(meeting.url, unsigned) == (401, "malformed")
    assert await answer(meeting.url, unsigned.rpartition(".")[0] + ".") == (401, "malformed")
    await meeting.goes_on()


@pytest.mark.parametrize("token", ["certificate", "claim"])
async def test_a_proof_that_says_it_needs_no_signature_is_worth_nothing(
    meeting: Conference, token: str
) -> None:
    library = meeting.people.library("Heidi")
    invitation = invite_to(library, library.entry(meeting.contract), Role.TEACHER, "Peter")
    key = new_key()
    proof = accept(invitation, key).proof
    parts = {"certificate": proof.certificate, "claim": proof.claim}
    parts[token] = edited(parts[token], 0, alg="none").rpartition(".")[0] + "."
    forged = DeviceProof(Proof(parts["certificate"], parts["claim"]))
    await is_worth_nothing(meeting, Person(meeting.contract, key, forged), "malformed")


async def test_a_connection_that_shows_nothing_is_refused(meeting: Conference) -> None:
    with pytest.raises(Exception, match="401"):
        await connect(meeting.url)
    await meeting.goes_on()
