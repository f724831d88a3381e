"""What is said to belong to a contract's past: only the contract's key can say so."""

import pytest

from contract_tui.contract.crdt import CrdtDocument, Writer
from sync_server.access.keys import SigningKey
from sync_server.access.voucher import vouch
from sync_server.hub.records import VOUCHER
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.ids import Actor, ChangeHash
from tests.contract_tui.session.company import until
from tests.forgery.conference import Conference
from tests.forgery.forger import bring, edited, enters, is_withheld, lie, past, send
from tests.sync_server.relay.guests import new_key


def governing(meeting: Conference) -> SigningKey:
    key = meeting.people.library("Heidi").contract_key(meeting.contract)
    assert key is not None
    return key


def for_it(key: SigningKey, change: Change) -> str:
    return vouch(key, change.actor, change.hash)


def vouchers(meeting: Conference) -> set[bytes]:
    return {data for kind, data in meeting.kept() if kind == VOUCHER}


async def test_nobody_but_the_contracts_key_vouches(meeting: Conference) -> None:
    """Not a seat, nor the holder's own, nor another contract; nor what was cut or put together."""
    change = lie(past(meeting.sessions[0]), meeting.person("Clara").actor())
    own = for_it(governing(meeting), lie(past(meeting.sessions[0]), meeting.person("Eve").actor()))
    forged = (
        for_it(meeting.person("Eve").key, change),
        for_it(meeting.person("Heidi").key, change),
        for_it(new_key(), change),
        edited(own, 1, actor=change.actor.hex(), change=change.hash.hex()),
        edited(for_it(new_key(), change), 0, kid=own.split(".")[0]),
        own[:-2],
        own.rpartition(".")[0] + ".",
    )
    async with enters(meeting, meeting.person("Eve"), "eve") as eve:
        await bring(eve, meeting, vouchers=forged)
        await send(eve, meeting, change)
        await is_withheld(eve)
        assert not meeting.has(change)
        assert vouchers(meeting) == set()
        assert meeting.relay._hub.counters.unproven == len(forged)
        await meeting.goes_on()


async def test_a_voucher_of_another_contract_lets_nothing_in(meeting: Conference) -> None:
    """Its holder is Eve, and it names the very same change: replayed here it is worth nothing."""
    change = lie(past(meeting.sessions[0]), meeting.person("Clara").actor())
    async with enters(meeting, meeting.person("Eve"), "eve") as eve:
        await bring(eve, meeting, vouchers=(for_it(new_key(), change),))
        await send(eve, meeting, change)
        await is_withheld(eve)
        assert not meeting.has(change)
        assert vouchers(meeting) == set()
        await meeting.goes_on()


async def test_a_key_that_somebody_writes_into_the_contract_vouches_for_nothing(
    meeting: Conference,
) -> None:
    """The contract's id is a hash of its key: no other ever governs it, whatever is written."""
    eve, other = meeting.person("Eve"), new_key()
    document = CrdtDocument(Actor(eve.actor()))
    document.apply(past(meeting.sessions[0]))

    def take_over(writer: Writer) -> None:
        writer.put(None, "contract", other.public.text)

    made = document.transact(take_over)
    assert made is not None
    [overwriting] = parse_changes([made.raw])
    change = lie([*past(meeting.sessions[0]), made.raw], meeting.person("Clara").actor())
    async with enters(meeting, eve, "eve") as client:
        await send(client, meeting, overwriting)
        await bring(client, meeting, vouchers=(for_it(other, change),))
        await send(client, meeting, change)
        await is_withheld(client)
        assert meeting.has(overwriting)
        assert not meeting.has(change)
        assert vouchers(meeting) == set()


@pytest.mark.parametrize("what", ["another's words", "later words", "another change"])
async def test_a_voucher_for_something_else_lets_nothing_in(meeting: Conference, what: str) -> None:
    """It was made for words of Clara's that were lost, and Eve has some of her own invention."""
    session, clara = meeting.sessions[0], Actor(meeting.person("Clara").actor())
    lost = lie(past(session), clara, "lost ")
    voucher = for_it(governing(meeting), lost)
    async with enters(meeting, meeting.person("Eve"), "eve") as eve:
        await bring(eve, meeting, vouchers=(voucher,))
        await send(eve, meeting, lost)
        await until(session, lambda: meeting.has(lost))
        match what:
            case "another's words":
                change = lie(past(session), meeting.person("Heidi").actor())
                again = vouch(governing(meeting), clara, change.hash)
            case "later words":
                change = lie([*past(session), lost.raw], clara)
                again = voucher
            case _:
                change = lie(past(session), meeting.person("Clara").actor())
                again = vouch(governing(meeting), change.actor, ChangeHash(bytes(32)))
        await bring(eve, meeting, vouchers=(again,))
        await send(eve, meeting, change)
        await is_withheld(eve)
        assert not meeting.has(change)
        assert vouchers(meeting) == {voucher.encode()}


async def test_an_observer_carries_a_voucher_in_and_no_words(meeting: Conference) -> None:
    """Whose hands it comes from does not matter, as it is signed; who may write does."""
    change = lie(past(meeting.sessions[0]), meeting.person("Clara").actor())
    voucher = for_it(governing(meeting), change)
    async with enters(meeting, meeting.person("Otto"), "otto") as otto:
        await bring(otto, meeting, vouchers=(voucher,))
        await otto.sits_in(meeting)
        await send(otto, meeting, change)
        assert await otto.ended() == (1008, "observers read along, and change nothing")
        assert not meeting.has(change)
        assert vouchers(meeting) == set()
    async with enters(meeting, meeting.person("Eve"), "eve") as eve:
        await send(eve, meeting, change)
        await until(meeting.sessions[0], lambda: meeting.has(change))
        assert vouchers(meeting) == {voucher.encode()}
