from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.membership.seats import Roster, SeatEntry
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.library import renewing, seats
from contract_tui.library.drafts import DraftId
from contract_tui.library.errors import NotASeat, ReadOnlySeat
from contract_tui.library.library import Entry, Library
from contract_tui.library.seats import DAY, new_contract
from contract_tui.library.tickets import Tickets
from contract_tui.library.world import World
from sync_server.access.invitation import Invitation, parse_invitation
from sync_server.access.keys import new_actor
from sync_server.access.proof import Role, Seat
from sync_server.protocol.ids import Actor

RELAY, ROOM = "wss://a.example", "ws://192.0.2.1:3030/room"
NOW = 1_800_000_000.0
READER = Actor(bytes(16))


def world(after: float = 0) -> World:
    return World(clock=lambda: NOW + after)


class Heidi:
    """A student with a contract that two others sit in."""

    def __init__(self, home: Path) -> None:
        self.library = Library(home / "heidi")
        contract = new_contract(
            self.library, "My year", "Heidi", Role.STUDENT, [RELAY, ROOM], world()
        )
        self.entry = self.library.entry(contract)
        self.opa = self.taken(home, "Opa", Role.PARENT)
        self.clara = self.taken(home, "Clara", Role.OBSERVER)

    def taken(self, home: Path, name: str, role: Role) -> SeatEntry:
        invitation = seats.invite_to(self.library, self.entry, role, name, world=world())
        with Library(home / name) as library:
            entered = seats.join(library, invitation.link(), world())
            own = library.own_seat(entered)
        assert own is not None
        return SeatEntry(own.seat.id, name, role, own.seat)

    def read(self, entry: Entry | None = None) -> Contract:
        entry = entry or self.entry
        raws = [one.raw for one in self.library.journal(entry.id).read(1000)]
        return Contract.open(raws, READER, entry.id)

    def begin(self, *people: SeatEntry, after: float = 0) -> Entry:
        new = renewing.begin(self.library, self.entry, self.read(), people, world(after))
        return self.library.entry(new)

    def expected(
        self, new: Entry, *people: SeatEntry, roster: Roster | None = None, after: float = 0
    ) -> list[Invitation]:
        known = roster or Roster()
        return renewing.expect(self.library, new, people, known, world(after))


@pytest.fixture
def heidi(tmp_path: Path) -> Iterator[Heidi]:
    made = Heidi(tmp_path)
    yield made
    made.library.close()


def names(invitations: list[Invitation]) -> list[tuple[str, Role]]:
    return [(one.certified.name, one.certified.role) for one in invitations]


def test_the_new_contract_is_ones_own_at_the_same_relays_but_for_a_room(heidi: Heidi) -> None:
    new = heidi.begin()
    assert new.id != heidi.entry.id
    assert new.seat is not None
    assert (new.seat.name, new.seat.role, new.holder) == ("Heidi", Role.STUDENT, True)
    assert new.relays == (RELAY,)
    assert new.title == "My year"
    assert renewing.begun(heidi.library, heidi.entry) == new
    assert heidi.read(new).roster.held is not None
    assert heidi.library.own_seat(new.id) != heidi.library.own_seat(heidi.entry.id)


def test_everybody_is_expected_in_the_same_role_until_they_have_come_in(
    heidi: Heidi, tmp_path: Path
) -> None:
    new = heidi.begin(heidi.opa, heidi.clara)
    both = [("Opa", Role.PARENT), ("Clara", Role.OBSERVER)]
    first = heidi.expected(new, heidi.opa, heidi.clara)
    assert names(first) == both
    assert [one.relays for one in first] == [(RELAY,), (RELAY,)]
    assert heidi.expected(new, heidi.opa, heidi.clara) == first, "the same links again"
    with Library(tmp_path / "opa") as library:
        assert seats.join(library, first[0].link(), world()) == new.id
        own = library.own_seat(new.id)
    assert own is not None
    roster = Roster({own.seat.id: entry_of(own.seat)}, {}, {own.seat.id: own.shown.text})
    assert names(heidi.expected(new, heidi.opa, heidi.clara, roster=roster)) == both[1:]


def entry_of(seat: Seat) -> SeatEntry:
    return SeatEntry(seat.id, seat.name, seat.role, seat)


def test_whose_invitation_is_over_gets_another(heidi: Heidi) -> None:
    new = heidi.begin(heidi.opa)
    (early,) = heidi.expected(new, heidi.opa)
    (late,) = heidi.expected(new, heidi.opa, after=31 * DAY)
    assert names([late]) == names([early])
    assert late.certified.jti != early.certified.jti


