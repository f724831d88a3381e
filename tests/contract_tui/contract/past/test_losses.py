"""Whole texts that a changed program took out of their places, whoever wrote in them."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tui.contract import sections
from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Kind, Writer
from contract_tui.contract.items import paths, writing
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.past.losses import Losses, Lost, attached
from contract_tui.contract.past.restored import section_again, text_again
from contract_tui.contract.past.settled import settling
from contract_tui.contract.past.watch import Watch
from contract_tui.contract.records import in_one
from contract_tui.contract.schema import GOALS_MAP, INTERESTS, SECTION_MAPS, SECTIONS_MAP, PartId
from contract_tui.contract.sections import heading_part
from contract_tui.contract.text.splice import Splice
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import ElementId, operations
from sync_server.protocol.saved import read_saved
from tests.contract_tui.contract.hostile import documents
from tests.contract_tui.contract.people import (
    MAYA,
    OKAFOR,
    OKAFOR_PROOF,
    actor_of,
    copy,
    exchange,
    new_contract,
)
from tests.contract_tui.full_contract import JONAS, full_contract

WRITTEN = [
    PartId(f"{thing.id}/{field}")
    for thing in full_contract().items
    for field in thing.texts
    if full_contract().text(thing.part(field)).text
]
ROBOT = PartId("robot")


def losses(contract: Contract) -> tuple[Lost, ...]:
    found = Losses(contract)
    for one in read_saved(contract.save()).operations():
        found.take(one)
    return found.found()


def take_out(writer: Writer, holder: ElementId, key: str) -> None:
    writer.delete(holder, key)


def replace(writer: Writer, holder: ElementId, key: str) -> None:
    writer.splice(writer.make(holder, key, Kind.TEXT), Splice(0, 0, "Sit still."))


def say_instead(writer: Writer, holder: ElementId, key: str) -> None:
    writer.put(holder, key, "Sit still.")


DO = [take_out, replace, say_instead]
Do = Callable[[Writer, ElementId, str], None]


def attacked(contract: Contract, holder: ElementId, key: str, do: Do) -> Contract:
    """The contract after a changed program of the teacher did that, opened anew."""
    forged = copy(contract, actor_of(OKAFOR, 90))
    watch = Watch(forged)
    raw = forged.change(lambda writer: do(writer, holder, key))
    assert watch.objects - Watch(forged).objects or watch.is_suspicious(OKAFOR.id, operations(raw))
    return Contract.open([*contract.changes_since(), raw], actor_of(MAYA, 91))


@pytest.mark.parametrize("do", DO)
@pytest.mark.parametrize("part", WRITTEN)
def test_every_text_of_every_thing_is_offered_back(part: PartId, do: Do) -> None:
    before = full_contract()
    thing = before.items.find(paths.owner(part) or ItemId(""))
    assert thing is not None
    words, authors = before.text(part).text, {one for _, _, one in before.text(part).author_runs()}
    people = {before.author(one).id for one in authors}
    after = attacked(before, thing.object, paths.field(part), do)
    found = losses(after)
    if people == {OKAFOR.id}:
        assert not found, "they took out their own"
        return
    (lost,) = found
    assert (lost.part, lost.text, lost.takers) == (part, words, frozenset({OKAFOR.id}))
    assert lost.authors == people - {OKAFOR.id}


def with_section() -> Contract:
    """Maya's contract with a section of her own, in which Ms Okafor wrote, too."""
    maya = new_contract()
    maya.add_seat(OKAFOR, OKAFOR_PROOF)
    maya.change(sections.add(ROBOT, "My robot", "t", None))
    maya.splice(ROBOT, Splice(0, 0, "It walks."))
    okafor = copy(maya, actor_of(OKAFOR, 3))
    okafor.splice(ROBOT, Splice(9, 9, " How far?"))
    exchange(maya, okafor)
    return maya


def map_of(contract: Contract) -> ElementId:
    (place,) = [one.map for one in contract.sections if one.part == ROBOT]
    assert place is not None
    return place


@pytest.mark.parametrize("do", DO)
def test_the_words_and_the_name_of_a_section_are_offered_back(do: Do) -> None:
    maya = with_section()
    (lost,) = losses(attacked(maya, map_of(maya), "body", do))
    assert (lost.part, lost.text) == (ROBOT, "It walks. How far?")
    assert (*lost.authors, lost.with_section) == (MAYA.id, False)
    (lost,) = losses(attacked(maya, map_of(maya), "heading", do))
    assert (lost.part, lost.text, *lost.authors) == (heading_part(ROBOT), "My robot", MAYA.id)
    after = attacked(maya, map_of(maya), "body", do)
    after.change(in_one(None, map(text_again, losses(after))))
    assert after.text(ROBOT).text == "It walks. How far?"


