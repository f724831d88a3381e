import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import CrdtDocument, Item
from contract_tui.contract.schema import (
    INTERESTS,
    SEATS_MAP,
    STRUCTURE,
    SUPPORTS,
    TURNS_LIST,
    StructureChoice,
)
from contract_tui.contract.text.splice import Splice
from contract_tui.library import database
from contract_tui.library.errors import ReadOnlySeat
from contract_tui.library.world import World
from contract_tui.session.copies.portions import LARGEST_SPLICE, portions
from contract_tui.session.copies.replica import Replica
from contract_tui.session.link.status import StatusKind
from contract_tui.session.session import Session
from sync_server.access.proof import Role
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import operations
from tests.contract_tui.session.company import company, read, relay, until, write
from tests.contract_tui.session.copies.test_opening import foreign
from tests.contract_tui.session.shelf import locked
from tests.seats import Seat as Stranger

ALONE = World(online=False)


async def test_what_is_written_is_there_after_opening_again(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        first = await people.open("Heidi")
        write(first, "goats and mountains")
        first.edit(INTERESTS, Splice(0, 5, "Goats"))
        first.choose_structure(StructureChoice.TOGETHER)
        again = await people.open("Heidi")
        assert read(again) == "Goats and mountains"
        assert again.contract.structure_choice is StructureChoice.TOGETHER
        assert again.contract.title == "My year"
        assert [(p.name, p.me, p.here) for p in again.people] == [("Heidi", True, True)]
        assert not again.set_aside


async def test_without_a_relay_everything_is_saved_here(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        session = await people.open("Heidi")
        write(session, "alone")
        assert (session.status.kind, session.status.words) == (StatusKind.SAVED, "saved here")


async def test_a_library_that_another_program_holds_keeps_no_key_waiting(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        session = await people.open("Heidi")
        told: list[StatusKind] = []
        session.listen(lambda: told.append(session.status.kind))
        with locked(tmp_path / "Heidi"):
            began = time.perf_counter()
            for key in "later":
                write(session, key)
            assert time.perf_counter() - began < 0.5
            assert set(told) == {StatusKind.UNSAVED}
            assert (session.status.unshared, len(told)) == (5, 5)
            assert "is in use by another program" in session.status.detail
        await until(session, lambda: session.status.kind is StatusKind.SAVED)
        again = await people.open("Heidi")
        assert read(again) == "retal"


async def test_what_could_not_be_saved_is_saved_at_the_latest_when_leaving(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        session = await people.open("Heidi")
        with locked(tmp_path / "Heidi"):
            write(session, "just in time")
        await session.close()
        again = await people.open("Heidi")
        assert read(again) == "just in time"


async def test_listeners_are_woken_until_they_leave(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        session = await people.open("Heidi")
        woken: list[str] = []
        leave = session.listen(lambda: woken.append(read(session)))
        write(session, "a")
        leave()
        leave()
        write(session, "b")
        assert woken == ["a"]


async def test_undo_and_redo_say_whether_there_was_something(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        session = await people.open("Heidi")
        assert not session.undo(INTERESTS)
        write(session, "words")
        assert session.undo(INTERESTS)
        assert read(session) == ""
        assert session.redo(INTERESTS)
        assert not session.redo(INTERESTS)
        again = await people.open("Heidi")
        assert read(again) == "words"


def turns(session: Session) -> Sequence[object]:
    """When turns began, without the one that made the contract."""
    made = [one for raw in session.contract.changes_since() for one in operations(raw)]
    return [one.value for one in made if one.object == TURNS_LIST][1:]


async def test_a_turn_begins_after_a_pause_or_in_another_part(tmp_path: Path) -> None:
    now = 1000.0
    async with company(tmp_path) as people:
        session = await people.open("Heidi", World(clock=lambda: now, online=False))
        for pause in (0, 119, 119, 120):
            now += pause
            write(session, "x")
        write(session, "x", part=SUPPORTS)
        assert turns(session) == [1000, 1358, 1358]


async def test_what_others_write_does_not_end_a_turn(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        first, second = await people.open("Heidi"), await people.open("Heidi")
        write(first, "a")
        write(second, "b")
        await until(first, lambda: len(read(first)) == 2)
        write(first, "c")
        assert len(turns(first)) == 2


async def test_what_changes_nothing_begins_no_turn(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        session = await people.open("Heidi", ALONE)
        session.choose_structure(StructureChoice.NOT_CHOSEN)
        assert not session.undo(STRUCTURE)
        write(session, "x", part=STRUCTURE)
        assert len(turns(session)) == 1


async def test_an_observer_reads_along(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        people.invite("Clara", Role.OBSERVER)
        session = await people.open("Clara", ALONE)
        assert not session.can_write
        with pytest.raises(ReadOnlySeat, match="reading along"):
            write(session, "no")


@given(st.integers(0, 60_000), st.integers(0, 60_000), st.integers(0, 50))
def test_a_splice_too_large_for_one_change_is_made_by_several(
    removed: int, added: int, start: int
) -> None:
    old = "o" * (start + removed + 5)
    splice = Splice(start, start + removed, "n" * added)
    text = old
    for some in portions(splice):
        assert some.end - some.start + len(some.text) <= LARGEST_SPLICE
        text = some.apply(text)
    assert text == splice.apply(old)


async def test_a_text_that_merging_made_very_long_can_be_emptied(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        session = await people.open("Heidi", ALONE)
        for _ in range(6):
            write(session, "x" * 10_000)
        session.edit(INTERESTS, Splice(0, 60_000, "short"))
        assert read(session) == read(await people.open("Heidi", ALONE)) == "short"


async def test_opening_reports_progress_and_lets_others_run(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        session = await people.open("Heidi", ALONE)
        for _ in range(1200):
            write(session, "x")
        told: list[tuple[int, int]] = []
        others = 0

        async def other() -> None:
            nonlocal others
            while True:
                others += 1
                await asyncio.sleep(0)

        task = asyncio.create_task(other())
        opened = await Session.open(
            people.library("Heidi"),
            people.contract,
            world=ALONE,
            progress=lambda done, total: told.append((done, total)),
        )
        task.cancel()
        assert read(opened) == "x" * 1200
        assert told == sorted(told)
        assert told[-1][0] <= told[-1][1]
        assert others >= 4
        await opened.close()


async def test_people_who_only_sit_there_are_seen(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        sessions = [await people.open("Heidi"), await people.open("Clara")]
        loop = asyncio.get_running_loop()
        began = loop.time()
        for session in sessions:
            await until(session, lambda s=session: sum(p.here for p in s.people) == 2)  # type: ignore[misc]
        assert loop.time() - began < 5


async def test_a_joiner_writes_after_the_first_change_whatever_else_came_before_it(
    tmp_path: Path,
) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        stranger = await Stranger.take(server.url, "stranger")
        await stranger.open(people.contract, foreign())
        await stranger.in_step()
        clara = await people.open("Clara")
        await until(clara, lambda: clara.size > 0)
        assert clara.status.words == "waiting for the contract"
        write(clara, "Clara's words")
        await until(clara, lambda: clara.status.kind is StatusKind.SHARED)
        assert clara.size == len(clara.contract.changes_since())
        heidi = await people.open("Heidi")
        await until(heidi, lambda: read(heidi) == "Clara's words")
        await until(clara, lambda: len(clara.contract.seats) == 2)
        assert read(await people.open("Clara", ALONE)) == "Clara's words"
        await stranger.leave()


async def test_what_contradicts_in_another_program_is_named_and_ends_nothing(
    tmp_path: Path,
) -> None:
    async with company(tmp_path) as people:
        one, two = await people.open("Heidi", ALONE), await people.open("Heidi", ALONE)
        base = one.contract.changes_since()
        for session, word in ((one, "one "), (two, "two ")):
            twin = Contract.open(base, Actor(b"z" * 16))
            raw = twin.splice(INTERESTS, Splice(0, 0, word))
            session._replica.take(parse_changes([raw]))
        write(one, "more ")
        await until(two, lambda: bool(two.set_aside))
        assert "contradict" in two.set_aside[0]
        write(two, "heard ")
        assert read(two) == "heard two "


async def test_closing_ends_everything_even_after_a_mistake_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = asyncio.Event()
    seen: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: seen.append(context))

    def broken(*_: object) -> None:
        failed.set()
        raise RuntimeError("our mistake")

    async with relay() as server, company(tmp_path, server.url) as people:
        session = await people.open("Heidi")
        await until(session, lambda: session.status.kind is StatusKind.SHARED)
        monkeypatch.setattr(Replica, "catch_up", broken)
        async with asyncio.timeout(30):
            await failed.wait()
        await session.close()
        assert all(link._task is None for link in session.links)
        people.sessions.remove(session)
    assert len(seen) == 1


@pytest.mark.parametrize("garbage", ["nobody", {"role": "teacher", "name": "x", "proof": "y"}])
async def test_a_seat_that_somebody_wrote_over_is_taken_again_once(
    tmp_path: Path, garbage: str | dict[str, Item]
) -> None:
    async with company(tmp_path) as people:
        people.invite("Clara", Role.TEACHER)
        own = people.library("Clara").own_seat(people.contract)
        assert own is not None
        heidi = await people.open("Heidi", ALONE)
        document = CrdtDocument(Actor(b"m" * 16))
        document.apply(heidi.contract.changes_since())

        def spoiled(raws: Sequence[bytes]) -> list[Change]:
            document.apply(raws)
            change = document.transact(lambda w: w.put(SEATS_MAP, own.seat.id, garbage))
            assert change is not None
            return parse_changes([*raws, change.raw])

        clara = await people.open("Clara", ALONE)
        clara._replica.take(spoiled(heidi.contract.changes_since()))
        clara._link_changed()
        assert clara.contract.seats[own.seat.id].proven
        assert [(p.name, p.role) for p in clara.people if p.me] == [("Clara", Role.TEACHER)]
        clara._replica.take(spoiled(clara.contract.changes_since()))
        size = clara.size
        clara._link_changed()
        assert clara.size == size
        assert (await people.open("Clara", ALONE)).contract.seats[own.seat.id].proven


async def test_closing_saves_what_could_not_be_saved_before_or_says_that_it_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    async with company(tmp_path) as people:
        one, two = await people.open("Heidi", ALONE), await people.open("Heidi", ALONE)
        with locked(tmp_path / "Heidi"):
            write(one, "last words")
            write(two, "lost words")
            await two.close()
            kinds = [session.status.kind for session in (one, two)]
            assert kinds == [StatusKind.UNSAVED, StatusKind.UNSAVED]
        await one.close()
        assert one.status.kind is StatusKind.SAVED
        assert read(await people.open("Heidi", ALONE)) == "last words"
        people.sessions.remove(two)
