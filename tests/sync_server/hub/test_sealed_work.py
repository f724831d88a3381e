"""Stories of a closed relay: whose changes it takes, from whom, and what it says about the rest."""

import pytest

from sync_server.access.order import OrderKind
from sync_server.access.proof import Role
from sync_server.access.seal import seal
from sync_server.hub.contests import MOST_TOLD, contest
from sync_server.hub.effects import Store
from sync_server.hub.limits import Limits
from sync_server.hub.records import CONTESTED
from sync_server.protocol.ids import PeerId
from sync_server.protocol.messages import Code, Custody, Ephemeral, Order, Sync
from sync_server.protocol.sync import SyncMessage
from sync_server.storage import StoredRecord
from tests.sync_server.hub.company import CONTRACT, Person, company, observer, revocation
from tests.sync_server.hub.sealed import (
    copy_of,
    frequent_seals,
    last_seals,
    written,
)
from tests.sync_server.hub.stores import FailingStore
from tests.sync_server.hub.story import HERE, Story, Writer
from tests.sync_server.hub.writing import Copy

HEIDI, CLARA, PETER = COMPANY = company()
SECOND_CLAIM = ("contested", {"invitation": "Heidi", "name": "Eve", "role": "student"})
PROOFS = tuple(person.proof.text for person in COMPANY)


def bring(writer: Writer, proofs: tuple[str, ...] = (), seals: tuple[bytes, ...] = ()) -> None:
    """Send custody in as many messages as it takes."""
    writer.bring(proofs=proofs)
    for at in range(0, len(seals), 256):
        writer.bring(seals=seals[at : at + 256])


def stored(story: Story) -> int:
    return len(story.store.load(CONTRACT))


def typist(story: Story, person: Person) -> Writer:
    """Somebody with an empty copy and an actor of their own."""
    writer = story.welcome(person)
    copy = writer.copies[CONTRACT] = Copy(CONTRACT)
    copy.words.set_actor(person.actor())
    writer.push(CONTRACT)
    story.settle()
    return writer


def carrier(story: Story, person: Person, changes: int) -> Writer:
    writer = story.welcome(person)
    writer.copies[CONTRACT] = copy_of(written(changes))
    return writer


# Honest work


def test_a_seal_made_on_leaving_is_kept_and_passed_on() -> None:
    story = Story()
    heidi, clara = typist(story, HEIDI), typist(story, CLARA)
    heidi.write("the end", CONTRACT)
    story.settle()
    (*_, last) = heidi.copies[CONTRACT].graph.hashes
    change = next(one for one in story.store.load(CONTRACT) if one.hash == last)
    made = seal(HEIDI.key, CONTRACT, change.actor, change.hash).to_bytes()
    heidi.bring(seals=(made,)).leave()
    story.settle()
    assert heidi.closed == (1000, "")
    assert made in clara.seals
    assert made in {record.data for record in story.store.records(CONTRACT)}


@pytest.mark.parametrize("every", [20, None], ids=["seals every 20", "last seals only"])
@pytest.mark.parametrize("first", ["custody", "changes"])
def test_one_of_three_brings_everybodys_work_to_an_empty_relay(
    first: str, every: int | None
) -> None:
    story, history = Story(), written(5000)
    heidi = carrier(story, HEIDI, 5000)
    seals = frequent_seals(history, COMPANY, every) if every else last_seals(history, COMPANY)
    if first == "custody":
        bring(heidi, PROOFS, seals)
        heidi.push(CONTRACT)
        story.settle()
    else:
        heidi.push(CONTRACT)
        story.settle()
        assert stored(story) <= 7, "her own first words, and nothing of others"
        bring(heidi, PROOFS, seals)
    story.wait(2)
    assert stored(story) == 5000
    assert heidi.in_step(CONTRACT)
    assert heidi.count(Sync) < 60
    assert not heidi.notices
    sizes = [len(effect.changes) for effect in story.effects if isinstance(effect, Store)]
    assert max(sizes) <= 101
    assert len(sizes) < 150
    assert story.hub.waiting == 0


