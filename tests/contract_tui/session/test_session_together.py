"""Several people, or several screens of one, with a contract open at once."""

import asyncio
from pathlib import Path

from contract_tui.contract.schema import (
    INTERESTS,
    SUPPORTS,
    TITLE,
)
from contract_tui.contract.text.splice import Splice
from contract_tui.library.world import World
from contract_tui.session.link.status import StatusKind
from sync_server.access.proof import Role
from sync_server.storage import MemoryStore
from tests.contract_tui.session.company import company, read, relay, until, write

ALONE = World(online=False)


async def test_three_people_end_with_the_same_words(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Grandfather", Role.PARENT)
        people.invite("Clara", Role.TEACHER)
        sessions = [await people.open(name) for name in ("Heidi", "Grandfather", "Clara")]
        for session in sessions:
            await until(session, lambda s=session: len(s.contract.seats) == 3)  # type: ignore[misc]
        for turn in range(5):
            for number, session in enumerate(sessions):
                write(session, f"{turn}{'abc'[number]} ", at=min(number, len(read(session))))
            await asyncio.sleep(0)
        for session in sessions:
            await until(session, lambda s=session: len(read(s)) == 45)  # type: ignore[misc]
            await until(session, lambda s=session: s.status.kind is StatusKind.SHARED)  # type: ignore[misc]
        assert len({read(session) for session in sessions}) == 1
        assert len({session.contract.heads for session in sessions}) == 1


async def test_somebody_who_joins_waits_for_the_contract_and_takes_the_seat(
    tmp_path: Path,
) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Grandfather", Role.PARENT)
        grandfather = await people.open("Grandfather")
        assert grandfather.can_write
        heidi = await people.open("Heidi")
        await until(heidi, lambda: len(heidi.contract.seats) == 2)
        await until(grandfather, lambda: grandfather.contract.title == "My year")
        assert {person.name for person in heidi.people} == {"Heidi", "Grandfather"}


async def test_somebody_who_writes_before_the_first_contact_loses_nothing(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Grandfather", Role.PARENT)
        before = await people.open("Grandfather", ALONE)
        assert [person.name for person in before.people] == ["Grandfather"]
        write(before, "from the mountain")
        heidi = await people.open("Heidi")
        write(heidi, "goats ")
        grandfather = await people.open("Grandfather")
        await until(heidi, lambda: "goats" in read(heidi) and "mountain" in read(heidi))
        await until(grandfather, lambda: read(grandfather) == read(heidi))
        assert grandfather.contract.title == "My year"


async def test_words_written_apart_meet_when_the_relay_is_back(tmp_path: Path) -> None:
    store = MemoryStore()
    async with relay(store=store) as server:
        port, url = server.port, server.url
        async with company(tmp_path, url) as people:
            people.invite("Clara", Role.TEACHER)
            heidi, clara = await people.open("Heidi"), await people.open("Clara")
            await until(heidi, lambda: len(heidi.contract.seats) == 2)
            await until(clara, lambda: clara.status.kind is StatusKind.SHARED)
            await until(heidi, lambda: heidi.status.kind is StatusKind.SHARED)
            await server._stop()
            await until(heidi, lambda: heidi.status.kind is StatusKind.ALONE)
            await until(clara, lambda: clara.status.kind is StatusKind.ALONE)
            for word in ("one ", "two ", "three "):
                write(heidi, word)
            write(clara, "four ", part=SUPPORTS)
            assert heidi.status.words == "working alone, not all shared yet"
            assert (heidi.status.unshared, clara.status.unshared) == (3, 1)
            assert url in heidi.status.detail
            async with relay(port, store):
                heidi.reconnect()
                clara.reconnect()
                await until(clara, lambda: read(clara) == "three two one ")
                await until(heidi, lambda: read(heidi, SUPPORTS) == "four ")
                await until(heidi, lambda: heidi.status.words == "shared with everyone")


async def test_a_relay_that_lost_everything_gets_it_again_before_it_counts_as_shared(
    tmp_path: Path,
) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        session = await people.open("Heidi")
        write(session, "goats")
        await until(session, lambda: session.status.kind is StatusKind.SHARED)
        port = server.port
        await server._stop()
        await until(session, lambda: session.status.kind is StatusKind.ALONE)
        store = MemoryStore()
        async with relay(port, store):
            session.reconnect()
            await until(session, lambda: session.status.kind is StatusKind.SHARED)
            assert len(store.load(people.contract)) == session.size


async def test_the_list_knows_what_is_unshared(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        library = people.library("Heidi")
        assert library.entry(people.contract).unshared
        session = await people.open("Heidi")
        await until(session, lambda: session.status.kind is StatusKind.SHARED)
        await session.close()
        assert not library.entry(people.contract).unshared
        alone = await people.open("Heidi", ALONE)
        write(alone, "later")
        assert library.entry(people.contract).unshared


async def test_carets_travel_by_the_character_before_them(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        write(heidi, "abcdef")
        await until(clara, lambda: read(clara) == "abcdef")
        heidi.look(INTERESTS, 1, 3, typing=True)

        def seen() -> tuple[object, ...]:
            (person,) = [p for p in clara.people if p.name == "Heidi"]
            if person.part is None:
                return (None, None, None, False, person.here)
            text = clara.contract.text(person.part)
            anchor, head = text.offset_of(person.anchor), text.offset_of(person.head)
            return (person.part, anchor, head, person.typing, person.here)

        await until(clara, lambda: seen() == (INTERESTS, 1, 3, True, True))
        write(clara, "xx")
        assert seen() == (INTERESTS, 3, 5, True, True)
        heidi.look(TITLE)
        await until(clara, lambda: seen() == (TITLE, 0, 0, False, True))
        await heidi.close()
        await until(clara, lambda: seen()[-1] is False)


async def test_carets_stand_behind_what_is_written_whatever_is_told_of_them(
    tmp_path: Path,
) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        await until(clara, lambda: len(clara.contract.seats) == 2)
        heidi.look(INTERESTS, 0, 0, typing=True)

        def seen() -> tuple[str, int | None]:
            (person,) = [p for p in clara.people if p.name == "Heidi"]
            text = clara.contract.text(INTERESTS)
            return text.text, text.offset_of(person.head) if person.part else None

        for splice in (
            *(Splice(number, number, letter) for number, letter in enumerate("goats")),
            Splice(4, 5, ""),
            Splice(0, 2, "b"),
            Splice(1, 1, "pasted words"),
        ):
            heidi.edit(INTERESTS, splice)
            caret = splice.start + len(splice.text)
            heidi.look(INTERESTS, caret, caret, typing=True)
            await until(clara, lambda at=caret: seen() == (read(heidi), at))  # type: ignore[misc]
        heidi.look(INTERESTS, 2, 2, typing=True)
        await until(clara, lambda: seen() == (read(heidi), 2))
        write(heidi, "x")
        known = heidi._whispers._known
        assert known
        assert known.head == heidi.contract.text(INTERESTS).ids[0]


async def test_a_newcomer_sees_at_once_who_is_here(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        heidi = await people.open("Heidi")
        heidi.look(SUPPORTS, 0, 0)
        await until(heidi, lambda: heidi.status.kind is StatusKind.SHARED)
        clara = await people.open("Clara")
        loop = asyncio.get_running_loop()
        began = loop.time()
        await until(clara, lambda: any(p.part == SUPPORTS and p.here for p in clara.people))
        assert loop.time() - began < 5


async def test_two_screens_of_one_person_see_each_other_without_a_relay(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        first, second = await people.open("Heidi"), await people.open("Heidi")
        write(first, "one ")
        write(second, "two ")
        write(first, "three ")
        await until(first, lambda: len(read(first)) == 14)
        await until(second, lambda: read(second) == read(first))
        third = await people.open("Heidi")
        assert read(third) == read(first)
        assert first.contract.heads == second.contract.heads == third.contract.heads


async def test_two_screens_of_one_person_on_one_relay_store_everything_once(
    tmp_path: Path,
) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        first, second = await people.open("Heidi"), await people.open("Heidi")
        clara = await people.open("Clara")
        for number in range(5):
            for session in (first, second, clara):
                write(session, str(number))
            await asyncio.sleep(0)
        for session in (first, second, clara):
            await until(session, lambda s=session: len(read(s)) == 15)  # type: ignore[misc]
        again = await people.open("Heidi", ALONE)
        assert again.contract.heads == clara.contract.heads
        journal = people.library("Heidi").journal(people.contract)
        assert len(again.contract.changes_since()) == journal.stored()
