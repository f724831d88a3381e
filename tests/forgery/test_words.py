"""Words in the name of another: they come neither to the relay nor to anybody's screen."""

from contract_tui.contract.schema import GENESIS_ACTOR, INTERESTS
from sync_server.access.keys import device_prefix
from sync_server.access.seal import PURPOSE, Seal, seal
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.messages import Ephemeral, Sync
from sync_server.protocol.sync_message import SyncMessage
from tests.forgery.conference import Conference
from tests.forgery.forger import bring, enters, is_withheld, lie, past, send


def sealed_by_thief(meeting: Conference, change: Change) -> tuple[bytes, ...]:
    """Seals over another's change by Eve's key: as her own, and under the author's public key."""
    eve, heidi = meeting.person("Eve"), meeting.person("Heidi")
    signature = eve.key.sign(PURPOSE + meeting.contract + change.actor + change.hash)
    return tuple(
        Seal(change.actor, change.hash, public, signature).to_bytes()
        for public in (eve.key.public, heidi.key.public)
    )


async def test_words_under_another_actor_stay_out(meeting: Conference) -> None:
    change = lie(past(meeting.sessions[0]), meeting.person("Heidi").actor())
    async with enters(meeting, meeting.person("Eve"), "eve") as eve:
        await send(eve, meeting, change)
        await is_withheld(eve)
        assert not meeting.has(change)
        await meeting.goes_on()


async def test_a_thiefs_seal_over_anothers_words_covers_nothing(meeting: Conference) -> None:
    change = lie(past(meeting.sessions[0]), meeting.person("Heidi").actor())
    async with enters(meeting, meeting.person("Eve"), "eve") as eve:
        before = meeting.kept()
        await bring(eve, meeting, (), sealed_by_thief(meeting, change))
        await send(eve, meeting, change)
        await is_withheld(eve)
        assert not meeting.has(change)
        assert not {data for _, data in meeting.kept() - before if bytes(change.hash) in data}
        assert meeting.relay._hub.counters.unproven == 2
        await meeting.goes_on()


async def test_a_fork_of_another_actor_stays_out(meeting: Conference) -> None:
    """Heidi's last words are told otherwise, as the same actor and under the same number."""
    session = meeting.sessions[0]
    honest = parse_changes(past(session))
    last = max(n for n, one in enumerate(honest) if one.actor == session.contract.actor)
    fork = lie([one.raw for one in honest[:last]], session.contract.actor)
    assert (fork.actor, fork.seq) == (honest[last].actor, honest[last].seq)
    assert fork.hash != honest[last].hash
    async with enters(meeting, meeting.person("Eve"), "eve") as eve:
        await bring(eve, meeting, (), sealed_by_thief(meeting, fork))
        await send(eve, meeting, fork)
        await is_withheld(eve)
        assert not meeting.has(fork)
        await meeting.goes_on()


async def test_a_continuation_of_another_actor_stays_out(meeting: Conference) -> None:
    """Behind Heidi's last words come some that she is still to write under that number."""
    session = meeting.sessions[0]
    change = lie(past(session), session.contract.actor)
    async with enters(meeting, meeting.person("Eve"), "eve") as eve:
        await send(eve, meeting, change)
        await is_withheld(eve)
        assert not meeting.has(change)
        await meeting.goes_on()


async def test_words_under_the_actor_of_the_program_itself_stay_out(meeting: Conference) -> None:
    change = lie(past(meeting.sessions[0]), GENESIS_ACTOR)
    async with enters(meeting, meeting.person("Eve"), "eve") as eve:
        await send(eve, meeting, change)
        await is_withheld(eve)
        assert not meeting.has(change)
        await meeting.goes_on()


async def test_the_inviter_does_not_sign_for_the_invited(meeting: Conference) -> None:
    """Heidi holds the contract's key, and nothing that is sealed with it or hers is Clara's."""
    heidi, clara = meeting.person("Heidi"), meeting.person("Clara")
    change = lie(past(meeting.sessions[0]), clara.actor())
    governing = meeting.people.library("Heidi").contract_key(meeting.contract)
    assert governing is not None
    message = PURPOSE + meeting.contract + change.actor + change.hash
    seals = tuple(
        Seal(change.actor, change.hash, public, key.sign(message)).to_bytes()
        for key in (governing, heidi.key)
        for public in (key.public, clara.key.public)
    )
    async with enters(meeting, heidi, "another program of Heidi") as client:
        await bring(client, meeting, (), seals)
        await send(client, meeting, change)
        await is_withheld(client)
        assert not meeting.has(change)
        await meeting.goes_on()


async def test_an_observers_change_is_refused(meeting: Conference) -> None:
    """Otto's program writes although he reads along, and seals it with his own key."""
    otto = meeting.person("Otto")
    change = lie(past(meeting.sessions[0]), otto.actor())
    sealed = seal(otto.key, meeting.contract, change.actor, change.hash).to_bytes()
    async with enters(meeting, otto, "otto") as client:
        await bring(client, meeting, (), (sealed,))
        await send(client, meeting, change)
        assert await client.ended() == (1008, "observers read along, and change nothing")
    async with enters(meeting, meeting.person("Eve"), "eve") as eve:
        await bring(eve, meeting, (), (sealed,))
        await send(eve, meeting, change)
        await is_withheld(eve)
    assert change.actor.startswith(device_prefix(otto.key.public))
    assert not meeting.has(change)
    await meeting.goes_on()


async def test_nobody_speaks_under_the_name_of_another_peer(meeting: Conference) -> None:
    heidi = meeting.sessions[0]
    async with enters(meeting, meeting.person("Eve"), "eve") as eve:
        await eve.sits_in(meeting)
        heidi.look(None)
        heidi.look(INTERESTS, 0, 0, typing=True)
        await eve.until(lambda: eve.ephemerals)
    heard = eve.ephemerals[0]
    change = lie(past(heidi), meeting.person("Eve").actor())
    data = SyncMessage(heads=(change.hash,), changes=(change.raw,)).encode()
    async with enters(meeting, meeting.person("Eve"), "eve") as eve:
        await eve.send(Sync(heard.sender_id, eve.peer, meeting.contract, data))
        assert await eve.ended() == (1008, "a message in the name of somebody else")
    assert not meeting.has(change)
    async with (
        enters(meeting, meeting.person("Otto"), "otto") as otto,
        enters(meeting, meeting.person("Eve"), "eve") as eve,
    ):
        await otto.sits_in(meeting)
        await eve.sits_in(meeting)
        forged = Ephemeral(
            heard.sender_id, eve.peer, meeting.contract, heard.session_id, 10**6, heard.data
        )
        await eve.send(forged)
        await eve.look(meeting.contract, 1, b"eve herself")
        await otto.until(lambda: any(each.data == b"eve herself" for each in otto.ephemerals))
        assert not [each for each in otto.ephemerals if each.count == 10**6]
        await meeting.goes_on()


async def test_nobody_joins_under_the_name_of_another_peer(meeting: Conference) -> None:
    heidi = meeting.sessions[0]
    async with enters(meeting, meeting.person("Eve"), "eve") as eve:
        await eve.sits_in(meeting)
        heidi.look(INTERESTS, 0, 0, typing=True)
        await eve.until(lambda: eve.ephemerals)
    async with enters(meeting, meeting.person("Eve"), eve.ephemerals[0].sender_id) as double:
        await double.open(meeting.contract)
        assert await double.ended() == (1008, "somebody else is here under this name")
    await meeting.goes_on()
