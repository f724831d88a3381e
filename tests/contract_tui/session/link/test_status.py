import pytest

from contract_tui.session.link import status
from contract_tui.session.link.status import Status


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (status.saved(), "saved here"),
        (status.shared(), "shared with everyone"),
        (status.sharing(0), "sharing…"),
        (status.sharing(3), "sharing…"),
        (status.kept_back(2), "some of it is kept back by the relay"),
        (status.waiting(), "waiting for the contract"),
        (status.alone(0, ""), "working alone"),
        (status.alone(14, "why"), "working alone, not all shared yet"),
        (status.unsaved(2, "the disk is full"), "NOT saved yet"),
    ],
)
def test_the_state_is_told_in_plain_words(shown: Status, words: str) -> None:
    assert shown.words == words
