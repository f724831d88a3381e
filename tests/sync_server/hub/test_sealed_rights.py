"""Who may do what at a relay that believes nobody."""

from sync_server.access.order import OrderKind
from sync_server.access.proof import Role
from sync_server.hub.contests import MOST_TOLD, contest
from sync_server.hub.records import CONTESTED
from sync_server.protocol.ids import PeerId
from sync_server.protocol.messages import Code, Custody, Ephemeral, Order, Sync
from sync_server.protocol.sync import SyncMessage
from sync_server.storage import StoredRecord
from tests.sync_server.hub.carrying import CLARA, HEIDI, PETER, stored, typist
from tests.sync_server.hub.company import CONTRACT, Person, observer, revocation
from tests.sync_server.hub.story import HERE, Story
from tests.sync_server.hub.writing import Copy

SECOND_CLAIM = ("contested", {"invitation": "Heidi", "name": "Eve", "role": "student"})


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
