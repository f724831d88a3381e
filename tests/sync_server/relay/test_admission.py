"""The judge at the door, who knows no socket, no disk and no clock."""

import json
from dataclasses import dataclass, field

import pytest

from sync_server.access.credential import PARAMETER_LIFETIME
from sync_server.access.errors import ProofError
from sync_server.access.keys import device_prefix
from sync_server.access.proof import Role
from sync_server.access.revocation import revoke
from sync_server.hub.custody import MOST_COMPUTERS
from sync_server.hub.records import CLAIM, CONTESTED, ERASED, KNOWN, REVOCATIONS, SPENT
from sync_server.relay.admission import (
    MOST_SPENT,
    MOST_SPENT_BY_SEAT,
    Admission,
    Admitted,
    Contested,
    File,
    Shown,
    Verdict,
    shown,
)
from sync_server.relay.pages import Refused
from sync_server.storage.port import StoredRecord
from tests.sync_server.relay.guests import Holder, Person

HERE = "ws://relay.example:3030"
NAMES = {HERE, "ws://127.0.0.1:3030"}
NOON = 1_900_000_000
DAY = 24 * 60 * 60


@dataclass
class Desk:
    """A judge, and the records of one contract as the relay keeps them."""

    holder: Holder
    admission: Admission = field(default_factory=lambda: Admission(NOON - DAY))
    records: list[StoredRecord] = field(default_factory=list)
    has_changes: bool = False

    def invited(self, name: str = "Ada", role: Role = Role.STUDENT, days: int = 7) -> Person:
        return Person.take(self.holder.invite(name, role, NOON + days * DAY))

    def show(
        self,
        person: Person,
        at: float = NOON,
        token: str | None = None,
        register_key: str | None = None,
    ) -> Verdict:
        """Judge a credential; keep what that asks for."""
        what = Shown(token or person.credential(HERE, int(at)), single_use=True)
        return self.judge(what, at, register_key)

    def judge(self, what: Shown, at: float = NOON, register_key: str | None = None) -> Verdict:
        credential = self.admission.read(what, NAMES, at)
        if isinstance(credential, Refused):
            return credential
        file = File(self.holder.contract, self.records, self.has_changes)
        verdict = self.admission.judge(credential, file, at, what.single_use, register_key)
        if isinstance(verdict, Admitted):
            self.records += verdict.keep
        elif isinstance(verdict, Contested) and verdict.news:
            self.records.append(verdict.news)
        return verdict

    def keep(self, kind: str, data: bytes, name: bytes = b"") -> None:
        self.records.append(StoredRecord(self.holder.contract, kind, name, data))

    def kinds(self) -> list[str]:
        return sorted(record.kind for record in self.records)


@pytest.fixture
def desk() -> Desk:
    return Desk(Holder())


def refused(verdict: Verdict, status: int, reason: str) -> None:
    if isinstance(verdict, Contested):
        verdict = verdict.refused
    assert isinstance(verdict, Refused)
    assert (verdict.status, verdict.reason) == (status, reason)
    assert verdict.sentence[0].islower()
    assert len(verdict.sentence) > 20


def test_who_was_invited_is_let_in_once_the_claim_is_kept(desk: Desk) -> None:
    ada = desk.invited()
    verdict = desk.show(ada)
    assert isinstance(verdict, Admitted)
    assert verdict.guest.contract == desk.holder.contract
    assert verdict.guest.device.key == ada.key.public
    assert verdict.guest.device.seat.name == "Ada"
    assert verdict.guest.proof == ada.proof
    assert sorted(record.kind for record in verdict.keep) == [CLAIM, KNOWN, SPENT]


def test_who_comes_again_leaves_nothing_but_the_spent_credential(desk: Desk) -> None:
    ada = desk.invited()
    desk.show(ada)
    again = desk.show(ada, NOON + 60)
    assert isinstance(again, Admitted)
    assert [record.kind for record in again.keep] == [SPENT]


def test_a_credential_in_the_header_is_used_once(desk: Desk) -> None:
    ada = desk.invited()
    token = ada.credential(HERE, NOON)
    assert isinstance(desk.show(ada, NOON, token), Admitted)
    refused(desk.show(ada, NOON + 1, token), 401, "replayed")
    desk.admission = Admission(NOON)  # a relay that was started again in the same second
    refused(desk.show(ada, NOON + 1, token), 401, "replayed")
    assert isinstance(desk.show(ada, NOON + 1), Admitted)


def test_a_credential_from_before_the_start_is_refused(desk: Desk) -> None:
    desk.admission = Admission(NOON + 0.9)
    ada = desk.invited()
    refused(desk.show(ada, NOON + 1, ada.credential(HERE, NOON - 1)), 401, "stale")
    assert isinstance(desk.show(ada, NOON + 1, ada.credential(HERE, NOON)), Admitted)


def test_a_credential_in_the_address_may_be_used_until_it_expires(desk: Desk) -> None:
    ada = desk.invited()
    what = Shown(ada.credential(HERE, NOON, PARAMETER_LIFETIME), single_use=False)
    assert isinstance(desk.judge(what), Admitted)
    desk.admission = Admission(NOON + 60)
    again = desk.judge(what, NOON + PARAMETER_LIFETIME - 1)
    assert isinstance(again, Admitted)
    assert again.keep == ()
    refused(desk.judge(what, NOON + PARAMETER_LIFETIME), 401, "expired")


