"""Who stands by in a conference, as it stands in the document, whoever wrote it there."""

from contract_tui.contract.conference import writing
from contract_tui.contract.conference.standby import standing_by, write_key
from contract_tui.contract.contract import Contract
from sync_server.access.devices import verify_device
from sync_server.access.keys import SigningKey
from sync_server.access.proof import SeatId
from sync_server.access.standby import Standby, issue_standby, seat_anew
from tests.contract_tui.contract.conference.table import Table, current, do, put
from tests.contract_tui.contract.people import BEGINNING, CONTRACT, MAYA, OKAFOR, key_of
from tests.contract_tui.full_contract import JONAS

KEY = write_key(JONAS.id, MAYA.id)


def certificate(by: str = "Jonas", conference: int = 1, computer: str = "Maya") -> str:
    """Jonas is a guest on Ms Okafor's computer; Maya has a program of her own."""
    return issue_standby(
        key_of(by),
        CONTRACT,
        key_of(computer).public,
        conference=conference,
        host=OKAFOR.id,
        jti="standby",
        now=BEGINNING,
    )


def given(token: str, key: str = KEY, by_changed_program: bool = False) -> Table:
    """Jonas's program gives a certificate to whoever stands by, or somebody else's does."""
    table = Table()
    table.begin(table.okafor)
    table.meet()
    if by_changed_program:
        put(table.okafor, ("c1",), {"standby": {key: token}})
    else:
        do(table.jonas, writing.stand_by(current(table.jonas), key, token))
    table.meet()
    return table


def found(who: Contract) -> list[Standby]:
    return list(standing_by(current(who), who.roster, CONTRACT))


def test_everybody_sees_who_stands_by_for_whom() -> None:
    for who in given(certificate()).all:
        (one,) = found(who)
        assert one.seat.id == JONAS.id
        assert one.computer == MAYA.key
        assert one.host == OKAFOR.id
        assert who.set_aside == []


def test_it_counts_whoever_wrote_it_since_it_is_signed() -> None:
    (one,) = found(given(certificate(), by_changed_program=True).maya)
    assert one.token == certificate()


def test_what_is_forged_or_was_given_for_something_else_is_passed_over() -> None:
    for token, key in (
        (certificate(by="Ms Okafor"), KEY),  # not the guest's seat
        (certificate(conference=2), KEY),
        (certificate(computer="Ms Okafor"), KEY),  # under the name of another computer
        (certificate(), write_key(OKAFOR.id, MAYA.id)),  # under the name of another guest
        (certificate(), write_key(SeatId("ab" * 8), MAYA.id)),
        (certificate(), JONAS.id),
        ("nonsense", KEY),
    ):
        assert found(given(token, key, by_changed_program=True).maya) == []


def test_nothing_of_it_is_in_the_next_conference() -> None:
    table = given(certificate())
    table.end(table.maya)
    table.begin(table.maya)
    assert found(table.maya) == []
    assert table.maya.conferences.all[0].standby == {KEY: certificate()}


def test_the_guest_is_one_person_on_both_computers() -> None:
    table = given(certificate())
    (one,) = found(table.maya)
    proof = seat_anew(one, key_of("Maya"), SigningKey(b"f" * 32))
    device = verify_device(proof, CONTRACT)
    table.maya.add_device(device, proof, None)
    table.meet()
    person = table.okafor.roster.person(SeatId(device.prefix.hex()))
    assert person.id == JONAS.id
    assert person.role is JONAS.role
    assert table.okafor.set_aside == []