def test_what_was_brought_so_is_there_for_the_next_with_all_that_shows_it() -> None:
    story = Story()
    heidi = carrier(story, HEIDI, 60)
    bring(heidi, PROOFS, last_seals(written(60), COMPANY))
    heidi.push(CONTRACT)
    story.wait(1)
    clara = typist(story, CLARA)
    assert clara.copies[CONTRACT].graph.heads == heidi.copies[CONTRACT].graph.heads
    assert sorted(clara.proofs) == sorted(PROOFS)
    assert sorted(clara.seals) == sorted(last_seals(written(60), COMPANY))
    again = Story(store=story.store)
    peter = typist(again, PETER)
    assert sorted(peter.proofs) == sorted(PROOFS)
    assert sorted(peter.seals) == sorted(clara.seals)


def test_custody_goes_to_others_only_when_it_is_stored_and_not_back() -> None:
    story = Story()
    heidi, clara = typist(story, HEIDI), typist(story, CLARA)
    story.settle()
    heidi.heard.clear()
    clara.heard.clear()
    heidi.write("hello", CONTRACT)
    story.settle()
    seal = HEIDI.seal(changes_of(heidi)[-1])
    heidi.bring(seals=(seal,))
    before = len(story.effects)
    story.settle()
    assert clara.seals == [seal]
    assert heidi.seals == []
    batch = next(e for e in story.effects[before:] if isinstance(e, Store))
    assert [record.data for record in batch.records] == [seal]


def test_who_brought_what_could_not_be_stored_is_closed_and_brings_it_again() -> None:
    store = FailingStore()
    story = Story(store=store)
    heidi = carrier(story, HEIDI, 60)
    store.full = True
    bring(heidi, PROOFS)
    story.settle()
    assert heidi.closed == (1011, "the relay cannot store changes now"), "before its first change"
    assert not store.records(CONTRACT)
    store.full = False
    heidi = carrier(story, HEIDI, 60)
    bring(heidi, PROOFS, last_seals(written(60), COMPANY))
    heidi.push(CONTRACT)
    story.wait(1)
    assert stored(story) == 60


def test_whose_changes_take_long_to_come_has_not_brought_the_seals_in_vain() -> None:
    story = Story()
    heidi = carrier(story, HEIDI, 60)
    bring(heidi, PROOFS, last_seals(written(60), COMPANY))
    story.wait(10 * Limits().keep)
    heidi.push(CONTRACT)
    story.wait(1)
    assert stored(story) == 60
    heidi.vanish()
    story.wait(10 * Limits().keep)
    assert story.hub.documents == 0


def changes_of(writer: Writer) -> list:  # type: ignore[type-arg]
    graph = writer.copies[CONTRACT].graph
    return [graph.header(position) for position in range(len(graph))]


def test_programs_that_do_not_announce_it_hear_nothing_of_custody() -> None:
    story = Story()
    guest = story.connect("Heidi", HEIDI.guest).join()
    guest.copies[CONTRACT] = Copy(CONTRACT)
    guest.copies[CONTRACT].words.set_actor(HEIDI.actor())
    guest.push(CONTRACT)
    story.settle()
    typist(story, CLARA)
    assert not [each for each in guest.heard if isinstance(each, Custody)]


def test_two_people_type_at_once_without_any_seal() -> None:
    story = Story()
    heidi, clara = typist(story, HEIDI), typist(story, CLARA)
    heidi.write("|", CONTRACT)
    story.settle()
    for _ in range(20):
        heidi.write("a", CONTRACT)
        clara.write("b", CONTRACT)
    story.wait(1)
    assert heidi.text(CONTRACT) == clara.text(CONTRACT)
    assert sorted(heidi.text(CONTRACT)) == sorted("|" + 20 * "ab")
    assert not heidi.notices
    assert not clara.notices
    assert story.hub.waiting == 0


# What is not shown


def test_the_unsealed_work_of_others_stays_out_and_its_bearer_is_told() -> None:
    story, history = Story(), written(30)
    heidi = carrier(story, HEIDI, 30)
    heidi.push(CONTRACT)
    story.wait(5)
    assert stored(story) == 7
    assert heidi.notices == []
    story.wait(3)
    theirs = sum(not HEIDI.wrote(change) for change in history)
    [(kind, fields)] = heidi.notices
    assert kind == "withheld"
    assert fields["reason"] == "unsealed"
    assert int(fields["changes"]) >= theirs
    assert heidi.is_open()
    assert {change.hash for change in history[:7]} == {h.hash for h in story.store.load(CONTRACT)}


