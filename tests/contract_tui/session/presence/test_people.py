"""Who is shown, and where."""

from contract_tui.contract.membership.seats import SeatEntry
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.session.presence.people import gather, whereabouts
from contract_tui.session.presence.presence import Whereabouts
from sync_server.access.keys import SigningKey
from sync_server.access.proof import Role, Seat, seat_id
from tests.contract_tui.contract.people import new_contract


def seat(number: int, name: str, role: Role) -> Seat:
    key = SigningKey(bytes([number]) * 32).public
    return Seat(seat_id(key), role, name, key)


def entry(of: Seat) -> SeatEntry:
    return SeatEntry(of.id, of.name, of.role, of)


HEIDI = seat(1, "Heidi", Role.STUDENT)
PETER = seat(2, "Peter", Role.PARENT)


def test_this_person_comes_first() -> None:
    seats = {one.id: entry(one) for one in (PETER, HEIDI)}
    people = gather(seats, HEIDI, None, [])
    assert [(person.name, person.me) for person in people] == [("Heidi", True), ("Peter", False)]


def test_whoever_is_heard_of_is_here_and_nobody_else() -> None:
    seats = {one.id: entry(one) for one in (HEIDI, PETER)}
    me, peter = gather(seats, HEIDI, None, [Whereabouts(PETER.id, INTERESTS)])
    assert (me.here, peter.here, peter.part) == (False, True, INTERESTS)


def test_one_is_here_oneself_before_the_contract_lists_one() -> None:
    (me,) = gather({}, HEIDI, Whereabouts(HEIDI.id, INTERESTS), [])
    assert (me.name, me.here, me.part) == ("Heidi", True, INTERESTS)


def test_another_program_of_this_person_does_not_say_where_this_one_is() -> None:
    mine, other = Whereabouts(HEIDI.id), Whereabouts(HEIDI.id, INTERESTS)
    (me,) = gather({HEIDI.id: entry(HEIDI)}, HEIDI, mine, [other])
    assert me.part is None


def test_a_reader_without_a_seat_is_nobody_in_the_list() -> None:
    (peter,) = gather({PETER.id: entry(PETER)}, None, None, [])
    assert not peter.me


def test_whoever_looks_back_is_seen_to() -> None:
    seats = {one.id: entry(one) for one in (HEIDI, PETER)}
    me, peter = gather(seats, HEIDI, None, [Whereabouts(PETER.id, looking_back=True)])
    assert (me.looking_back, peter.looking_back) == (False, True)


def test_a_selection_is_named_by_the_characters_before_its_ends() -> None:
    contract = new_contract()
    contract.splice(INTERESTS, Splice(0, 0, "goats"))
    ids = contract.text(INTERESTS).ids
    found = whereabouts(contract, HEIDI.id, INTERESTS, 0, 3, typing=True)
    assert found == Whereabouts(HEIDI.id, INTERESTS, None, ids[2], typing=True)
    assert whereabouts(contract, HEIDI.id, None, 1, 2, typing=True) == Whereabouts(HEIDI.id)
