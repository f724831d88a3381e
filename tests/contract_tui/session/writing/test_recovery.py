from collections.abc import Callable
from pathlib import Path

import pytest

from contract_tui.contract.conference.noted import CONFERENCES
from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Kind, Writer
from contract_tui.contract.errors import NotYours
from contract_tui.contract.items import paths, writing
from contract_tui.contract.past.losses import Lost
from contract_tui.contract.schema import SECTIONS_MAP, PartId
from contract_tui.contract.text.splice import Splice
from contract_tui.library.world import World
from contract_tui.session.session import Session
from sync_server.access.proof import Role, SeatId
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.ids import Actor
from tests.contract_tui.session.company import Company, company, read

ALONE = World(online=False)


async def sat_down(people: Company) -> tuple[Session, Session, PartId]:
    """Heidi, who has written why her goal matters to her, and Clara, who has read it."""
    people.invite("Clara", Role.TEACHER)
    clara = await people.open("Clara", ALONE)
    heidi = await people.open("Heidi", ALONE)
    meet(heidi, clara)
    goal = heidi.desk.add_goal()
    (found,) = heidi.desk.items.goals
    assert found.id == goal
    heidi.edit(found.part("matters"), Splice(0, 0, "Because I love the wind."))
    meet(heidi, clara)
    return heidi, clara, found.part("matters")


def missing(session: Session) -> list[Lost]:
    return list(session.recovery.lost)


def meet(*sessions: Session) -> None:
    everything = parse_changes([raw for one in sessions for raw in past(one)])
    for one in sessions:
        one._notary.take(everything)


def past(session: Session) -> list[bytes]:
    graph = session._replica.graph
    return graph.raws(range(len(graph)))


def forge(by: Session, part: PartId, splice: Splice) -> None:
    """A changed program of theirs writes in a text, and it reaches their own session."""
    actor = Actor(by.contract.actor[:8] + b"forgery!")
    changed = Contract.open(past(by), actor)
    obj = changed.texts[part]
    raw = changed.change(lambda writer: writer.splice(obj, splice))
    by._notary.take(parse_changes([raw]))


