from contract_tui.history.dependencies import Dependencies


def dependencies() -> Dependencies:
    """Two begin, two go on from one of them each, and one joins everything."""
    found = Dependencies()
    found.extend([(), (), (0,)])
    found.extend([(1,), (3, 2)])
    return found


def test_what_a_change_was_made_upon_is_told_in_ascending_order() -> None:
    found = dependencies()
    assert list(found) == [(), (), (0,), (1,), (2, 3)]
    assert [found[at] for at in range(len(found))] == list(found)
    assert found[-1] == (2, 3)
    assert found[1:3] == [(), (0,)]


def test_the_last_can_be_forgotten() -> None:
    found = dependencies()
    found.pop()
    found.extend([(2,)])
    assert found[4] == (2,)
    assert len(found) == 5


def test_everything_below_some_changes_is_found() -> None:
    found, flags = dependencies(), bytearray(6)
    found.flag_past(flags, [2])
    assert flags == b"\1\0\1\0\0\0"
    found.flag_past(flags, [4])
    assert flags == b"\1\1\1\1\1\0"


def test_what_others_were_made_upon_is_no_head() -> None:
    found = dependencies()
    for moment, heads in ((b"\1\1\1\1\0\0", b"\0\0\1\1\0\0"), (b"\1\1\1\1\1\0", b"\0\0\0\0\1\0")):
        flags = bytearray(moment)
        found.clear(flags, moment)
        assert flags == heads