def test_a_relay_that_was_added_since_stands_in_the_links(heidi: Heidi) -> None:
    new = heidi.begin(heidi.opa)
    heidi.library.add_relays(new.id, ["wss://b.example"])
    (link,) = heidi.expected(new, heidi.opa)
    assert link.relays == (RELAY, "wss://b.example")


def test_whoever_is_expected_is_expected_in_a_room_too(heidi: Heidi) -> None:
    new = heidi.begin(heidi.opa)
    (link,) = heidi.expected(new, heidi.opa)
    (ticket,) = Tickets(heidi.library.keepsakes(new.id)).all(ROOM, NOW)
    assert (ticket.name, ticket.jti) == ("Opa", link.certified.jti)
    assert parse_invitation(ticket.link).relays == (ROOM, RELAY)


def test_what_is_interrupted_anywhere_has_never_begun(heidi: Heidi) -> None:
    class PowerCut(Exception):
        pass

    def cut(after: int) -> Callable[[int], bytes]:
        left = [after]

        def entropy(count: int) -> bytes:
            if not left[0]:
                raise PowerCut
            left[0] -= 1
            return World().entropy(count)

        return entropy

    before = heidi.library.entries()
    steps = 0
    while True:
        last = World(lambda: NOW, cut(steps))
        try:
            renewing.begin(heidi.library, heidi.entry, heidi.read(), [heidi.opa], last)
            break
        except PowerCut:
            assert heidi.library.entries() == before
            assert renewing.begun(heidi.library, heidi.entry) is None
        steps += 1
    assert steps > len(["key", "seat", "actor", "invitation"])
    assert renewing.begun(heidi.library, heidi.entry) is not None


def test_what_was_begun_and_erased_is_not_begun(heidi: Heidi) -> None:
    new = heidi.begin()
    heidi.library.erase(new.id)
    assert renewing.begun(heidi.library, heidi.entry) is None


def test_who_is_replaced_taken_out_unknown_or_oneself_is_not_invited(heidi: Heidi) -> None:
    me = heidi.entry.seat
    assert me is not None
    lost = SeatEntry(heidi.clara.id, "Clara", Role.TEACHER, None, replaced_by=heidi.opa.id)
    stranger = SeatEntry(heidi.clara.id, "of unknown origin", None, None)
    for one in (lost, stranger, entry_of(me)):
        roster = Roster({one.id: one, heidi.opa.id: heidi.opa})
        assert renewing.others(roster, me.id, ()) == [heidi.opa]
    both = Roster({one.id: one for one in (heidi.opa, heidi.clara)})
    assert renewing.others(both, me.id, [bytes.fromhex(heidi.opa.id)]) == [heidi.clara]
    assert renewing.others(both, me.id, ()) == [heidi.opa, heidi.clara]


def test_only_who_writes_begins_anew(heidi: Heidi, tmp_path: Path) -> None:
    invitation = seats.invite_to(heidi.library, heidi.entry, Role.OBSERVER, "Eve", world=world())
    with Library(tmp_path / "eve") as library:
        entry = library.entry(seats.join(library, invitation.link(), world()))
        with pytest.raises(ReadOnlySeat, match="reading along"):
            renewing.writer(library, entry)
        library.give_up_seat(entry.id)
        with pytest.raises(NotASeat, match="ask for an invitation"):
            renewing.writer(library, entry)


def test_what_its_author_covered_is_gone_for_good(heidi: Heidi) -> None:
    own = heidi.library.own_seat(heidi.entry.id)
    assert own is not None
    raws = heidi.read().changes_since()
    contract = Contract.open(raws, new_actor(own.seat.key, bytes(8)), heidi.entry.id)
    contract.splice(INTERESTS, Splice(0, 0, "goats 555"))
    slip = contract.text(INTERESTS).ids[5:]
    assert contract.cover(INTERESTS, slip, "0" * 16, own.seat.id)
    assert b"555" in b"".join(contract.changes_since()), "the old file still holds it"
    new = renewing.begin(heidi.library, heidi.entry, contract, (), world())
    renewed = heidi.read(heidi.library.entry(new))
    assert renewed.text(INTERESTS).text == "goats"
    assert b"555" not in b"".join(renewed.changes_since())
    assert not renewed.covered


def test_ones_own_drafts_are_in_the_new_contract_too(heidi: Heidi) -> None:
    place = DraftId(INTERESTS)
    heidi.library.drafts(heidi.entry.id).edit(place, lambda _: "not yet")
    new = heidi.begin()
    assert heidi.library.drafts(new.id).read(place).words == "not yet"
    assert heidi.library.drafts(heidi.entry.id).places() == {place}
