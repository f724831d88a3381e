from contract_tui.history.chronicle import Chronicle
from contract_tui.history.moment import Moment, until
from contract_tui.history.order import Order
from contract_tui.history.words import words_with
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import Action, ElementId, Operation
from sync_server.protocol.saved import SavedChange

ADA = Actor(b"a")
ORDER = Order([SavedChange(ADA, 1, 100, 0, ()), SavedChange(ADA, 2, 101, 0, (0,))])
NOW, BEFORE = until(ORDER, 2), until(ORDER, 0)


def text(words: str, gone: str = "") -> Chronicle:
    """A text of which the letters of the last appearance of `gone` were taken out."""
    out = range(words.rindex(gone), words.rindex(gone) + len(gone)) if gone else ()
    return Chronicle(
        [
            Operation(
                ElementId(counter, ADA),
                None,
                None,
                True,
                Action.SET,
                letter,
                (ElementId(101, ADA),) if counter - 1 in out else (),
            )
            for counter, letter in enumerate(words, 1)
        ],
        ORDER,
    )


def words(chronicle: Chronicle, chosen: list[int], moment: Moment) -> list[str]:
    return words_with(chronicle, chosen, chronicle.flags(moment))


def test_words_are_those_that_hold_a_chosen_letter() -> None:
    chronicle = text("one two  three\nfour")
    now = chronicle.flags(NOW)
    assert words_with(chronicle, range(19), now) == ["one", "two", "three", "four"]
    assert words_with(chronicle, range(5, 6), now) == ["two"]
    assert words_with(chronicle, range(2, 5), now) == ["one", "two"]
    assert words_with(chronicle, range(3, 4), now) == []
    assert words_with(chronicle, [], now) == []


def test_a_chosen_letter_counts_though_it_is_not_there() -> None:
    assert words(text("one two"), [0], BEFORE) == ["o"]
    assert words(text("one two", gone="wo"), [5], NOW) == ["tw"]


def test_a_gap_that_is_gone_parts_no_words() -> None:
    assert words(text("snow man", gone=" "), [0], NOW) == ["snowman"]
    assert words(text("snow man"), [0], NOW) == ["snow"]
