"""What the library asks, and the examples that it gives."""

from contract_tui.library.library import Library
from contract_tui.library.settings import is_room, relay_address
from contract_tui.ui.screens import questions
from contract_tui.ui.screens.dialogs import Dialog


async def _never(_question: Dialog[bool]) -> bool | None:
    raise AssertionError("nobody is asked about an address that nobody has typed")


def test_the_address_beside_a_code_is_shown_as_that_of_a_room(empty: Library) -> None:
    (field,) = questions.join_by_code(empty, "ABC-DEF-GHJ", _never)._fields
    assert is_room(relay_address(f"ws://{field.hint}"))
