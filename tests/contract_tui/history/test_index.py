from contract_tui.history.index import Index

INDEX = Index([0, 2, 1, 2], [-1, 3, 3, 4], {3: (4, 5)})


def test_letters_are_found_by_the_change_that_put_them_in() -> None:
    assert [list(INDEX.born(at)) for at in range(4)] == [[0], [2], [1, 3], []]


def test_letters_are_found_by_every_change_that_took_them_out() -> None:
    assert [list(INDEX.taken(at)) for at in range(2, 6)] == [[], [1, 2], [3], [3]]


def test_what_moved_between_two_versions_is_what_came_and_what_went() -> None:
    assert list(INDEX.moved(2, 4)) == [1, 3, 1, 2]
    assert list(INDEX.moved(4, 4)) == []
    assert set(INDEX.moved(0, 9)) == {0, 1, 2, 3}
