"""What three people wrote reaches every relay, whoever brings it there."""

import shutil
from functools import partial
from pathlib import Path

import pytest

from contract_tui.library import seats
from contract_tui.library.files import export_contract, import_contract
from contract_tui.library.library import Library
from contract_tui.session.link.status import StatusKind
from contract_tui.session.signing import sealing
from sync_server.access.proof import Role
from tests.contract_tui.session.circle import (
    NAMES,
    all_shared,
    authors,
    closed,
    forget_relays,
    is_alone,
    is_shared,
    newly_invited,
    sealed,
    three,
    write_together,
)
from tests.contract_tui.session.company import read, until, write
from tests.contract_tui.session.impostors import free_port


@pytest.fixture(autouse=True)
def _seal_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "DELAY", 0.02)


async def test_those_who_were_invited_come_in_and_read_each_other(tmp_path: Path) -> None:
    async with closed(tmp_path / "relay") as server, three(tmp_path, server.url) as people:
        sessions = [await people.open(name) for name in NAMES]
        words = [f"{name} was here. " for name in NAMES]
        for session, said in zip(sessions, words, strict=True):
            write(session, said)
        await all_shared(sessions, len("".join(words)))
        for session in sessions:
            assert {entry.name for entry in session.contract.seats.values()} == set(NAMES)
            assert all(said in read(session) for said in words)
            assert not session.notices
            assert not session.set_aside


async def test_a_relay_that_starts_again_lets_everybody_in_again(tmp_path: Path) -> None:
    port = free_port()
    async with three(tmp_path, f"ws://127.0.0.1:{port}") as people:
        async with closed(tmp_path / "relay", port):
            sessions = [await people.open(name) for name in NAMES]
            write(sessions[0], "before ")
            await all_shared(sessions, 7)
        for session in sessions:
            await until(session, partial(is_alone, session))
            write(session, "x")
        async with closed(tmp_path / "relay", port):
            for session in sessions:
                session.reconnect()
            await all_shared(sessions, 10)
        assert not any(session.notices for session in sessions)


@pytest.mark.parametrize("healer", ["Heidi", "Clara", "Grandfather"])
async def test_an_emptied_relay_is_made_whole_by_any_one_of_them(
    tmp_path: Path, healer: str
) -> None:
    port = free_port()
    async with three(tmp_path, f"ws://127.0.0.1:{port}") as people:
        async with closed(tmp_path / "relay", port):
            length = await write_together(people)
        async with closed(tmp_path / "new relay", port):
            first = await people.open(healer)
            await until(first, lambda: first.status.kind is StatusKind.SHARED)
            await first.close()
            newcomer = await newly_invited(people, "Oma", f"ws://127.0.0.1:{port}")
            await until(newcomer, lambda: len(read(newcomer)) == length)
            assert not first.notices
            assert {newcomer.contract.author(a).name for a in authors(newcomer)} == set(NAMES)


async def test_another_host_takes_over(tmp_path: Path) -> None:
    async with closed(tmp_path / "relay") as server, three(tmp_path, server.url) as people:
        length = await write_together(people)
        async with closed(tmp_path / "another") as other:
            library = people.library("Clara")
            library.add_relays(people.contract, [other.url])
            clara = await people.open("Clara")
            await until(clara, lambda: all(link.is_done for link in clara.links))
            opa = await newly_invited(people, "Opa", other.url)
            await until(opa, lambda: len(read(opa)) == length)


async def test_a_restored_backup_loses_nothing(tmp_path: Path) -> None:
    port = free_port()
    async with three(tmp_path, f"ws://127.0.0.1:{port}") as people:
        async with closed(tmp_path / "relay", port):
            first = await write_together(people)
        shutil.copytree(tmp_path / "relay", tmp_path / "backup")
        async with closed(tmp_path / "relay", port):
            sessions = [await people.open(name) for name in NAMES]
            for session in sessions:
                write(session, "y")
            await all_shared(sessions, first + 3)
            for session in sessions:
                await session.close()
        async with closed(tmp_path / "backup", port):
            grandfather = await people.open("Grandfather")
            await until(grandfather, lambda: grandfather.status.kind is StatusKind.SHARED)
            await grandfather.close()
            newcomer = await newly_invited(people, "Oma", f"ws://127.0.0.1:{port}")
            await until(newcomer, lambda: len(read(newcomer)) == first + 3)


async def test_a_file_carried_by_hand_is_shared_by_whoever_brought_it(tmp_path: Path) -> None:
    async with closed(tmp_path / "relay") as server, three(tmp_path, server.url) as people:
        length = await write_together(people)
        file = tmp_path / "contract.automerge"
        heidi = people.library("Heidi")
        export_contract(heidi, heidi.entry(people.contract), file)
        async with closed(tmp_path / "another") as other:
            oma = Library(tmp_path / "Oma")
            people.opened.append(oma)
            import_contract(oma, file, 0)
            link = seats.invite_to(heidi, heidi.entry(people.contract), Role.PARENT, "Oma").link()
            seats.join(oma, link)
            forget_relays(tmp_path / "Oma")
            oma.add_relays(people.contract, [other.url])
            session = await people.open("Oma")
            await until(session, lambda: session.status.kind is StatusKind.SHARED)
            await session.close()
            newcomer = await newly_invited(people, "Opa", other.url)
            await until(newcomer, lambda: len(read(newcomer)) == length)


async def test_a_newcomer_who_never_saw_anybody_write_heals_a_relay_too(tmp_path: Path) -> None:
    port = free_port()
    async with three(tmp_path, f"ws://127.0.0.1:{port}") as people:
        async with closed(tmp_path / "relay", port):
            length = await write_together(people, rounds=60)
            oma = await newly_invited(people, "Oma", f"ws://127.0.0.1:{port}")
            await until(oma, partial(is_shared, oma, length))
            await sealed(oma)
            await oma.close()
        async with closed(tmp_path / "new relay", port):
            oma = await people.open("Oma")
            await until(oma, partial(is_shared, oma, length))
            await oma.close()
            opa = await newly_invited(people, "Opa", f"ws://127.0.0.1:{port}")
            await until(opa, partial(is_shared, opa, length))
            assert opa.notices == []
