"""A document that is lost while this person writes in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS, StructureChoice
from contract_tui.contract.text.splice import Splice
from contract_tui.library.errors import OutOfStep
from contract_tui.library.world import World
from contract_tui.session.copies.mending import settled
from contract_tui.session.copies.portions import LARGEST_SPLICE
from contract_tui.session.session import Session
from sync_server.protocol.chunk import Change, parse_changes
from tests.contract_tui.contract.people import actor
from tests.contract_tui.contract.poison import panicking
from tests.contract_tui.session.company import Company, company, read, write
from tests.contract_tui.session.fooled import Fooled


@pytest.fixture
async def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Company]:
    monkeypatch.setattr("contract_tui.contract.opening.opening.CrdtDocument", Fooled)
    monkeypatch.setattr(Fooled, "ruins", [])
    async with company(tmp_path) as found:
        yield found


async def opened(people: Company) -> Session:
    return await people.open("Heidi", World(online=False))


def strange(session: Session, text: str, who: str = "x") -> Change:
    """A change of somebody else that is not here."""
    contract = Contract.open(session.contract.changes_since(), actor(who))
    (change,) = parse_changes([contract.splice(INTERESTS, Splice(0, 0, text))])
    return change


def ruin(session: Session, times: int = 1) -> None:
    """The next few writes are each broken by a panic."""
    Fooled.ruins.extend([panicking(strange(session, "hm ", "y").raw)] * times)


async def test_words_that_break_the_document_are_kept_all_the_same(people: Company) -> None:
    heidi = await opened(people)
    write(heidi, "goats ")
    ruin(heidi)
    write(heidi, "and hay ", at=6)
    assert not Fooled.ruins
    assert read(heidi) == "goats and hay "
    write(heidi, "more ")
    assert read(heidi) == "more goats and hay "
    assert heidi.set_aside == []
    assert read(await opened(people)) == read(heidi)


async def test_a_long_text_is_kept_whole(people: Company) -> None:
    heidi = await opened(people)
    words = "".join(f"{number} " for number in range(LARGEST_SPLICE // 4))
    ruin(heidi, 1)
    write(heidi, words)
    assert len(words) > LARGEST_SPLICE
    assert read(heidi) == words
    assert read(await opened(people)) == words


async def test_a_choice_and_an_undo_survive_it_too(people: Company) -> None:
    heidi = await opened(people)
    choice = next(one for one in StructureChoice if one != heidi.contract.structure_choice)
    ruin(heidi)
    heidi.choose_structure(choice)
    assert heidi.contract.structure_choice == choice
    write(heidi, "goats ")
    ruin(heidi)
    assert not heidi.undo(INTERESTS), "what was done before is forgotten, and nothing is lost"
    assert read(heidi) == "goats "
    write(heidi, "hay ")
    assert heidi.undo(INTERESTS)
    assert read(heidi) == "goats "


async def test_the_words_go_where_they_belong_when_others_are_set_aside(people: Company) -> None:
    heidi = await opened(people)
    write(heidi, "goats")
    bad = strange(heidi, "ruin ")
    heidi._replica.take([bad])
    assert read(heidi) == "ruin goats"
    with Fooled.by(bad.raw, panicking(bad.raw)):
        ruin(heidi)
        write(heidi, " and hay", at=len("ruin goats"))
        assert read(heidi) == "goats and hay"
        assert "could not be read" in heidi.set_aside[0]


async def test_what_cannot_be_written_is_said_once_and_what_was_there_stays(
    people: Company,
) -> None:
    heidi = await opened(people)
    write(heidi, "goats ")
    ruin(heidi, 2)
    with pytest.raises(OutOfStep, match=r"^what you write cannot be kept: copy your last words"):
        write(heidi, "hay ")
    assert read(heidi) == "goats "
    assert heidi.contract.text_at(INTERESTS, heidi.contract.heads) == "goats "
    write(heidi, "again ")
    assert read(heidi) == "again goats "


async def test_what_is_written_under_another_name_afterwards_is_sealed_under_that(
    people: Company,
) -> None:
    heidi = await opened(people)
    write(heidi, "goats ")
    before = heidi.contract.actor
    aside = heidi._replica._quarantine.aside
    offender = strange(heidi, "hm ", "z")
    aside.accuse(offender.hash, before)
    ruin(heidi)
    write(heidi, "and hay ", at=6)
    now = heidi.contract.actor
    assert now != before
    write(heidi, "more ")
    await heidi.close()
    graph, sealed = heidi._replica.graph, heidi._notary.custodian.sealed
    assert [sealed(one) for one in (before, now)] == [graph.last_seq(one) for one in (before, now)]


@given(st.text("ab", max_size=6), st.text("ab", max_size=6), st.text("xy", max_size=3), st.data())
def test_a_splice_fits_into_whatever_the_text_became(
    old: str, new: str, words: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(old)))
    splice = Splice(start, data.draw(st.integers(start, len(old))), words)
    left = settled(splice, old, new)
    assert left.fits(len(new))
    assert left.text == words
    assert settled(splice, old, old) == splice


async def test_what_is_noted_when_the_document_breaks_is_noted_all_the_same(
    people: Company,
) -> None:
    heidi = await opened(people)
    write(heidi, "call 0151 soon")
    number, heads = heidi.contract.text(INTERESTS).ids[5:9], heidi.contract.heads
    ruin(heidi)
    heidi.pen.keep_version("first words", heads)
    ruin(heidi)
    assert heidi.pen.cover(INTERESTS, number)
    ruin(heidi)
    heidi.mark_seen()
    ruin(heidi)
    assert heidi.pen.bring_back(INTERESTS, "call me soon").changed
    assert not Fooled.ruins
    for session in (heidi, await opened(people)):
        assert read(session) == "call me soon"
        assert session.contract.text_at(INTERESTS, heads) == "call ▒▒▒▒ soon"
        assert [one.name for one in session.contract.kept] == ["first words"]
        assert len(session.contract.seen) == 1


async def test_a_look_at_a_document_that_cannot_be_written_to_is_no_reason_to_stop(
    people: Company,
) -> None:
    heidi = await opened(people)
    ruin(heidi, times=2)
    heidi.mark_seen()
    assert heidi.contract.seen == {}
    heidi.mark_seen()
    assert len(heidi.contract.seen) == 1
