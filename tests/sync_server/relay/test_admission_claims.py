"""Who has claimed a seat, and on which computers, as the judge at the door takes it."""

import json

import pytest

from sync_server.access.keys import device_prefix
from sync_server.access.proof import Role
from sync_server.access.revocation import revoke
from sync_server.hub.custody import MOST_COMPUTERS
from sync_server.hub.records import CLAIM, CONTESTED, KNOWN, REVOCATIONS, SPENT
from sync_server.relay.admission import (
    Admitted,
    Contested,
)
from tests.sync_server.relay.guests import Holder, Person
from tests.sync_server.relay.judging import DAY, NOON, Desk, refused


@pytest.fixture
def desk() -> Desk:
    return Desk(Holder())


def test_the_first_claim_wins_and_the_second_is_shown_once(desk: Desk) -> None:
    invitation = desk.holder.invite("Ada", expires=NOON + DAY)
    ada, eve = Person.take(invitation), Person.take(invitation)
    assert isinstance(desk.show(ada), Admitted)
    second = desk.show(eve)
    refused(second, 403, "contested")
    assert isinstance(second, Contested)
    assert second.news is not None
    assert second.news.kind == CONTESTED
    assert json.loads(second.news.data) == {"name": "Ada", "role": "student", "at": NOON}
    third = desk.show(Person.take(invitation))
    refused(third, 403, "contested")
    assert isinstance(third, Contested)
    assert third.news is None
    assert isinstance(desk.show(ada, NOON + 1), Admitted)


def test_another_claim_of_the_same_key_is_the_same_claim(desk: Desk) -> None:
    invitation = desk.holder.invite("Ada", expires=NOON + DAY)
    ada = Person.take(invitation)
    assert isinstance(desk.show(ada), Admitted)
    [claim] = [record for record in desk.records if record.kind == CLAIM]
    laptop = Person.take(ada.invite_device(NOON + DAY))
    desk.records.remove(claim)
    desk.keep(CLAIM, laptop.proof.text.encode(), claim.name)  # kept when another device came
    assert isinstance(desk.show(ada, NOON + 1), Admitted)


def test_a_further_device_spends_its_own_invitation(desk: Desk) -> None:
    ada = desk.invited()
    invitation = ada.invite_device(NOON + DAY)
    laptop, stranger = Person.take(invitation), Person.take(invitation)
    verdict = desk.show(laptop)
    assert isinstance(verdict, Admitted)
    assert desk.kinds() == [CLAIM, CLAIM, KNOWN, SPENT]
    assert verdict.guest.device.seat.key == ada.key.public
    refused(desk.show(stranger), 403, "contested")
    assert isinstance(desk.show(ada), Admitted)
    assert isinstance(desk.show(laptop, NOON + 1), Admitted)


def test_a_device_of_a_seat_that_lost_its_invitation_to_another_stays_out(desk: Desk) -> None:
    invitation = desk.holder.invite("Ada", expires=NOON + DAY)
    ada, eve = Person.take(invitation), Person.take(invitation)
    desk.show(ada)
    refused(desk.show(Person.take(eve.invite_device(NOON + DAY))), 403, "contested")


def test_a_late_claim_is_refused(desk: Desk) -> None:
    desk.show(desk.invited("Mum", Role.PARENT), NOON)
    ada = desk.invited(days=1)
    refused(desk.show(ada, NOON + DAY), 403, "late")
    assert isinstance(desk.show(ada, NOON + DAY - 1), Admitted)
    assert isinstance(desk.show(ada, NOON + 2 * DAY), Admitted)
    laptop = Person.take(ada.invite_device(NOON + 3 * DAY))
    refused(desk.show(laptop, NOON + 3 * DAY), 403, "late")


def test_a_late_claim_to_a_seat_does_not_come_in_behind_a_fresh_device(desk: Desk) -> None:
    desk.show(desk.invited("Mum", Role.PARENT), NOON)
    late = desk.invited(days=1)
    laptop = Person.take(late.invite_device(NOON + 9 * DAY))
    refused(desk.show(laptop, NOON + 2 * DAY), 403, "late")


def test_a_relay_that_is_new_to_a_contract_believes_claims_made_elsewhere(desk: Desk) -> None:
    ada, mum = desk.invited(days=1), desk.invited("Mum", Role.PARENT, days=2)
    assert isinstance(desk.show(ada, NOON + 5 * DAY), Admitted)
    assert isinstance(desk.show(mum, NOON + 6 * DAY), Admitted)
    late = desk.invited("Dad", Role.PARENT, days=7)
    refused(desk.show(late, NOON + 7 * DAY), 403, "late")


def test_nobody_takes_part_on_computers_without_end(desk: Desk) -> None:
    eve, ada = desk.invited("Eve", Role.TEACHER), desk.invited()
    laptops = [Person.take(eve.invite_device(NOON + DAY)) for _ in range(MOST_COMPUTERS)]
    for laptop in laptops[:-1]:
        assert isinstance(desk.show(laptop), Admitted)
    refused(desk.show(laptops[-1]), 403, "computers")
    assert isinstance(desk.show(laptops[0]), Admitted), "whoever is known comes in"
    assert isinstance(desk.show(Person.take(ada.invite_device(NOON + DAY))), Admitted)


def test_a_revoked_device_stays_out(desk: Desk) -> None:
    ada = desk.invited()
    laptop = Person.take(ada.invite_device(NOON + DAY))
    assert isinstance(desk.show(laptop), Admitted)
    desk.keep(REVOCATIONS, revoke(desk.holder.key, 1, [device_prefix(laptop.key.public)]).encode())
    refused(desk.show(laptop, NOON + 1), 403, "revoked")
    assert isinstance(desk.show(ada, NOON + 1), Admitted)


def test_with_a_seat_all_its_devices_are_revoked(desk: Desk) -> None:
    ada = desk.invited()
    desk.keep(REVOCATIONS, revoke(desk.holder.key, 1, [device_prefix(ada.key.public)]).encode())
    refused(desk.show(ada), 403, "revoked")
    refused(desk.show(Person.take(ada.invite_device(NOON + DAY))), 403, "revoked")
