from contract_tui.contract.opening.opening import blank_document
from contract_tui.contract.past.milestones import AGREEMENTS, Milestones
from sync_server.protocol.ids import ElementId
from sync_server.protocol.operations import Action, Operation
from tests.contract_tui.contract.people import actor

ACTOR = actor("a")


def made(counter: int, parent: ElementId, key: str, action: Action, value: object) -> Operation:
    assert value is None or isinstance(value, int | str | float)
    return Operation(ElementId(counter, ACTOR), parent, key, False, action, value, ())


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
    found = blank_document(ACTOR).get(None, "agreements")
    assert getattr(found, "object", None) == AGREEMENTS
