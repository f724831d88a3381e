"""People on several computers, with new seats for lost ones, and with the contract's key."""

from contract_tui.contract.contract import Contract
from contract_tui.contract.membership.seats import Roster, SeatEntry, unknown
from sync_server.access.devices import Device, DeviceProof, accept, invite_device, verify_device
from sync_server.access.holder import declare_holder
from sync_server.access.invitation import invite
from sync_server.access.keys import SigningKey, new_actor
from sync_server.access.proof import Role, Seat, SeatId
from tests.contract_tui.contract.people import (
    BEGINNING,
    CONTRACT,
    CONTRACT_KEY,
    MAYA,
    MAYA_PROOF,
    OKAFOR,
    OKAFOR_PROOF,
    actor_of,
    copy,
    new_contract,
)

MAYA_KEY = SigningKey(b"Maya".ljust(32, b"."))


def tablet() -> tuple[Device, DeviceProof]:
    """A further computer of Maya's."""
    invitation = invite_device(
        MAYA_KEY,
        MAYA_PROOF,
        key=SigningKey(b"j" * 32),
        jti="tablet",
        expires=BEGINNING + 60,
        relays=(),
    )
    proof = accept(invitation, SigningKey(b"t" * 32))
    return verify_device(proof, CONTRACT), proof


def replacement(lost: Seat, number: int = 1) -> tuple[Seat, DeviceProof]:
    """A new seat for somebody who lost theirs."""
    invitation = invite(
        CONTRACT_KEY,
        lost.role,
        lost.name,
        key=SigningKey(b"k" * 32),
        jti=f"again-{number}",
        expires=BEGINNING + 60,
        relays=(),
        replaces=lost.id,
    )
    proof = accept(invitation, SigningKey(bytes([number]) * 32))
    return verify_device(proof, CONTRACT).seat, proof


def test_a_further_computer_is_no_further_person() -> None:
    device, proof = tablet()
    contract = new_contract()
    contract.add_device(device, proof)
    prefix = SeatId(device.prefix.hex())
    assert list(contract.seats) == [MAYA.id]
    assert contract.roster.devices == {prefix: MAYA.id}
    assert contract.roster.listed == {MAYA.id, prefix}
    assert contract.author(new_actor(device.key, bytes(8))).name == "Maya"
    assert not contract.set_aside


def test_a_computer_makes_its_person_known_before_the_first_one_does() -> None:
    device, proof = tablet()
    contract = Contract.blank(new_actor(device.key, bytes(8)), CONTRACT)
    contract.add_device(device, proof)
    assert [entry.name for entry in contract.seats.values()] == ["Maya"]


def test_two_computers_that_enter_at_once_hide_neither() -> None:
    device, proof = tablet()
    here = new_contract()
    there = copy(here, new_actor(device.key, bytes(8)))
    here.add_seat(MAYA, MAYA_PROOF)
    there.add_device(device, proof)
    here.apply(there.changes_since())
    assert here.roster.listed == {MAYA.id, SeatId(device.prefix.hex())}


def test_proofs_that_were_kept_elsewhere_count_and_stay() -> None:
    contract = new_contract()
    stranger = contract.author(actor_of(OKAFOR))
    assert stranger == unknown(OKAFOR.id)
    assert stranger.name == "of unknown origin"
    contract.vouch([OKAFOR_PROOF.text, "garbage"])
    contract.vouch([OKAFOR_PROOF.text])
    assert contract.author(actor_of(OKAFOR)).name == "Ms Okafor"
    assert OKAFOR.id not in contract.roster.listed
    contract.add_seat(MAYA, MAYA_PROOF)
    assert contract.author(actor_of(OKAFOR)).name == "Ms Okafor"


def test_a_new_seat_for_a_lost_one_is_the_same_person() -> None:
    contract = new_contract()
    again, proof = replacement(MAYA)
    contract.vouch([proof.text])
    assert contract.author(actor_of(MAYA)).id == again.id
    assert contract.author(actor_of(again)).id == again.id
    assert contract.seats[MAYA.id].replaced_by == again.id


def test_seats_that_replace_each_other_in_a_ring_end_somewhere() -> None:
    one, other = SeatId("1" * 16), SeatId("2" * 16)
    ring = {
        one: SeatEntry(one, "A", Role.PARENT, None, other),
        other: SeatEntry(other, "A", Role.PARENT, None, one),
    }
    assert Roster(ring).person(one).id in ring


def test_the_newest_statement_says_who_has_the_key() -> None:
    contract = new_contract()
    contract.add_seat(OKAFOR, OKAFOR_PROOF, declare_holder(CONTRACT_KEY, OKAFOR.id, 10))
    assert [entry.name for entry in contract.seats.values() if entry.holds] == ["Ms Okafor"]
    assert contract.state_holder(MAYA.id, declare_holder(CONTRACT_KEY, MAYA.id, 20)) is not None
    holder = contract.roster.holder
    assert holder is not None
    assert (holder.name, holder.holds) == ("Maya", True)
    assert not contract.seats[OKAFOR.id].holds
    assert not contract.set_aside


def test_a_statement_by_another_key_is_set_aside() -> None:
    contract = new_contract()
    contract.add_seat(OKAFOR, OKAFOR_PROOF, declare_holder(SigningKey(b"x" * 32), OKAFOR.id, 10))
    assert contract.roster.holder is None
    (aside,) = contract.set_aside
    assert aside.startswith("Who holds the contract’s key is not proven: ")


def test_nobody_states_anything_in_an_entry_that_is_not_there() -> None:
    contract = new_contract()
    assert contract.state_holder(OKAFOR.id, declare_holder(CONTRACT_KEY, OKAFOR.id, 10)) is None
