"""The judge at the door, who knows no socket, no disk and no clock."""

import pytest

from sync_server.access.credential import PARAMETER_LIFETIME
from sync_server.access.errors import ProofError
from sync_server.access.proof import Role
from sync_server.hub.records import CLAIM, ERASED, KNOWN, REVOCATIONS, SPENT
from sync_server.relay.admission import (
    MOST_SPENT,
    MOST_SPENT_BY_SEAT,
    Admission,
    Admitted,
    File,
    Shown,
    shown,
)
from sync_server.relay.pages import Refused
from tests.sync_server.relay.guests import Holder, Person
from tests.sync_server.relay.judging import DAY, HERE, NOON, Desk, refused


@pytest.fixture
def desk() -> Desk:
    return Desk(Holder())


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
