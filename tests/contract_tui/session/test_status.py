import pytest

from contract_tui.session import status
from contract_tui.session.status import Status


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (status.saved(), "saved here"),
        (status.shared(), "shared with everyone"),
        (status.sharing(0), "sharing…"),
        (status.sharing(1), "sharing 1 change…"),
        (status.sharing(3), "sharing 3 changes…"),
        (status.kept_back(2), "2 changes kept back by the relay"),
        (status.waiting(), "waiting for the contract"),
        (status.alone(0, ""), "working alone"),
        (status.alone(14, "why"), "working alone, 14 changes to share"),
        (status.unsaved(2, "the disk is full"), "NOT saved: 2 changes"),
    ],
)
def test_the_state_is_told_in_plain_words(shown: Status, words: str) -> None:
    assert shown.words == words
