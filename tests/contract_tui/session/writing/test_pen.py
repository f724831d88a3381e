from functools import partial
from pathlib import Path

import pytest

from contract_tui.contract.errors import BadVersionName, NotYours, TooMuch, UnknownPart
from contract_tui.contract.schema import INTERESTS, SUPPORTS, TITLE, TITLE_LIMIT, TURNS_LIST, PartId
from contract_tui.contract.text.splice import Splice
from contract_tui.library.errors import ReadOnlySeat
from contract_tui.library.world import World
from contract_tui.session.copies.portions import LARGEST_SPLICE
from contract_tui.session.session import Session
from contract_tui.session.writing.pen import Brought
from sync_server.access.proof import Role
from sync_server.protocol.operations import ElementId, operations
from tests.contract_tui.session.company import company, read, relay, until, write

ALONE = World(online=False)


def ids(session: Session, passage: str) -> list[ElementId]:
    start = read(session).index(passage)
    return session.contract.text(INTERESTS).ids[start : start + len(passage)]


def holds(session: Session, letters: str) -> bool:
    return sorted(read(session)) == sorted(letters)


def turns(session: Session) -> int:
    made = [one for raw in session.contract.changes_since() for one in operations(raw)]
    return sum(one.object == TURNS_LIST for one in made)


