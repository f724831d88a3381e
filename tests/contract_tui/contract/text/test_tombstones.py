from contract_tui.contract.text.tombstones import Tombstones
from sync_server.protocol.operations import ElementId


def element(counter: int) -> ElementId:
    return ElementId(counter, b"a")


def test_what_stands_survives_as_itself() -> None:
    assert Tombstones().survivor(element(1)) == element(1)


def test_what_went_points_to_what_stood_before_it() -> None:
    tombstones = Tombstones()
    tombstones.bury(element(1), [element(2), element(3)])
    tombstones.bury(None, [element(1)])
    assert tombstones.left_of(element(3)) == element(1)
    assert tombstones.survivor(element(3)) is None
    tombstones.bury(element(7), [element(8)])
    assert tombstones.survivor(element(8)) == element(7)


def test_what_comes_back_stands_again() -> None:
    tombstones = Tombstones()
    tombstones.bury(element(1), [element(2)])
    tombstones.revive([element(2)])
    assert element(2) not in tombstones
    assert tombstones.survivor(element(2)) == element(2)


def test_the_oldest_are_forgotten() -> None:
    tombstones = Tombstones()
    for counter in range(1, 50_002):
        tombstones.bury(None, [element(counter)])
    assert element(1) not in tombstones
    assert element(50_001) in tombstones
    assert len(tombstones) == 25_000