async def test_words_that_a_changed_program_took_out_are_found_and_put_back(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi, clara, part = await sat_down(people)
        await heidi.recovery.follow()
        forge(clara, part, Splice(8, 15, ""))
        meet(heidi, clara)
        await heidi.recovery.follow()
        await clara.recovery.follow()
        assert read(heidi, part) == "Because the wind."
        [lost] = missing(heidi)
        assert missing(clara) == [lost]
        with pytest.raises(NotYours):
            clara.recovery.put_back(lost)
        assert heidi.recovery.put_back(lost)
        assert not heidi.recovery.put_back(lost), "once is enough"
        assert read(heidi, part) == "Because I love the wind."
        assert heidi.contract.author(heidi.contract.text(part).author_at(10)).name == "Heidi"
        meet(heidi, clara)
        await clara.recovery.follow()
        assert not missing(heidi)
        assert not missing(clara)
        await heidi.close()
        heidi = await people.open("Heidi", ALONE)
        await heidi.recovery.follow()
        assert not missing(heidi)


async def test_a_conference_that_a_changed_program_wrote_over_is_found_again(
    tmp_path: Path,
) -> None:
    async with company(tmp_path) as people:
        heidi, clara, _ = await sat_down(people)
        key = heidi.conferring.begin().key
        heidi.conferring.go_on()
        meet(heidi, clara)
        await heidi.recovery.follow()
        changed = Contract.open(past(clara), Actor(clara.contract.actor[:8] + b"forgery!"))
        raw = changed.change(lambda writer: writer.put(CONFERENCES, key, "nothing"))
        clara._notary.take(parse_changes([raw]))
        meet(heidi, clara)
        assert heidi.conferring.current is None
        for session in (heidi, clara):
            await session.recovery.follow()
            assert session.conferring.current is not None
            assert session.conferring.current.path == ("open", "me")


async def test_what_is_let_go_does_not_come_back(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi, clara, part = await sat_down(people)
        forge(clara, part, Splice(0, 8, ""))
        meet(heidi, clara)
        await heidi.recovery.follow()
        assert heidi.recovery.let_go(missing(heidi)[0])
        assert read(heidi, part) == "I love the wind."
        assert not missing(heidi)


@pytest.mark.parametrize("is_another_there", [True, False])
async def test_words_come_back_where_a_changed_program_replaced_their_text(
    tmp_path: Path, is_another_there: bool
) -> None:
    async with company(tmp_path) as people:
        heidi, clara, part = await sat_down(people)
        await heidi.recovery.follow()
        goal = heidi.desk.items.goals[0].object

        def replace(writer: Writer) -> None:
            writer.delete(goal, "matters")
            if is_another_there:
                writer.splice(writer.make(goal, "matters", Kind.TEXT), Splice(0, 0, " (So.)"))

        changed = Contract.open(past(clara), Actor(clara.contract.actor[:8] + b"forgery!"))
        clara._notary.take(parse_changes([changed.change(replace)]))
        meet(heidi, clara)
        await heidi.recovery.follow()
        [lost] = missing(heidi)
        assert heidi.recovery.put_back(lost)
        assert not missing(heidi)
        own = "Because I love the wind."
        assert read(heidi, part) == (f"{own} (So.)" if is_another_there else own)
        meet(heidi, clara)
        await clara.recovery.follow()
        assert read(clara, part) == read(heidi, part)
        assert not missing(clara)


def attack(by: Session, write: Callable[[Writer], object]) -> None:
    """A changed program of theirs does something, and it reaches their own session."""
    changed = Contract.open(past(by), Actor(by.contract.actor[:8] + b"forgery!"))
    by._notary.take(parse_changes([changed.change(lambda writer: (write(writer), None)[1])]))


async def test_a_promise_that_somebody_emptied_is_offered_to_whoever_wrote_it(
    tmp_path: Path,
) -> None:
    async with company(tmp_path) as people:
        heidi, clara, _ = await sat_down(people)
        promise = clara.desk.add_promise(heidi.me.id if heidi.me else SeatId(""))
        what = paths.part_of(promise, "what")
        clara.edit(what, Splice(0, 0, "I ask on Mondays."))
        meet(heidi, clara)
        for one in (heidi, clara):
            await one.recovery.follow()
        place = next(one.object for one in heidi.desk.items.promises)
        attack(heidi, lambda writer: writer.delete(place, "what"))
        meet(heidi, clara)
        for one in (heidi, clara):
            await one.recovery.follow()
        [lost] = missing(clara)
        assert missing(heidi) == [lost]
        assert clara.recovery.may_settle(lost)
        assert heidi.recovery.may_settle(lost), "the student always"
        assert clara.recovery.put_back(lost)
        assert read(clara, what) == "I ask on Mondays."
        meet(heidi, clara)
        assert read(heidi, what) == "I ask on Mondays."
        assert not missing(clara)
        assert not missing(heidi), "the words stand there again"


async def test_a_section_that_somebody_took_out_is_put_back_by_the_student(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi, clara, _ = await sat_down(people)
        part = heidi.desk.add_section("My robot")
        heidi.edit(part, Splice(0, 0, "It walks."))
        meet(heidi, clara)
        for one in (heidi, clara):
            await one.recovery.follow()
        attack(clara, lambda writer: writer.delete(SECTIONS_MAP, part))
        meet(heidi, clara)
        for one in (heidi, clara):
            await one.recovery.follow()
        found = missing(heidi)
        assert {one.text for one in found} == {"My robot", "It walks."}
        assert not any(clara.recovery.may_settle(one) for one in found)
        with pytest.raises(NotYours):
            clara.recovery.put_back(found[0])
        assert heidi.recovery.put_back(found[0])
        assert not missing(heidi)
        again = heidi.contract.sections[-1]
        assert (again.heading, read(heidi, again.part)) == ("My robot", "It walks.")
        meet(heidi, clara)
        await clara.recovery.follow()
        assert not missing(clara)


async def test_what_is_typed_into_a_text_that_somebody_took_out_is_there_afterwards(
    tmp_path: Path,
) -> None:
    async with company(tmp_path) as people:
        heidi, clara, part = await sat_down(people)
        goal = heidi.desk.items.goals[0].object
        attack(clara, lambda writer: writer.delete(goal, "matters"))
        meet(heidi, clara)
        assert part not in heidi.contract.items.texts
        heidi.edit(part, Splice(0, 7, "Since"))
        assert read(heidi, part) == "Since I love the wind."
        meet(heidi, clara)
        assert read(clara, part) == "Since I love the wind."
        await heidi.close()
        heidi = await people.open("Heidi", ALONE)
        await heidi.recovery.follow()
        assert read(heidi, part) == "Since I love the wind."
        assert not missing(heidi)


async def test_two_goals_under_one_name_are_found_while_a_session_is_open(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi, clara, _ = await sat_down(people)
        await heidi.recovery.follow()

        def add(words: str) -> Callable[[Writer], None]:
            return writing.add(paths.GOALS_LIST, "x", {}, {"what": words}, turn_at=None)

        heidi.pen.write(None, lambda _: heidi.contract.change(add("Fly higher")))
        clara.pen.write(None, lambda _: clara.contract.change(add("Sit still")))
        meet(heidi, clara)
        await heidi.recovery.follow()
        goals = [one for one in heidi.desk.items.goals if paths.key(one.id).startswith("x")]
        assert {read(heidi, one.part("what")) for one in goals} == {"Fly higher", "Sit still"}
