from dataclasses import replace
from functools import partial

from contract_tui.contract.crdt import Writer
from contract_tui.contract.schema import (
    INTERESTS,
    SECTION_MAPS,
    STRUCTURE,
    SUPPORTS,
    StructureChoice,
)
from contract_tui.contract.text.splice import Splice
from tests.contract_tui.contract.people import (
    CONTRACT,
    MAYA,
    OKAFOR,
    OKAFOR_PROOF,
    actor,
    actor_of,
    copy,
    exchange,
    new_contract,
)


def test_a_reading_holds_everything_there_is_to_read() -> None:
    maya = new_contract("Birds")
    okafor = copy(maya, actor_of(OKAFOR))
    okafor.add_seat(OKAFOR, OKAFOR_PROOF)
    maya.splice(INTERESTS, Splice(0, 0, "I like birds"))
    exchange(maya, okafor)
    okafor.splice(INTERESTS, Splice(7, 7, "big "))
    okafor.choose_structure(StructureChoice.TOGETHER)
    reading = okafor.reading()
    assert (reading.contract, reading.title, reading.heads) == (CONTRACT, "Birds", okafor.heads)
    assert reading.structure_choice is StructureChoice.TOGETHER
    assert [seat.id for seat in reading.seats] == sorted([MAYA.id, OKAFOR.id])
    assert [section.part for section in reading.sections] == [INTERESTS, SUPPORTS, STRUCTURE]
    assert reading.sections[0].text == "I like big birds"
    assert reading.sections[0].writers == ("Maya", "Ms Okafor")
    assert reading.sections[1].writers == ()


def test_two_devices_of_one_person_are_one_writer() -> None:
    maya = new_contract()
    maya.splice(INTERESTS, Splice(0, 0, "a"))
    again = copy(maya, actor_of(MAYA, 1))
    again.splice(INTERESTS, Splice(1, 1, "b"))
    stranger = copy(again, actor("s"))
    stranger.splice(INTERESTS, Splice(0, 0, "c"))
    assert stranger.reading().sections[0].writers == ("of unknown origin", "Maya")


def test_an_older_version_reads_as_it_was() -> None:
    maya = new_contract("Old")
    maya.splice(INTERESTS, Splice(0, 0, "then"))
    heads, then = maya.heads, maya.reading()
    maya.splice(INTERESTS, Splice(0, 4, "now"))
    maya.choose_structure(StructureChoice.STEPS)
    assert maya.reading(heads) == replace(then, agreement=None)
    assert maya.reading() != then


def test_hidden_sections_are_read_but_not_shown() -> None:
    maya = new_contract()
    hide = partial(Writer.put, obj=SECTION_MAPS[SUPPORTS], key="hidden", item=True)
    maya._document.transact(hide)
    reading = copy(maya, actor("b")).reading()
    assert [section.part for section in reading.shown] == [INTERESTS, STRUCTURE]
    assert len(reading.sections) == 3


def test_whoever_is_in_doubt_is_not_among_the_writers() -> None:
    maya = new_contract()
    okafor = copy(maya, actor_of(OKAFOR))
    okafor.add_seat(OKAFOR, OKAFOR_PROOF)
    okafor.splice(INTERESTS, Splice(0, 0, "mine "))
    exchange(maya, okafor)
    maya.splice(INTERESTS, Splice(0, 0, "I like "))
    since = maya.text(INTERESTS).ids[0].counter
    maya.splice(SUPPORTS, Splice(0, 0, "quiet"))
    interests, supports, structure = maya.reading(doubtful={maya.actor: since}).sections
    assert (interests.writers, interests.in_doubt) == (("Ms Okafor",), ("Maya",))
    assert interests.by == ("Ms Okafor", "somebody in Maya’s name")
    assert (supports.writers, supports.in_doubt) == ((), ("Maya",))
    assert structure.by == ()


def test_who_was_sure_once_and_is_in_doubt_since_is_both() -> None:
    maya = new_contract()
    maya.splice(INTERESTS, Splice(0, 0, "sure"))
    maya.splice(INTERESTS, Splice(4, 4, "?"))
    since = maya.text(INTERESTS).ids[4].counter
    section = maya.reading(doubtful={maya.actor: since}).sections[0]
    assert section.by == ("Maya", "somebody in Maya’s name")


def test_doubt_about_a_stranger_says_no_more_than_that_they_are_one() -> None:
    stranger = copy(new_contract(), actor("s"))
    stranger.splice(INTERESTS, Splice(0, 0, "hello"))
    section = stranger.reading(doubtful={actor("s"): 1}).sections[0]
    assert section.by == ("of unknown origin",)
