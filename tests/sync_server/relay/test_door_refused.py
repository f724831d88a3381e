"""Who is kept out of a closed relay: forgers, the revoked, and whoever is not registered."""

import base64
import json
import time

from sync_server.access.proof import Role
from sync_server.access.revocation import revoke
from sync_server.hub.records import ERASED, REVOCATIONS
from sync_server.relay.guesses import Guesses
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from sync_server.storage import MemoryStore, StoredRecord
from tests.sync_server.relay.entrance import comes_in, refused
from tests.sync_server.relay.guests import Holder, Person, now


def edited(token: str, part: int, **fields: object) -> str:
    """A token with other fields in its header or payload, and the old signature."""
    parts = token.split(".")
    said = json.loads(base64.urlsafe_b64decode(parts[part] + "=="))
    body = json.dumps(said | fields, separators=(",", ":")).encode()
    parts[part] = base64.urlsafe_b64encode(body).rstrip(b"=").decode()
    return ".".join(parts)


def swapped(holder: Holder, audience: str) -> list[str]:
    """Credentials that are not what they say."""
    ada, mum = holder.seat(), holder.seat("Mum", Role.PARENT)
    stranger = Holder().seat("Eve")
    honest = ada.credential(audience)
    header, payload, signature = honest.split(".")
    certificate, tilde, claim = ada.proof.text.partition("~")
    teacher = edited(certificate, 1, role="teacher") + tilde + claim
    return [
        Person(holder.contract, mum.key, ada.proof).credential(audience),
        Person(holder.contract, stranger.key, stranger.proof).credential(audience),
        edited(honest, 1, iss="4NMNnkMhL8jXrdJ9jamS58PAVdXu"),
        edited(honest, 1, exp=now() + 100_000),
        edited(honest, 1, jti="another"),
        edited(honest, 1, proof=mum.proof.text),
        edited(honest, 1, proof=teacher),
        edited(honest, 0, alg="none"),
        edited(honest, 0, alg="none").rpartition(".")[0] + ".",
        edited(honest, 0, alg="HS256"),
        edited(honest, 0, typ="JWT"),
        f"{header}.{payload}.",
        f"{header}.{payload}.{signature[:-4]}AAAA",
        ada.credential(audience, at=now() - 1000),
        ada.credential(audience, at=now() + 1000),
        ada.credential(audience, lifetime=301),
        ada.credential("ws://another.example:3030"),
    ]


async def test_forgeries_are_refused_and_leave_nothing_behind(
    closed: Relay, store: MemoryStore, holder: Holder
) -> None:
    for token in swapped(holder, closed.url):
        answer = await refused(closed, {"Authorization": f"Bearer {token}"})
        assert answer.status_code == 401
    assert store.records(holder.contract) == []
    assert closed.vitals.connections == 0


async def test_a_role_changed_by_the_invited_is_refused(closed: Relay, holder: Holder) -> None:
    """The certificate is edited before it is claimed, so that all but its signature fits."""
    ada = holder.seat("Eve", Role.OBSERVER)
    certificate, tilde, claim = ada.proof.text.partition("~")
    text = edited(certificate, 1, role="teacher") + tilde + claim
    teacher = Person(ada.contract, ada.key, type(ada.proof).from_text(text))
    assert (await refused(closed, teacher.header(closed.url))).status_code == 401


async def test_a_revoked_device_is_refused(
    closed: Relay, store: MemoryStore, holder: Holder
) -> None:
    ada = holder.seat()
    await comes_in(closed, ada.header(closed.url))
    prefix = ada.key.public.fingerprint[:8]
    token = revoke(holder.key, 1, [prefix]).encode()
    store.put_records([StoredRecord(holder.contract, REVOCATIONS, b"", token)])
    answer = await refused(closed, ada.header(closed.url))
    assert answer.status_code == 403
    assert b"may no longer take part" in (answer.body or b"")


async def test_an_erased_contract_is_gone(
    closed: Relay, store: MemoryStore, holder: Holder
) -> None:
    store.put_records([StoredRecord(holder.contract, ERASED, b"", b"")])
    answer = await refused(closed, holder.seat().header(closed.url))
    assert answer.status_code == 410
    assert b"your own copy of it is untouched" in (answer.body or b"")


async def test_new_contracts_need_the_registration_key(store: MemoryStore, holder: Holder) -> None:
    async with Relay.serve(Settings(port=0, register_key="sesame"), store) as relay:
        ada = holder.seat()
        for wrong in ({}, {"X-Registration-Key": "wrong"}):
            answer = await refused(relay, ada.header(relay.url) | wrong)
            assert answer.status_code == 403
            assert b"registration key" in (answer.body or b"")
        assert store.records(holder.contract) == []
        await comes_in(relay, ada.header(relay.url) | {"X-Registration-Key": "sesame"})
        await comes_in(relay, ada.header(relay.url))
        await comes_in(relay, holder.seat("Mum", Role.PARENT).header(relay.url))
        assert (await refused(relay, Holder().seat().header(relay.url))).status_code == 403


async def test_guessing_the_registration_key_ends_soon(holder: Holder) -> None:
    async with Relay.serve(Settings(port=0, register_key="sesame")) as relay:
        ada = holder.seat()
        await comes_in(relay, ada.header(relay.url) | {"X-Registration-Key": "sesame"})
        eve = Holder().seat("Eve")

        async def guesses(key: str) -> int:
            header = eve.header(relay.url) | {"X-Registration-Key": key}
            return (await refused(relay, header)).status_code

        assert await guesses("open") == 403
        door = relay._gate._door
        assert door is not None
        [network] = door._wrong_keys._networks
        for _ in range(2 * Guesses.PER_NETWORK[0]):
            door._wrong_keys.wrong(network, time.time())
        assert [await guesses(key) for key in ("closed", "sesame")] == [429, 429]
        await comes_in(relay, ada.header(relay.url) | {"X-Registration-Key": "anything"})