def test_what_was_withheld_enters_when_its_seal_comes_from_anybody() -> None:
    story = Story()
    heidi = carrier(story, HEIDI, 30)
    heidi.push(CONTRACT)
    story.wait(10)
    clara = typist(story, CLARA)
    bring(clara, PROOFS, last_seals(written(30), COMPANY))
    story.wait(2)
    assert stored(story) == 30
    assert clara.copies[CONTRACT].graph.heads == heidi.copies[CONTRACT].graph.heads


def test_whoever_brings_more_than_can_wait_is_shown_out_and_the_others_stay() -> None:
    story = Story(Limits(unsealed=10_000))
    clara = typist(story, CLARA)
    heidi = carrier(story, HEIDI, 60)
    heidi.push(CONTRACT)
    story.settle()
    assert heidi.closed is not None
    assert heidi.closed[0] == 4429
    assert heidi.notices == [("limited", {"reason": heidi.closed[1]})]
    assert story.hub.waiting == 0
    assert clara.is_open()


def test_while_somebody_elses_unsealed_work_waits_ones_own_goes_on() -> None:
    story = Story()
    clara = typist(story, CLARA)
    heidi = carrier(story, HEIDI, 30)
    heidi.push(CONTRACT)
    story.settle()
    clara.write("words", CONTRACT)
    story.settle()
    assert stored(story) == 7 + 5
    assert set(clara.copies[CONTRACT].graph.hashes) <= set(heidi.copies[CONTRACT].graph.hashes)


def test_a_flood_of_waiting_changes_does_not_talk_for_ever() -> None:
    story = Story()
    heidi = carrier(story, HEIDI, 60)
    heidi.push(CONTRACT)
    story.wait(120)
    assert heidi.count(Sync) < 20
    assert len(heidi.notices) == 1


def test_who_brings_what_waits_to_an_empty_relay_is_not_asked_to_send_it_again() -> None:
    story = Story()
    peter = carrier(story, PETER, 60)
    peter.push(CONTRACT)
    story.wait(2)
    once = sum(len(change.raw) for change in written(60))
    assert once < story.hub.counters.octets < 1.5 * once + 2000
    bring(peter, PROOFS, last_seals(written(60), COMPANY))
    story.wait(1)
    assert stored(story) == 60
    assert peter.in_step(CONTRACT)


def test_what_is_sealed_enters_though_it_comes_before_what_it_follows() -> None:
    story, changes = Story(), written(10)
    heidi = story.welcome(HEIDI)
    clara = next(person for person in COMPANY if person.wrote(changes[-1]))
    bring(heidi, PROOFS, (clara.seal(changes[-1]),))
    for change in reversed(changes):
        data = SyncMessage(changes=(change.raw,)).encode()
        heidi.say(Sync(heidi.name, story.hub.peer, CONTRACT, data))
        story.settle()
    assert stored(story) == 10


def test_a_seal_of_somebody_without_a_proof_covers_nothing() -> None:
    story = Story()
    heidi = carrier(story, HEIDI, 30)
    bring(heidi, (), last_seals(written(30), COMPANY))
    heidi.push(CONTRACT)
    story.wait(1)
    assert stored(story) == 7
    assert story.hub.counters.unproven > 0


def test_a_past_invented_in_the_name_of_another_stays_out() -> None:
    """Eve has a seat, and writes with an actor that begins as Heidi's do."""
    eve, story = Person("Eve", Role.PARENT), Story()
    writer = story.welcome(eve)
    copy = writer.copies[CONTRACT] = Copy(CONTRACT)
    copy.words.set_actor(HEIDI.actor())
    copy.write("I never said this")
    writer.bring(proofs=PROOFS)
    writer.push(CONTRACT)
    story.wait(10)
    assert stored(story) == 0
    assert writer.notices[0][0] == "withheld"


# Who may do what


def test_an_observer_reads_and_is_seen() -> None:
    story = Story()
    otto, heidi = typist(story, observer()), typist(story, HEIDI)
    heidi.write("hello", CONTRACT)
    story.settle()
    assert otto.text(CONTRACT) == "hello"
    otto.say(Ephemeral(otto.name, story.hub.peer, CONTRACT, "s", 1, b"here"))
    story.settle()
    assert heidi.count(Ephemeral) == 1
    assert otto.is_open()


