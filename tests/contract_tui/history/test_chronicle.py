from contract_tui.history.chronicle import PLACEHOLDER, Chronicle
from contract_tui.history.moment import reached, until
from contract_tui.history.order import Order
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import Action, ElementId, Operation, Value
from sync_server.protocol.saved import SavedChange

ADA, BEN = Actor(b"a"), Actor(b"b")


def order() -> Order:
    """Ada makes four changes of one operation; after the first of them Ben makes two."""
    return Order(
        [
            SavedChange(ADA, 1, 1, 0, ()),
            SavedChange(ADA, 2, 2, 0, (0,)),
            SavedChange(ADA, 3, 3, 0, (1,)),
            SavedChange(ADA, 4, 4, 0, (2,)),
            SavedChange(BEN, 1, 2, 0, (0,)),
            SavedChange(BEN, 2, 3, 0, (4,)),
        ]
    )


def operation(
    counter: int,
    value: Value,
    action: Action = Action.SET,
    gone: tuple[tuple[int, Actor], ...] = (),
) -> Operation:
    successors = tuple(ElementId(*one) for one in gone)
    return Operation(ElementId(counter, ADA), None, None, True, action, value, successors)


def test_what_other_programs_write_has_its_place_too() -> None:
    told = order()
    chronicle = Chronicle(
        [
            operation(1, "long"),
            operation(2, True, Action.MARK),
            operation(3, 7),
            operation(4, None, Action.MAKE_MAP),
        ],
        told,
    )
    assert chronicle.text(until(told, len(told))) == f"long{PLACEHOLDER}{PLACEHOLDER}"
    assert chronicle.text(until(told, 1)) == "long"


def test_what_several_took_out_is_gone_wherever_one_of_them_is_known() -> None:
    told = order()
    chronicle = Chronicle([operation(1, "x", gone=((2, BEN), (3, ADA)))], told)
    [letter] = chronicle.letters
    assert letter.gone == (told.find(BEN, 1), told.find(ADA, 3))
    for changes, text in (
        ([(ADA, 1)], "x"),
        ([(ADA, 2)], "x"),
        ([(ADA, 3)], ""),
        ([(BEN, 1)], ""),
        ([(ADA, 2), (BEN, 2)], ""),
        ([(ADA, 4), (BEN, 2)], ""),
    ):
        moment = reached(told, [told.find(*change) for change in changes])
        assert chronicle.text(moment) == text
        assert chronicle.stands(0, moment) == bool(text)


def test_each_change_tells_what_it_put_in_and_took_out() -> None:
    told = order()
    chronicle = Chronicle([operation(1, "x", gone=((2, ADA),)), operation(3, "y")], told)
    assert chronicle.born(told.find(ADA, 1)) == [0]
    assert chronicle.taken(told.find(ADA, 2)) == [0]
    assert chronicle.born(told.find(ADA, 3)) == [1]
    assert not chronicle.born(told.find(BEN, 1))
    assert not chronicle.taken(told.find(BEN, 2))


def test_every_letter_has_an_id_and_is_found_by_it() -> None:
    told = order()
    chronicle = Chronicle([operation(1, "x", gone=((2, BEN),)), operation(3, "y")], told)
    assert [chronicle.id(place) for place in range(2)] == [ElementId(1, ADA), ElementId(3, ADA)]
    assert chronicle.place(ElementId(3, ADA)) == 1
    assert chronicle.place(ElementId(3, BEN)) is None
    assert chronicle.place(ElementId(2, ADA)) is None


def test_of_what_is_covered_only_the_line_breaks_are_shown_at_any_version() -> None:
    told = order()
    some = [operation(1, "x\ny", gone=((4, ADA),)), operation(2, "z"), operation(3, "!")]
    chronicle = Chronicle(some, told, {ElementId(1, ADA), ElementId(3, ADA)})
    assert chronicle.text(until(told, 1)) == "▒\n▒"
    assert chronicle.text(until(told, len(told))) == "z▒"
    assert [letter.text for letter in chronicle.letters] == ["▒\n▒", "z", "▒"]
    chronicle.cover([ElementId(2, ADA)])
    assert chronicle.text(until(told, len(told))) == "▒!"


def test_adding_to_a_number_takes_nothing_out() -> None:
    told = order()
    number = operation(1, 7, gone=((2, ADA),))
    added = operation(2, 1, Action.INCREMENT)._replace(insert=False)
    chronicle = Chronicle([number, added], told)
    assert chronicle.text(until(told, len(told))) == PLACEHOLDER
    assert chronicle.letters[0].gone == ()


def test_of_what_stands_at_one_place_the_greatest_is_shown() -> None:
    told = order()
    first = operation(1, "a", gone=((2, ADA), (2, BEN)))
    mine = operation(2, "b")._replace(insert=False)
    theirs = mine._replace(id=ElementId(2, BEN), value="c")
    chronicle = Chronicle([first, mine, theirs, operation(3, "!")], told)
    assert chronicle.text(until(told, len(told))) == "c!"
    assert chronicle.text(reached(told, [told.find(ADA, 3)])) == "b!"
    assert not chronicle.stands(1, until(told, len(told)))


def test_letters_are_read_one_by_one_or_some_at_once() -> None:
    chronicle = Chronicle([operation(1, "x"), operation(3, "y")], order())
    assert [one.text for one in chronicle.letters[-1:]] == ["y"]
    assert chronicle.letters[-1].text == "y"
    assert len(chronicle.letters) == 2
