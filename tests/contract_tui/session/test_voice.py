from pathlib import Path

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Kind, Writer
from contract_tui.contract.errors import NotYours
from contract_tui.contract.schema import PartId
from contract_tui.contract.splice import Splice
from contract_tui.contract.voice import Lost
from contract_tui.library.world import World
from contract_tui.session.session import Session
from sync_server.access.proof import Role
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
    return list(session.voice.lost)


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
        await heidi.voice.follow()
        forge(clara, part, Splice(8, 15, ""))
        meet(heidi, clara)
        await heidi.voice.follow()
        await clara.voice.follow()
        assert read(heidi, part) == "Because the wind."
        [lost] = missing(heidi)
        assert missing(clara) == [lost]
        with pytest.raises(NotYours):
            clara.voice.put_back(lost)
        assert heidi.voice.put_back(lost)
        assert not heidi.voice.put_back(lost), "once is enough"
        assert read(heidi, part) == "Because I love the wind."
        assert heidi.contract.author(heidi.contract.text(part).author_at(10)).name == "Heidi"
        meet(heidi, clara)
        await clara.voice.follow()
        assert not missing(heidi)
        assert not missing(clara)
        await heidi.close()
        heidi = await people.open("Heidi", ALONE)
        await heidi.voice.follow()
        assert not missing(heidi)


async def test_what_is_let_go_does_not_come_back(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi, clara, part = await sat_down(people)
        forge(clara, part, Splice(0, 8, ""))
        meet(heidi, clara)
        await heidi.voice.follow()
        assert heidi.voice.let_go(missing(heidi)[0])
        assert read(heidi, part) == "I love the wind."
        assert not missing(heidi)


@pytest.mark.parametrize("is_another_there", [True, False])
async def test_words_come_back_where_a_changed_program_replaced_their_text(
    tmp_path: Path, is_another_there: bool
) -> None:
    async with company(tmp_path) as people:
        heidi, clara, part = await sat_down(people)
        await heidi.voice.follow()
        goal = heidi.desk.items.goals[0].object

        def replace(writer: Writer) -> None:
            writer.delete(goal, "matters")
            if is_another_there:
                writer.splice(writer.make(goal, "matters", Kind.TEXT), Splice(0, 0, " (So.)"))

        changed = Contract.open(past(clara), Actor(clara.contract.actor[:8] + b"forgery!"))
        clara._notary.take(parse_changes([changed.change(replace)]))
        meet(heidi, clara)
        await heidi.voice.follow()
        [lost] = missing(heidi)
        assert heidi.voice.put_back(lost)
        assert not missing(heidi)
        own = "Because I love the wind."
        assert read(heidi, part) == (f"{own} (So.)" if is_another_there else own)
        meet(heidi, clara)
        await clara.voice.follow()
        assert read(clara, part) == read(heidi, part)
        assert not missing(clara)
