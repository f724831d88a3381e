from contract_tui.contract.opening.opening import blank_document
from contract_tui.contract.past.milestones import AGREEMENTS, CONFERENCES, Conference, Milestones
from sync_server.protocol.ids import ChangeHash, ElementId
from sync_server.protocol.operations import Action, Operation
from tests.contract_tui.contract.people import actor

ACTOR = actor("a")
HEAD = ChangeHash(bytes(range(32)))


def made(counter: int, parent: ElementId, key: str, action: Action, value: object) -> Operation:
    assert value is None or isinstance(value, int | str | float)
    return Operation(ElementId(counter, ACTOR), parent, key, False, action, value, ())


def conference(**fields: object) -> Conference:
    """The conference that these fields tell of, each written after the one before."""
    found = Milestones()
    found.add(made(50, CONFERENCES, "c", Action.MAKE_MAP, None))
    for counter, (key, value) in enumerate(fields.items(), 51):
        found.add(made(counter, ElementId(50, ACTOR), key, Action.SET, value))
    (one,) = found.conferences()
    return one


def test_a_conference_is_told_as_it_was_noted() -> None:
    both = f"{HEAD.hex()},{bytes(32).hex()}"
    one = conference(started_at=7, opened_heads=HEAD.hex(), ended_at=9, closed_heads=both)
    assert one == Conference(
        opened=ElementId(50, ACTOR),
        closed=ElementId(54, ACTOR),
        opened_heads=(HEAD,),
        closed_heads=(ChangeHash(bytes(32)), HEAD),
        started_at=7,
        ended_at=9,
        notes=tuple(ElementId(counter, ACTOR) for counter in range(50, 55)),
    )


def test_a_conference_that_is_not_over_has_no_end() -> None:
    for nothing in (None, "", 0, False):
        one = conference(ended_at=nothing, closed_heads=nothing)
        assert (one.closed, one.closed_heads) == (None, ())


def test_what_has_the_wrong_type_is_left_aside() -> None:
    for odd in (None, 1.5e300, True, "7", "ab", HEAD.hex().upper(), f"{HEAD.hex()}," * 3):
        one = conference(started_at=odd, opened_heads=odd)
        assert (one.started_at, one.opened_heads) == (None, ())
    assert conference(started_at=7.9).started_at == 7


def test_the_newest_value_counts() -> None:
    found = Milestones()
    found.add(made(50, CONFERENCES, "c", Action.MAKE_MAP, None))
    for counter in (60, 59):
        found.add(made(counter, ElementId(50, ACTOR), "started_at", Action.SET, counter))
    (one,) = found.conferences()
    assert one.started_at == 60


def test_what_is_deleted_was_noted_nevertheless() -> None:
    found = Milestones()
    found.add(made(50, AGREEMENTS, "seat", Action.MAKE_MAP, None))
    found.add(made(51, ElementId(50, ACTOR), "a", Action.SET, "e30.e30.e30"))
    found.add(made(52, ElementId(50, ACTOR), "a", Action.DELETE, None))
    assert [(one.seat, one.noted.counter) for one in found.agreements] == [("seat", 51)]


def test_a_signature_is_a_string_and_nothing_else() -> None:
    found = Milestones()
    found.add(made(50, AGREEMENTS, "seat", Action.MAKE_MAP, None))
    for counter, value in enumerate((7, "", None), 51):
        found.add(made(counter, ElementId(50, ACTOR), "a", Action.SET, value))
    found.add(made(60, ElementId(50, ACTOR), "b", Action.MAKE_TEXT, None))
    found.add(made(61, ElementId(50, ACTOR), "c", Action.SET, "e30"))
    assert [(one.noted.counter, one.token) for one in found.agreements] == [(61, "e30")]


def test_the_objects_are_those_of_every_contract() -> None:
    document = blank_document(ACTOR)
    for key, obj in (("conferences", CONFERENCES), ("agreements", AGREEMENTS)):
        assert getattr(document.get(None, key), "object", None) == obj


def test_maps_in_maps_are_notes_however_deep_they_lie() -> None:
    found = Milestones()
    found.add(made(50, CONFERENCES, "c", Action.MAKE_MAP, None))
    for counter in range(51, 3_000):
        found.add(made(counter, ElementId(counter - 1, ACTOR), "in", Action.MAKE_MAP, None))
    (one,) = found.conferences()
    assert one.notes == tuple(ElementId(counter, ACTOR) for counter in range(50, 3_000))
