"""Seats that were given to somebody else, and contracts that were: all of them stay theirs."""

import json
from functools import partial
from pathlib import Path

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import CrdtDocument, Writer
from contract_tui.contract.membership.seats import UNKNOWN_NAME
from contract_tui.contract.schema import GENESIS, INTERESTS, SEATS_MAP
from contract_tui.contract.text.splice import Splice
from contract_tui.library import seats
from contract_tui.library.files import export_contract, import_contract
from contract_tui.library.library import Library
from contract_tui.session.link.redeeming import redeem
from contract_tui.session.link.refusals import RefusalKind
from contract_tui.session.link.status import StatusKind
from contract_tui.session.session import Session
from sync_server.access.devices import DeviceProof
from sync_server.access.invitation import Invitation, parse_invitation
from sync_server.access.keys import device_prefix
from sync_server.access.order import OrderKind, order
from sync_server.access.proof import Proof, Role, claim_payload, possession
from sync_server.access.seal import seal
from sync_server.access.tokens import Kind, sign
from sync_server.hub.records import CODE
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.ids import Actor
from sync_server.protocol.messages import Order
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from sync_server.storage import MemoryStore
from tests.contract_tui.session.circle import NAMES, three
from tests.contract_tui.session.company import read, until
from tests.contract_tui.session.impostors import free_port
from tests.forgery.conference import Conference
from tests.forgery.forger import answer, bring, enters, lie, past, send
from tests.sync_server.relay.guests import Holder, Person, new_key, now

TWICE = "was used a second time"


def invitation(meeting: Conference, name: str = "Oma") -> Invitation:
    library = meeting.people.library("Heidi")
    return seats.invite_to(library, library.entry(meeting.contract), Role.PARENT, name)


def is_refused(session: Session) -> bool:
    return session.links[0].state.refusal is RefusalKind.SPENT


async def test_a_second_claim_is_refused_and_everybody_is_told(meeting: Conference) -> None:
    link = invitation(meeting).link()
    for name in ("Oma", "thief"):
        seats.join(meeting.people.library(name), link)
    oma = await meeting.people.open("Oma")
    await until(oma, lambda: oma.status.kind is StatusKind.SHARED)
    thief = await meeting.people.open("thief")
    await until(thief, partial(is_refused, thief))
    await meeting.told(TWICE)
    assert read(thief) == ""
    assert thief.size <= 2, "the change that every contract begins with, and a seat of one's own"
    assert "“Oma”" in meeting.sessions[0].notices[0]
    await thief.close()
    await oma.close()
    await meeting.goes_on([TWICE])


async def test_a_second_claim_that_somebody_brings_is_shown_too(meeting: Conference) -> None:
    invited = invitation(meeting)
    oma, thief = Person.take(invited), Person.take(invited)
    assert await answer(meeting.url, oma.credential(meeting.url)) == (101, "")
    async with enters(meeting, meeting.person("Eve"), "eve") as eve:
        await bring(eve, meeting, proofs=(oma.proof.text,))
        await bring(eve, meeting, proofs=(thief.proof.text,))
        await meeting.told(TWICE)
        assert thief.proof.text.encode() not in {data for _, data in meeting.kept()}
        await meeting.goes_on([TWICE])


async def test_an_inviter_who_takes_the_seat_of_the_invited_is_seen(meeting: Conference) -> None:
    """Heidi kept the one-time key of Clara's invitation, which she made, and claims once more."""
    invited = invitation(meeting)
    seats.join(meeting.people.library("Oma"), invited.link())
    oma = await meeting.people.open("Oma")
    await until(oma, lambda: oma.status.kind is StatusKind.SHARED)
    inviter = Person.take(invited)
    assert await answer(meeting.url, inviter.credential(meeting.url)) == (403, "contested")
    await meeting.told(TWICE)
    assert oma.status.kind is StatusKind.SHARED
    await oma.close()
    await meeting.goes_on([TWICE])


async def test_an_inviter_does_not_give_anothers_key_a_seat(meeting: Conference) -> None:
    """The claim names Clara's key, which shows nothing of having taken part."""
    invited, clara, inviter = invitation(meeting), meeting.person("Clara"), new_key()
    said = claim_payload(
        meeting.contract,
        invited.certified.jti,
        clara.key.public,
        possession(inviter, invited.certificate),
    )
    proof = DeviceProof(Proof(invited.certificate, sign(Kind.CLAIM, said, invited.key)))
    forged = Person(meeting.contract, inviter, proof)
    assert await answer(meeting.url, forged.credential(meeting.url)) == (401, "forged")
    await meeting.goes_on()


async def test_an_operator_who_uses_a_stored_code_is_seen(meeting: Conference) -> None:
    """They read the invitation from the relay's disk, and take the seat before the invited does."""
    given = await meeting.sessions[0].short_code(invitation(meeting).link())
    [kept] = [each for each in meeting.store.records(meeting.contract) if each.kind == CODE]
    stolen = parse_invitation(json.loads(kept.data)["link"])
    operator = Person.take(stolen)
    assert await answer(meeting.url, operator.credential(meeting.url)) == (101, "")
    oma = meeting.people.library("Oma")
    seats.join(oma, await redeem(meeting.url, given.code))
    session = await meeting.people.open("Oma")
    await until(session, partial(is_refused, session))
    assert "taken on another computer" in session.status.detail
    await meeting.told(TWICE)
    assert "“Oma”" in meeting.sessions[0].notices[0]
    await session.close()
    await meeting.goes_on([TWICE])


