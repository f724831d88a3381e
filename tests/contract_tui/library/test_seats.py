from pathlib import Path

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.library import seats
from contract_tui.library.errors import AlreadyThere, NotTheHolder
from contract_tui.library.library import Library
from contract_tui.library.seats import DAY, BadName
from contract_tui.library.world import World
from sync_server.access.errors import Expired, NotALink
from sync_server.access.invitation import parse_invitation
from sync_server.access.keys import contract_id
from sync_server.access.proof import Role, verify_proof
from sync_server.protocol.ids import Actor

RELAY = "ws://127.0.0.1:3030"


class People:
    def __init__(self, directory: Path) -> None:
        self.heidi = Library(directory / "heidi")
        self.opa = Library(directory / "opa")
        self.contract = seats.new_contract(self.heidi, "My year", "Heidi", Role.STUDENT, [RELAY])

    def link(self, days: int = 30) -> str:
        entry = self.heidi.entry(self.contract)
        return seats.invite_to(self.heidi, entry, Role.PARENT, "Opa", days=days).link()


@pytest.fixture
def people(tmp_path: Path) -> People:
    return People(tmp_path)


def test_a_new_contract_begins_with_its_maker(people: People) -> None:
    journal = people.heidi.journal(people.contract)
    raws = [one.raw for one in journal.read(100)]
    contract = Contract.open(raws, Actor(bytes(16)))
    assert (contract.id, contract.title) == (people.contract, "My year")
    (entry,) = contract.seats.values()
    assert (entry.name, entry.role, entry.proven) == ("Heidi", Role.STUDENT, True)
    assert not contract.set_aside


def test_the_makers_seat_has_the_same_form_as_any_other(people: People) -> None:
    own = people.heidi.own_seat(people.contract)
    key = people.heidi.contract_key(people.contract)
    assert own is not None
    assert key is not None
    assert verify_proof(own.proof, people.contract) == own.seat
    assert contract_id(key.public) == people.contract


def test_whoever_joins_has_a_key_of_their_own_and_no_other(people: People) -> None:
    assert seats.join(people.opa, people.link()) == people.contract
    own = people.opa.own_seat(people.contract)
    assert own is not None
    assert own.key.public == own.seat.key
    assert (own.seat.name, own.seat.role) == ("Opa", Role.PARENT)
    assert people.opa.contract_key(people.contract) is None
    assert people.opa.entry(people.contract).relays == (RELAY,)
    assert people.opa.journal(people.contract).stored() == 0


def test_the_holders_relays_go_into_the_link(people: People) -> None:
    entry = people.heidi.entry(people.contract)
    invitation = seats.invite_to(
        people.heidi, entry, Role.TEACHER, "Clara", relays=["wss://school.example"]
    )
    assert parse_invitation(invitation.link()).relays == (RELAY, "wss://school.example")
    assert people.heidi.entry(people.contract).relays == (RELAY, "wss://school.example")


def test_only_the_holder_invites(people: People) -> None:
    seats.join(people.opa, people.link())
    with pytest.raises(NotTheHolder, match="only whoever holds the key"):
        seats.invite_to(people.opa, people.opa.entry(people.contract), Role.PARENT, "Oma")


def test_an_expired_invitation_is_refused(people: People) -> None:
    link = people.link(days=2)
    late = World(clock=lambda: World().clock() + 2 * DAY)
    with pytest.raises(Expired, match="ask for a new one"):
        seats.join(people.opa, link, late)
    assert people.opa.entries() == []


def test_nobody_takes_two_seats(people: People) -> None:
    seats.join(people.opa, people.link())
    with pytest.raises(AlreadyThere, match="have a seat"):
        seats.join(people.opa, people.link())


def test_a_contract_that_was_only_readable_gets_its_seat(people: People) -> None:
    people.opa.add(people.contract)
    seats.join(people.opa, people.link())
    entry = people.opa.entry(people.contract)
    assert entry.seat is not None
    assert entry.relays == (RELAY,)


def test_what_is_no_link_is_refused(people: People) -> None:
    with pytest.raises(NotALink):
        seats.join(people.opa, "hello")


@pytest.mark.parametrize("name", ["", "two\nlines", "x" * 61])
def test_a_name_that_cannot_be_certified_is_refused(people: People, name: str) -> None:
    with pytest.raises(BadName, match="one line"):
        seats.new_contract(people.heidi, "Another", name, Role.STUDENT)
    assert len(people.heidi.entries()) == 1
