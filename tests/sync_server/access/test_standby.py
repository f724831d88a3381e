"""Standby certificates, and everything that is none."""

import pytest

from sync_server.access.device_certificate import (
    device_certificate_payload,
    issue_device_certificate,
)
from sync_server.access.devices import DeviceProof, verify_device
from sync_server.access.errors import (
    BadKey,
    Expired,
    Foreign,
    Forged,
    Malformed,
    NotYetValid,
    Overlong,
    ProofError,
)
from sync_server.access.invitation import invite
from sync_server.access.keys import device_prefix
from sync_server.access.proof import Proof, Role, claim
from sync_server.access.seat import SeatId, seat_id
from sync_server.access.standby import (
    AHEAD,
    STANDBY_LIFETIME,
    Standby,
    check_standby,
    issue_standby,
    read_standby,
    seat_anew,
    seated_by,
)
from sync_server.access.tokens import Kind, sign
from sync_server.protocol.ids import DocumentId
from tests.sync_server.access.people import CONTRACT, first_device, further_device, key, proof

NOW = 1_900_000_000
HOST = seat_id(key("host").public)
MIRA = key("mira")
"""The key of whoever stands by."""


def certificate(
    by: str = "seat", contract: DocumentId = CONTRACT, host: SeatId = HOST, conference: int = 3
) -> str:
    return issue_standby(
        key(by), contract, MIRA.public, conference=conference, host=host, jti="s", now=NOW
    )


def standby() -> Standby:
    return read_standby(certificate(), proof(), CONTRACT)


def test_a_certificate_says_who_may_seat_whom_in_which_conference_and_until_when() -> None:
    said = standby()
    assert said.seat.id == seat_id(key("seat").public)
    assert (said.computer, said.host, said.conference) == (MIRA.public, HOST, 3)
    assert (said.issued, said.expires) == (NOW, NOW + STANDBY_LIFETIME)
    check_standby(said, MIRA.public, 3, NOW)


def test_the_seat_has_another_device_afterwards_and_is_the_same_person() -> None:
    seated = seat_anew(standby(), MIRA, key("fresh"))
    device = verify_device(seated, CONTRACT, NOW + STANDBY_LIFETIME - 1)
    assert device.seat == verify_device(first_device(), CONTRACT).seat
    assert device.key == key("fresh").public


def test_whoever_looks_at_that_device_sees_on_whose_computer_it_is() -> None:
    seated = seat_anew(standby(), MIRA, key("fresh"))
    assert seated_by(seated) == device_prefix(MIRA.public).hex()
    assert seated_by(first_device()) is None
    assert seated_by(further_device()) is None


def test_a_claim_after_four_hours_is_too_late_for_whoever_judges_it() -> None:
    seated = seat_anew(standby(), MIRA, key("fresh"))
    with pytest.raises(Expired):
        verify_device(seated, CONTRACT, NOW + STANDBY_LIFETIME)


@pytest.mark.parametrize(
    ("computer", "conference", "now", "refused"),
    [
        ("other", 3, NOW, Foreign),
        ("mira", 2, NOW, Foreign),
        ("mira", 3, NOW + STANDBY_LIFETIME, Expired),
        ("mira", 3, NOW - AHEAD - 1, NotYetValid),
    ],
)
def test_it_is_of_no_use_elsewhere_or_at_another_time(
    computer: str, conference: int, now: int, refused: type[ProofError]
) -> None:
    with pytest.raises(refused):
        check_standby(standby(), key(computer).public, conference, now)


def test_the_clock_of_the_host_may_be_minutes_ahead() -> None:
    check_standby(standby(), MIRA.public, 3, NOW - 7 * 60)
    check_standby(standby(), MIRA.public, 3, NOW - AHEAD)


def test_nobody_but_the_guests_seat_certifies() -> None:
    for other in ("contract", "mira", "laptop"):
        with pytest.raises(Forged):
            read_standby(certificate(by=other), proof(), CONTRACT)


def test_a_certificate_for_another_seat_seats_nobody_here() -> None:
    with pytest.raises(Forged):
        read_standby(certificate(), proof("another"), CONTRACT)


def test_a_certificate_of_another_contract_is_foreign() -> None:
    with pytest.raises(Foreign):
        read_standby(certificate(contract=DocumentId(bytes(16))), proof(), CONTRACT)
    theirs = invite(key("theirs"), Role.PARENT, "A", key=key("i"), jti="j", expires=NOW, relays=())
    seat = Proof(theirs.certificate, claim(theirs.key, theirs.certificate, key("seat")))
    with pytest.raises(Foreign):
        read_standby(certificate(), seat, CONTRACT)


def test_whoever_is_not_named_cannot_use_it() -> None:
    with pytest.raises(BadKey):
        seat_anew(standby(), key("thief"), key("fresh"))


def test_a_claim_by_whoever_is_not_named_is_forged_for_everybody() -> None:
    honest = seat_anew(standby(), MIRA, key("fresh"))
    stolen = issue_standby(
        key("seat"), CONTRACT, key("thief").public, conference=3, host=HOST, jti="s", now=NOW
    )
    theirs = seat_anew(read_standby(stolen, proof(), CONTRACT), key("thief"), key("fresh"))
    with pytest.raises(Forged):
        verify_device(DeviceProof(honest.proof, honest.certificate, theirs.claim), CONTRACT)


def test_a_claim_cannot_be_given_another_key() -> None:
    honest = seat_anew(standby(), MIRA, key("fresh"))
    other = issue_device_certificate(key("seat"), CONTRACT, MIRA.public, "s", NOW)
    with pytest.raises(Forged):
        verify_device(DeviceProof(honest.proof, other, honest.claim), CONTRACT)


def test_what_lets_in_a_further_computer_of_ones_own_is_no_standby() -> None:
    plain = issue_device_certificate(key("seat"), CONTRACT, MIRA.public, "s", NOW)
    with pytest.raises(Malformed):
        read_standby(plain, proof(), CONTRACT)


@pytest.mark.parametrize(
    ("field", "value"),
    [("conference", value) for value in (None, 3, "", "0", "-1", "03", "x", "9" * 10)]
    + [("on", value) for value in (None, "", 5, "zz" * 8, "ab" * 7)]
    + [("iat", value) for value in (None, "1", -1, True)],
)
def test_a_certificate_with_a_wrong_field_is_malformed(field: str, value: object) -> None:
    fields = {
        **device_certificate_payload(CONTRACT, MIRA.public, "s", NOW + 9),
        "conference": "3",
        "iat": NOW,
        "on": HOST,
    }
    assert read_standby(_signed(fields), proof(), CONTRACT).conference == 3
    with pytest.raises(Malformed):
        read_standby(_signed({**fields, field: value}), proof(), CONTRACT)


def test_nobody_makes_it_valid_for_longer() -> None:
    fields = device_certificate_payload(CONTRACT, MIRA.public, "s", NOW + STANDBY_LIFETIME + 1)
    with pytest.raises(Overlong):
        read_standby(
            _signed({**fields, "conference": "3", "iat": NOW, "on": HOST}), proof(), CONTRACT
        )


def _signed(fields: dict[str, object]) -> str:
    return sign(Kind.DEVICE_CERTIFICATE, fields, key("seat"))
