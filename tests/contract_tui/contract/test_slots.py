from contract_tui.contract.slots import Slots
from sync_server.protocol.operations import Action, ElementId, Operation

MAP = ElementId(1, b"m" * 16)


def put(slots: Slots, counter: int, actor: bytes, *after: ElementId) -> ElementId:
    made = ElementId(counter, actor * 16)
    slots.take(Operation(made, MAP, "k", False, Action.MAKE_MAP, None, after))
    return made


def test_nothing_took_the_place_of_what_stands() -> None:
    slots = Slots()
    assert slots.is_free(MAP, "k")
    made = put(slots, 5, b"a")
    assert slots.taker(MAP, "k", made) is None
    assert not slots.is_free(MAP, "k")
    assert not slots.is_taken(made)


def test_what_somebody_wrote_over_was_taken_by_them() -> None:
    slots, by = Slots(), ElementId(9, b"b" * 16)
    made = put(slots, 5, b"a", by)
    assert slots.taker(MAP, "k", made) == by
    assert slots.is_taken(made)
    assert slots.is_free(MAP, "k"), "it was deleted"


def test_of_two_that_were_put_there_at_once_the_later_number_stands() -> None:
    for order in (b"ab", b"ba"):
        slots = Slots()
        made = {actor: put(slots, 5, bytes([actor])) for actor in order}
        first, second = made[ord("a")], made[ord("b")]
        assert slots.taker(MAP, "k", first) == second
        assert slots.taker(MAP, "k", second) is None
        assert not slots.is_taken(first)
