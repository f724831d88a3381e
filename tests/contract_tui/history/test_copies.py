from contract_tui.contract.contract import Contract
from contract_tui.contract.membership.seats import seat_of
from contract_tui.contract.schema import INTERESTS, SUPPORTS, PartId
from contract_tui.contract.text.splice import Splice
from contract_tui.history.copies import SHORTEST, copies
from contract_tui.history.past import Past
from sync_server.protocol.ids import Actor, ElementId
from sync_server.protocol.saved import read_saved
from tests.contract_tui.contract.past.test_seen import two
from tests.contract_tui.contract.people import MAYA, exchange

NUMBER = "0151 23"


def type_(contract: Contract, text: str, at: int = 0, part: PartId = INTERESTS) -> list[ElementId]:
    contract.splice(part, Splice(at, at, text))
    return contract.text(part).ids[at : at + len(text)]


def cut(contract: Contract, start: int, end: int, part: PartId = INTERESTS) -> None:
    contract.splice(part, Splice(start, end, ""))


def found(contract: Contract, some: list[ElementId], part: PartId = INTERESTS) -> set[ElementId]:
    past = Past.read(read_saved(contract.save()), contract.texts, contract.covered)
    by_part = copies(past, part, some, lambda actor: seat_of(actor) == MAYA.id)
    return {element for elements in by_part.values() for element in elements}


def test_what_was_cut_out_and_put_in_elsewhere_is_found_in_every_part() -> None:
    maya, _ = two()
    first = type_(maya, f"call {NUMBER} soon")[5:12]
    cut(maya, 5, 12)
    second = type_(maya, f"at {NUMBER}", part=SUPPORTS)[3:]
    cut(maya, 3, 10, part=SUPPORTS)
    now = type_(maya, NUMBER)
    assert found(maya, now) == {*first, *second}
    assert found(maya, first) == {*second}


def test_what_went_letter_by_letter_is_found() -> None:
    maya, _ = two()
    letters = type_(maya, f"call {NUMBER}")
    for end in range(len(letters), 4, -1):
        cut(maya, end - 1, end)
    assert found(maya, type_(maya, NUMBER)) == {*letters[5:]}


def test_what_stands_and_what_others_wrote_is_left_alone() -> None:
    maya, okafor = two()
    type_(maya, NUMBER)
    exchange(maya, okafor)
    type_(okafor, NUMBER)
    cut(okafor, 0, 7)
    exchange(maya, okafor)
    assert found(maya, type_(maya, NUMBER)) == set()


def test_a_very_short_passage_is_only_itself() -> None:
    maya, _ = two()
    type_(maya, "goat and " * 2)
    cut(maya, 0, 18)
    assert found(maya, type_(maya, "and")) == set()
    assert found(maya, type_(maya, "a n d")) == set()
    assert len(found(maya, type_(maya, "goat"))) == 2 * SHORTEST


def test_what_is_covered_in_part_already_is_found_whole() -> None:
    maya, _ = two()
    first = type_(maya, NUMBER)
    cut(maya, 0, 7)
    now = type_(maya, NUMBER)
    assert maya.cover(INTERESTS, now[:2], "a", MAYA.id)
    assert found(maya, now) == {*first}


def test_letters_that_were_never_there_are_nowhere() -> None:
    maya, _ = two()
    assert found(maya, [ElementId(10**6, Actor(b"x" * 16)), ElementId(10**6, maya.actor)]) == set()
    assert found(maya, type_(maya, NUMBER), PartId("nowhere")) == set()
