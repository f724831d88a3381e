from collections.abc import Iterator

from contract_tui.contract.opening.pieces import Pieces, whole


def adding(numbers: list[int]) -> Pieces[int]:
    total = 0
    for one in numbers:
        yield
        total += one
    return total


def test_work_in_pieces_can_be_done_at_once() -> None:
    assert whole(adding([1, 2, 3])) == 6
    assert whole(adding([])) == 0


def test_work_that_was_begun_is_gone_on_with() -> None:
    work = adding([1, 2, 3])
    next(work)
    next(work)
    assert whole(work) == 6


def test_work_has_a_piece_for_each_step() -> None:
    pieces: Iterator[None] = adding([1, 2, 3])
    assert len(list(pieces)) == 3