# Invented pasts


def invented(meeting: Conference) -> list[Change]:
    """Another past: words that Heidi never wrote, and on top of them some of Eve's own."""
    heidi, eve = meeting.person("Heidi"), meeting.person("Eve")
    first = lie([GENESIS], heidi.actor())
    second = lie([GENESIS, first.raw], eve.actor(), "I remember this. ")
    return [*parse_changes([GENESIS]), first, second]


async def test_an_invented_past_does_not_come_in_after_an_erase(meeting: Conference) -> None:
    holder = Holder()
    heidi, eve = holder.seat("Heidi"), holder.seat("Eve", Role.PARENT)
    async with enters(meeting, heidi, "holder") as client:
        await client.open(holder.contract)
        await client.answered(holder.contract)
        token = order(holder.key, OrderKind.ERASE, meeting.url, "once", now())
        await client.send(Order(client.name, client.peer, holder.contract, token))
        assert (await client.ended())[0] == 4410
    for person in (eve, heidi, holder.seat("Mum", Role.PARENT)):
        assert await answer(meeting.url, person.credential(meeting.url)) == (410, "erased")
    assert meeting.store.load(holder.contract) == []
    await meeting.goes_on()


@pytest.mark.parametrize("eve_is_first", [True, False])
async def test_an_invented_past_does_not_come_in_where_a_relay_was_emptied(
    tmp_path: Path, eve_is_first: bool
) -> None:
    """The relay has lost all it had, and Eve comes with a past that she made up and sealed."""
    settings, store = Settings(port=free_port()), MemoryStore()
    async with three(tmp_path, f"ws://127.0.0.1:{settings.port}") as people:
        people.invite("Eve", Role.PARENT)
        async with Relay.serve(settings, MemoryStore()) as relay:
            meeting = Conference(people, relay, MemoryStore())
            await meeting.begin()
            for session in meeting.sessions:
                await session.close()
        _, *lies = past_ = invented(meeting)
        proofs = tuple(meeting.person(name).proof.text for name in (*NAMES, "Eve"))
        key = meeting.person("Eve").key
        own = seal(key, meeting.contract, lies[-1].actor, lies[-1].hash).to_bytes()
        async with Relay.serve(settings, store) as relay:
            meeting.relay = relay
            if not eve_is_first:
                await meeting.resume(relay, store)
            async with enters(meeting, meeting.person("Eve"), "eve") as eve:
                await bring(eve, meeting, proofs, (own,))
                await send(eve, meeting, *past_)
                if eve_is_first:
                    await meeting.resume(relay, store)
                await meeting.goes_on()
                assert not any(meeting.has(one) for one in lies)
                assert eve.closed is None


# Another key


async def test_everything_signed_again_under_a_new_contract_key_is_another_contract(
    meeting: Conference, tmp_path: Path
) -> None:
    """Eve copies all words, gives all names to keys of her own, and certifies them anew."""
    thief = Holder()
    twins = [thief.seat(name) for name in NAMES]
    certificate = twins[0].proof
    in_place = Person(meeting.contract, twins[0].key, certificate)
    assert await answer(meeting.url, in_place.credential(meeting.url)) == (401, "foreign")
    assert thief.contract != meeting.contract

    copy = Contract.create(Actor(twins[0].actor()), thief.key.public.text, "My year")
    copy.splice(INTERESTS, Splice(0, 0, meeting.expected))
    file = tmp_path / "copy.automerge"
    file.write_bytes(copy.save())
    with Library(tmp_path / "reader") as reader:
        heidi = meeting.people.library("Heidi")
        export_contract(heidi, heidi.entry(meeting.contract), tmp_path / "real.automerge")
        import_contract(reader, tmp_path / "real.automerge", 0)
        import_contract(reader, file, 0)
        assert {entry.id for entry in reader.entries()} == {meeting.contract, thief.contract}
    await meeting.goes_on()


async def test_who_writes_another_key_into_the_contract_changes_nothing(
    meeting: Conference,
) -> None:
    """Eve has a seat, writes a key of hers where the contract's stands, and seats that it gave."""
    thief, eve = Holder(), meeting.person("Eve")
    twin = thief.seat("Heidi")
    prefix = device_prefix(twin.key.public).hex()
    document = CrdtDocument(Actor(eve.actor()))
    document.apply(past(meeting.sessions[0]))

    def write_in(writer: Writer) -> None:
        writer.put(None, "contract", thief.key.public.text)
        entry = {"role": "student", "name": "Heidi", "proof": twin.proof.text}
        writer.put(SEATS_MAP, prefix, entry)

    made = document.transact(write_in)
    assert made is not None
    [change] = parse_changes([made.raw])
    async with enters(meeting, eve, "eve") as client:
        await send(client, meeting, change)
        sealed = seal(eve.key, meeting.contract, change.actor, change.hash).to_bytes()
        await bring(client, meeting, (), (sealed,))
        for session in meeting.sessions:
            graph = session._replica.graph
            await until(session, lambda graph=graph: change.hash in graph)  # type: ignore[misc]
    for session in meeting.sessions:
        assert session.contract.id == meeting.contract
        seats_ = session.contract.seats
        assert {one.name for one in seats_.values() if one.proven} >= set(NAMES)
        assert [one.name for one in seats_.values() if not one.proven] == [UNKNOWN_NAME]
        assert session.set_aside
    await meeting.goes_on()