def test_an_observer_who_writes_is_shown_out() -> None:
    story = Story()
    otto, heidi = typist(story, observer()), typist(story, HEIDI)
    otto.write("x", CONTRACT)
    story.settle()
    assert otto.closed == (1008, "observers read along, and change nothing")
    assert heidi.is_open()
    assert stored(story) == 0


def test_an_observer_gives_no_orders() -> None:
    story = Story(desk=Obedient())
    otto = typist(story, observer())
    otto.say(Order(otto.name, story.hub.peer, CONTRACT, "erase"))
    story.settle()
    assert otto.closed == (1008, "observers read along, and change nothing")


def test_a_guest_of_one_contract_opens_no_other() -> None:
    for message in (
        Sync(PeerId("Heidi"), PeerId("r"), HERE, SyncMessage().encode()),
        Ephemeral(PeerId("Heidi"), PeerId("r"), HERE, "s", 1, b""),
        Custody(PeerId("Heidi"), PeerId("r"), HERE),
    ):
        story = Story()
        heidi = story.welcome(HEIDI).say(message)
        story.settle()
        assert heidi.closed == (1008, "this connection was let into another contract")
        assert story.hub.documents == 0


def test_nobody_speaks_in_the_name_of_another() -> None:
    for message in (
        Sync(PeerId("Clara"), PeerId("r"), CONTRACT, SyncMessage().encode()),
        Custody(PeerId("Clara"), PeerId("r"), CONTRACT),
        Order(PeerId("Clara"), PeerId("r"), CONTRACT, "token"),
    ):
        story = Story()
        heidi = story.welcome(HEIDI).say(message)
        story.settle()
        assert heidi.closed == (1008, "a message in the name of somebody else")


def test_nobody_joins_under_the_name_of_somebody_who_is_here() -> None:
    story = Story()
    heidi = typist(story, HEIDI)
    eve = story.connect("Heidi", CLARA.guest).join(speaks=True)
    eve.copies[CONTRACT] = Copy(CONTRACT)
    eve.push(CONTRACT)
    story.settle()
    assert eve.closed == (1008, "somebody else is here under this name")
    again = story.connect("Heidi", HEIDI.guest).join(speaks=True)
    again.copies[CONTRACT] = Copy(CONTRACT)
    again.push(CONTRACT)
    story.settle()
    assert again.is_open()
    assert heidi.is_open()


def test_a_second_claim_that_somebody_brings_is_told_to_all() -> None:
    story = Story()
    heidi, clara = typist(story, HEIDI), typist(story, CLARA)
    eve = Person("Eve", Role.STUDENT, invitation="Heidi")
    clara.bring(proofs=(eve.proof.text,))
    story.settle()
    for writer in (heidi, clara):
        assert writer.notices == [SECOND_CLAIM]
    assert eve.proof.text not in heidi.proofs
    late = story.welcome(eve)
    late.copies[CONTRACT] = Copy(CONTRACT)
    late.push(CONTRACT)
    story.settle()
    assert late.closed is not None


def test_whoever_was_away_hears_of_a_second_claim_on_coming_in_whenever_that_is() -> None:
    story = Story()
    heidi, clara = typist(story, HEIDI), typist(story, CLARA)
    clara.bring(proofs=(Person("Eve", Role.STUDENT, invitation="Heidi").proof.text,))
    story.settle()
    assert typist(story, PETER).notices == [SECOND_CLAIM]
    clara.bring(proofs=(Person("Pia", Role.STUDENT, invitation="Heidi").proof.text,))
    story.settle()
    assert heidi.notices == [SECOND_CLAIM]
    [record] = [one for one in story.store.records(CONTRACT) if one.kind == CONTESTED]
    assert record.name == b"Heidi"
    restarted = Story(store=story.store)
    assert typist(restarted, PETER).notices == [SECOND_CLAIM]
    assert restarted.connect("Clara", CLARA.guest).join().notices == [], "not one of our programs"


def test_what_the_door_has_seen_is_told_to_those_who_are_here_and_to_those_who_come() -> None:
    story = Story()
    heidi = typist(story, HEIDI)
    news = contest(CONTRACT, "Clara", CLARA.device.seat, at=7)
    story.store.put_records([news])
    for _ in range(2):
        story.perform(story.hub.contested(news))
    story.settle()
    fields = {"invitation": "Clara", "name": "Clara", "role": "teacher", "at": 7}
    assert heidi.notices == [("contested", fields)]
    assert typist(story, PETER).notices == [("contested", fields)]