@pytest.mark.parametrize("do", DO)
def test_a_whole_section_is_offered_back_with_its_name(do: Do) -> None:
    maya = with_section()
    after = attacked(maya, SECTIONS_MAP, ROBOT, do)
    assert ROBOT not in [one.part for one in after.sections]
    found = losses(after)
    assert {one.text for one in found} == {"It walks. How far?", "My robot"}
    assert all(one.with_section for one in found)
    after.change(section_again(found, "z"))
    *_, again = after.sections
    assert (again.heading, after.text(again.part).text) == ("My robot", "It walks. How far?")
    assert (again.part == ROBOT) is (do is take_out)


def test_the_first_sections_cannot_be_taken_out_of_their_places() -> None:
    maya = full_contract()
    place = SECTION_MAPS[INTERESTS]
    forged = copy(maya, actor_of(OKAFOR, 90))
    forged.change(lambda writer: replace(writer, place, "body"))
    forged.change(lambda writer: replace(writer, place, "heading"))
    forged.change(lambda writer: writer.delete(SECTIONS_MAP, INTERESTS))
    assert not losses(forged)
    assert forged.text(INTERESTS).text == maya.text(INTERESTS).text


def test_letters_of_a_reflection_a_note_an_answer_and_a_heading_are_offered_back() -> None:
    for part, owner, by in (
        (PartId("reflections/father/text"), JONAS, OKAFOR),
        (PartId("reflections/first/text"), MAYA, JONAS),
        (PartId("notes/wondering/text"), JONAS, MAYA),
        (PartId("notes/declined/answer_text"), MAYA, JONAS),
    ):
        contract = full_contract(by)
        contract.splice(part, Splice(2, 6, ""))
        (lost,) = losses(contract)
        assert (lost.part, *lost.authors, *lost.takers) == (part, owner.id, by.id)
        assert not lost.is_shared
        contract = full_contract(owner)
        contract.splice(part, Splice(2, 6, ""))
        assert not losses(contract)
    maya = with_section()
    okafor = copy(maya, actor_of(OKAFOR, 5))
    okafor.splice(heading_part(ROBOT), Splice(0, 3, ""))
    (lost,) = losses(okafor)
    assert (lost.text, *lost.authors) == ("My ", MAYA.id)


def test_everybody_may_take_words_out_of_most_texts() -> None:
    contract = full_contract(OKAFOR)
    for part in (INTERESTS, PartId("goals/kite/what"), PartId("promises/hill/what")):
        contract.splice(part, Splice(0, 5, ""))
    assert not losses(contract)


def test_the_student_settles_all_and_everybody_else_their_own_letters() -> None:
    maya = with_section()
    after = attacked(maya, map_of(maya), "body", take_out)
    before = copy(after, actor_of(JONAS, 1))
    (lost,) = losses(after)
    okafor = copy(after, actor_of(OKAFOR, 6))
    okafor.change(settling("s", lost.object, lost.elements, OKAFOR.id))
    (left,) = losses(okafor)
    assert left.text == lost.text, "it is whole for Maya"
    after.change(settling("s", lost.object, lost.elements, MAYA.id))
    assert not losses(after)
    after = attacked(before, SECTIONS_MAP, ROBOT, take_out)
    after.write_as(actor_of(JONAS, 2))
    for one in losses(after):
        after.change(settling(f"j{one.object.counter}", one.object, one.elements, JONAS.id))
    assert losses(after), "none of this was his"


def test_what_is_written_into_a_text_after_it_went_is_offered_back_with_it() -> None:
    maya = with_section()
    okafor = copy(maya, actor_of(OKAFOR, 7))
    okafor.change(lambda writer: writer.delete(map_of(maya), "body"))
    maya.splice(ROBOT, Splice(0, 0, "Look! "))
    exchange(maya, okafor)
    (lost,) = losses(maya)
    assert lost.text == "Look! It walks. How far?"
    assert losses(okafor) == (lost,)


LETTERS = "abcdefghijklmnopqrstuvwxyz"


