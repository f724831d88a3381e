from contract_tui.contract.opening.known import Known
from sync_server.protocol.operations import ElementId

GOAL, STEPS, STEP, OTHER = (ElementId(number, b"a") for number in range(1, 5))


def known() -> Known[str]:
    found: Known[str] = Known()
    found.keep(GOAL, "a goal", [STEPS, STEP])
    found.keep(OTHER, "another", [])
    return found


def test_what_was_read_is_known_until_something_within_it_changes() -> None:
    for touched in (GOAL, STEPS, STEP):
        found = known()
        found.forget({touched})
        assert (found.get(GOAL), found.get(OTHER)) == (None, "another")


def test_a_change_elsewhere_leaves_all_as_it_is_known() -> None:
    found = known()
    found.forget({ElementId(9, b"b")})
    assert (found.get(GOAL), found.get(OTHER)) == ("a goal", "another")


def test_everything_can_be_forgotten_and_read_again() -> None:
    found = known()
    found.forget()
    assert (found.get(GOAL), found.get(OTHER)) == (None, None)
    found.keep(GOAL, "the goal as it is now", [])
    assert found.get(GOAL) == "the goal as it is now"