async def test_a_passage_covered_while_two_are_typing_in_it(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        people.invite("Opa", Role.PARENT)
        heidi, clara, opa = everybody = [
            await people.open(name) for name in ("Heidi", "Clara", "Opa")
        ]
        write(heidi, "call 0151 soon")
        for session in (clara, opa):
            await until(session, partial(lambda one: read(one) == "call 0151 soon", session))
        number, before = ids(heidi, "0151"), heidi.contract.heads
        write(clara, "C", at=7)
        write(opa, "O", at=8)
        assert heidi.pen.cover(INTERESTS, number)
        for session in everybody:
            await until(session, partial(holds, session, "call CO soon"))
            assert session.contract.covered == {INTERESTS: frozenset(number)}
            assert session.contract.text_at(INTERESTS, before) == "call ▒▒▒▒ soon"
        assert len({read(session) for session in everybody}) == 1
        with pytest.raises(NotYours):
            clara.pen.cover(INTERESTS, number)


async def test_a_cover_of_what_stands_is_an_edit_and_of_what_is_gone_is_none(
    tmp_path: Path,
) -> None:
    async with company(tmp_path) as people:
        session = await people.open("Heidi", ALONE)
        write(session, "call 0151 soon")
        number = ids(session, "0151")
        session.edit(INTERESTS, Splice(5, 7, ""))
        write(session, "x", part=TITLE)
        before = turns(session)
        assert session.pen.cover(INTERESTS, number[:2])
        assert turns(session) == before
        write(session, "y", part=TITLE)
        assert turns(session) == before  # the turn in the title still goes on
        assert session.pen.cover(INTERESTS, number)
        assert turns(session) == before + 1
        assert not session.pen.cover(INTERESTS, number)
        assert read(session) == "call  soon"


@pytest.mark.parametrize("is_looking_back", [False, True])
async def test_where_a_covered_passage_stood_before_it_is_covered_too(
    tmp_path: Path, is_looking_back: bool
) -> None:
    async with company(tmp_path) as people:
        session = await people.open("Heidi", ALONE)
        write(session, "call 0151 soon")
        before = session.contract.heads
        session.edit(INTERESTS, Splice(4, 9, ""))
        write(session, "at 0151", part=SUPPORTS)
        between = session.contract.heads
        session.edit(SUPPORTS, Splice(0, 7, ""))
        await session.close()
        again = await people.open("Heidi", ALONE)
        write(again, "0151 ")
        past = await again.recall() if is_looking_back else None
        assert again.pen.cover(INTERESTS, ids(again, "0151"))
        assert again.contract.text_at(INTERESTS, before) == "call ▒▒▒▒ soon"
        assert again.contract.text_at(SUPPORTS, between) == "at ▒▒▒▒"
        assert read(again) == " call soon"
        assert past is None or past.newest != again.contract.heads  # nobody else went on with it
        assert again.undo(INTERESTS)
        assert read(again) == "call soon"
        with pytest.raises(UnknownPart):
            again.pen.cover(PartId("nowhere"), [])


async def test_a_cover_made_on_ones_other_computer_forgets_the_undo_here(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        here, there = [await people.open("Heidi") for _ in range(2)]
        write(here, "0151")
        await until(there, lambda: read(there) == "0151")
        here.edit(INTERESTS, Splice(0, 4, ""))
        there.pen.cover(INTERESTS, ids(there, "0151"))
        await until(here, lambda: INTERESTS in here.contract.covered)
        here.undo(INTERESTS)
        assert read(here) == ""


async def test_an_old_version_comes_back_as_a_change_of_ones_own(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        write(heidi, "goats and mountains")
        await until(clara, lambda: read(clara) == "goats and mountains")
        kept = ids(clara, "goats")
        clara.edit(INTERESTS, Splice(6, 19, "in Frankfurt"))
        assert clara.pen.bring_back(INTERESTS, "goats and mountains") == Brought(True, False)
        assert read(clara) == "goats and mountains"
        assert ids(clara, "goats") == kept
        assert set(ids(clara, "mountains")).isdisjoint(ids(heidi, "mountains"))
        await until(heidi, lambda: ids(heidi, "goats and mountains") == ids(clara, read(clara)))
        assert clara.undo(INTERESTS)
        assert read(clara) == "goats in Frankfurt"
        assert clara.redo(INTERESTS)
        assert read(clara) == "goats and mountains"
        assert clara.pen.bring_back(INTERESTS, read(clara)) == Brought(False, False)


async def test_many_scattered_words_come_back_as_one_change_and_one_step(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        session = await people.open("Heidi", ALONE)
        write(session, "one two three four five")
        session.edit(INTERESTS, Splice(0, 3, "1"))
        session.edit(INTERESTS, Splice(6, 11, "3"))
        session.edit(INTERESTS, Splice(8, 17, "5"))
        now, count = read(session), len(session.contract.changes_since())
        assert session.pen.bring_back(INTERESTS, "one two three four five").changed
        assert len(session.contract.changes_since()) == count + 1
        assert session.undo(INTERESTS)
        assert read(session) == now


async def test_a_long_text_comes_back_in_changes_that_every_relay_takes(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        session = await people.open("Heidi", ALONE)
        long = "word " * (LARGEST_SPLICE // 4)
        write(session, long)
        session.edit(INTERESTS, Splice(0, len(long), "nothing"))
        assert session.contract.text(INTERESTS).text == "nothing"
        with pytest.raises(TooMuch, match="10000 characters fit"):
            session.pen.bring_back(INTERESTS, long)
        write(session, long)
        before = session.contract.heads
        assert session.pen.bring_back(INTERESTS, "other " * 1_000).changed
        assert read(session) == "other " * 1_000
        sizes = [len(operations(raw)) for raw in session.contract.changes_since(before)]
        assert len(sizes) > 1
        assert max(sizes) <= LARGEST_SPLICE + 2


async def test_covered_words_stay_away_when_the_rest_comes_back(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        session = await people.open("Heidi", ALONE)
        write(session, "call 0151 soon")
        before = session.contract.heads
        session.pen.cover(INTERESTS, ids(session, "0151 "))
        session.edit(INTERESTS, Splice(0, 9, "never"))
        old = session.contract.text_at(INTERESTS, before)
        assert session.pen.bring_back(INTERESTS, old) == Brought(True, has_gaps=True)
        assert read(session) == "call soon"
        assert session.pen.insert(INTERESTS, None, "▒▒▒▒") == Brought(False, has_gaps=True)
        assert session.pen.insert(INTERESTS, None, "▒▒ now ") == Brought(True, has_gaps=True)
        assert read(session) == " now call soon"


async def test_a_passage_comes_back_where_it_stood(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        session = await people.open("Heidi", ALONE)
        write(session, "I like goats. And mountains.")
        behind, (first, *_) = ids(session, " goats"), ids(session, "like")
        session.edit(INTERESTS, Splice(6, 12, ""))
        assert session.pen.insert(INTERESTS, behind[0], " sheep").changed
        assert read(session) == "I like sheep. And mountains."
        session.pen.insert(INTERESTS, first, "!")
        assert read(session) == "I l!ike sheep. And mountains."
        session.pen.insert(INTERESTS, None, "Yes: ")
        assert read(session) == "Yes: I l!ike sheep. And mountains."
        session.pen.insert(INTERESTS, ElementId(10**9, b"?"), " The end.")
        assert read(session) == "Yes: I l!ike sheep. And mountains. The end."
        assert session.undo(INTERESTS)
        assert read(session) == "Yes: I l!ike sheep. And mountains."


async def test_what_does_not_fit_is_refused_and_nothing_is_cut(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        session = await people.open("Heidi", ALONE)
        with pytest.raises(TooMuch, match=f"{TITLE_LIMIT} characters fit"):
            session.pen.bring_back(TITLE, "x" * (TITLE_LIMIT + 1))
        with pytest.raises(TooMuch, match="does not fit"):
            session.pen.insert(TITLE, None, "x" * TITLE_LIMIT)
        assert read(session, TITLE) == "My year"
        session.pen.bring_back(TITLE, "x" * TITLE_LIMIT)
        assert read(session, TITLE) == "x" * TITLE_LIMIT


async def test_a_version_is_kept_under_a_name_for_everybody(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        write(heidi, "goats")
        heads, begun = heidi.contract.heads, turns(heidi)
        heidi.pen.keep_version("before the holidays", heads)
        assert turns(heidi) == begun
        await until(clara, lambda: len(clara.contract.kept) == 1)
        (kept,) = clara.contract.kept
        assert (kept.name, kept.heads) == ("before the holidays", heads)
        assert heidi.me is not None
        assert kept.by == heidi.me.id
        with pytest.raises(NotYours):
            clara.pen.drop_version(kept.id)
        with pytest.raises(BadVersionName):
            clara.pen.keep_version("12", heads)
        assert heidi.pen.drop_version(kept.id)
        assert not heidi.pen.drop_version(kept.id)
        await until(clara, lambda: not clara.contract.kept)


async def test_whoever_reads_along_changes_nothing(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Opa", Role.OBSERVER)
        heidi, opa = await people.open("Heidi"), await people.open("Opa")
        write(heidi, "goats")
        await until(opa, lambda: read(opa) == "goats")
        heads = opa.contract.heads
        for write_something in (
            lambda: opa.pen.bring_back(INTERESTS, "sheep"),
            lambda: opa.pen.insert(INTERESTS, None, "sheep"),
            lambda: opa.pen.cover(INTERESTS, ids(opa, "goats")),
            lambda: opa.pen.keep_version("now", heads),
            lambda: opa.pen.drop_version("x"),
        ):
            with pytest.raises(ReadOnlySeat):
                write_something()
        opa.look_back(True)
        await until(heidi, lambda: any(one.looking_back for one in heidi.people))
        assert opa.contract.heads == heads
