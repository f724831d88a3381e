"""What each person takes home."""

from dataclasses import replace

import pytest

from contract_tui.contract.reading import Written
from contract_tui.exports.blocks import Credit, Entry, Heading, Line
from contract_tui.exports.errors import NoPromise
from contract_tui.exports.home import around, asked_later, pages, promised, taken_home
from tests.contract_tui.exports.readings import EMPTY, full_reading


def test_the_students_page_comes_first_and_the_others_follow_as_they_promised() -> None:
    turned = replace(full_reading(), promises=full_reading().promises[::-1])
    assert turned.promises[1].by is not None
    assert turned.promises[1].by.name == "Jonas"
    assert [one.person.name for one in taken_home(turned)] == ["Maya", "Jonas", "Ms Okafor"]
    others = replace(full_reading(), promises=(turned.promises[1], *turned.promises))
    assert [one.person.name for one in taken_home(others)] == ["Maya", "Jonas", "Ms Okafor"]


def test_everybody_has_their_own_promises() -> None:
    kept = taken_home(full_reading())
    assert [one.person.name for one in kept] == ["Maya", "Ms Okafor", "Jonas"]
    assert [one.what.text for one in kept[0].promises] == [
        "I say so before I am lost.",
        "I show you the film first.",
    ]


def test_the_student_takes_the_question_home_whether_these_are_still_their_words() -> None:
    student, *others = taken_home(full_reading())
    (question,) = asked_later(student)
    assert isinstance(question, Line)
    assert "are these still your words?" in question.text
    assert [list(asked_later(one)) for one in others] == [[], []]
    assert list(pages(full_reading(), (student,))).count(question) == 1


def test_one_person_takes_home_only_what_they_promised_themselves() -> None:
    jonas = taken_home(full_reading())[2].person
    (kept,) = taken_home(full_reading(), jonas)
    (entry,) = promised(kept)
    assert entry == Entry(kept.promises[0].what, ("to Maya", "10 February 2024"))


def test_what_one_promises_oneself_is_said_so() -> None:
    first = full_reading().promises[0]
    own = replace(full_reading(), promises=(replace(first, to=first.by),))
    (entry,) = promised(taken_home(own)[0])
    assert isinstance(entry, Entry)
    assert entry.facts[0] == "to myself"


def test_who_wrote_a_promise_down_for_another_is_named_and_so_is_doubt() -> None:
    first = full_reading().promises[0]
    written = replace(first, what=Written("I tidy up.", ("Jonas",), ("Maya",)))
    entry, credit = promised(taken_home(replace(full_reading(), promises=(written,)))[0])
    assert isinstance(entry, Entry)
    assert credit == Credit("Written by Jonas, somebody in Maya’s name")
    other = replace(first, what=Written("I tidy up.", ("Jonas",)))
    (entry,) = promised(taken_home(replace(full_reading(), promises=(other,)))[0])
    assert isinstance(entry, Entry)
    assert entry.facts[-1] == "written down by Jonas"


def test_a_contract_of_which_nothing_says_which_it_is_has_no_command_to_open_it() -> None:
    plain = replace(full_reading(), contract=None, revisit="", title=" ")
    assert list(around(plain)) == [Line("This is part of “Learning contract”.")]


def test_each_page_begins_with_whose_it_is() -> None:
    blocks = list(pages(full_reading(), taken_home(full_reading())))
    headings = [block.text for block in blocks if isinstance(block, Heading)]
    assert headings == [f"{name}: what I promise" for name in ("Maya", "Ms Okafor", "Jonas")]


def test_where_nothing_was_promised_there_is_nothing_to_take_home() -> None:
    with pytest.raises(NoPromise, match="nobody has promised anything yet"):
        taken_home(EMPTY)
    nobodys = replace(full_reading().promises[0], by=None)
    with pytest.raises(NoPromise, match="nobody has promised anything yet"):
        taken_home(replace(full_reading(), promises=(nobodys,)))
    maya = taken_home(full_reading())[0].person
    with pytest.raises(NoPromise, match="Maya has not promised anything yet"):
        taken_home(replace(full_reading(), promises=(nobodys,)), maya)