def test_what_is_spent_is_forgotten_when_it_has_expired(desk: Desk) -> None:
    ada = desk.invited()
    desk.show(ada, NOON)
    desk.show(ada, NOON + 200)
    file = File(desk.holder.contract, desk.records, False)
    assert len(file.spent) == 2
    assert file.overdue(NOON + 299) == []
    assert len(file.overdue(NOON + 300)) == 1
    assert len(file.overdue(NOON + 500)) == 2


def test_a_contract_is_opened_so_often_and_no_more(desk: Desk) -> None:
    ada = desk.invited()
    for number in range(MOST_SPENT):
        desk.keep(SPENT, str(NOON + 300).encode(), number.to_bytes(16, "big"))
    refused(desk.show(ada), 429, "often")
    what = Shown(ada.credential(HERE, NOON, PARAMETER_LIFETIME), single_use=False)
    assert isinstance(desk.judge(what), Admitted)
    desk.records.clear()
    assert isinstance(desk.show(ada), Admitted)


def test_no_seat_takes_all_that_a_contract_may_be_opened(desk: Desk) -> None:
    eve, ada = desk.invited("Eve", Role.TEACHER), desk.invited()
    laptop = Person.take(eve.invite_device(NOON + DAY))
    for number in range(MOST_SPENT_BY_SEAT):
        assert isinstance(desk.show(laptop if number % 2 else eve), Admitted)
    for device in (eve, laptop, Person.take(eve.invite_device(NOON + DAY))):
        verdict = desk.show(device)
        refused(verdict, 429, "often")
        assert isinstance(verdict, Refused)
        assert verdict.wait
    assert isinstance(desk.show(ada), Admitted)
    assert MOST_SPENT >= 5 * MOST_SPENT_BY_SEAT


# What is shown


@pytest.mark.parametrize(
    ("token", "reason"),
    [
        ("", "malformed"),
        ("nonsense", "malformed"),
        ("a.b.c", "malformed"),
        ("e30.e30.e30", "malformed"),
        ("x" * 100_000, "malformed"),
        ("ü", "malformed"),
    ],
)
def test_what_is_no_credential_is_refused(desk: Desk, token: str, reason: str) -> None:
    refused(desk.judge(Shown(token, single_use=True)), 401, reason)


def test_a_credential_for_another_relay_is_refused(desk: Desk) -> None:
    token = desk.invited().credential("ws://other.example:3030", NOON)
    verdict = desk.judge(Shown(token, single_use=True))
    refused(verdict, 401, "audience")
    assert isinstance(verdict, Refused)
    assert "--public-url" in verdict.sentence


def test_a_credential_of_another_time_is_refused(desk: Desk) -> None:
    ada = desk.invited()
    refused(desk.show(ada, NOON, ada.credential(HERE, NOON - 300)), 401, "expired")
    refused(desk.show(ada, NOON, ada.credential(HERE, NOON + 60)), 401, "early")
    too_long = ada.credential(HERE, NOON, PARAMETER_LIFETIME)
    refused(desk.show(ada, NOON, too_long), 401, "overlong")


def test_a_credential_signed_by_another_device_is_refused(desk: Desk) -> None:
    ada, eve = desk.invited(), desk.invited("Eve")
    forged = Person(ada.contract, eve.key, ada.proof)
    refused(desk.show(forged), 401, "forged")


def test_a_proof_of_another_contract_is_refused(desk: Desk) -> None:
    eve = Person.take(Holder().invite("Eve", expires=NOON + DAY))
    refused(desk.show(Person(desk.holder.contract, eve.key, eve.proof)), 401, "foreign")


def test_one_credential_is_read_from_the_header_or_the_address() -> None:
    assert shown(["Bearer abc"], []) == Shown("abc", single_use=True)
    assert shown(["bearer  abc "], []) == Shown("abc", single_use=True)
    assert shown([], ["abc"]) == Shown("abc", single_use=False)


@pytest.mark.parametrize(
    ("headers", "parameters", "reason"),
    [
        ([], [], "missing"),
        (["Basic abc"], [], "missing"),
        (["Bearer a", "Bearer b"], [], "malformed"),
        (["Bearer a"], ["a"], "malformed"),
        ([], ["a", "a"], "malformed"),
    ],
)
def test_anything_else_is_refused(headers: list[str], parameters: list[str], reason: str) -> None:
    verdict = shown(headers, parameters)
    assert isinstance(verdict, Refused)
    refused(verdict, 401, reason)


# Claims


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


# Whole contracts


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


def test_a_damaged_list_of_what_is_revoked_lets_nobody_in(desk: Desk) -> None:
    desk.keep(REVOCATIONS, b"damaged")
    with pytest.raises(ProofError):
        desk.show(desk.invited())


def test_an_erased_contract_is_gone(desk: Desk) -> None:
    ada = desk.invited()
    desk.keep(ERASED, b"")
    refused(desk.show(ada), 410, "erased")


def test_a_new_contract_needs_the_registration_key_where_there_is_one(desk: Desk) -> None:
    desk.admission = Admission(NOON - DAY, "open sesame")
    ada = desk.invited()
    for wrong in (None, "", "open", "ümläut"):
        refused(desk.show(ada, register_key=wrong), 403, "unregistered")
    assert desk.records == []
    assert isinstance(desk.show(ada, register_key="open sesame"), Admitted)
    assert isinstance(desk.show(desk.invited("Mum", Role.PARENT)), Admitted)


def test_a_contract_with_changes_and_no_records_is_known(desk: Desk) -> None:
    desk.admission = Admission(NOON - DAY, "open sesame")
    desk.has_changes = True
    assert isinstance(desk.show(desk.invited()), Admitted)