def test_of_many_second_claims_the_latest_are_told() -> None:
    story = Story()
    records = [contest(CONTRACT, f"{99 - at}", CLARA.device.seat, at=at) for at in range(50)]
    damaged = [StoredRecord(CONTRACT, CONTESTED, name, b"[") for name in (b"x", b"\xff")]
    story.store.put_records([*records, *damaged])
    times = [fields["at"] for _, fields in typist(story, HEIDI).notices]
    assert times == list(range(50 - MOST_TOLD, 50))


def test_whoever_is_revoked_is_shown_out_at_once_and_kept_out() -> None:
    story = Story()
    heidi, clara = typist(story, HEIDI), typist(story, CLARA)
    heidi.deposit(Custody(heidi.name, story.hub.peer, CONTRACT, (), (), revocation(1, CLARA)))
    story.settle()
    assert clara.closed is not None
    assert clara.closed[0] == 4403
    assert ("revoked", {"reason": clara.closed[1]}) in clara.notices
    assert heidi.is_open()
    again = story.welcome(CLARA)
    again.copies[CONTRACT] = Copy(CONTRACT)
    again.push(CONTRACT)
    story.settle()
    assert again.closed is not None
    assert again.closed[0] == 4403
    restarted = Story(store=story.store)
    later = restarted.welcome(CLARA)
    later.copies[CONTRACT] = Copy(CONTRACT)
    later.push(CONTRACT)
    restarted.settle()
    assert later.closed is not None
    assert later.closed[0] == 4403


# Orders


class Obedient:
    """A desk that believes everybody."""

    def order(self, contract: bytes, token: str) -> OrderKind:
        return OrderKind(token)

    def code(
        self, contract: bytes, invitation: str, lifetime: int
    ) -> tuple[str, int, StoredRecord]:
        record = StoredRecord(CONTRACT, "code", b"hash", invitation.encode())
        return "ABC-DEF-GHJ", 1000 + lifetime, record


def test_an_order_to_erase_erases_tells_everyone_and_keeps_the_contract_out() -> None:
    story = Story(desk=Obedient())
    heidi, clara = typist(story, HEIDI), typist(story, CLARA)
    heidi.write("hello", CONTRACT)
    story.settle()
    clara.write("!", CONTRACT)
    heidi.say(Order(heidi.name, story.hub.peer, CONTRACT, "erase"))
    story.settle()
    for writer in (heidi, clara):
        assert writer.closed is not None
        assert writer.closed[0] == 4410
        assert writer.notices[-1][0] == "erased"
    assert story.store.documents() == []
    assert [record.kind for record in story.store.records(CONTRACT)] == ["erased"]
    again = story.welcome(HEIDI)
    again.copies[CONTRACT] = heidi.copies[CONTRACT]
    again.copies[CONTRACT].reconnect()
    again.push(CONTRACT)
    story.settle()
    assert again.closed is not None
    assert again.closed[0] == 4410
    assert story.store.documents() == []


def test_a_code_is_given_out_once_it_is_kept() -> None:
    story = Story(desk=Obedient())
    heidi = typist(story, HEIDI)
    heidi.say(Code(heidi.name, story.hub.peer, CONTRACT, "link", 60))
    assert not any(isinstance(each, Code) for each in heidi.heard)
    story.settle()
    [answer] = [each for each in heidi.heard if isinstance(each, Code)]
    assert (answer.code, answer.expires) == ("ABC-DEF-GHJ", 1060)
    assert [r.data for r in story.store.records(CONTRACT) if r.kind == "code"] == [b"link"]


def test_without_a_desk_errands_are_declined_and_the_connection_stays() -> None:
    story = Story()
    heidi = typist(story, HEIDI)
    heidi.say(Order(heidi.name, story.hub.peer, CONTRACT, "erase"))
    heidi.say(Code(heidi.name, story.hub.peer, CONTRACT, "link", 60))
    story.settle()
    assert [(kind, fields["asked"]) for kind, fields in heidi.notices] == [
        ("refused", "order"),
        ("refused", "code"),
    ]
    assert heidi.is_open()