@settings(max_examples=settings().max_examples // 4)
@given(
    st.lists(
        st.tuples(
            st.booleans(),
            st.sampled_from(["write", "write", "replace", "delete", "section", "meet"]),
            st.integers(0, 5),
        ),
        max_size=14,
    )
)
def test_every_word_stands_where_it_was_written_or_is_offered_back(
    deeds: list[tuple[bool, str, int]],
) -> None:
    """Ms Okafor's program does what it likes; both write on, and neither knows of the other."""
    maya = with_section()
    maya.change(writing.add(paths.PROMISES_LIST, "p", {}, {"what": "Yes."}, turn_at=None))
    okafor = copy(maya, actor_of(OKAFOR, 8))
    own: list[str] = []
    for number, (by_maya, deed, at) in enumerate(deeds):
        one = maya if by_maya else okafor
        part = ROBOT if at % 2 else PartId("promises/p/what")
        here = {name: obj for obj, name in attached(one).items()}
        promise = one.items.find(ItemId("promises/p"))
        holder = next((s.map for s in one.sections if s.part == ROBOT), None) if at % 2 else None
        if promise and not at % 2:
            holder = promise.object
        if deed == "write" and part in here:
            word = LETTERS[number]
            one.splice(part, Splice(0, 0, word))
            own += [word] if by_maya else []
        elif deed == "meet":
            exchange(maya, okafor)
        elif not by_maya and holder is not None:
            do = replace if deed == "replace" else take_out
            if deed == "section" and at % 2:
                one.change(lambda writer: writer.delete(SECTIONS_MAP, ROBOT))
            elif deed == "replace" or (deed == "delete" and part in here):
                change(one, holder, "body" if at % 2 else "what", do)
    exchange(maya, okafor)
    standing = "".join(maya.text(part).text for part in attached(maya).values())
    offered = "".join(lost.text for lost in losses(maya) if MAYA.id in lost.authors)
    assert all(word in standing + offered for word in own)
    assert losses(copy(okafor, actor_of(JONAS, 9))) == losses(maya)


@settings(max_examples=settings().max_examples // 4)
@given(documents())
def test_whatever_a_program_of_others_made_of_a_contract_is_looked_through(
    raws: list[bytes],
) -> None:
    contract = Contract.open(raws, actor_of(MAYA))
    assert all(lost.authors for lost in losses(contract))
    watch = Watch(contract)
    for raw in raws:
        watch.is_suspicious(MAYA.id, operations(raw))


def change(contract: Contract, holder: ElementId, key: str, do: Do) -> None:
    contract.change(lambda writer: do(writer, holder, key))


def test_a_flood_of_texts_hides_nothing_that_somebody_lost_to_another() -> None:
    maya = with_section()
    okafor = copy(maya, actor_of(OKAFOR, 9))
    maya.change(lambda writer: take_out(writer, map_of(maya), "body"))
    for start in range(10, 20):
        program = copy(okafor, actor_of(OKAFOR, start))

        def flood(writer: Writer) -> None:
            for number in range(40):
                place = writer.make(SECTIONS_MAP, f"s{number}", Kind.MAP)
                writer.splice(writer.make(place, "body", Kind.TEXT), Splice(0, 0, "spam"))

        maya.apply([program.change(flood)])
    found = losses(maya)
    assert len(found) == 200
    assert "It walks. How far?" in [one.text for one in found]


def test_of_two_texts_that_were_put_in_an_earlier_goal_at_once_no_word_is_lost() -> None:
    maya = new_contract()
    maya.add_seat(OKAFOR, OKAFOR_PROOF)
    maya.change(lambda writer: writer.put(GOALS_MAP, "old", {"state": "trying", "pos": "b1"}))
    (goal,) = maya.items.goals
    assert "structure_note" not in goal.texts
    okafor = copy(maya, actor_of(OKAFOR, 7))
    raws = [
        one.change(writing.add_text(goal.object, "structure_note", words, None))
        for one, words in ((maya, "I see it then."), (okafor, "It calms you."))
    ]
    before = [Watch(maya), Watch(okafor)]
    exchange(maya, okafor)
    for one, watch, news, by in zip(
        (maya, okafor), before, raws[::-1], (OKAFOR, MAYA), strict=True
    ):
        now = Watch(one)
        assert watch.objects - now.objects or now.is_suspicious(by.id, operations(news))
        (lost,) = losses(one)
        assert lost.part == goal.part("structure_note")
        assert {one.text(lost.part).text, lost.text} == {"I see it then.", "It calms you."}
        assert lost.authors == {one.author(Actor(lost.elements[0].actor)).id}
    assert maya.items == okafor.items
    assert losses(maya) == losses(okafor)
